"""Commands of the service, beside those in `service.command_line`."""
