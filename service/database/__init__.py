"""The rows: tables, connections, and how the tables change from version to version."""
