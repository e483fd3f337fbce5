"""Changes of the tables, run by `service.db.engine` at start."""
