"""A transcript as text and as subtitles."""

from analysis.report import Transcript, Word
from service.exports.transcripts import as_srt, as_text


def _spoken(text: str, step: float = 0.4, pause_before: str = "") -> Transcript:
    """A word every `step` seconds, with 2 s of silence before one of them."""
    words, at = [], 0.0
    for each in text.split():
        at += 2.0 if each == pause_before else 0.0
        words.append(Word(each, at, at + step, 0.9))
        at += step
    return Transcript("en", tuple(words), ())


def test_text_is_spaced_as_typed_text_is() -> None:
    transcript = _spoken("a well -known co -author paid 20 % . We left .", pause_before="We")
    assert as_text(transcript) == "a well-known co-author paid 20%.\nWe left.\n"


def test_no_line_and_no_subtitle_begins_within_a_word() -> None:
    assert as_text(_spoken("it is well -known", pause_before="-known")) == "it is well-known\n"
    subtitles = as_srt(_spoken("one two three four five six seven eight nine ten eleven well -known now"))
    assert [block.splitlines()[2] for block in subtitles.split("\n\n")] == [
        "one two three four five six seven eight nine ten eleven well-known",
        "now",
    ]
