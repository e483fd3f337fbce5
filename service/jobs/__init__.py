"""The work on answers: who does it, in which stages, and what happens when a worker dies."""
