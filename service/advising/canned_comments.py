"""Comments that an adviser wrote to use again."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.advising import schemas
from service.advising.problems import TooMany
from service.db.advising_models import CannedComment
from service.problems import InvalidRequest, NotFound

MOST_CANNED_COMMENTS = 100


class CannedComments:
    """The canned comments of one adviser within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        adviser: id of the person.
    """

    def __init__(self, session: Session, adviser: str) -> None:
        self._session = session
        self._adviser = adviser

    def list_all(self) -> list[schemas.CannedCommentOut]:
        """All of them, the oldest first, so that each keeps its number."""
        rows = self._session.scalars(
            select(CannedComment)
            .where(CannedComment.person_id == self._adviser)
            .order_by(CannedComment.created_at, CannedComment.id)
        )
        return [_described(row) for row in rows]

    def add(self, new: schemas.NewCannedComment) -> schemas.CannedCommentOut:
        """Adds one.

        Raises:
            TooMany: there are as many as there may be.
        """
        count = self._session.scalar(select(func.count()).where(CannedComment.person_id == self._adviser))
        if (count or 0) >= MOST_CANNED_COMMENTS:
            raise TooMany(f"You have {MOST_CANNED_COMMENTS} of them. Remove one first.")
        row = CannedComment(person_id=self._adviser, text=new.text, figure=new.figure)
        self._session.add(row)
        self._session.flush()
        return _described(row)

    def change(self, identifier: str, changes: schemas.CannedCommentChanges) -> schemas.CannedCommentOut:
        """Changes the fields that are set in `changes`.

        Raises:
            NotFound: the adviser has no such comment.
            InvalidRequest: there is no text.
        """
        row = self._get(identifier)
        if "text" in changes.model_fields_set:
            if changes.text is None:
                raise InvalidRequest("A comment needs a text.")
            row.text = changes.text
        if "figure" in changes.model_fields_set:
            row.figure = changes.figure
        self._session.flush()
        return _described(row)

    def delete(self, identifier: str) -> None:
        """Deletes one. Comments that were made with it stay.

        Raises:
            NotFound: the adviser has no such comment.
        """
        self._session.delete(self._get(identifier))

    def _get(self, identifier: str) -> CannedComment:
        row = self._session.scalar(
            select(CannedComment).where(
                CannedComment.id == identifier, CannedComment.person_id == self._adviser
            )
        )
        if row is None:
            raise NotFound("There is no such comment. It may have been deleted.")
        return row


def _described(row: CannedComment) -> schemas.CannedCommentOut:
    return schemas.CannedCommentOut.model_validate({"id": row.id, "text": row.text, "figure": row.figure})
