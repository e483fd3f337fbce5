"""Readiness by kind of question, and the question of the day."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis.report import FigureStanding, Standing
from analysis.trends.readiness import (
    AnsweredQuestion,
    AskedQuestion,
    QuestionKind,
    first_takes,
    readiness,
    todays_question,
)

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ETHICS = QuestionKind("ethics", "Ethics", tuple(AskedQuestion(f"e{n}", f"Ethics {n}?") for n in range(4)))
ABOUT = QuestionKind("about", "About you", tuple(AskedQuestion(f"a{n}", f"About {n}?") for n in range(2)))
KINDS = (ETHICS, ABOUT)
INSIDE: tuple[Standing, ...] = ("inside", "inside", "inside", "inside")


def take(
    question: str,
    day: float,
    standing: Sequence[Standing | None] = INSIDE,
    kind: str = "ethics",
) -> AnsweredQuestion:
    figures = tuple(
        FigureStanding(name, name, each)  # type: ignore[arg-type]
        for name, each in zip(("length", "pace", "pauses", "fillers"), standing, strict=True)
    )
    return AnsweredQuestion(question, kind, MONDAY + timedelta(days=day), figures)


def state(*takes: AnsweredQuestion) -> str:
    return readiness(KINDS, takes)[0].state


def test_from_not_tried_to_ready() -> None:
    takes = [take("e0", 0), take("e1", 1), take("e2", 2)]
    assert [state(*takes[:count]) for count in range(4)] == ["not_tried", "working", "working", "ready"]


def test_one_figure_outside_in_one_of_three_is_not_ready() -> None:
    outside: tuple[Standing, ...] = ("inside", "inside", "inside", "outside")
    assert state(take("e0", 0), take("e1", 1), take("e2", 2, outside)) == "working"
    # A fourth first take leaves it behind only when it is no longer among the last three.
    assert state(take("e0", 0, outside), take("e1", 1), take("e2", 2), take("e3", 3)) == "ready"


def test_near_counts_and_what_has_no_standing_does_not_count_against() -> None:
    near: tuple[Standing, ...] = ("inside", "near", "near", "inside")
    unknown: tuple[Standing, ...] = ("inside", "unknown", "unknown", "unknown")
    neutral = ("inside", None, None, None)
    assert state(take("e0", 0, near), take("e1", 1, unknown), take("e2", 2, neutral)) == "ready"


def test_takes_of_which_nothing_is_known_are_not_good() -> None:
    nothing: tuple[Standing, ...] = ("unknown", "unknown", "unknown", "unknown")
    assert state(take("e0", 0, nothing), take("e1", 1), take("e2", 2)) == "ready"
    assert state(take("e0", 0, nothing), take("e1", 1, nothing), take("e2", 2)) == "working"


def test_retakes_do_not_count() -> None:
    outside: tuple[Standing, ...] = ("outside", "inside", "inside", "inside")
    takes = (take("e0", 0), take("e1", 1), take("e2", 2, outside), take("e2", 2.1), take("e2", 12))
    assert state(*takes) == "working", "e3 is untried, so the retake after ten days is no first take"


def test_three_takes_of_one_question_are_one() -> None:
    assert state(take("e0", 0), take("e0", 8), take("e0", 16)) == "working"


def test_when_every_question_was_tried_a_take_after_seven_days_counts() -> None:
    outside: tuple[Standing, ...] = ("outside", "inside", "inside", "inside")
    tried = [take(f"e{n}", n, outside) for n in range(4)]
    assert state(*tried, take("e0", 9), take("e1", 10), take("e2", 11)) == "ready"
    assert state(*tried, take("e0", 9), take("e1", 10), take("e2", 8.9)) == "working", "six days are too few"
    late = [take("e0", 9), take("e0", 9.1, outside)]
    assert [each.at for each in first_takes(ETHICS, [*tried, *late])][-1] == late[0].at


def test_questions_outside_the_bank_stand_under_their_kind() -> None:
    other = QuestionKind("other", "Other", ())
    takes = [take(f"upload {n}", n, kind="other") for n in range(3)]
    (found,) = readiness([other], takes)
    assert (found.state, found.next_question) == ("ready", None)


def test_the_next_question_is_untried_and_then_the_oldest() -> None:
    def following(*takes: AnsweredQuestion) -> str | None:
        question = readiness(KINDS, takes)[1].next_question
        return question and question.id

    assert following() == "a0"
    assert following(take("a0", 0, kind="about")) == "a1"
    assert following(take("a1", 0, kind="about"), take("a0", 1, kind="about")) == "a1"


def test_the_days_question_is_of_another_kind_than_the_last_answer() -> None:
    today = todays_question(KINDS, [take("e0", 0)], MONDAY + timedelta(days=1))
    assert today is not None and (today.kind, today.question.id) == ("about", "a0")
    alone = todays_question([ETHICS], [take("e0", 0)], MONDAY + timedelta(days=1))
    assert alone is not None and alone.question.id == "e1"
    assert todays_question([], [], MONDAY) is None


def test_the_days_question_is_of_the_weakest_kind() -> None:
    third = QuestionKind("why", "Why", (AskedQuestion("w0", "Why?"), AskedQuestion("w1", "Why not?")))
    outside: tuple[Standing, ...] = ("outside", "inside", "inside", "inside")
    takes = [
        take("a0", 0, kind="about"),
        take("w0", 1, outside, kind="why"),
        take("e0", 2),
    ]
    today = todays_question((*KINDS, third), takes, MONDAY + timedelta(days=3))
    assert today is not None and (today.kind, today.question.id) == ("why", "w1")


def test_the_days_question_stays_all_day() -> None:
    before = [take("e0", 0)]
    day = MONDAY + timedelta(days=1)
    first = todays_question(KINDS, before, day)
    assert first is not None and not first.answered
    later = [*before, take("a0", 1.1, kind="about"), take("e1", 1.2)]
    again = todays_question(KINDS, later, day)
    assert again is not None and (again.question, again.answered) == (first.question, True)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.floats(0, 60),
            st.lists(st.sampled_from(["inside", "near", "outside", "unknown", None]), min_size=4, max_size=4),
        ),
        max_size=12,
    )
)
def test_what_holds_for_any_practice(practice: list[tuple[int, float, list[Standing | None]]]) -> None:
    takes = sorted((take(f"e{n}", day, each) for n, day, each in practice), key=lambda each: each.at)
    found = readiness(KINDS, takes)[0]
    assert (found.state == "not_tried") == (not takes)
    assert 0 <= found.good <= found.first_takes <= 3
    if found.state == "ready":
        assert found.first_takes == 3 and found.good >= 2
    today = todays_question(KINDS, takes, MONDAY + timedelta(days=61))
    assert today is not None
    if takes:
        assert today.kind == "about", "never the kind of the last answer where there is another"
