"""Response models of the search and of the list of tags."""

from pydantic import BaseModel, Field

from service.schemas import Answer


class SnippetPiece(BaseModel):
    """A part of the snippet around a match; all pieces joined are the snippet."""

    text: str
    match: bool = Field(description="Whether it is a match.")


class FoundMoment(BaseModel):
    """The time of a match, in seconds of the recording."""

    start: float
    end: float
    text: str


class FoundAnswer(BaseModel):
    """One answer in which all the words are said."""

    answer: Answer
    snippet: list[SnippetPiece]
    moments: list[FoundMoment] = Field(description="The first five; empty if the times are unknown.")


class SearchResults(BaseModel):
    """Answers in which all the words are said, newest first."""

    items: list[FoundAnswer]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
    total: int


class TagCount(BaseModel):
    """A tag with its number of answers."""

    tag: str = Field(description="Spelled as on the newest answer that has it.")
    answers: int


class TagList(BaseModel):
    """A person's tags in alphabetical order."""

    items: list[TagCount]
