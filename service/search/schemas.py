"""What a search answers with."""

from pydantic import BaseModel, Field

from service.schemas import Answer


class SnippetPiece(BaseModel):
    """A part of the words around a match; the pieces put together are the snippet."""

    text: str
    match: bool = Field(description="Whether it is what was searched for.")


class FoundMoment(BaseModel):
    """Where something that was searched for is said, in seconds of the recording."""

    start: float
    end: float
    text: str


class FoundAnswer(BaseModel):
    """One answer in which all the words are said."""

    answer: Answer
    snippet: list[SnippetPiece]
    moments: list[FoundMoment] = Field(description="The first five; none where times are not known.")


class SearchResults(BaseModel):
    """Answers in which all the words are said, newest first."""

    items: list[FoundAnswer]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
    total: int


class TagCount(BaseModel):
    """A tag and how many answers have it."""

    tag: str = Field(description="As it is written on the newest answer that has it.")
    answers: int


class TagList(BaseModel):
    """A person's tags in alphabetical order."""

    items: list[TagCount]
