"""Moving everything from one database and storage to others, and back-ups, which are moves to a folder."""
