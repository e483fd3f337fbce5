"""Filled pauses, by two witnesses: what the recogniser wrote, and what its encoder heard."""
