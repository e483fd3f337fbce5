"""Recognisers for services under test, named in the setting `engine`."""

from analysis.transcription.fake import FakeEngine


def fake(model: str) -> FakeEngine:
    """Writes the same text for whatever it is given."""
    return FakeEngine()
