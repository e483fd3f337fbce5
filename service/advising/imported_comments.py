"""Comments of a mentor, from the file that a shared answer saves (`service.exports.shared_file`).

The file comes from anybody: it is checked, its texts are plain texts, and importing it twice adds nothing.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service import schemas
from service.advising.announcements import announce, lock_people
from service.advising.problems import CommentsOfAnotherAnswer, NotAFileOfComments, TooMany
from service.answers.repository import Answers
from service.db.advising_models import Comment

KIND = "greenroom-comments"
SCHEMA = 1

LONGEST_NAME = 80
LONGEST_TEXT = 2000
"""Characters."""

MOST_IN_FILE = 200
MOST_IMPORTED = 1000
"""Comments of one answer."""

_SomeId = Annotated[str, Field(pattern="^[0-9a-f]{24}$")]


def _one_line(value: object) -> object:
    cleaned = schemas.plain_text(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


class _FileComment(BaseModel):
    id: _SomeId
    name: Annotated[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)], BeforeValidator(_one_line)]
    at: schemas.Seconds
    text: Annotated[
        Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)], BeforeValidator(schemas.plain_text)
    ]


class _File(BaseModel):
    # A later version may say more.
    model_config = ConfigDict(extra="ignore")

    kind: Literal["greenroom-comments"]
    schema_: Literal[1] = Field(alias="schema")
    answer: str
    share: _SomeId
    comments: Annotated[list[_FileComment], Field(max_length=MOST_IN_FILE)]


class Imported(BaseModel):
    """What an import did."""

    added: int = Field(description="Comments that were not there before.")
    words: str = Field(description="The same as a sentence.")


def import_comments(session: Session, person: str, answer: str, content: bytes, now: datetime) -> Imported:
    """Adds the comments of a file to an answer of this person.

    Args:
        session: from `Database.writing`.
        content: the file.

    Raises:
        NotFound: this person has no such answer.
        NotAFileOfComments: the file is something else.
        CommentsOfAnotherAnswer: the comments are on another answer.
        TooMany: there would be more than `MOST_IMPORTED`.
    """
    row = Answers(session, person).get(answer)
    try:
        file = _File.model_validate_json(content)
    except ValidationError as error:
        raise NotAFileOfComments from error
    if file.answer != answer:
        raise CommentsOfAnotherAnswer
    lock_people(session, [person])
    known = set(
        session.scalars(
            select(Comment.imported_from).where(
                Comment.answer_id == answer, Comment.imported_from.is_not(None)
            )
        )
    )
    new = {f"{file.share}-{comment.id}": comment for comment in file.comments}
    added = {origin: comment for origin, comment in new.items() if origin not in known}
    if len(known) + len(added) > MOST_IMPORTED:
        raise TooMany(f"An answer can have {MOST_IMPORTED} comments from files. Nothing was added.")
    for origin, comment in added.items():
        at = comment.at if row.duration is None else min(comment.at, row.duration)
        session.add(
            Comment(
                answer_id=answer,
                author_name=comment.name,
                at=at,
                text=comment.text,
                imported_from=origin,
                given_at=now,
                created_at=now,
            )
        )
    if added:
        announce(session, [person], "comment", answer, answer)
    return Imported(added=len(added), words=_words(len(added)))


def _words(added: int) -> str:
    if added == 0:
        return "Nothing new is in this file."
    return f"{number_of(added, 'comment')} added."
