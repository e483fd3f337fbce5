"""The plan for an interview: which steps fit between the invitation and the day, and how far each one is.

Steps belong to phases that are counted back from the interview's day on the person's own clock. Where an
invitation came later than a phase ends, its steps move to the first phase that is still to come, and those
that need more days than there are are left out. The plan says both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service.db.engine import Database
from service.db.preparation_models import CompletedPlanStep, ScheduledInterview
from service.prepare import schemas
from service.prepare.late_slots import LateSlot
from service.prepare.plan_steps import Phase, PlanStep, plan_steps
from service.prepare.scheduled_interviews import (
    ScheduledInterviews,
    describe,
    ends_at,
    late_slot_of,
    own_day,
)
from service.prepare.seen_steps import Seen, SeenSteps, State
from service.prepare.times import day_words
from service.problems import NotFound, WrongState
from service.progress.history import TakeHistory, read_history

AFTER = "after"
"""Phase whose steps no short notice can leave out."""

SLEEP_SHIFT = "sleep_shift"
"""Step that begins on the evening of the first night of the advice for a late slot."""

LAST_DAYS = ("day_before", "the_day")
"""Phases whose own steps come before what was left undone earlier."""


@dataclass(frozen=True)
class PlacedStep:
    """A step in the phase in which it is to be done.

    Attributes:
        step: as the file describes it.
        phase: it may be a later one than the step's own.
        day: on which it is suggested, so that the steps of a phase spread over its days.
    """

    step: PlanStep
    phase: Phase
    day: date


@dataclass(frozen=True)
class Layout:
    """Which steps are done when.

    Attributes:
        placed: in order.
        left_out: steps that need more days than there were.
        days: between the invitation and the interview; negative if it was added afterwards.
        compressed: a phase was over when the interview was added.
    """

    placed: Sequence[PlacedStep]
    left_out: Sequence[PlanStep]
    days: int
    compressed: bool


def lay_out(row: ScheduledInterview, slot: LateSlot | None) -> Layout:
    """Places the steps that an interview needs.

    Args:
        row: the interview; its plan begins on the day on which it was added.
        slot: advice for a late or early slot; None without one.
    """
    definitions = plan_steps()
    begins = row.created_at.astimezone(ZoneInfo(row.own_time_zone)).date()
    days = (own_day(row) - begins).days
    placed: list[tuple[PlanStep, Phase]] = []
    left_out = []
    phases = {phase.id: phase for phase in definitions.phases}
    for step in definitions.steps:
        if not _is_for(step, row, slot):
            continue
        if step.phase == AFTER:
            placed.append((step, phases[AFTER]))
        elif days < step.least_days or days < 0:
            left_out.append(step)
        else:
            own = phases[step.phase]
            later = (phase for phase in definitions.phases if phase.last <= days)
            placed.append((step, own if own.last <= days else next(later)))
    first = definitions.phases[0]
    return Layout(_on_days(placed, row, slot, begins), left_out, days, compressed=days < first.last)


def plan_of(database: Database, person: str, interview: str, now: datetime) -> schemas.Plan:
    """The plan for an interview with what was done of it.

    Args:
        now: with a time zone.

    Raises:
        NotFound: the person has no such interview.
    """
    history = read_history(database, person)
    with database.reading() as session:
        row = ScheduledInterviews(session, person).get(interview)
        return describe_plan(session, person, row, history, now)


def describe_plan(
    session: Session, person: str, row: ScheduledInterview, history: TakeHistory, now: datetime
) -> schemas.Plan:
    """As `plan_of`, with takes that were read before."""
    layout = lay_out(row, late_slot_of(row, now))
    seen = SeenSteps(session, person, history.rows, row, now, verdicts=history.verdicts)
    completed = _completed(session, person, row)
    present = present_phase(row, now)
    return schemas.Plan(
        interview=describe(row, now),
        compressed=layout.compressed,
        compressed_words=_compressed_words(layout) if layout.compressed else None,
        left_out=[schemas.LeftOutStep(id=step.id, what=step.what) for step in layout.left_out],
        phases=[
            schemas.PlanPhase.model_validate(
                {
                    "id": phase.id,
                    "name": phase.name,
                    "dates_words": _dates_words(first, last),
                    "from": first,
                    "to": last,
                    "present": phase.id == present,
                    "steps": [_describe(each, row, seen, completed) for each in steps],
                }
            )
            for phase, (first, last), steps in _by_phase(layout, row)
        ],
    )


def present_phase(row: ScheduledInterview, now: datetime) -> str | None:
    """The phase of now; None before the first and after the last one.

    Once the interview is over, even on its own day, it is what comes after.
    """
    days = (own_day(row) - now.astimezone(ZoneInfo(row.own_time_zone)).date()).days
    last = plan_steps().phases[-1]
    if ends_at(row) <= now:
        return AFTER if days >= last.last else None
    return next((phase.id for phase in plan_steps().phases if phase.first >= days >= phase.last), None)


def mark_step(session: Session, person: str, interview: str, step: str, now: datetime) -> None:
    """Marks a step as done by the person, if it is not already.

    Raises:
        NotFound: there is no such interview, or no such step.
        WrongState: Greenroom sees this step itself.
    """
    row = ScheduledInterviews(session, person).get(interview)
    if not _step(step).can_be_marked:
        raise WrongState("Greenroom sees by itself whether this is done. It cannot be marked by hand.")
    if session.get(CompletedPlanStep, (row.id, step)) is None:
        session.add(CompletedPlanStep(scheduled_interview_id=row.id, step=step, completed_at=now))


def unmark_step(session: Session, person: str, interview: str, step: str) -> None:
    """Removes the person's mark from a step, wherever in the season it was made.

    Raises:
        NotFound: there is no such interview, or no such step.
    """
    row = ScheduledInterviews(session, person).get(interview)
    marked = CompletedPlanStep.scheduled_interview_id == row.id
    if _step(step).season:
        marked = CompletedPlanStep.scheduled_interview_id.in_(_of_person(person))
    session.execute(delete(CompletedPlanStep).where(marked, CompletedPlanStep.step == step))


def open_steps(plan: schemas.Plan, row: ScheduledInterview, now: datetime) -> list[schemas.PlanStep]:
    """The steps that are not done, the next one first.

    They come in the order of the plan, but on the last days those of the day first. Once the interview is
    over, what came before it has no use any more.
    """
    phases = plan.phases
    if ends_at(row) <= now:
        order = [phase for phase in phases if phase.id == AFTER]
    else:
        order = sorted(phases, key=lambda phase: not (phase.present and phase.id in LAST_DAYS))
    return [step for phase in order for step in phase.steps if step.state != "done"]


def _is_for(step: PlanStep, row: ScheduledInterview, slot: LateSlot | None) -> bool:
    if step.applying_to not in (None, row.applying_to) or (step.formats and row.format not in step.formats):
        return False
    if step.id == "thank_yous" and row.no_thanks_wanted:
        return False
    if step.only == "late_slot":
        return slot is not None
    return step.only != "second_look" or row.second_look_invited


def _on_days(
    placed: Sequence[tuple[PlanStep, Phase]], row: ScheduledInterview, slot: LateSlot | None, begins: date
) -> list[PlacedStep]:
    found = []
    for phase in plan_steps().phases:
        steps = [step for step, of in placed if of is phase]
        first, last = _days_of(phase, row, begins)
        for number, step in enumerate(steps):
            offset = (2 * number + 1) * ((last - first).days + 1) // (2 * len(steps))
            day = first if step.first_day else first + timedelta(days=offset)
            if step.id == SLEEP_SHIFT and slot is not None and slot.nights:
                day = min(max(slot.nights[0].evening, first), last)
            found.append(PlacedStep(step, phase, day))
    return found


def _days_of(phase: Phase, row: ScheduledInterview, begins: date) -> tuple[date, date]:
    """The days of a phase that are not over when the plan begins."""
    day = own_day(row)
    first, last = day - timedelta(days=phase.first), day - timedelta(days=phase.last)
    return min(max(first, begins), last), last


def _by_phase(
    layout: Layout, row: ScheduledInterview
) -> Iterable[tuple[Phase, tuple[date, date], list[PlacedStep]]]:
    begins = row.created_at.astimezone(ZoneInfo(row.own_time_zone)).date()
    for phase in plan_steps().phases:
        steps = [each for each in layout.placed if each.phase is phase]
        if steps:
            yield phase, _days_of(phase, row, begins), steps


def _describe(
    placed: PlacedStep, row: ScheduledInterview, seen: SeenSteps, completed: Mapping[str, datetime]
) -> schemas.PlanStep:
    step = placed.step
    found = Seen("open") if step.seen is None else seen.see(step.seen)
    marked = completed.get(step.id)
    state: State = "done" if marked is not None else found.state
    source = plan_steps().sources[step.source]
    place = None
    if step.place is not None and step.address is not None:
        place = schemas.StepPlace(label=step.place, href=step.address.format(interview=row.id))
    return schemas.PlanStep(
        id=step.id,
        what=step.what,
        why=step.why,
        source=schemas.StepSource(name=source.name, address=source.address),
        place=place,
        by_hand=step.can_be_marked and (found.state != "done" or marked is not None),
        state=state,
        progress_words=found.progress_words,
        seen_words=found.seen_words,
        completed_at=marked,
        day=placed.day,
    )


def _completed(session: Session, person: str, row: ScheduledInterview) -> dict[str, datetime]:
    """When steps were marked, by their ids. Those of a season count wherever they were marked."""
    season = {step.id for step in plan_steps().steps if step.season}
    rows = session.scalars(
        select(CompletedPlanStep).where(CompletedPlanStep.scheduled_interview_id.in_(_of_person(person)))
    )
    return {
        each.step: each.completed_at
        for each in rows
        if each.scheduled_interview_id == row.id or each.step in season
    }


def _compressed_words(layout: Layout) -> str:
    if layout.days < 0:
        return "You added this interview after its day, so the plan has only what comes after it."
    when = {0: "on the day itself", 1: "1 day before"}.get(layout.days, f"{layout.days} days before")
    words = f"You added this interview {when}, so the plan is shorter. Earlier steps moved to the days left."
    if layout.left_out:
        words += f" {number_of(len(layout.left_out), 'step')} did not fit."
    return words


def _dates_words(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    begins = str(first.day)
    if (first.month, first.year) != (last.month, last.year):
        begins += f" {first:%B}"
    if first.year != last.year:
        begins += f" {first.year}"
    return f"{begins} to {last.day} {last:%B} {last.year}"


def _of_person(person: str) -> Select[str]:
    return select(ScheduledInterview.id).where(ScheduledInterview.person_id == person)


def _step(identifier: str) -> PlanStep:
    step = next((step for step in plan_steps().steps if step.id == identifier), None)
    if step is None:
        raise NotFound("There is no such step in the plan.")
    return step
