"""Trains the detector of filled pauses; see README.md. Run by hand, and not imported by the analysis."""
