"""Follow-ups: validation of their file, and which ones fit an answer."""

import re
from pathlib import Path

import pytest

from service.practice.checked_file import DataError
from service.practice.follow_ups import (
    FILE,
    FollowUp,
    candidates,
    find_follow_up,
    follow_ups,
    load_follow_ups,
)
from service.practice.questions import bank

REASONS = ("no_example", "own_part", "no_outcome", "short", "reflective")

GOOD = """
[[follow_ups]]
id = "example"
reason = "no_example"
text = "Can you give me an example?"

[[follow_ups]]
id = "more"
reason = "short"
text = "Tell me more about that."
caption = "Tell me more about {word}."
"""


def read(folder: Path, text: str) -> tuple[FollowUp, ...]:
    (folder / "follow_ups.toml").write_text(text)
    return load_follow_ups(folder / "follow_ups.toml")


def test_a_valid_file_is_read(tmp_path: Path) -> None:
    example, more = read(tmp_path, GOOD)
    assert (example.id, example.reason) == ("example", "no_example")
    assert more.caption_with("teamwork") == "Tell me more about teamwork."
    assert more.caption_with(None) == more.text
    assert example.caption_with("teamwork") == example.text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{word}", "that", "follow-up 2 ('more'): caption should have {word} in it once."),
        ("{word}.", "{word} and {word}.", "follow-up 2 ('more'): caption should have {word} in it once."),
        (
            'caption = "Tell me more about {word}."',
            "",
            "follow-up 2 ('more'): caption belongs to follow-ups with the reason 'short', and to all of",
        ),
        ('reason = "short"', 'reason = "long"', "follow-up 2 ('more'): reason should be 'no_example',"),
        ('"example"', '"more"', "the id 'more' occurs twice."),
        ("[[follow_ups]]", "[[follow_up]]", "'follow_up' is not known here."),
        ('"Tell me more about that."', '""', "follow-up 2 ('more'): text"),
    ],
)
def test_an_error_names_the_follow_up_and_the_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert said in caught.value.text and caught.value.text.startswith("follow_ups.toml")


def test_there_are_enough_for_every_reason() -> None:
    assert 40 <= len(follow_ups()) <= 50
    for reason in REASONS:
        assert sum(1 for each in follow_ups() if each.reason == reason) >= 6, reason
    assert len({each.text for each in follow_ups()}) == len(follow_ups())
    assert all(re.search(r"[.?]$", each.text) and len(each.text.split()) <= 16 for each in follow_ups())


def test_those_that_a_question_names_come_first(tmp_path: Path) -> None:
    named = ["outcome", "patient-in-mind", "one-time", "unknown"]
    found = [each.id for each in candidates("no_example", named)]
    assert found[:3] == ["patient-in-mind", "one-time", "example"]
    assert sorted(found) == sorted(each.id for each in follow_ups() if each.reason == "no_example")
    assert find_follow_up("outcome") is not None and find_follow_up("unknown") is None


def test_nothing_past_is_asked_after_a_supposed_case() -> None:
    supposed = candidates("own_part", ["own-first-step", "other-opinion"])
    assert supposed[0].id == "own-first-step" and len(supposed) >= 3
    assert not any(each.past for each in supposed)
    # A question of the person's own names none: it may be about anything.
    assert candidates("own_part", [])[0].id == "own-part"
    assert candidates("no_outcome", ["one-time", "own-part"])[0].id == "outcome"
    for reason in REASONS:
        assert sum(1 for each in follow_ups() if each.reason == reason and not each.past) >= 3, reason


def test_a_question_about_a_supposed_case_names_nothing_past() -> None:
    past = {each.id for each in follow_ups() if each.past}
    for question in bank().questions:
        if question.structure in ("sides_values_decision", "safe_ask_plan_share", "for_against_position"):
            assert not past & set(question.follow_ups), question.id
        if question.asks_for_event:
            assert past & set(question.follow_ups), question.id


def test_every_question_but_those_to_ask_them_names_follow_ups_that_fit() -> None:
    for question in bank().questions:
        reasons = {each.reason for each in follow_ups() if each.id in question.follow_ups}
        if question.structure == "question_and_why":
            assert not reasons, question.id
            continue
        assert 2 <= len(question.follow_ups) <= 4, question.id
        if question.asks_for_event:
            assert question.structure in ("star", "fact_learned_now"), question.id
            assert {"no_example", "no_outcome", "reflective"} <= reasons, question.id


def test_every_follow_up_is_named_by_a_question() -> None:
    named = {identifier for question in bank().questions for identifier in question.follow_ups}
    unnamed = {each.id for each in follow_ups()} - named
    # The first ones of their reasons are asked where a question names none.
    assert unnamed <= {"more-about-that"}


def test_the_file_describes_every_field() -> None:
    comments = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#   ")]
    assert set(FollowUp.model_fields) <= {line.split()[1] for line in comments}
