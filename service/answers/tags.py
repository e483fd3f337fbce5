"""Words that a person puts on answers to find them again.

Two tags are the same where only case or the spaces between their words differ. Each answer keeps a tag as it
was typed there; a list of tags writes it as on the newest answer that has it.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.db.columns import fold
from service.db.models import Answer, AnswerTag


def set_tags(row: Answer, tags: Sequence[str]) -> None:
    """Puts these tags on an answer and takes every other off; the first of two that are the same counts."""
    kept = {tag.folded: tag for tag in row.tags}
    wanted: dict[str, str] = {}
    for tag in map(_single_spaced, tags):
        wanted.setdefault(fold(tag), tag)
    for folded, tag in wanted.items():
        kept.setdefault(folded, AnswerTag(folded=folded)).tag = tag
    row.tags = [kept[folded] for folded in sorted(wanted)]


def has_tag(tag: str) -> ColumnElement[bool]:
    """A condition for a query of answers: they have this tag."""
    return Answer.tags.any(AnswerTag.folded == fold(_single_spaced(tag)))


def tags_of(session: Session, person: str) -> Sequence[tuple[str, int]]:
    """A person's tags and how many answers have each, in alphabetical order."""
    newest_first = session.execute(
        select(AnswerTag.folded, AnswerTag.tag)
        .join(Answer)
        .where(Answer.person_id == person)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
    )
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for folded, tag in newest_first:
        spelled.setdefault(folded, tag)
        counts[folded] = counts.get(folded, 0) + 1
    return [(spelled[folded], counts[folded]) for folded in sorted(spelled)]


def _single_spaced(tag: str) -> str:
    return " ".join(tag.split())
