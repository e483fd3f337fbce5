"""Signals of the end: which phrases are, and which only look like one."""

import pytest

from analysis.report import Span, Word
from analysis.text.end_signals import EndSignal, find_end_signal

_BEFORE = "I learned to ask for help early and to write everything down for the next team on the ward. "
_WORD = 0.3
"""Seconds from the start of one word to that of the next; words touch unless a pause is asked for."""


def spoken(text: str, *, start: float = 0.0) -> tuple[Word, ...]:
    """Words one after another; `|` stands for a silence of 0.4 s."""
    words: list[Word] = []
    at = start
    for token in text.split():
        if token == "|":
            at += 0.4
            continue
        words.append(Word(token, round(at, 2), round(at + _WORD, 2), 0.9))
        at += _WORD
    return tuple(words)


def found(text: str, *, before: str = _BEFORE, after: str = "") -> EndSignal | None:
    """The signal in an answer that says this after much else, perhaps with more after it."""
    words = spoken(f"{before} {text} {after}")
    return find_end_signal(words, Span(0.0, words[-1].end))


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("So yeah.", "So yeah"),
        ("So, yeah,", "So, yeah"),
        ("Yeah, so, yeah.", "Yeah, so, yeah"),
        ("And so, yeah.", "And so, yeah"),
        ("But, yeah.", "But, yeah"),
        ("So yes.", "So yes"),
        ("That's it.", "That's it"),
        ("That’s it!", "That’s it"),
        ("And that's it.", "And that's it"),
        ("We agreed on it and that's it.", "that's it"),
        ("That's, um, about it.", "That's, about it"),
        ("So, like, yeah.", "So, like, yeah"),
        ("And yeah, that's pretty much it.", "And yeah, that's pretty much it"),
        ("I think that's about it.", "I think that's about it"),
        ("So I guess that's all.", "So I guess that's all"),
        ("So that's my answer.", "So that's my answer"),
        ("That's basically my story.", "That's basically my story"),
        ("That's it for me.", "That's it for me"),
        ("That's all from my side.", "That's all from my side"),
        ("That is all I wanted to say.", "That is all I wanted to say"),
        ("Um, that's, uh, that's really all I have.", "that's really all I have"),
        ("That would be all for now.", "That would be all for now"),
        ("This is my answer.", "This is my answer"),
        ("I'm done.", "I'm done"),
        ("I'll leave it at that.", "I'll leave it at that"),
        ("Thank you so much for your time.", "Thank you so much for your time"),
    ],
)
def test_a_phrase_that_closes_an_answer_is_found(text: str, signal: str) -> None:
    for after in ("", "Also I would like to add that I speak three languages."):
        seen = found(text, after=after)
        assert seen is not None
        assert seen.text == signal


@pytest.mark.parametrize(
    "text",
    [
        "That's all I could do for him.",
        "and that's all | I could do for him.",
        "That is why I want to be a doctor.",
        "And that's why I want to work in your hospital.",
        "That's it in a way that I had not seen before.",
        "That's all right.",
        "That's my answer to everyone who asks.",
        "That's about it being late.",
        "I don't think that's it.",
        "I was not sure that's all.",
        "This is it.",
        "So yes, I would call the senior doctor.",
        "And yeah, I would call the senior doctor.",
        "It was so, yes, so hard.",
        "He said yeah.",
        "I'm done with my exams in June.",
        "He wrote to say thank you for the care.",
        "Everything is all.",
        "We did all that, it helped.",
    ],
)
def test_a_phrase_that_only_looks_like_one_is_not(text: str) -> None:
    assert found(text, after="I would do the same again every single day.") is None


@pytest.mark.parametrize(
    "text", ["and that's it | Also I speak three languages.", "I did that | so yeah | Also I sing."]
)
def test_a_silence_sets_a_phrase_off_where_no_punctuation_does(text: str) -> None:
    assert found(text) is not None
    assert found(text.replace("|", "")) is None


def test_what_lies_in_the_first_half_is_ignored() -> None:
    answer = f"That's it. {_BEFORE}"
    assert found(answer, before="") is None
    half = spoken("So yeah. Then I went home.")
    assert find_end_signal(half, Span(0.0, 2 * half[0].start)) is not None
    assert find_end_signal(half, Span(0.0, 20.0)) is None


def test_the_first_statement_counts_and_the_talk_after_it_is_measured() -> None:
    after = "I also speak three languages and I love to teach. That's all."
    seen = found("That's about it.", after=after)
    assert seen is not None
    assert seen.text == "That's about it"
    assert seen.talk_after == pytest.approx(_WORD * len(after.split()))
    assert seen.end - seen.start == pytest.approx(3 * _WORD)


def test_a_statement_comes_before_a_marker() -> None:
    seen = found("So yeah, I would do it again, and the team would too.", after="That's about it.")
    assert seen is not None
    assert seen.text == "That's about it"


def test_a_marker_that_is_a_habit_is_no_end() -> None:
    text = "So yeah, I would do it again."
    assert found(text) is not None
    assert found(text, before=f"So yeah, that was hard. {_BEFORE} {_BEFORE}") is None
    assert found("That's it.", before=f"So yeah, that was hard. {_BEFORE} {_BEFORE}") is not None


def test_a_phrase_lies_within_one_sentence() -> None:
    seen = found("That's it.", after="For me, the team comes first.")
    assert seen is not None
    assert seen.text == "That's it"


def test_without_words_there_is_none() -> None:
    assert find_end_signal((), Span(0.0, 10.0)) is None
