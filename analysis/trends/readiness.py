"""How ready a person is for each kind of question, and which question to practise today.

A first take is what an interview is: an answer that was not rehearsed in this form. So readiness looks at
first takes alone, on different questions. Kinds are mixed from day to day: interleaving questions did better
than repeating one (Languages 2023, 90 people).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from analysis.report import FigureStanding

KindState = Literal["not_tried", "working", "ready"]

FIRST_TAKES = 3
"""First takes on different questions that decide: one can be luck, and more would take weeks."""

GOOD_TAKES = 2
"""Of these, takes in which every known figure is inside or near."""

FORGOTTEN_AFTER = timedelta(days=7)
"""Since the last take of a question, after which a take of it counts as a first one where no untried question
is left."""


@dataclass(frozen=True)
class AnsweredQuestion:
    """One take of a question.

    Attributes:
        question: id of the question, or its wording.
        kind: id of its kind.
        at: when, with a time zone.
        figures: standing of the four main figures.
    """

    question: str
    kind: str
    at: datetime
    figures: tuple[FigureStanding, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A question that can be practised: its id and wording."""

    id: str
    text: str


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question.

    Attributes:
        id, name: of the kind.
        questions: that can be practised, in the order in which they are offered.
    """

    id: str
    name: str
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True)
class KindReadiness:
    """How ready a person is for one kind of question.

    Attributes:
        id, name: of the kind.
        state: not tried, working on it, or ready.
        first_takes: first takes that were looked at, at most `FIRST_TAKES`, on different questions.
        good: how many of them have no figure outside.
        last: when the kind was last practised; None if it was not.
        next_question: to practise next; None if the kind has no questions.
    """

    id: str
    name: str
    state: KindState
    first_takes: int
    good: int
    last: datetime | None
    next_question: AskedQuestion | None


@dataclass(frozen=True)
class TodaysQuestion:
    """The question of a day.

    Attributes:
        question: to practise.
        kind, kind_name: of the question.
        answered: whether there is a take of it from this day.
    """

    question: AskedQuestion
    kind: str
    kind_name: str
    answered: bool


def readiness(kinds: Sequence[QuestionKind], takes: Sequence[AnsweredQuestion]) -> tuple[KindReadiness, ...]:
    """Readiness for each kind, in the order of `kinds`.

    Args:
        kinds: with all questions that the person can practise.
        takes: with a report, oldest first, of any kind.
    """
    return tuple(_of_kind(kind, [take for take in takes if take.kind == kind.id]) for kind in kinds)


def todays_question(
    kinds: Sequence[QuestionKind], takes: Sequence[AnsweredQuestion], day_begins: datetime
) -> TodaysQuestion | None:
    """The question of a day: the same all day, whatever is practised on it; None without any question.

    The weakest kind comes first, but not the kind that was practised last where there is another. Of equally
    weak kinds the one that was not practised for longest comes first.

    Args:
        kinds: with all questions that the person can practise.
        takes: with a report, oldest first.
        day_begins: with a time zone; takes from then on do not change the choice.
    """
    before = [take for take in takes if take.at < day_begins]
    found = [(place, each) for place, each in enumerate(readiness(kinds, before)) if each.next_question]
    if not found:
        return None
    last_kind = before[-1].kind if before else None
    others = [(place, each) for place, each in found if each.id != last_kind] or found
    _, chosen = min(others, key=lambda entry: (entry[1].good, _since(entry[1].last), entry[0]))
    assert chosen.next_question is not None
    question = chosen.next_question
    answered = any(take.question == question.id for take in takes if take.at >= day_begins)
    return TodaysQuestion(question, chosen.id, chosen.name, answered)


def _since(last: datetime | None) -> float:
    return float("-inf") if last is None else last.timestamp()


def _of_kind(kind: QuestionKind, takes: Sequence[AnsweredQuestion]) -> KindReadiness:
    latest = _latest_on_different_questions(first_takes(kind, takes))
    good = sum(_is_good(take) for take in latest)
    return KindReadiness(
        id=kind.id,
        name=kind.name,
        state=_state(latest, good, tried=bool(takes)),
        first_takes=len(latest),
        good=good,
        last=takes[-1].at if takes else None,
        next_question=_next(kind, takes),
    )


def _state(latest: Sequence[AnsweredQuestion], good: int, *, tried: bool) -> KindState:
    if not tried:
        return "not_tried"
    enough = len(latest) == FIRST_TAKES and good >= GOOD_TAKES
    return "ready" if enough and not any(_is_outside(take) for take in latest) else "working"


def first_takes(kind: QuestionKind, takes: Sequence[AnsweredQuestion]) -> list[AnsweredQuestion]:
    """The first takes among all takes of a kind, oldest first.

    Once every question of the kind has been tried, the first take of a question after seven days without it
    counts as one too.
    """
    last: dict[str, datetime] = {}
    untried = {question.id for question in kind.questions}
    first = []
    for take in takes:
        before = last.get(take.question)
        if before is None or (not untried and take.at - before >= FORGOTTEN_AFTER):
            first.append(take)
        last[take.question] = take.at
        untried.discard(take.question)
    return first


def _latest_on_different_questions(first: Sequence[AnsweredQuestion]) -> list[AnsweredQuestion]:
    latest: dict[str, AnsweredQuestion] = {}
    for take in reversed(first):
        latest.setdefault(take.question, take)
    return list(latest.values())[:FIRST_TAKES]


def _is_outside(take: AnsweredQuestion) -> bool:
    return any(figure.standing == "outside" for figure in take.figures)


def _is_good(take: AnsweredQuestion) -> bool:
    """Every figure that has a standing is inside or near, and there is one that has."""
    known = [figure.standing for figure in take.figures if figure.standing not in (None, "unknown")]
    return bool(known) and "outside" not in known


def _next(kind: QuestionKind, takes: Sequence[AnsweredQuestion]) -> AskedQuestion | None:
    """The first untried question, else the one that was not practised for longest."""
    last = {take.question: take.at.timestamp() for take in takes}
    return min(kind.questions, key=lambda question: last.get(question.id, float("-inf")), default=None)
