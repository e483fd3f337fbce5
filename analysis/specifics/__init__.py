"""Which specifics of a programme a person named in an answer."""
