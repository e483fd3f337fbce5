"""A person's answers: the one place that knows whose rows are whose."""
