"""The set-up check as the page shows it: groups, items with what was found, and whom to call."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service.answers.preferences import preferences_of
from service.db.preparation_models import ScheduledInterview, SetupStill
from service.prepare.scheduled_interviews import ScheduledInterviews, own_day
from service.prepare.set_up_check import ALSO_ASKED, Result, checked_words, is_due_again, results_of
from service.prepare.set_up_items import Item, set_up_items


class SourceOut(BaseModel):
    """The page or paper that asks for an item."""

    name: str
    address: str


class AnswerOut(BaseModel):
    """An answer that can be chosen."""

    id: str
    label: str


class ItemOut(BaseModel):
    """One item, with what was last found."""

    id: str
    group: str
    kind: Literal["measured", "typed", "asked"]
    what: str
    why: str
    how: str
    source: SourceOut | None
    answers: list[AnswerOut] = Field(description="What can be answered; empty where it is only measured.")
    state: Literal["open", "ok", "look_again"]
    state_words: str
    answer: str | None = Field(description="The id of the answer that was chosen.")
    value: dict[str, Any] | None = Field(description="The figures as they were sent.")
    words: str | None = Field(description="What was found, with its figures.")
    advice: str | None
    checked_at: datetime | None
    checked_words: str | None = Field(description="When it was last checked.")
    again_words: str | None = Field(description="When it is checked again; null where once is enough.")
    due_again: bool = Field(description="It was checked, but not since the time named in `again_words`.")


class GroupOut(BaseModel):
    """A part of the check."""

    id: str
    name: str
    summary: str | None
    folded: bool
    progress_words: str


class CoordinatorOut(BaseModel):
    """Whom to write to or call: the coordinator of the next interview, else the person's own contact."""

    name: str | None
    phone: str | None
    email: str | None
    interview: str | None = Field(description="Id of the scheduled interview whose coordinator it is.")
    programme: str | None


class SetUpCheck(BaseModel):
    """The whole check."""

    groups: list[GroupOut]
    items: list[ItemOut]
    progress_words: str
    coordinator: CoordinatorOut | None


class StillOut(BaseModel):
    """A still that is kept on this machine."""

    id: str
    note: str | None
    media_type: str
    taken_at: datetime
    taken_words: str


_AGAIN = {
    "day_before": "Check it again the day before the interview.",
    "same_day": "Check it again just before you log in.",
}
_DUE = "Your interview is near: check it again now."
_STATES = {"open": "Not checked yet", "ok": "Fine", "look_again": "Look again"}


def set_up_check(session: Session, person: str, now: datetime) -> SetUpCheck:
    """Every item with what was last found.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
        now: the present moment, with the zone in which days are counted.
    """
    definitions = set_up_items()
    found = results_of(session, person)
    interview = ScheduledInterviews(session, person).next(now)
    day = own_day(interview) if interview else None
    items = [_item(item, found.get(item.id), day, now) for item in definitions.items.values()]
    groups = [
        GroupOut(
            **group.model_dump(), progress_words=_progress([item for item in items if item.group == group.id])
        )
        for group in definitions.groups
    ]
    folded = {group.id for group in groups if group.folded}
    return SetUpCheck(
        groups=groups,
        items=items,
        progress_words=_progress([item for item in items if item.group not in folded]),
        coordinator=_coordinator(session, person, interview),
    )


def describe_still(still: SetupStill, now: datetime) -> StillOut:
    """A still without its content."""
    return StillOut(
        id=still.id,
        note=still.note,
        media_type=still.media_type,
        taken_at=still.taken_at,
        taken_words=checked_words(still.taken_at, now).replace("Checked", "Taken"),
    )


def _item(item: Item, result: Result | None, interview: date | None, now: datetime) -> ItemOut:
    source = set_up_items().sources[item.source] if item.source else None
    asked = item.kind == "asked" or item.id in ALSO_ASKED
    finding = result.finding if result else None
    state = finding.state if finding else "open"
    due = result is not None and is_due_again(item, result.checked_at, interview, now)
    value = result.value if result else None
    answer = value.get("answer") if value else None
    return ItemOut(
        **item.model_dump(include={"id", "group", "kind", "what", "why", "how"}),
        source=SourceOut(name=source.name, address=source.address) if source else None,
        answers=[AnswerOut(id=each.id, label=each.label) for each in item.possible_answers if asked],
        state=state,
        state_words=_STATES[state],
        answer=answer,
        value=None if answer else value,
        words=(finding.words or None) if finding else None,
        advice=finding.advice if finding else None,
        checked_at=result.checked_at if result else None,
        checked_words=checked_words(result.checked_at, now) if result else None,
        again_words=_DUE if due else _AGAIN[item.again] if item.again else None,
        due_again=due,
    )


def _progress(items: list[ItemOut]) -> str:
    checked = [item for item in items if item.state != "open"]
    again = sum(item.state == "look_again" for item in checked)
    due = sum(item.due_again and item.state == "ok" for item in checked)
    words = [f"{len(checked)} of {len(items)} checked"]
    words += [f"{number_of(again, 'item')} to look at again"] * (again > 0)
    words += [f"{number_of(due, 'item')} to check once more"] * (due > 0)
    return " · ".join(words)


def _coordinator(
    session: Session, person: str, interview: ScheduledInterview | None
) -> CoordinatorOut | None:
    own = preferences_of(session, person).contact
    given: Mapping[str, str | None] = (interview and interview.coordinator) or {}
    if interview is not None and any(given.get(field) for field in ("name", "phone", "email")):
        return CoordinatorOut(
            name=given.get("name"),
            phone=given.get("phone"),
            email=given.get("email"),
            interview=interview.id,
            programme=interview.programme,
        )
    if own is None:
        return None
    return CoordinatorOut(**own.model_dump(), interview=None, programme=None)
