"""Filled pauses from two sources: the recogniser's text and its encoder states."""
