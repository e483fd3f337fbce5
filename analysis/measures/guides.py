"""What is usual, and who says so. Each question can set its own target for length."""

from analysis.report import Guide

ANSWER_LENGTH = Guide(60.0, 120.0, "Greenroom's aim for most answers; a complex story may take up to 180 s")
COMPLEX_STORY = 180.0
"""Seconds that a complex story may take."""
FAR_TOO_LONG = 300.0
"""Seconds from which an answer is marked as far too long."""

SPEAKING_RATE = Guide(100.0, 165.0, "Microsoft Speaker Coach")
FILLER_RATE = Guide(None, 5.0, "Laske 2024: up to 5 a minute did not lower ratings in one study")
SIGNAL_TO_NOISE = Guide(20.0, None, "Greenroom: below 20 dB, pauses and fillers have clearly more error")
CLIPPING = Guide(None, 0.1, "Greenroom's own limit; no study behind it")
