"""Descriptions that are safe to log: without titles, file names or spoken words."""

import traceback
from pathlib import Path

_FRAMES = 6
"""Innermost frames to list: enough to locate the fault."""


def describe_error(error: BaseException) -> str:
    """The type and location of an exception. Its message is left out because it may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'an unknown place'}"
