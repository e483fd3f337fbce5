"""What an interviewer says besides the questions: its file, and all that is spoken."""

import re
from pathlib import Path

import pytest

from service.practice.checked_file import DataError
from service.practice.follow_ups import follow_ups
from service.practice.interview_lines import interview_lines, load_lines
from service.practice.questions import bank
from service.practice.spoken_lines import spoken_lines

GOOD = '[[lines]]\nid = "thank-you"\ntext = "Thank you."\n[[lines]]\nid = "goodbye"\ntext = "Goodbye."\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"goodbye"', '"thank-you"', "the id 'thank-you' occurs twice."),
        ('"goodbye"', '"Good bye"', "line 2 ('Good bye'): id should be small letters and digits"),
        ('text = "Goodbye."', "", "line 2 ('goodbye'): text is missing."),
        ("[[lines]]", "[[line]]", "'line' is not known here."),
    ],
)
def test_an_invalid_file_says_where_and_how(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(GOOD)
    assert [line.id for line in load_lines(path)] == ["thank-you", "goodbye"]
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(DataError, match=re.escape(said)):
        load_lines(path)


def test_lines_are_short_enough_to_be_followed_by_ear() -> None:
    for identifier, text in interview_lines().items():
        sentences = re.findall(r"[^.?!]+[.?!]", text)
        assert len(sentences) <= 3, identifier
        assert len(text.split()) <= 25, identifier


def test_everything_that_is_asked_is_spoken() -> None:
    spoken = spoken_lines()
    assert len(spoken) == len(bank().questions) + len(follow_ups()) + len(interview_lines())
    assert spoken["tell-me-about-yourself"] == "Tell me about yourself."
    assert spoken["line:thank-you"] == "Thank you."
    assert spoken[f"follow-up:{follow_ups()[0].id}"] == follow_ups()[0].text
