"""Request and response models of questions and formats."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from service.schemas import Aim, ApplyingTo, Bullets, Identifier, PlanLine, Specialty, plain_text

OWN_TEXT_LENGTH = 1000

OwnText = Annotated[str, StringConstraints(min_length=1, max_length=OWN_TEXT_LENGTH)]


class NewQuestion(BaseModel):
    """An own question."""

    text: Annotated[OwnText, BeforeValidator(plain_text)]
    kind: Identifier = Field(default=None, description="One of the listed kinds.")
    structure: Identifier = Field(default=None, description="One of the listed structures.")
    aim: Aim | None = None
    listens_for: Annotated[OwnText | None, BeforeValidator(plain_text)] = None


class QuestionChanges(BaseModel):
    """Changes to an own question. Only the given fields change; null clears any of them but the text."""

    text: Annotated[OwnText | None, BeforeValidator(plain_text)] = None
    kind: Identifier = None
    structure: Identifier = None
    aim: Aim | None = None
    listens_for: Annotated[OwnText | None, BeforeValidator(plain_text)] = None


class Question(BaseModel):
    """A question to practise, from the bank or an own one. Own questions may have only a text."""

    id: str
    text: str
    kind: str | None
    structure: str | None
    aim: Aim | None = Field(description="Seconds that an answer should take.")
    listens_for: str | None = Field(description="What interviewers listen for.")
    applying_to: ApplyingTo | None = Field(
        default=None, description="Of the bank: who is asked it; null for everyone, and for own questions."
    )
    set: str | None = Field(default=None, description="Of the bank: one of the listed sets.")
    specialty: Specialty | None = Field(
        default=None, description="Of the bank: only those who apply to it are asked; null for all."
    )
    scenario: str | None = Field(default=None, description="What is read before the question.")
    follow_ups: list[str] = Field(default=[], description="Ids of follow-ups that fit an answer to it.")
    asks_for_event: bool = Field(default=False, description="Whether it asks for something that happened.")
    difficult: bool = Field(default=False, description="Whether it is about something hard to talk about.")
    asks_for_specifics: bool = Field(
        default=False, description="Whether an answer should name specifics of the school or programme."
    )
    application_line: str | None = Field(
        default=None, description="Of an own question: the line of the application that it asks about."
    )
    application_section: str | None = None
    own: bool
    favourite: bool
    takes: int = Field(description="Number of answers to it.")


class QuestionNotes(BaseModel):
    """What a person wrote down for a question: a plan of three short lines, and bullets."""

    acknowledge: PlanLine = Field(default=None, description="The fact, said plainly.")
    context: PlanLine = Field(default=None, description="What explains it, without excuses.")
    learned: PlanLine = Field(default=None, description="What was learned, and what changed.")
    bullets: Bullets = Field(default=[], description="Of at most eight words each, and no sentences.")


class Kind(BaseModel):
    """A kind of question."""

    id: str
    name: str


class Group(BaseModel):
    """A heading above sets of questions."""

    id: str
    name: str


class QuestionSet(BaseModel):
    """Questions of the bank that belong together."""

    id: str
    name: str
    group: str
    applying_to: ApplyingTo | None
    specialty: Specialty | None
    on_request: bool = Field(description="Its questions are asked only where the set is chosen.")


class Step(BaseModel):
    """One part of an answer."""

    name: str
    hint: str


class Structure(BaseModel):
    """A way to order an answer."""

    id: str
    name: str
    steps: list[Step]


class QuestionList(BaseModel):
    """Own questions first, newest first; then the bank in its order."""

    items: list[Question]
    kinds: list[Kind]
    groups: list[Group]
    sets: list[QuestionSet]
    structures: list[Structure]


class InterviewOfFormat(BaseModel):
    """What makes a format an interview."""

    usual: list[float] | None = Field(description="Seconds that it usually takes: [least, most].")
    interviewers: Literal[1, 2]
    kinds: list[list[str]] = Field(description="Kinds of each question, in order; []: any.")
    closing: bool = Field(description="Whether the person is asked for questions at the end.")
    follow_ups: int = Field(description="Most follow-ups in the whole interview.")
    repeat: bool = Field(description="Whether 'Could you repeat that?' may be asked.")
    connection: bool = Field(description="Whether the connection may drop on purpose.")
    drill: Literal["repeat", "connection"] | None = Field(
        description="One question in which that happens for certain; null for a whole interview."
    )


class Format(BaseModel):
    """A way to practise. Times are in seconds, before any extension; null means no limit."""

    id: str
    name: str
    summary: str
    own: bool
    preparation: float | None
    preparation_kind: Literal["prepare", "read"]
    answer: float | None
    aim: Aim | None = Field(description="Null: the aim of the question.")
    retake: bool
    questions: int
    pause: float | None = Field(description="Seconds between two questions.")
    interview: InterviewOfFormat | None = Field(description="Null for practice of one question.")


class FormatsProblem(BaseModel):
    """An error in the file of own formats."""

    code: Literal["formats_file_wrong"] = "formats_file_wrong"
    text: str


class FormatList(BaseModel):
    """Built-in formats, then own ones."""

    items: list[Format]
    extensions: list[float | None] = Field(description="Factors on the given time; null: no limit.")
    problem: FormatsProblem | None
