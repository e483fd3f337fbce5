"""What goes over the wire beside the report, whose words are in `analysis.vocabulary`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from analysis.vocabulary import Measure

Source = Literal["upload", "recording", "sample"]
Intake = Literal["receiving", "complete", "interrupted"]
WorkState = Literal["waiting", "working", "ready", "failed"]
WorkStage = Literal["decode", "activity", "transcribe", "measure", "playable"]
Part = Literal["media", "peaks", "transcript", "report"]

TITLE_LENGTH = 300
QUESTION_LENGTH = 4000
SESSION_NAME_LENGTH = 200


def _plain(value: object) -> object:
    """Text without control characters or space around it; empty text is no text."""
    if not isinstance(value, str):
        return value
    kept = "".join(character for character in value if character.isprintable() or character in "\n\t")
    return kept.strip() or None


Title = Annotated[Annotated[str, Field(max_length=TITLE_LENGTH)] | None, BeforeValidator(_plain)]
Question = Annotated[Annotated[str, Field(max_length=QUESTION_LENGTH)] | None, BeforeValidator(_plain)]
SessionName = Annotated[Annotated[str, Field(max_length=SESSION_NAME_LENGTH)] | None, BeforeValidator(_plain)]
FileName = Annotated[Annotated[str, Field(max_length=4096)] | None, BeforeValidator(_plain)]


class SpanIn(BaseModel):
    """Where the answer lies in the recording, in seconds."""

    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(allow_inf_nan=False)

    @model_validator(mode="after")
    def _in_order(self) -> "SpanIn":
        if self.end <= self.start:
            raise ValueError("the end must come after the start")
        return self


class NewAnswer(BaseModel):
    """What is known before the first byte."""

    title: Title = None
    question: Question = None
    session: SessionName = Field(default=None, description="Name of a session; made if it is new.")
    file_name: FileName = Field(default=None, description="Shown and offered for download; never a path.")
    source: Source = "upload"


class AnswerChanges(BaseModel):
    """Only what is given changes; null takes it away."""

    title: Title = None
    question: Question = None
    session: SessionName = None
    span: SpanIn | None = Field(default=None, description="Marked by hand; null lets it be found again.")


class Finish(BaseModel):
    """Says that everything was sent."""

    chunks: int = Field(ge=0, le=1_000_000, description="How many chunks there are, numbered from 0.")


class SessionReference(BaseModel):
    """The session that an answer belongs to."""

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
