"""Request and response models of scheduled interviews."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.prepare.fields import (
    ClockTime,
    Day,
    Email,
    Link,
    LongText,
    PersonName,
    Phone,
    Place,
    Platform,
    Programme,
    ShortText,
    ZoneName,
)
from service.schemas import ApplyingTo

InterviewFormat = Literal["in_person", "virtual", "hybrid", "asynchronous"]
"""How an interview is held; `asynchronous` is recorded by the applicant alone, until the date."""

ConfirmationWay = Literal["own_check", "coordinator_email", "coordinator_call", "portal"]
"""How the date and the time were confirmed."""

MOST_INTERVIEWERS = 30
LONGEST_MINUTES = 24 * 60

Minutes = Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]


class Coordinator(BaseModel):
    """Whom one writes to or calls about the interview."""

    name: PersonName = None
    email: Email = None
    phone: Phone = None


class NewInterviewer(BaseModel):
    """Somebody who asks. An `id` of the same interview keeps it; without one it is new."""

    id: Annotated[str, Field(max_length=24)] | None = None
    name: PersonName = None
    role: PersonName = None
    email: Email = None


class Interviewer(BaseModel):
    """Somebody who asks."""

    id: str
    name: str | None
    role: str | None
    email: str | None


class InterviewDetails(BaseModel):
    """What may be left out of a new interview."""

    specialty: ShortText = Field(default=None, description="Free text; for a residency.")
    time: ClockTime = Field(default=None, description="`HH:MM` in the programme's zone; null: only the day.")
    minutes: Minutes | None = Field(default=None, description="Length of the interview, or of its day.")
    format: InterviewFormat = "virtual"
    platform: Platform = None
    link: Link = Field(default=None, description="http or https only.")
    place: Place = None
    coordinator: Coordinator | None = None
    interviewers: list[NewInterviewer] = Field(default=[], max_length=MOST_INTERVIEWERS)
    notes: LongText = None
    cancelled: bool = False
    no_thanks_wanted: bool = Field(default=False, description="The programme asked for no thank-you notes.")
    second_look_invited: bool = False


class NewScheduledInterview(InterviewDetails):
    """An interview that a school or a programme invited the person to."""

    applying_to: ApplyingTo
    programme: Programme
    date: Day = Field(description="In the programme's zone.")
    time_zone: ZoneName = Field(description="Of the programme; an IANA name.")
    own_time_zone: ZoneName = Field(description="Where the person will be; an IANA name.")


class ScheduledInterviewChanges(InterviewDetails):
    """Changes to an interview. Only the given fields change; null clears those that may be empty."""

    applying_to: ApplyingTo = "residency"
    programme: Programme = None
    date: Day = date.min
    time_zone: ZoneName = "UTC"
    own_time_zone: ZoneName = "UTC"


class NewConfirmation(BaseModel):
    """The person looked whether date and time are right."""

    way: ConfirmationWay
    on: Day | None = Field(default=None, description="Null: today, in the own zone.")


class Confirmation(BaseModel):
    """One confirmation of date and time."""

    id: str
    way: ConfirmationWay
    on: date
    counts: bool = Field(description="False for one of an earlier date, time or zone.")
    words: str


class ClockOut(BaseModel):
    """A moment on one clock, or a day without a time. See `service.prepare.times.Clock`."""

    model_config = ConfigDict(from_attributes=True)

    words: str
    zone_words: str


class LogInOut(BaseModel):
    """When to be there, on both clocks. See `service.prepare.times.LogIn`."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    begins_at: datetime
    ends_at: datetime
    programme: str
    own: str


class TimesOut(BaseModel):
    """The time of an interview on both clocks. See `service.prepare.times.Times`."""

    model_config = ConfigDict(from_attributes=True)

    programme: ClockOut
    own: ClockOut
    same_zone: bool = Field(description="Both clocks show the same at that moment.")
    starts_at: datetime | None = Field(description="In UTC; null without a time.")
    log_in: LogInOut | None
    notes: list[str] = Field(description="What to know about clocks that change.")


class LateSlotOut(BaseModel):
    """Advice for a slot outside 8 AM to 8 PM on the own clock."""

    model_config = ConfigDict(from_attributes=True)

    words: str
    advice: list[str]


class ScheduledInterview(BaseModel):
    """An interview that a school or a programme invited the person to."""

    id: str
    applying_to: ApplyingTo
    programme: str
    specialty: str | None
    date: date
    time: str | None = Field(description="`HH:MM` in the programme's zone.")
    minutes: int | None
    time_zone: str
    own_time_zone: str
    format: InterviewFormat
    platform: str | None
    link: str | None
    place: str | None
    coordinator: Coordinator | None
    interviewers: list[Interviewer]
    notes: str | None
    confirmations: list[Confirmation]
    confirmed: bool = Field(description="Twice: on different days or in different ways.")
    confirmation_words: str
    cancelled: bool
    no_thanks_wanted: bool
    second_look_invited: bool
    demo: bool
    times: TimesOut
    days: int = Field(description="From today to the interview on the own clock; negative once it is past.")
    when_words: str
    late_slot: LateSlotOut | None
    specifics_count: int
    questions_to_ask_count: int


class ScheduledInterviewList(BaseModel):
    """All interviews of a person, earliest first."""

    items: list[ScheduledInterview]


class TimeZoneChoice(BaseModel):
    """A time zone on offer."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    words: str
    older_names: list[str] = Field(description="Other names of the same zone, which browsers may report.")


class TimeZoneList(BaseModel):
    """The time zones on offer."""

    items: list[TimeZoneChoice]


class StepSource(BaseModel):
    """The guide that advises a step."""

    name: str
    address: str | None


class StepPlace(BaseModel):
    """The page that does a step."""

    label: str
    href: str


class PlanStep(BaseModel):
    """A step of the plan, with how far it is."""

    id: str
    what: str
    why: str
    source: StepSource
    place: StepPlace | None
    by_hand: bool = Field(description="The person can mark it; otherwise Greenroom sees it by itself.")
    state: Literal["open", "partly", "done"]
    progress_words: str | None
    seen_words: str | None
    completed_at: datetime | None = Field(description="When the person marked it; null if they did not.")
    day: date = Field(description="A suggestion, on the own clock.")


class PlanPhase(BaseModel):
    """The steps of some days of the plan."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    name: str
    dates_words: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    present: bool = Field(description="It is this phase now.")
    steps: list[PlanStep]


class LeftOutStep(BaseModel):
    """A step that did not fit."""

    id: str
    what: str


class Plan(BaseModel):
    """The plan for an interview."""

    interview: ScheduledInterview
    compressed: bool = Field(description="The invitation came too late for the whole plan.")
    compressed_words: str | None
    left_out: list[LeftOutStep] = Field(description="Steps that need more days than there were.")
    phases: list[PlanPhase] = Field(description="In order, without those that have no step.")


class TodaysQuestion(BaseModel):
    """Today's question of the readiness map."""

    id: str
    text: str
    why_words: str


class NextStep(BaseModel):
    """The next step of a plan."""

    interview: str
    programme: str
    id: str
    what: str
    place: StepPlace | None


class Preparation(BaseModel):
    """What to do next."""

    next: ScheduledInterview | None
    question: TodaysQuestion | None
    step: NextStep | None
