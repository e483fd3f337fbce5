"""The readiness map, today's question and the week's focus, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.formatting import number_of
from analysis.trends.readiness import FIRST_TAKES, KindReadiness, KindState, TodaysQuestion

_STATES: dict[KindState, str] = {
    "not_tried": "Not tried yet",
    "working": "Working on it",
    "ready": "Ready",
}
ReadinessMark = Literal["empty", "half", "full"]
_MARKS: dict[KindState, ReadinessMark] = {"not_tried": "empty", "working": "half", "ready": "full"}

READY_MEANS = (
    "Ready means three first takes on three different questions, with no figure outside its guide. "
    "Retakes do not count: in the interview there is only one take."
)

FULL_INTERVIEWS = 2
"""Full mock interviews, recorded and reviewed. Guides advise mock interviews, among them the AAMC's 'Virtual
Interviews: Applicant Preparation Guide'; two is the least with which one sees whether a change worked."""

_INTERVIEWS_MEAN = (
    "Guides for applicants, such as the AAMC's, advise mock interviews. The first shows what to change, and "
    "the second whether it worked. An interview is full with five answers or more."
)


@dataclass(frozen=True)
class InterviewsView:
    """How many full mock interviews a person has had.

    Attributes:
        mark: the shape: an empty, a half or a full circle.
        text: `1 of 2 full mock interviews`.
        means: why two, and what counts.
    """

    mark: ReadinessMark
    text: str
    means: str


@dataclass(frozen=True)
class QuestionView:
    """A question with the address at which it is practised."""

    id: str
    text: str


@dataclass(frozen=True)
class KindView:
    """One kind of question.

    Attributes:
        id, name: of the kind.
        state: code.
        mark: the shape: an empty, a half or a full circle.
        state_text: the word beside it.
        detail: `2 of 3 first takes inside the guides`; empty where it was not tried.
        next_question: to practise next; None if the kind has no questions.
    """

    id: str
    name: str
    state: KindState
    mark: ReadinessMark
    state_text: str
    detail: str
    next_question: QuestionView | None


@dataclass(frozen=True)
class TodayView:
    """Today's question.

    Attributes:
        question: to practise.
        kind: name of its kind.
        title: `Today's question`, or that it was answered.
        answered: whether there is a take of it from today.
    """

    question: QuestionView
    kind: str
    title: str
    answered: bool


@dataclass(frozen=True)
class ReadinessView:
    """What is shown.

    Attributes:
        summary: `Ready for 2 of 11 kinds of question.`
        ready_means: when a kind is ready.
        today: None without any question.
        focus: this week's focus in a line; empty without one.
        interviews: how many full mock interviews there were.
        kinds: in the order of the question bank.
    """

    summary: str
    ready_means: str
    today: TodayView | None
    focus: str
    interviews: InterviewsView
    kinds: tuple[KindView, ...]


def readiness_view(
    kinds: Sequence[KindReadiness],
    today: TodaysQuestion | None,
    *,
    focus: str | None,
    full_interviews: int,
) -> ReadinessView:
    """The view of a readiness map.

    Args:
        kinds: from `analysis.trends.readiness`.
        today: the question of the day.
        focus: label of the measure that the person works on this week; None without one.
        full_interviews: number of full mock interviews that have ended.
    """
    ready = sum(kind.state == "ready" for kind in kinds)
    tried = sum(kind.state != "not_tried" for kind in kinds)
    summary = f"Ready for {ready} of {number_of(len(kinds), 'kind')} of question."
    if not ready:
        summary = f"You have tried {tried} of {number_of(len(kinds), 'kind')} of question."
    return ReadinessView(
        summary=summary,
        ready_means=READY_MEANS,
        today=None if today is None else _today(today),
        focus="" if focus is None else f"This week's focus: {focus.lower()}",
        interviews=interviews_view(full_interviews),
        kinds=tuple(_kind(kind) for kind in kinds),
    )


def interviews_view(full: int) -> InterviewsView:
    """The view of the number of full mock interviews that have ended."""
    mark: ReadinessMark = "full" if full >= FULL_INTERVIEWS else "half" if full else "empty"
    text = f"{full} of {FULL_INTERVIEWS} full mock interviews"
    return InterviewsView(
        mark,
        text if full <= FULL_INTERVIEWS else number_of(full, "full mock interview"),
        _INTERVIEWS_MEAN,
    )


def _today(today: TodaysQuestion) -> TodayView:
    return TodayView(
        question=QuestionView(today.question.id, today.question.text),
        kind=today.kind_name,
        title="Today's question, answered" if today.answered else "Today's question",
        answered=today.answered,
    )


def _kind(kind: KindReadiness) -> KindView:
    detail = ""
    if kind.first_takes:
        detail = f"{kind.good} of {FIRST_TAKES} first takes inside the guides"
    question = kind.next_question
    return KindView(
        id=kind.id,
        name=kind.name,
        state=kind.state,
        mark=_MARKS[kind.state],
        state_text=_STATES[kind.state],
        detail=detail,
        next_question=None if question is None else QuestionView(question.id, question.text),
    )
