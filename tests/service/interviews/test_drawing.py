"""Drawing the questions of an interview."""

from datetime import UTC, datetime, timedelta
from random import Random

from service.interviews.drawing import NOT_AGAIN_WITHIN, draw
from service.practice.schemas import Question

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
KINDS = ("about_you", "ethics", "teamwork")
POOL = [
    Question(
        id=f"{kind}-{number}",
        text="?",
        kind=kind,
        structure=None,
        aim=None,
        listens_for=None,
        own=False,
        favourite=False,
        takes=0,
    )
    for kind in KINDS
    for number in range(4)
]


def _draw(count: int, asked: dict[str, datetime] | None = None, seed: int = 1) -> tuple[list[str], int]:
    slots = [[kind] for kind in KINDS]
    drawn = draw(POOL, slots, count, last_asked=asked or {}, now=NOW, random=Random(seed))
    return [question.id for question in drawn.questions], drawn.repeated


def test_each_place_has_its_kind_and_no_question_comes_twice() -> None:
    for seed in range(50):
        drawn, repeated = _draw(9, seed=seed)
        assert [each.partition("-")[0] for each in drawn] == list(KINDS) * 3
        assert len(set(drawn)) == 9
        assert repeated == 0


def test_what_was_asked_in_the_last_two_weeks_does_not_come_again() -> None:
    asked = {question.id: NOW - timedelta(days=3) for question in POOL if question.id != "ethics-2"}
    for seed in range(20):
        drawn, repeated = _draw(1, asked | {"ethics-2": NOW - NOT_AGAIN_WITHIN}, seed)
        assert (drawn, repeated) == (["ethics-2"], 0)


def test_where_nothing_else_is_left_the_one_asked_longest_ago_comes_and_is_counted() -> None:
    asked = {question.id: NOW - timedelta(hours=number) for number, question in enumerate(POOL)}
    drawn, repeated = _draw(3, asked)
    assert drawn == ["teamwork-3", "teamwork-2", "teamwork-1"]
    assert repeated == 3


def test_no_more_are_drawn_than_there_are() -> None:
    drawn, _ = _draw(40)
    assert sorted(drawn) == sorted(question.id for question in POOL)
