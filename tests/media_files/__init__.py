"""Media files made for tests, each with known content."""
