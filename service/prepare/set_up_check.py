"""The set-up check of one person: every item with what was last found, and the words for both.

What was measured, typed or answered is stored and judged again whenever it is shown, so that words and state
are always those of the present thresholds.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.preparation_models import SetupCheck
from service.prepare.set_up_figures import Battery, Figures, Light, Picture, Screen, Sound, Speed
from service.prepare.set_up_items import Item, set_up_items
from service.prepare.set_up_judging import Finding, judge
from service.prepare.times import clock_words, day_words
from service.problems import InvalidRequest, NotFound

FIGURES: Mapping[str, type[Figures]] = {
    "microphone": Sound,
    "camera": Picture,
    "light": Light,
    "battery": Battery,
    "screen": Screen,
    "speed": Speed,
}
"""What is sent for each item that is not only asked."""

ALSO_ASKED = {"battery", "screen"}
"""Measured items that a person can answer themselves, because not every browser tells."""

_ANSWER = "answer"


class Checked(BaseModel):
    """What was found at an item: figures, or an answer."""

    value: dict[str, Any] | None = None
    answer: str | None = None


class Result(BaseModel):
    """An item as it stands: when it was last checked, and what was found."""

    item: str
    finding: Finding
    value: dict[str, Any]
    checked_at: datetime


def results_of(session: Session, person: str) -> dict[str, Result]:
    """What was last found, by item; items of an earlier version are left out.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
    """
    rows = session.scalars(select(SetupCheck).where(SetupCheck.person_id == person))
    found: dict[str, Result] = {}
    for row in rows:
        item = set_up_items().items.get(row.item)
        finding = item and _finding_of_stored(item, row.value or {})
        if finding:
            found[row.item] = Result(
                item=row.item, finding=finding, value=row.value or {}, checked_at=row.checked_at
            )
    return found


def check(session: Session, person: str, identifier: str, checked: Checked, now: datetime) -> None:
    """Stores what was found at an item, in place of what was found before.

    Args:
        session: from `Database.writing`.
        person: id of the person.
        identifier: of the item.
        checked: either figures or an answer.
        now: the present moment, with its zone.

    Raises:
        NotFound: there is no such item.
        InvalidRequest: the item takes other figures, or another answer.
    """
    item = _item(identifier)
    value, finding = _judged(item, checked)
    row = session.get(SetupCheck, (person, identifier)) or SetupCheck(person_id=person, item=identifier)
    row.state, row.value, row.checked_at = finding.state, value, now
    session.add(row)


def forget(session: Session, person: str, identifier: str) -> None:
    """Opens an item again.

    Args:
        session: from `Database.writing`.
        person: id of the person.
        identifier: of the item.

    Raises:
        NotFound: there is no such item.
    """
    row = session.get(SetupCheck, (person, _item(identifier).id))
    if row is not None:
        session.delete(row)


def checked_words(checked_at: datetime, now: datetime) -> str:
    """When an item was last checked, by days of the zone of `now`: 'Checked today at 3:05 PM.'"""
    moment = checked_at.astimezone(now.tzinfo)
    clock = clock_words(moment)
    days = (now.date() - moment.date()).days
    if days <= 0:
        return f"Checked today at {clock}."
    if days == 1:
        return f"Checked yesterday at {clock}."
    if days < 7:
        return f"Checked on {moment:%A}, {days} days ago."
    return f"Checked on {day_words(moment.date())}."


def is_due_again(item: Item, checked_at: datetime, interview: date | None, now: datetime) -> bool:
    """Whether an item that was checked should be checked again for the next interview.

    Args:
        item: with the time before the interview at which it is looked at again.
        checked_at: when it was last checked.
        interview: day of the next interview on the person's own clock; None without one.
        now: the present moment, with its zone: the person's own.
    """
    if interview is None or item.again is None:
        return False
    day = interview - timedelta(days=1 if item.again == "day_before" else 0)
    return now.date() >= day > checked_at.astimezone(now.tzinfo).date()


def _item(identifier: str) -> Item:
    item = set_up_items().items.get(identifier)
    if item is None:
        raise NotFound("The set-up check has no such item.")
    return item


def _judged(item: Item, checked: Checked) -> tuple[dict[str, Any], Finding]:
    if (checked.value is None) == (checked.answer is None):
        raise InvalidRequest("Send either figures or an answer.")
    if checked.answer is not None:
        if item.kind != "asked" and item.id not in ALSO_ASKED:
            raise InvalidRequest(f"{item.what}: this takes figures.")
        finding = _finding_of_answer(item, checked.answer)
        if finding is None:
            raise InvalidRequest(f"{item.what}: this is not one of its answers.")
        return {_ANSWER: checked.answer}, finding
    if item.id not in FIGURES:
        raise InvalidRequest(f"{item.what}: this takes an answer.")
    try:
        figures = FIGURES[item.id].model_validate(checked.value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "value"
        raise InvalidRequest(f"{field}: {first['msg']}.") from error
    return figures.model_dump(), judge(figures)


def _finding_of_stored(item: Item, value: dict[str, Any]) -> Finding | None:
    """None where it was stored by a version that knew other figures or answers."""
    if _ANSWER in value:
        return _finding_of_answer(item, value[_ANSWER])
    try:
        return judge(FIGURES[item.id].model_validate(value))
    except (KeyError, ValidationError):
        return None


def _finding_of_answer(item: Item, answer: str) -> Finding | None:
    given = next((each for each in item.possible_answers if each.id == answer), None)
    if given is None:
        return None
    if given.good:
        return Finding("ok", given.words or "")
    return Finding("look_again", given.words or "", item.advice)
