"""What a person who takes the part of the interviewer wants next.

Their page and the page of the applicant are two windows of one person's; the service stands between them.
Only the last command is kept: what was asked for before it has been done, or is no longer wanted.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, model_validator
from sqlalchemy.orm import Session

from service.db.models import Interview
from service.interviews.interviews import Interviews
from service.interviews.schemas import CommandKind
from service.practice.follow_ups import find_follow_up
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.problems import InvalidRequest, NotFound, Problem, WrongState
from service.schemas import Identifier, plain_text

LONGEST_WORDS = 300
"""Characters of a question or a follow-up in the interviewer's own words."""

_TEXTS = ("question_id", "follow_up", "text")
_TEXTS_OF: dict[CommandKind, tuple[str, ...]] = {
    "question": ("question_id", "text"),
    "follow_up": ("follow_up", "text"),
}
"""What can say what is to be asked, one of them."""

_KEPT_IDS = 20
"""Earlier commands that are known again when they arrive once more: a page sends one after another."""


class InterviewEnded(Problem):
    """The interview is over, so nothing more can be asked in it."""

    status, code, title = 409, "interview_ended", "This interview is over"

    def __init__(self) -> None:
        super().__init__("This interview is over. Nothing more can be asked in it.")


class NewCommand(BaseModel):
    """What is wanted next."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{24}$")] = Field(
        description="Chosen at random by the page, so that a command that is sent twice is one."
    )
    kind: CommandKind = Field(
        description="`next`: what the plan has next. `question`: another question. `follow_up`: asked about "
        "the last answer. `repeat`: the last answer once more. `end`: the interview ends."
    )
    question_id: Identifier = Field(default=None, description="Of `/api/questions`; with `question`.")
    follow_up: Identifier = Field(default=None, description="Of `/api/follow-ups`; with `follow_up`.")
    text: Annotated[Annotated[str, Field(max_length=LONGEST_WORDS)] | None, BeforeValidator(plain_text)] = (
        Field(default=None, description="In the interviewer's own words, instead of one of those.")
    )

    @model_validator(mode="after")
    def _has_one_text(self) -> "NewCommand":
        given = [name for name in _TEXTS if getattr(self, name) is not None]
        allowed = _TEXTS_OF.get(self.kind, ())
        if len(given) != (1 if allowed else 0) or not set(given) <= set(allowed):
            raise ValueError(f"it needs {' or '.join(allowed)}" if allowed else "this kind has no text")
        return self


def command(session: Session, person: str, identifier: str, new: NewCommand) -> Interview:
    """Keeps a command for the page of the applicant. One that is known by its id changes nothing.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: this person has no such interview.
        InvalidRequest: there is no such question or follow-up.
        InterviewEnded: it is over.
        WrongState: nobody takes the part of the interviewer in it.
    """
    interviews = Interviews(session, person)
    row = interviews.get(identifier)
    # First: it locks out other requests for this person, so that what is read below stays true.
    interviews.touch(row)
    session.refresh(row, ["command"])
    last: dict[str, Any] = row.command or {"number": 0, "ids": []}
    if new.id in last["ids"]:
        return row
    if row.ended_at is not None:
        raise InterviewEnded
    if not row.choices.get("person_asks"):
        raise WrongState("In this interview nobody else asks. Choose that when you begin one.")
    row.command = {
        "number": last["number"] + 1,
        "ids": [*last["ids"], new.id][-_KEPT_IDS:],
        "kind": new.kind,
        "question_id": new.question_id,
        "follow_up": new.follow_up,
        **_asked(session, person, new),
    }
    return row


def _asked(session: Session, person: str, new: NewCommand) -> dict[str, str | None]:
    """What is to be asked, in words, and the case that is read before it."""
    if new.question_id is not None:
        try:
            question = Questions(session, person, bank()).get(new.question_id)
            return {"text": question.text, "scenario": question.scenario}
        except NotFound as error:
            raise InvalidRequest("There is no such question. Choose one from the list.") from error
    if new.follow_up is not None:
        found = find_follow_up(new.follow_up)
        if found is None:
            raise InvalidRequest("There is no such follow-up. Choose one from the list.")
        return {"text": found.text, "scenario": None}
    return {"text": new.text, "scenario": None}
