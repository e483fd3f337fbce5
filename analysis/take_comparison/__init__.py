"""Two takes of one question side by side: figures, wording, and the best stretch of each."""
