"""The phases and the steps of a plan, as `plan_steps.toml` describes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service.practice.checked_file import (
    DataError,
    Entry,
    EntryKind,
    Name,
    check_entries,
    check_ids_differ,
    check_names,
    read_file,
)
from service.prepare.schemas import InterviewFormat
from service.schemas import ApplyingTo

FILE = Path(__file__).with_name("plan_steps.toml")

StepId = Annotated[str, Field(max_length=64, pattern=r"^[a-z]+(_[a-z0-9]+)*$")]
Sentence = Annotated[str, Field(min_length=1, max_length=240)]

SeenBy = Literal[
    "about_yourself",
    "application_lines",
    "difficult_questions",
    "home_system",
    "mock_interviews",
    "confirmed_once",
    "confirmed_twice",
    "why_programme",
    "why_school",
    "questions_to_ask",
    "repeat_drill",
    "connection_drill",
    "programme_sheet",
    "set_up",
    "still",
    "contacts",
    "microphone",
    "impressions",
    "thank_yous",
    "rank_list",
]
"""How Greenroom sees a step: names of methods of `seen_steps.SeenSteps`."""


class Source(Entry):
    """A guide that advises steps, by its name."""

    id: StepId
    name: Sentence
    address: Annotated[str, Field(pattern=r"^https?://")]


class Phase(Entry):
    """A stretch of days, counted back from the interview: days after it are negative."""

    id: StepId
    name: Name
    first: int
    last: int


class PlanStep(Entry):
    """One step; the file describes each field."""

    id: StepId
    phase: StepId
    what: Annotated[str, Field(min_length=1, max_length=100)]
    why: Sentence
    source: StepId
    place: Name | None = None
    address: Annotated[str, Field(pattern=r"^/")] | None = None
    seen: SeenBy | None = None
    by_hand: bool = False
    season: bool = False
    applying_to: ApplyingTo | None = None
    formats: Annotated[tuple[InterviewFormat, ...], Field(strict=False)] = ()
    only: Literal["late_slot", "second_look"] | None = None
    first_day: bool = False
    least_days: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _has_whole_place(self) -> "PlanStep":
        if (self.place is None) != (self.address is None):
            raise ValueError("place and address belong together")
        return self

    @property
    def can_be_marked(self) -> bool:
        """Whether the person can mark it as done."""
        return self.by_hand or self.seen is None


@dataclass(frozen=True)
class PlanSteps:
    """The content of the file.

    Attributes:
        phases: in the order of time.
        steps: in the order of the file.
        sources: by their ids.
    """

    phases: tuple[Phase, ...]
    steps: tuple[PlanStep, ...]
    sources: Mapping[str, Source]


@cache
def plan_steps() -> PlanSteps:
    """The phases and steps that come with Greenroom.

    Raises:
        DataError: the file is invalid.
    """
    return read_plan_steps(FILE)


def read_plan_steps(path: Path) -> PlanSteps:
    """Reads and validates a file of steps.

    Raises:
        DataError: the file is invalid; the sentence says where and how.
    """
    tables = read_file(path)
    check_names(tables, ("sources", "phases", "steps"), file=path.name)
    sources = _entries(Source, tables, "sources", path)
    phases = _entries(Phase, tables, "phases", path)
    steps = _entries(PlanStep, tables, "steps", path)
    for step in steps:
        _check_known(step.phase, phases, f"{path.name}, step '{step.id}': phase")
        _check_known(step.source, sources, f"{path.name}, step '{step.id}': source")
    days = [day for phase in phases for day in (phase.first, phase.last)]
    if days != sorted(days, reverse=True) or len({phase.first for phase in phases}) != len(phases):
        raise DataError(f"{path.name}: phases should follow one another, without days in two of them.")
    return PlanSteps(tuple(phases), tuple(steps), {source.id: source for source in sources})


def _entries(kind: type[EntryKind], tables: Mapping[str, object], name: str, path: Path) -> list[EntryKind]:
    entries = list(check_entries(kind, tables, name, file=path.name))
    check_ids_differ([str(getattr(entry, "id")) for entry in entries], file=path.name)  # noqa: B009
    return entries


def _check_known(identifier: str, known: list[Phase] | list[Source], place: str) -> None:
    if identifier not in [entry.id for entry in known]:
        raise DataError(f"{place} '{identifier}' is not described in this file.")
