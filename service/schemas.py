"""Request and response models that several parts of the service share.

The models of the report are in `analysis.report`; models of a single resource are beside its routes.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from analysis.report import Channel, FigureName, Measure
from analysis.view.figures import Mark

Source = Literal["upload", "recording", "sample"]
Intake = Literal["receiving", "complete", "interrupted"]
WorkState = Literal["waiting", "working", "ready", "failed"]
WorkStage = Literal["decode", "activity", "transcribe", "measure", "playable"]
Part = Literal["media", "peaks", "transcript", "report"]

TITLE_LENGTH = 300
QUESTION_LENGTH = 4000
SESSION_NAME_LENGTH = 200
NOTES_LENGTH = 4000
IDENTIFIER_LENGTH = 64
MAXIMUM_TAGS = 20
MOST_TRACKS = 1000
"""Sound tracks of one file: more than any container that is read here holds."""
MAXIMUM_PAUSES = 1000
"""Most pauses of one recording: far more than anyone makes by hand."""

EXTENSIONS = (1.0, 1.25, 1.5, 2.0, None)
"""Factors by which a person may extend the time that the format gives; None means no limit."""


def plain_text(value: object) -> object:
    """Removes control characters and surrounding white space; empty text becomes None."""
    if not isinstance(value, str):
        return value
    cleaned = "".join(character for character in value if character.isprintable() or character in "\n\t")
    return cleaned.strip() or None


Title = Annotated[Annotated[str, Field(max_length=TITLE_LENGTH)] | None, BeforeValidator(plain_text)]
Question = Annotated[Annotated[str, Field(max_length=QUESTION_LENGTH)] | None, BeforeValidator(plain_text)]
SessionName = Annotated[
    Annotated[str, Field(max_length=SESSION_NAME_LENGTH)] | None, BeforeValidator(plain_text)
]
FileName = Annotated[Annotated[str, Field(max_length=4096)] | None, BeforeValidator(plain_text)]
Notes = Annotated[Annotated[str, Field(max_length=NOTES_LENGTH)] | None, BeforeValidator(plain_text)]
Identifier = Annotated[
    Annotated[str, Field(max_length=IDENTIFIER_LENGTH)] | None, BeforeValidator(plain_text)
]
Tag = Annotated[str, Field(min_length=1, max_length=IDENTIFIER_LENGTH), BeforeValidator(plain_text)]
Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]


def _is_extension(value: float | None) -> float | None:
    if value not in EXTENSIONS:
        raise ValueError("this must be 1, 1.25, 1.5, 2 or null")
    return value


Extension = Annotated[
    float | None, AfterValidator(_is_extension), Field(json_schema_extra={"enum": list(EXTENSIONS)})
]


ApplyingTo = Literal["medical_school", "residency"]
"""What a person applies to."""

Specialty = Literal[
    "internal_medicine",
    "family_medicine",
    "paediatrics",
    "psychiatry",
    "surgery",
    "obstetrics_gynaecology",
    "emergency_medicine",
    "neurology",
]
"""The specialty of a residency that a person applies to."""


class SpanIn(BaseModel):
    """Where the answer lies in the recording, in seconds."""

    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(allow_inf_nan=False)

    @model_validator(mode="after")
    def _in_order(self) -> "SpanIn":
        if self.end <= self.start:
            raise ValueError("the end must come after the start")
        return self


class Timing(BaseModel):
    """The time that the person was actually given."""

    extension: Extension = Field(default=1.0, description="Factor on the format's time; null means no limit.")
    preparation: Seconds | None = Field(default=None, description="Seconds to prepare; null: no limit.")
    maximum: Seconds | None = Field(default=None, description="Seconds to answer; null: no limit.")


class Capture(BaseModel):
    """Audio processing reported by the browser (`getSettings()` of the track); null if not reported."""

    echo_cancellation: bool | None = None
    noise_suppression: bool | None = None
    auto_gain_control: bool | None = None
    channel_count: int | None = Field(default=None, ge=0, le=1000)
    sample_rate: int | None = Field(default=None, ge=0, le=10_000_000)
    video: bool = False


class Reflection(BaseModel):
    """The person's own impression of the take, asked for before any figure is shown."""

    length: Literal["too_short", "about_right", "too_long"] | None = None
    fillers: Literal["hardly", "sometimes", "often"] | None = None


class Aim(BaseModel):
    """How long an answer should be, in seconds."""

    low: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
    high: Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]

    @model_validator(mode="after")
    def _in_order(self) -> "Aim":
        if self.high < self.low:
            raise ValueError("high must not be less than low")
        return self


AnswerPart = Literal["question", "follow_up", "repeat", "apology", "closing"]
"""What an answer is in an interview: `repeat` is the second telling of one, and `apology` follows a
connection that dropped."""

FollowUpReason = Literal["no_example", "own_part", "no_outcome", "short", "reflective", "person"]
"""Why a follow-up was asked; `person` where somebody took the part of the interviewer."""

MOST_BULLETS = 5
BULLET_LENGTH = 120
"""Characters. Eight words, the most that a bullet has, can be long ones."""

Bullet = Annotated[str, Field(min_length=1, max_length=BULLET_LENGTH), BeforeValidator(plain_text)]
Bullets = Annotated[list[Bullet], Field(max_length=MOST_BULLETS)]


class Asked(BaseModel):
    """A follow-up as it was asked."""

    follow_up: Identifier = Field(default=None, description="Its id; null for one in a person's own words.")
    reason: FollowUpReason
    text: Annotated[str, Field(min_length=1, max_length=QUESTION_LENGTH)]
    word: Identifier = Field(default=None, description="The word of the answer that the caption took up.")


PLAN_LINE_LENGTH = 150
"""Characters. A sentence or two that one says in ten seconds: a plan, not a text to learn by heart."""

PlanLine = Annotated[Annotated[str, Field(max_length=PLAN_LINE_LENGTH)] | None, BeforeValidator(plain_text)]


class AnswerPlan(BaseModel):
    """What the person planned to say to a difficult question."""

    acknowledge: PlanLine = None
    context: PlanLine = None
    learned: PlanLine = None
    shown: bool = Field(default=False, description="Whether it could be read during the take.")


class NewAnswer(BaseModel):
    """What is known about an answer before the first byte of its recording arrives."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{24}$")] | None = Field(
        default=None,
        description="Made by the page, so that a request that is sent again makes no second answer. "
        "Null: made here.",
    )
    title: Title = None
    question: Question = None
    session: SessionName = Field(default=None, description="Name of a session; created if it is new.")
    file_name: FileName = Field(default=None, description="Shown and offered for download; never a path.")
    source: Source = "upload"
    question_id: Identifier = Field(default=None, description="Of `/api/questions`.")
    format_id: Identifier = Field(default=None, description="Of `/api/formats`.")
    timing: Timing | None = None
    capture: Capture | None = None
    interview: Identifier = Field(default=None, description="Of `/api/interviews`; sets the session too.")
    part: AnswerPart | None = None
    follow_up_of: Identifier = Field(default=None, description="The answer that this one belongs to.")
    asked: Asked | None = None
    bullets: Bullets | None = None
    plan: AnswerPlan | None = None
    scheduled_interview: Identifier = Field(
        default=None,
        description="Of `/api/scheduled-interviews`: what it is practised for. Left out where the question "
        "asks 'why here': the next one.",
    )
    assignment: Identifier = Field(default=None, description="Of `/api/assignments`: what it is given for.")
    assignment_question: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None, description="Number of that question of the assignment."
    )


class AnswerChanges(BaseModel):
    """Changes to an answer. Only the given fields change; null clears a field."""

    title: Title = None
    question: Question = None
    session: SessionName = None
    span: SpanIn | None = Field(default=None, description="Marked by hand; null has it detected again.")
    track: Annotated[int, Field(ge=1, le=MOST_TRACKS)] | None = Field(
        default=None,
        description="The sound track to measure, from 1; null for the one with the most speech.",
    )
    channel: Channel | None = Field(
        default=None, description="The side of a call to measure, or `both`; null for both."
    )
    notes: Notes = None
    reflection: Reflection | None = None
    bullets_seconds: Seconds | None = Field(
        default=None,
        description="How long the notes (bullets, and a plan that is shown) could be read during the take.",
    )
    tags: list[Tag] = Field(
        default=[], max_length=MAXIMUM_TAGS, description="All tags of the answer; [] removes them."
    )
    scheduled_interview: Identifier = Field(
        default=None, description="Of `/api/scheduled-interviews`: what it was practised for."
    )


class Finish(BaseModel):
    """States that all chunks were sent."""

    chunks: Annotated[int, Field(ge=0, le=100_000)] | None = Field(
        description="How many chunks there are, numbered from 0; null: as many as have arrived."
    )
    paused_at: list[Seconds] = Field(
        default=[],
        max_length=MAXIMUM_PAUSES,
        description="Where the person paused the recording, in seconds of the recording.",
    )


class SessionReference(BaseModel):
    """The session that an answer belongs to."""

    id: str
    name: str


class FormatReference(BaseModel):
    """The format of an answer, with the name it had at that time."""

    id: str
    name: str


class Progress(BaseModel):
    """Progress of the current stage, in seconds of the recording."""

    done: float
    total: float | None


class WorkError(BaseModel):
    """Why the analysis stopped."""

    code: str
    text: str


class Work(BaseModel):
    """The state of the analysis."""

    state: WorkState
    stage: WorkStage | None
    progress: Progress | None
    error: WorkError | None


class SpanOut(BaseModel):
    """A stretch of the recording, in seconds."""

    start: float
    end: float


class Summary(BaseModel):
    """The figures shown in lists of answers."""

    headline: str
    measures: dict[str, Measure]


class Figure(BaseModel):
    """One of the four main figures, as lists show it. See `analysis.view.figures.FigureView`."""

    model_config = ConfigDict(from_attributes=True)

    figure: FigureName
    label: str
    value: str = Field(description="Empty where it is not measurable.")
    unit: str = Field(description="Of the value, as words; empty for a length.")
    mark: Mark = Field(description="`none` where no verdict is wanted.")
    standing_text: str = Field(description="The word beside the mark; empty where no verdict is wanted.")
    summary: str = Field(description="All of it as one line.")


class PlanLineOut(BaseModel):
    """One line of a plan, with what it is for."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    text: str


class Planned(BaseModel):
    """What was written down before an answer, as it is shown. See `analysis.view.planned.PlannedView`."""

    model_config = ConfigDict(from_attributes=True)

    plan: list[PlanLineOut]
    bullets: list[str]
    text: str = Field(description="How long it could be read during the take.")


class Answer(BaseModel):
    """One practice answer."""

    id: str
    title: str
    question: str | None
    session: SessionReference | None
    file_name: str | None
    source: Source
    created_at: datetime
    duration: float | None = Field(description="Seconds; null until the recording is decoded.")
    bytes: int
    chunks: int = Field(description="Chunks stored so far.")
    intake: Intake
    work: Work
    available: list[Part] = Field(description="Parts that can already be fetched.")
    span: SpanOut | None = Field(description="The span of the answer, if the person marked it.")
    track: int | None = Field(description="The sound track that the person chose to have measured.")
    channel: Channel | None = Field(description="The side of a call that the person chose.")
    media_version: int = Field(description="Changes when the playable copy is made again.")
    summary: Summary | None
    figures: list[Figure] = Field(
        description="Length, pace, pauses and fillers, judged by this build; empty without a report."
    )
    question_id: str | None
    format: FormatReference | None
    timing: Timing | None
    aim: Aim | None = Field(description="Of the format or the question, for this answer's length.")
    capture: Capture | None
    take: int | None = Field(description="Which take of this question; null without a question.")
    reflection: Reflection | None
    notes: str | None
    interview: str | None = Field(description="The interview that it was given in.")
    part: AnswerPart | None
    follow_up_of: str | None = Field(description="The answer that it belongs to, in an interview.")
    asked: Asked | None
    bullets: list[str] | None
    bullets_seconds: float | None = Field(
        description="Seconds for which bullets, and a plan that is shown, could be read."
    )
    plan: AnswerPlan | None
    planned: Planned | None = Field(description="Plan and bullets as they are shown; null without any.")
    scheduled_interview: str | None = Field(
        description="The interview, of `/api/scheduled-interviews`, that it was practised for."
    )
    assignment: str | None = Field(description="The assignment that it was given for.")
    assignment_question: int | None
    hidden_figures: list[FigureName] = Field(description="Figures that the assignment does not show.")
    reflect_first: bool = Field(
        description="Whether the report is shown only once the person has said how it went."
    )
    asks_for_specifics: bool = Field(
        description="Whether its question asks for specifics of a school or programme."
    )
    media_type: str | None = Field(description="Of the playable copy; `video/…` has a picture.")
    paused_at: list[float] = Field(description="Seconds of the recording.")
    tags: list[str]
    first_language: str | None = Field(description="As it was set when the answer was created.")
    corrections: int = Field(description="Number of corrections by the person.")
    measured: int = Field(
        description="Counts changes of the span and of corrections, which change the report later."
    )
    recording_deleted_at: datetime | None = Field(
        description="When the office's rule deleted the recording. The report stays."
    )
    outdated: bool = Field(description="The report comes from an older build or from another model.")
    change: int = Field(description="Grows with every change: of two replies, the higher one is newer.")
