"""What goes over the wire beside the report, whose words are in `analysis.report`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from analysis.report import Measure

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
MAXIMUM_PAUSES = 1000
"""Times that one recording may be paused: far more than anybody presses a key."""

EXTENSIONS = (1.0, 1.25, 1.5, 2.0, None)
"""How much more time a person takes than the format gives; None is without limit."""


def plain_text(value: object) -> object:
    """Text without control characters or space around it; empty text is no text."""
    if not isinstance(value, str):
        return value
    kept = "".join(character for character in value if character.isprintable() or character in "\n\t")
    return kept.strip() or None


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
        raise ValueError("this is none of 1, 1.25, 1.5, 2 and null")
    return value


Extension = Annotated[
    float | None, AfterValidator(_is_extension), Field(json_schema_extra={"enum": list(EXTENSIONS)})
]


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
    """The time that was really given."""

    extension: Extension = Field(default=1.0, description="Times the format's time; null: without limit.")
    preparation: Seconds | None = Field(default=None, description="Seconds to prepare; null: no limit.")
    maximum: Seconds | None = Field(default=None, description="Seconds to answer; null: no limit.")


class Capture(BaseModel):
    """What the browser said that it did to the sound (`getSettings()` of the track). Null: it did not say."""

    echo_cancellation: bool | None = None
    noise_suppression: bool | None = None
    auto_gain_control: bool | None = None
    channel_count: int | None = Field(default=None, ge=0, le=1000)
    sample_rate: int | None = Field(default=None, ge=0, le=10_000_000)
    video: bool = False


class Reflection(BaseModel):
    """What the person thought of the take before any figure was shown."""

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


class NewAnswer(BaseModel):
    """What is known before the first byte."""

    title: Title = None
    question: Question = None
    session: SessionName = Field(default=None, description="Name of a session; made if it is new.")
    file_name: FileName = Field(default=None, description="Shown and offered for download; never a path.")
    source: Source = "upload"
    question_id: Identifier = Field(default=None, description="Of `/api/questions`.")
    format_id: Identifier = Field(default=None, description="Of `/api/formats`.")
    timing: Timing | None = None
    capture: Capture | None = None


class AnswerChanges(BaseModel):
    """Only what is given changes; null takes it away."""

    title: Title = None
    question: Question = None
    session: SessionName = None
    span: SpanIn | None = Field(default=None, description="Marked by hand; null lets it be found again.")
    notes: Notes = None
    reflection: Reflection | None = None
    tags: list[Tag] = Field(
        default=[], max_length=MAXIMUM_TAGS, description="All of them; [] takes them away."
    )


class Finish(BaseModel):
    """Says that everything was sent."""

    chunks: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
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
    """The format that an answer was given in, as it was called then."""

    id: str
    name: str


class Progress(BaseModel):
    """Seconds of the recording dealt with in this stage."""

    done: float
    total: float | None


class WorkError(BaseModel):
    """Why the work stopped."""

    code: str
    text: str


class Work(BaseModel):
    """How far the analysis is."""

    state: WorkState
    stage: WorkStage | None
    progress: Progress | None
    error: WorkError | None


class SpanOut(BaseModel):
    """A stretch of the recording, in seconds."""

    start: float
    end: float


class Summary(BaseModel):
    """The few figures that a list shows."""

    headline: str
    measures: dict[str, Measure]


class Answer(BaseModel):
    """One practice answer."""

    id: str
    title: str
    question: str | None
    session: SessionReference | None
    file_name: str | None
    source: Source
    created_at: datetime
    duration: float | None = Field(description="Seconds; null until the recording was decoded.")
    bytes: int
    chunks: int = Field(description="Chunks stored so far.")
    intake: Intake
    work: Work
    available: list[Part] = Field(description="What can be fetched already.")
    span: SpanOut | None = Field(description="Where the answer lies, if the person marked it.")
    summary: Summary | None
    question_id: str | None
    format: FormatReference | None
    timing: Timing | None
    aim: Aim | None = Field(description="Of the format or the question, for this answer's length.")
    capture: Capture | None
    take: int | None = Field(description="Which take of this question; null without a question.")
    reflection: Reflection | None
    notes: str | None
    media_type: str | None = Field(description="Of the playable copy; `video/…` has a picture.")
    paused_at: list[float] = Field(description="Seconds of the recording.")
    tags: list[str]
    first_language: str | None = Field(description="As it was set when the answer was made.")
    corrections: int = Field(description="How many things the person put right.")
    measured: int = Field(description="Counts changes of span and corrections; the report follows them.")
    outdated: bool = Field(description="Its report is of an older build, or of another model.")
    change: int = Field(description="Grows with every change: the higher one of two replies is newer.")


class Preferences(BaseModel):
    """What holds for all of a person's answers."""

    speaks_differently: bool = Field(
        default=False, description="Verdicts on fluency are left out; the facts stay."
    )
    first_language: Identifier = Field(
        default=None, description="Kept with each new answer, so that progress can be looked at by it."
    )


class AnswerPage(BaseModel):
    """Answers, newest first."""

    items: list[Answer]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
    total: int


class Session(BaseModel):
    """Answers that belong together."""

    id: str
    name: str
    answers: int
    created_at: datetime


class SessionList(BaseModel):
    """All sessions, newest first."""

    items: list[Session]


class StoredChunks(BaseModel):
    """What has arrived, so that a sender can go on where it stopped."""

    numbers: list[int]


class Peaks(BaseModel):
    """The shape of the sound for drawing: the loudest moment of each stretch, 0 to 1."""

    duration: float
    rate: float = Field(description="Peaks a second.")
    peaks: list[float]


class Limits(BaseModel):
    """What can be handed in."""

    maximum_bytes: int
    maximum_duration: float
    chunk_bytes: int


class About(BaseModel):
    """This service."""

    version: str
    analysis_version: str
    model: str
    limits: Limits
    data_folder: str
