"""What a person submits to advisers, and what those say: submissions, comments, rubrics, assignments."""
