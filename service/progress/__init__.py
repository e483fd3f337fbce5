"""Many takes together: what the progress page asks for, from the rows to `analysis.trends` and back."""
