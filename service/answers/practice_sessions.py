"""A person's sessions: answers grouped under a name that the person chose.

A session is created with its first answer and deleted with its last.
"""

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from service.db.models import Answer, Interview, PracticeSession, StageResult
from service.problems import NotFound


class PracticeSessions:
    """One person's sessions within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person

    def list_all(self) -> Sequence[tuple[PracticeSession, int, str | None]]:
        """All sessions, newest first, with their number of answers and the interview that they are of."""
        interview = (
            select(func.min(Interview.id))
            .where(Interview.session_id == PracticeSession.id)
            .correlate(PracticeSession)
            .scalar_subquery()
        )
        rows = self._session.execute(
            select(PracticeSession, func.count(Answer.id), interview)
            .outerjoin(Answer, Answer.session_id == PracticeSession.id)
            .where(PracticeSession.person_id == self._person)
            .group_by(PracticeSession.id)
            .order_by(PracticeSession.created_at.desc(), PracticeSession.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def reports_of(self, identifier: str) -> Sequence[tuple[Answer, str | None]]:
        """The answers of a session, oldest first, each with its report as JSON, or None without a report.

        Raises:
            NotFound: this person has no such session.
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
        """Raises `NotFound` if this person has no such session."""
        mine = and_(PracticeSession.id == identifier, PracticeSession.person_id == self._person)
        if self._session.scalar(select(PracticeSession.id).where(mine)) is None:
            raise NotFound("There is no such session. It may have been deleted.")

    def named(self, name: str | None) -> PracticeSession | None:
        """The session with this name, created if it is new; None for no name."""
        if name is None:
            return None
        mine = and_(PracticeSession.person_id == self._person, PracticeSession.name == name)
        session = self._session.scalar(select(PracticeSession).where(mine))
        if session is None:
            session = PracticeSession(person_id=self._person, name=name)
            self._session.add(session)
        return session

    def drop_if_empty(self, identifier: str | None) -> None:
        """Deletes a session that has no answers left. An interview that still goes on can get others."""
        if identifier is None:
            return
        remaining = self._session.scalar(select(func.count()).where(Answer.session_id == identifier))
        if not remaining:
            self._session.execute(
                update(Interview)
                .where(Interview.session_id == identifier, Interview.ended_at.is_(None))
                .values(session_id=None)
            )
            self._session.execute(delete(PracticeSession).where(PracticeSession.id == identifier))
