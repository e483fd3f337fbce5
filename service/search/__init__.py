"""Full-text search of transcripts on SQLite and PostgreSQL."""
