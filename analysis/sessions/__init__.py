"""Several answers of one practice session, reported together."""
