"""Recognisers for services under test, named in the setting `engine`."""

from analysis.transcription.fake import FakeEngine

OTHER_WORDS = "Somebody said something else here."


def fake(model: str) -> FakeEngine:
    """Transcribes every recording with the same text."""
    return FakeEngine()


def other(model: str) -> FakeEngine:
    """Transcribes with another text, so that tests can tell which of the two engines was used."""
    return FakeEngine(OTHER_WORDS)


def naming_a_reason(model: str) -> FakeEngine:
    """Transcribes every recording as an answer to 'Why our programme?' that names one reason."""
    return FakeEngine("I like that every graduate from abroad has a mentor.")
