"""Recognisers for services under test, named in the setting `engine`."""

from analysis.transcription.fake import FakeEngine

OTHER_WORDS = "Somebody said something else here."


def fake(model: str) -> FakeEngine:
    """Writes the same text for whatever it is given."""
    return FakeEngine()


def other(model: str) -> FakeEngine:
    """Writes another text, so that a test sees what was transcribed with which of the two."""
    return FakeEngine(OTHER_WORDS)
