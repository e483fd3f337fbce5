"""What goes over the wire of questions and formats."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from service.schemas import Aim, Identifier, plain_text

OWN_TEXT_LENGTH = 1000

OwnText = Annotated[str, StringConstraints(min_length=1, max_length=OWN_TEXT_LENGTH)]


class NewQuestion(BaseModel):
    """A question of one's own."""

    text: Annotated[OwnText, BeforeValidator(plain_text)]
    kind: Identifier = Field(default=None, description="Of the kinds that the list names.")
    structure: Identifier = Field(default=None, description="Of the structures that the list names.")
    aim: Aim | None = None
    listens_for: Annotated[OwnText | None, BeforeValidator(plain_text)] = None


class QuestionChanges(BaseModel):
    """Only what is given changes; null takes it away, all but the text."""

    text: Annotated[OwnText | None, BeforeValidator(plain_text)] = None
    kind: Identifier = None
    structure: Identifier = None
    aim: Aim | None = None
    listens_for: Annotated[OwnText | None, BeforeValidator(plain_text)] = None


class Question(BaseModel):
    """A question to practise, of the bank or one's own. Own ones may lack all but the text."""

    id: str
    text: str
    kind: str | None
    structure: str | None
    aim: Aim | None = Field(description="Seconds that an answer should take.")
    listens_for: str | None = Field(description="What interviewers listen for.")
    own: bool
    favourite: bool
    takes: int = Field(description="Answers to it that there are.")


class Kind(BaseModel):
    """What a question is about."""

    id: str
    name: str


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
    structures: list[Structure]


class Format(BaseModel):
    """A way to practise. Times are seconds, before any extension; null is no limit."""

    id: str
    name: str
    summary: str
    own: bool
    preparation: float | None
    preparation_kind: Literal["prepare", "read"]
    answer: float | None
    aim: Aim | None = Field(description="Null: the question's own.")
    retake: bool
    questions: int
    pause: float | None = Field(description="Between two questions.")


class FormatsProblem(BaseModel):
    """What is wrong with the file of own formats."""

    code: Literal["formats_file_wrong"] = "formats_file_wrong"
    text: str


class FormatList(BaseModel):
    """Built-in formats, then own ones."""

    items: list[Format]
    extensions: list[float | None] = Field(description="Times that much time; null: without limit.")
    problem: FormatsProblem | None
