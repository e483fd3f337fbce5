"""The checker itself: what counts as a sentence, the grade of a text, and the words that are not shown."""

import re

import pytest

from tests.reading.html_texts import texts_of_html
from tests.reading.javascript_texts import texts_of_module as texts_of_javascript
from tests.reading.never_shown import NEVER_SHOWN, never_shown_in
from tests.reading.python_texts import texts_of_module as texts_of_python
from tests.reading.readability import faults_of, grade, sentences_of, words_of

PLAIN = (
    "This recording is hard to hear over the noise. Move nearer to the microphone, then record again. "
    "What you said until then is safe, and you can keep it. You can also upload a file from your phone. "
    "Each report has a verdict, four figures and three moments that you can listen to. "
    "Take a breath after each point, and let the room be quiet for a second."
)
HARD = (
    "Considerable variability of individual articulation characteristics necessitates sufficiently extensive "
    "observation intervals, notwithstanding the comparatively conservative estimation methodology."
)


@pytest.mark.parametrize(
    ("blocks", "sentences"),
    [
        (["It is safe. Try again."], ["It is safe.", "Try again."]),
        (["Speaking pace", "See the report"], []),
        (["Cancelled."], ["Cancelled."]),
        (["about 4.1 a minute, e.g. here"], ["about 4.1 a minute, e.g. here"]),
        (["Take 2 · 12 November · See them as a list"], ["See them as a list"]),
        (["He said 'no.' Then he left."], ["He said 'no.'", "Then he left."]),
        (["…", "· ·", ""], []),
    ],
)
def test_sentences(blocks: list[str], sentences: list[str]) -> None:
    assert sentences_of(blocks) == sentences


def test_the_grade_is_that_of_the_formula() -> None:
    sentences = sentences_of([PLAIN])
    assert (len(sentences), sum(len(words_of(sentence)) for sentence in sentences)) == (6, 68)
    # Syllables counted by hand: 12, 13, 13, 11, 20 and 18.
    assert grade(sentences) == pytest.approx(0.39 * 68 / 6 + 11.8 * 87 / 68 - 15.59)


def test_numbers_count_as_they_are_spoken_and_repeated_rows_once() -> None:
    row = "Take {} is one of those that you made in the last week and have not heard again since then."
    once = [f"{row.format(number)} {PLAIN}" for number in ("7", "12")]
    assert grade(sentences_of(once)) == grade(sentences_of(once[1:]))
    twelve, spoken = (
        sentences_of([text, PLAIN]) for text in ("It was 143.", "It was one hundred forty three.")
    )
    assert grade(twelve) == grade(spoken)


def test_a_hard_text_is_found_and_a_short_one_has_no_grade() -> None:
    assert faults_of([PLAIN]) == []
    faults = faults_of([f"{word} {HARD}" for word in ("Once", "Often", "Never", "Today")])
    assert faults[0].startswith("21 words: ") or "grade" in faults[-1]
    assert re.fullmatch(r"grade \d\d\.\d", faults[-1])
    assert grade(sentences_of([PLAIN])[:4]) is None


def test_a_long_sentence_is_found() -> None:
    twenty = " ".join(["word"] * 20)
    assert faults_of([f"{twenty}."]) == []
    assert faults_of([f"{twenty} more."]) == [f"21 words: {twenty} more."]


@pytest.mark.parametrize(
    "text",
    [
        "You can hand the file in again.",
        "Answers that were handed in",
        "With a stem: heard in the sound",
        "measured anew from here",
        "This page follows by itself.",
        "next look after two more",
        "Watch it",
        "This file is no recording that we can read.",
        "A poor answer",
        "You sounded nervous.",
        "Your answer failed.",
    ],
)
def test_words_that_are_not_shown_are_found(text: str) -> None:
    assert never_shown_in([text])


@pytest.mark.parametrize(
    "text",
    [
        "There is no sound to play.",
        "Strengths and weaknesses",
        "The system",
        "The upload failed.",
        "Go for it",
    ],
)
def test_other_words_are_not(text: str) -> None:
    assert never_shown_in([text]) == []


def test_each_word_that_is_not_shown_has_a_reason_and_a_replacement() -> None:
    assert all(words.reason and words.instead for words in NEVER_SHOWN)


def test_texts_of_html() -> None:
    markup = (
        "<style>p { color: red }</style><p>One <strong>whole</strong> block,<br>two.</p>"
        '<button aria-label="Close this window">×</button>{% set a = 1 %}<p>{{ name }} is here.</p>'
    )
    assert texts_of_html(markup) == ["One whole block,", "two.", "Close this window", "×", "5 is here."]


def test_texts_of_javascript(tmp_path) -> None:
    module = tmp_path / "module.js"
    module.write_text(
        'const a = "Two words"; // No comment here\n'
        "const b = html`<p>It took ${wait(`${time} and more`)} to say ‘no’.</p>`;\n"
        r"const c = /not `a text/.test(d) ? 'It\'s one' : `M5 5 l7 7`;"
    )
    assert texts_of_javascript(module) == ["Two words", "5 and more", "It took 5 to say ‘no’.", "It's one"]


def test_texts_of_python(tmp_path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""Not this one."""\n'
        "logger.info('nor this one')\n"
        "raise ValueError('nor this either')\n"
        "WORDS = 'just a list of words'.split()\n"
        "raise MediaError(f'It took {time} s, ' 'too long.')\n"
        "a = 'Both ' + 'of these'\n"
        "b = f'{first} Then this one.'\n"
    )
    assert texts_of_python(module) == ["It took 5 s, too long.", "Both of these", "5\nThen this one."]
