"""Hosting for many people: health, metrics, logs, and moving between databases."""
