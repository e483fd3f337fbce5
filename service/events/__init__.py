"""Informs open pages of what any process changes: the hub, where it hears of changes, and the news itself."""
