"""What a person prepares for: the interviews they are invited to, with times, a plan and a calendar."""
