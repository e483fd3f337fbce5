"""A person's sessions: answers that belong together, by a name that the person gave.

A session comes with its first answer and goes with its last.
"""

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from service.db.models import Answer, PracticeSession, StageResult
from service.problems import NotFound


class PracticeSessions:
    """One person's sessions within one database session.

    Args:
        session: from `Database.reading` or, for anything that changes, `Database.writing`.
        person: whose.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person

    def every(self) -> Sequence[tuple[PracticeSession, int]]:
        """Sessions and how many answers they have, newest first."""
        rows = self._session.execute(
            select(PracticeSession, func.count(Answer.id))
            .outerjoin(Answer, Answer.session_id == PracticeSession.id)
            .where(PracticeSession.person_id == self._person)
            .group_by(PracticeSession.id)
            .order_by(PracticeSession.created_at.desc(), PracticeSession.id)
        )
        return [(row[0], row[1]) for row in rows]

    def reports_of(self, identifier: str) -> Sequence[tuple[Answer, str | None]]:
        """The answers of a session, oldest first, each with its report as JSON where there is one.

        Raises:
            NotFound: no such session of this person.
        """
        self.require(identifier)
        report = and_(StageResult.answer_id == Answer.id, StageResult.stage == "measure")
        rows = self._session.execute(
            select(Answer, StageResult.result)
            .outerjoin(StageResult, report)
            .where(Answer.person_id == self._person, Answer.session_id == identifier)
            .order_by(Answer.created_at, Answer.id)
        )
        return [(row[0], row[1]) for row in rows]

    def require(self, identifier: str) -> None:
        """Raises `NotFound` where this person has no such session."""
        mine = and_(PracticeSession.id == identifier, PracticeSession.person_id == self._person)
        if self._session.scalar(select(PracticeSession.id).where(mine)) is None:
            raise NotFound("There is no such session. It may have been deleted.")

    def named(self, name: str | None) -> PracticeSession | None:
        """The session of this name, made if it is new; None for no name."""
        if name is None:
            return None
        mine = and_(PracticeSession.person_id == self._person, PracticeSession.name == name)
        found = self._session.scalar(select(PracticeSession).where(mine))
        if found is None:
            found = PracticeSession(person_id=self._person, name=name)
            self._session.add(found)
        return found

    def drop_if_empty(self, identifier: str | None) -> None:
        """Takes a session away that has no answer left."""
        if identifier is None:
            return
        left = self._session.scalar(select(func.count()).where(Answer.session_id == identifier))
        if not left:
            self._session.execute(delete(PracticeSession).where(PracticeSession.id == identifier))
