"""Names of files within an answer. All are chosen here, none comes from a person."""

ORIGINAL = "original"
"""What was handed in, byte for byte."""

PLAYABLE = "playable"
"""The copy that browsers play; its ending follows its format."""

PEAKS = "peaks.json"
"""The shape of the sound for drawing."""
