"""Search over everything that was said, on SQLite and PostgreSQL behind one function."""
