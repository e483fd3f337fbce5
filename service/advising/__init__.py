"""The adviser's loop: submissions, time-stamped comments, rubrics, cohorts and assignments."""
