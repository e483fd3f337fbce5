"""Tags with which a person marks answers to find them again.

Two tags are the same if they differ only in case or in the spaces between their words. Each answer keeps a
tag as it was typed there; a list of tags spells it as on the newest answer that has it.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.db.columns import fold
from service.db.models import Answer, AnswerTag


def set_tags(row: Answer, tags: Sequence[str]) -> None:
    """Replaces the tags of an answer. Of two tags that are the same, the first is used."""
    present = {tag.folded: tag for tag in row.tags}
    wanted: dict[str, str] = {}
    for tag in map(_single_spaced, tags):
        wanted.setdefault(fold(tag), tag)
    for folded, tag in wanted.items():
        present.setdefault(folded, AnswerTag(folded=folded)).tag = tag
    row.tags = [present[folded] for folded in sorted(wanted)]


def has_tag(tag: str) -> ColumnElement[bool]:
    """A query condition that selects answers with this tag."""
    return Answer.tags.any(AnswerTag.folded == fold(_single_spaced(tag)))


def tags_of(session: Session, person: str) -> Sequence[tuple[str, int]]:
    """A person's tags with their number of answers, in alphabetical order."""
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
