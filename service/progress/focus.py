"""The focus of a week: the one measure that a person works on."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from analysis.measures.registry import DEFINITIONS
from analysis.trends.focus import ADVICE, focus_change, focus_sentence
from analysis.trends.models import FAMILY
from service.db import models
from service.db.models import Focus
from service.progress.schemas import ChosenFocus, FocusOffer, NewFocus, WeekFocus
from service.progress.takes import TakeRow, as_takes
from service.progress.times import Week, week_around


def focus_of(
    session: Session, person: str, week: Week, rows: Sequence[TakeRow], *, verdicts: bool
) -> WeekFocus:
    """The focus of a week, the measures on offer, and the change so far.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
        week: the week.
        rows: the person's takes, oldest first.
        verdicts: False leaves out verdicts on fluency.
    """
    offers = [
        FocusOffer.model_validate(
            {
                "measure": measure,
                "label": DEFINITIONS[measure].label,
                "advice": list(ADVICE[measure].sentences),
                "source": ADVICE[measure].source,
            }
        )
        for measure in FAMILY
    ]
    row = session.get(Focus, (person, week.first_day))
    if row is None:
        return WeekFocus(week=week.name, chosen=None, offers=offers, change=None, sentence=None, takes=0)
    before = as_takes(take for take in rows if take.at < row.chosen_at)
    since = as_takes(take for take in rows if take.at >= row.chosen_at)
    change = focus_change(before, since, row.measure, verdicts=verdicts)
    return WeekFocus(
        week=week.name,
        chosen=ChosenFocus.model_validate(
            {
                "measure": row.measure,
                "label": DEFINITIONS[row.measure].label,
                "plan": row.plan,
                "went": row.went,
                "chosen_at": row.chosen_at,
            }
        ),
        offers=offers,
        change=change,
        sentence=focus_sentence(change, row.measure),
        takes=len(since),
    )


def focus_measure(session: Session, person: str, day: date) -> str | None:
    """The measure chosen for the week of a day; None without one."""
    row = session.get(Focus, (person, week_around(day).first_day))
    return None if row is None else row.measure


def choose_focus(session: Session, person: str, week: Week, new: NewFocus) -> None:
    """Chooses a measure for a week. A different measure starts over: only takes from now on count as later.

    Args:
        session: from `Database.writing`.
        person: id of the person.
        week: the week.
        new: replaces the earlier choice.
    """
    row = session.get(Focus, (person, week.first_day))
    if row is None:
        row = Focus(person_id=person, week=week.first_day, measure=new.measure)
        session.add(row)
    elif row.measure != new.measure:
        row.measure, row.chosen_at = new.measure, models.now()
    row.plan, row.went = new.plan, new.went
    session.flush()


def drop_focus(session: Session, person: str, week: Week) -> None:
    """Deletes the focus of a week, if there is one."""
    session.execute(delete(Focus).where(Focus.person_id == person, Focus.week == week.first_day))
