"""Request and response models of mock interviews."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from service.schemas import (
    IDENTIFIER_LENGTH,
    Aim,
    Extension,
    FollowUpReason,
    FormatReference,
    Identifier,
    Seconds,
    SessionName,
    SessionReference,
)

StepKind = Literal["greeting", "question", "closing", "goodbye"]
LiveState = Literal["asking", "preparing", "recording", "paused", "waiting", "over"]

MOST_QUESTIONS = 20
MOST_KNOWN = 200
"""Most recordings of one interview that are told of: far more than it has."""
MOST_FOLLOW_UPS = 2
"""Most follow-ups to one question. A third would be an interrogation."""


SPEEDS = (0.9, 1.0)
"""Of the interviewer's speech; 1 is as it was recorded."""


def _is_speed(value: float) -> float:
    if value not in SPEEDS:
        raise ValueError("this must be 0.9 or 1")
    return value


Speed = Annotated[float, AfterValidator(_is_speed), Field(json_schema_extra={"enum": list(SPEEDS)})]


class Choices(BaseModel):
    """How a person wants to be interviewed."""

    extension: Extension = Field(default=1.0, description="Factor on all times; null means no limits.")
    questions: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] | None = Field(
        default=None, description="How many questions; null: as many as the format has."
    )
    kinds: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(
        default=[],
        max_length=50,
        description="Kinds and sets to draw questions from, in turn; []: those of the format.",
    )
    source: Literal["all", "favourites", "own"] = Field(
        default="all", description="What questions are drawn from; kinds count only for `all`."
    )
    spoken: bool = Field(default=True, description="Whether questions are asked aloud.")
    speed: Speed = Field(default=1.0, description="Of the interviewer's speech.")
    follow_ups: bool = Field(default=True, description="Whether a thin answer is asked about.")
    repeat: bool = Field(default=True, description="'Could you repeat that?', once in the interview.")
    connection_drop: bool = Field(default=False, description="The connection drops, once in the interview.")
    person_asks: bool = Field(default=False, description="A person takes the part of the interviewer.")
    camera: bool = False


class NewInterview(BaseModel):
    """An interview to begin."""

    format_id: Identifier = Field(description="Of `/api/formats`.")
    name: SessionName = Field(default=None, description="Name of its session; null: its format and time.")
    choices: Choices = Choices()


class Step(BaseModel):
    """One step of an interview."""

    kind: StepKind
    line: str | None = Field(description="What is said: `line:ID`, a question's id, or null for text only.")
    text: str = Field(description="The caption.")
    scenario: str | None = Field(default=None, description="Read before the question is asked.")
    question_id: str | None = None
    interviewer: Literal[0, 1] = 0
    preparation: float | None = Field(default=None, description="Seconds to prepare; null: none.")
    answer: float | None = Field(default=None, description="Seconds to answer; null: no limit.")
    pause: float | None = Field(default=None, description="Seconds before it; null: none.")
    aim: Aim | None = None
    most_follow_ups: Annotated[int, Field(ge=0, le=MOST_FOLLOW_UPS)] = 0
    repeat: bool = Field(default=False, description="The person is asked to say their answer again.")
    drop: bool = Field(default=False, description="The connection drops while it is asked.")
    bell: bool = Field(default=False, description="A bell rings when its time begins and ends.")


class KnownTake(BaseModel):
    """A recording as the page calls it, and the answer that it has become."""

    take: Annotated[str, Field(min_length=1, max_length=IDENTIFIER_LENGTH)]
    answer: Annotated[str, Field(min_length=1, max_length=IDENTIFIER_LENGTH)]


class Live(BaseModel):
    """What the page of the applicant does at this moment."""

    state: LiveState
    step: Annotated[int, Field(ge=0, le=1000)] = 0
    text: Annotated[str, Field(max_length=4000)] = Field(default="", description="What was asked last.")
    question_id: Identifier = Field(default=None, description="The question that it belongs to.")
    take: Identifier = Field(default=None, description="The recording, as the page calls it.")
    answer: Identifier = Field(default=None, description="Its answer; null until the service has made one.")
    seconds: Seconds = Field(default=0.0, description="Of the recording, at this moment.")
    known: list[KnownTake] = Field(
        default=[], max_length=MOST_KNOWN, description="Recordings of this interview that have an answer."
    )
    handled: Annotated[int, Field(ge=0)] = Field(default=0, description="Number of the last command done.")


class LiveOut(Live):
    """What the page of the applicant did when it told so last."""

    at: float = Field(description="When it was told, in seconds since 1970 by the clock of the service.")


CommandKind = Literal["next", "question", "follow_up", "repeat", "end"]


class Command(BaseModel):
    """What a person who takes the part of the interviewer wants next."""

    number: int = Field(description="Counts the commands of this interview from 1.")
    kind: CommandKind
    question_id: str | None
    follow_up: str | None
    text: str | None = Field(description="What is to be asked; null where the kind says it.")
    scenario: str | None = Field(default=None, description="What is read before it.")


class FollowUp(BaseModel):
    """Something that can be asked after an answer."""

    id: str
    reason: str
    text: str


class FollowUpGroup(BaseModel):
    """Follow-ups for the same reason."""

    reason: str
    name: str
    items: list[FollowUp]


class FollowUpList(BaseModel):
    """Everything that can be asked after an answer."""

    groups: list[FollowUpGroup]


class InterviewChanges(BaseModel):
    """Changes to an interview. Only the given fields change."""

    position: Annotated[int, Field(ge=0, le=1000)] | None = None
    ended: bool | None = None
    live: Live | None = None


class FollowUpRequest(BaseModel):
    """Asks what comes after an answer."""

    answer: str = Field(max_length=64, description="Its id.")


class ChosenFollowUp(BaseModel):
    """A follow-up to ask."""

    id: str
    text: str = Field(description="As it is said.")
    caption: str = Field(description="As it is shown.")
    reason: FollowUpReason
    word: str | None = Field(description="What the caption takes up of the answer.")
    aim: Aim
    answer: float | None = Field(description="Seconds to answer; null: no limit.")


class FollowUpChoice(BaseModel):
    """What comes after an answer; null where the interview goes on."""

    follow_up: ChosenFollowUp | None


class InterviewAnswer(BaseModel):
    """An answer that was given in an interview."""

    id: str
    part: str | None
    question_id: str | None
    follow_up_of: str | None
    chunks: int = Field(description="How many have arrived; with none of them nothing was recorded.")


class Interview(BaseModel):
    """A mock interview. Its report is at `/api/interviews/{id}/report`."""

    id: str
    name: str
    session: SessionReference | None = Field(description="Null until its first answer.")
    format: FormatReference
    created_at: datetime
    ended_at: datetime | None
    choices: Choices
    steps: list[Step]
    position: int = Field(description="Index of the step that is going on.")
    live: LiveOut | None
    command: Command | None = Field(description="The last one of a person who asks.")
    longest: float | None = Field(description="Seconds that it takes at most; null without limits.")
    most_follow_ups: int = Field(description="How many follow-ups may come in all of it.")
    repeated: int = Field(description="Questions asked in the last two weeks, for want of others.")
    lines: dict[str, str] = Field(description="What interviewers may say besides, by its id.")
    aims: dict[str, Aim] = Field(description="Of the parts that have their own: `follow_up`, `apology` …")
    longest_apology: float = Field(description="Seconds after which the recording of an apology ends.")
    answers: list[InterviewAnswer] = Field(description="Those given so far, oldest first.")
    change: int = Field(description="Grows with every change: of two replies, the higher one is newer.")


class InterviewList(BaseModel):
    """Interviews, newest first."""

    items: list[Interview]
