"""A person's readiness by kind of question, from the takes and the questions in the database."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from analysis.feedback.standing import standings
from analysis.measures.registry import DEFINITIONS
from analysis.trends.readiness import (
    AnsweredQuestion,
    AskedQuestion,
    QuestionKind,
    readiness,
    todays_question,
)
from analysis.view.readiness import ReadinessView, readiness_view
from service.answers.preferences import preferences_of
from service.interviews.reports import count_full
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.progress.focus import focus_measure
from service.progress.takes import TakeRow

OTHER = "other"
"""Kind of uploads without a question of the bank, and of own questions without a kind."""


def readiness_of(
    session: Session,
    person: str,
    rows: Sequence[TakeRow],
    now: datetime,
    zone: tzinfo,
    *,
    verdicts: bool,
) -> ReadinessView:
    """The readiness map of a person, today's question, this week's focus, and full mock interviews.

    Args:
        session: from `Database.reading`.
        person: id of the person.
        rows: the person's takes, oldest first.
        now: with a time zone.
        zone: in which days begin.
        verdicts: False judges the length alone.
    """
    takes = [
        AnsweredQuestion(
            question=row.question or row.answer,
            kind=row.kind or OTHER,
            at=row.at,
            figures=standings(row.facts.figures, fluency_verdicts=verdicts),
        )
        for row in rows
        if row.facts is not None and row.facts.figures and not row.follow_up
    ]
    kinds = _kinds(session, person)
    local = now.astimezone(zone)
    day_begins = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = todays_question([kind for kind in kinds if kind.id != OTHER], takes, day_begins)
    shown = [kind for kind in kinds if kind.questions or any(take.kind == kind.id for take in takes)]
    focus = focus_measure(session, person, local.date())
    return readiness_view(
        readiness(shown, takes),
        today,
        focus=None if focus is None else DEFINITIONS[focus].label,
        full_interviews=count_full(session, person),
    )


def _kinds(session: Session, person: str) -> list[QuestionKind]:
    """The kinds of the bank with the questions that this person may be asked and their own, then `Other`."""
    preferences = preferences_of(session, person)
    asked = {each.id for each in bank().asked_of(preferences.applying_to, preferences.specialty)}
    questions = [
        question
        for question in Questions(session, person, bank()).list_all()
        # Lines of the application have their own page; there can be hundreds of them.
        if (question.own and question.application_line is None) or question.id in asked
    ]
    names = [*((kind.id, kind.name) for kind in bank().kinds), (OTHER, "Other")]
    return [
        QuestionKind(
            id=kind,
            name=name,
            questions=tuple(
                AskedQuestion(question.id, question.text)
                # The bank's questions first: own ones are what a person thought of already.
                for question in sorted(questions, key=lambda each: each.own)
                if (question.kind or OTHER) == kind
            ),
        )
        for kind, name in names
    ]
