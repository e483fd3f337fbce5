"""Plans an interview before it begins: greeting, questions, what interrupts them, and goodbye.

Times are in seconds. The plan is stored, so that an interview that broke off goes on as it was planned.
"""

from collections.abc import Sequence
from random import Random
from typing import Literal

from service.interviews.schemas import Choices, Step, StepKind
from service.practice.formats import Format, InterviewInFile, interview_of
from service.practice.interview_lines import interview_lines
from service.practice.schemas import Question
from service.schemas import Aim

FOLLOW_UP_AIM = Aim(low=20, high=60)
"""A follow-up asks for one thing, so half of what most answers take is enough."""
FOLLOW_UP_MAXIMUM = 120.0
CLOSING_AIM = Aim(low=10, high=60)
CLOSING_MAXIMUM = 90.0
APOLOGY_AIM = Aim(low=3, high=15)
"""A short apology, and on: over 15 s it takes time from the interview."""
APOLOGY_MAXIMUM = 30.0
PART_AIMS = {"follow_up": FOLLOW_UP_AIM, "closing": CLOSING_AIM, "apology": APOLOGY_AIM}
"""Aims of the parts of an interview that have their own, whatever question they belong to."""

_SPOKEN_SECONDS = 8.0
"""What an interviewer needs to say a question or a line, for the time that an interview takes at most."""
_DROPPED_SECONDS = 90.0
"""A minute until one writes or calls, and the apology."""
_FIRST_QUESTION_MAY_BREAK = 1
"""Nothing interrupts the first question: the person is still settling in."""


def plan_interview(
    given: Format, questions: Sequence[Question], choices: Choices, random: Random
) -> tuple[Step, ...]:
    """The steps of an interview.

    Args:
        given: the format.
        questions: what is asked, in order.
        choices: how the person wants to be interviewed.
        random: decides where the interview is interrupted.
    """
    interview = interview_of(given) or InterviewInFile()
    repeat, drop = _interruptions(interview, len(questions), choices, random)
    first_of_second = (len(questions) + 1) // 2
    steps = [] if interview.drill or not interview.greeting else [_line("greeting", interview.greeting)]
    for number, question in enumerate(questions):
        second = interview.interviewers == 2 and number >= first_of_second
        if second and number == first_of_second:
            steps.append(_line("greeting", "colleague"))
        steps.append(
            Step(
                kind="question",
                line=question.id,
                text=question.text,
                scenario=question.scenario,
                question_id=question.id,
                interviewer=1 if second else 0,
                preparation=_extended(given.preparation, choices),
                answer=_extended(given.answer, choices),
                aim=interview.aims.get(question.kind or "") or given.aim or question.aim,
                most_follow_ups=1 if interview.follow_ups and choices.follow_ups else 0,
                repeat=number == repeat,
                drop=number == drop,
                bell=interview.bell,
                pause=_extended(given.pause, choices) if number else None,
            )
        )
    last: Literal[0, 1] = 1 if interview.interviewers == 2 else 0
    if interview.closing:
        closing = _line("closing", "closing-questions", last)
        maximum = _extended(CLOSING_MAXIMUM, choices)
        steps.append(closing.model_copy(update={"answer": maximum, "aim": CLOSING_AIM}))
    if interview.goodbye and not interview.drill:
        steps.append(_line("goodbye", interview.goodbye, last))
    return tuple(steps)


def follow_up_maximum(choices: Choices) -> float | None:
    """Seconds to answer a follow-up; None without limits."""
    return _extended(FOLLOW_UP_MAXIMUM, choices)


def longest(steps: Sequence[Step], choices: Choices, most_follow_ups: int) -> float | None:
    """How long an interview takes at most, in seconds; None where nothing limits its answers.

    Args:
        most_follow_ups: how many may come in all of it.
    """
    recorded = [step for step in steps if step.kind in {"question", "closing"}]
    if any(step.answer is None for step in recorded):
        return None
    dropped = sum(_DROPPED_SECONDS for step in recorded if step.drop)
    asked = sum(
        (step.preparation or 0) + (step.answer or 0) * (1 + step.repeat) + (step.pause or 0)
        for step in recorded
    )
    after = min(most_follow_ups, sum(step.most_follow_ups for step in recorded)) * (
        (follow_up_maximum(choices) or 0) + _SPOKEN_SECONDS
    )
    return asked + dropped + after + _SPOKEN_SECONDS * len(steps)


def _line(kind: StepKind, identifier: str, interviewer: Literal[0, 1] = 0) -> Step:
    text = interview_lines()[identifier]
    return Step(kind=kind, line=f"line:{identifier}", text=text, interviewer=interviewer)


def _extended(seconds: float | None, choices: Choices) -> float | None:
    return None if seconds is None or choices.extension is None else seconds * choices.extension


def _interruptions(
    interview: InterviewInFile, count: int, choices: Choices, random: Random
) -> tuple[int | None, int | None]:
    """The places at which an answer is to be repeated, and at which the connection drops."""
    if interview.drill:
        return (0, None) if interview.drill == "repeat" else (None, 0)
    places = list(range(_FIRST_QUESTION_MAY_BREAK, count))
    random.shuffle(places)
    repeat = places.pop() if interview.repeat and choices.repeat and places else None
    drop = places.pop() if interview.connection and choices.connection_drop and places else None
    return repeat, drop
