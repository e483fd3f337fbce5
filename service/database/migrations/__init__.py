"""Changes of the tables, run by `service.database.engine` at start."""
