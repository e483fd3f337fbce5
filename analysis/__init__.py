"""Speech measures for a recorded practice answer: samples and words in, results out.

Conventions everywhere in this package: times are seconds from the start of the recording, sound is
mono float32 at 16 kHz within [-1, 1], results are frozen dataclasses. Nothing here depends on the
service, its database or its users.
"""

ANALYSIS_VERSION = "1.4.0"
"""Changes when a figure in a report can change; trends compare reports of one version."""

SAMPLE_RATE = 16_000
"""Hz. What Whisper and Silero were trained on."""
