"""What a report says in sentences: headline, observations, notices."""
