"""Compares two takes of one question: their measures, their wording, and their best stretches."""
