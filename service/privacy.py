"""What may be written to a log: never a title, a file name or what somebody said."""

import traceback
from pathlib import Path

_FRAMES = 6
"""Innermost frames that are named: enough to find the line."""


def describe_error(error: BaseException) -> str:
    """The kind of an exception and where it came from. Its message is left out: it may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'an unknown place'}"
