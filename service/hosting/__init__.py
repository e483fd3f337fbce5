"""Hosting for many people: health, metrics, logs, moving between databases, and a whole set-up to try out."""
