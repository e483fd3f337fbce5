"""Initial values of an answer's row, and the number of its take."""

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from service.answers.preferences import preferences_of
from service.db.models import Answer
from service.practice.choice import Choice
from service.schemas import TITLE_LENGTH, NewAnswer

_DEFAULT_TITLE = "Practice answer"
PARTS_WITHOUT_TAKES = ("follow_up", "apology")
"""Parts of an interview whose words are no question of their own: 'Can you give me an example?' is asked
about many things, and answers to it are no takes of one question."""
_TITLE_OF_QUESTION = 120
"""Characters of the question that are used as the title."""


def fill(session: Session, row: Answer, new: NewAnswer, choice: Choice) -> None:
    """Fills a row with what is known before the first byte of the recording arrives.

    Args:
        session: from `Database.writing`; takes are counted in it.
        row: the answer; its person is already set.
        new: the request as it was sent.
        choice: the question and the format that `new` names, looked up.
    """
    row.part = new.part
    row.follow_up_of = new.follow_up_of
    row.asked = None if new.asked is None else new.asked.model_dump()
    row.bullets = new.bullets or None
    row.plan = None if new.plan is None else new.plan.model_dump()
    ask(session, row, new.question or choice.question, choice.question_id)
    row.file_name = _base_name(new.file_name)
    row.title = new.title or title_from(row.file_name, row.question)
    row.source = new.source
    row.format_id, row.format_name = choice.format_id, choice.format_name
    row.aim = choice.aim
    row.timing = None if new.timing is None else new.timing.model_dump()
    row.capture = None if new.capture is None else new.capture.model_dump()
    # The speaker of a sample is not the person who uses this service.
    if new.source != "sample":
        row.first_language = preferences_of(session, row.person_id).first_language


def ask(session: Session, row: Answer, question: str | None, question_id: str | None) -> None:
    """Sets the question and the number of this take.

    The number is one more than the highest existing one. A deleted take leaves a gap, so that 'take 3' stays
    take 3.
    """
    row.question, row.question_id, row.take = question, question_id, None
    if question is None or row.part in PARTS_WITHOUT_TAKES:
        return
    if question_id is None:
        same = and_(Answer.question_id.is_(None), Answer.question == question)
    else:
        same = Answer.question_id == question_id
    with session.no_autoflush:
        last = session.scalar(
            select(func.max(Answer.take)).where(
                Answer.person_id == row.person_id,
                same,
                or_(Answer.part.is_(None), Answer.part.not_in(PARTS_WITHOUT_TAKES)),
                Answer.id.is_distinct_from(row.id),
            )
        )
    row.take = (last or 0) + 1


def title_from(file_name: str | None, question: str | None) -> str:
    """The title of an answer that was given none."""
    if file_name is not None:
        return (file_name.rpartition(".")[0] or file_name)[:TITLE_LENGTH]
    return question[:_TITLE_OF_QUESTION] if question else _DEFAULT_TITLE


def _base_name(name: str | None) -> str | None:
    """The last component of a name that may be a path of any operating system."""
    if name is None:
        return None
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip(". ")[-255:] or None
