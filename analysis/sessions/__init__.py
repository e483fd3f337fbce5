"""Reports on all answers of one practice session."""
