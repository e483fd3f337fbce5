"""Tables of submissions to advisers, comments, rubrics, cohorts and assignments."""
