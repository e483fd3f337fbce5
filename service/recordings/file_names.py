"""Names of the files of an answer. All are chosen by the service; none comes from a person."""

ORIGINAL = "original"
"""The uploaded file, byte for byte."""

PLAYABLE = "playable"
"""The copy that browsers play; its suffix depends on its format."""

PEAKS = "peaks.json"
"""The waveform for drawing."""
