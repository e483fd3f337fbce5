"""Two takes of one question side by side: what differs, what was said otherwise, what to hear again."""
