"""Changes of a person's takes over time, and their uncertainty."""
