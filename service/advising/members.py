"""Who is in a cohort with whom, and what people are called.

An adviser can be named by an applicant, and sees what was submitted, only while both accounts are active and
both are in one cohort.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from service.db.account_models import Account
from service.db.advising_models import Cohort, CohortMember

FORMER_ADVISER = "a former adviser"
"""Who wrote a comment whose author has no account any more."""

NO_NAME = "somebody without an account"
"""An applicant whose account was deleted a moment ago."""


def names_of(session: Session, people: Collection[str | None]) -> Mapping[str, str]:
    """The names of accounts, by the ids of their people. Ids without an account are left out."""
    wanted = {person for person in people if person is not None}
    rows = session.execute(select(Account.person_id, Account.name).where(Account.person_id.in_(wanted)))
    return {row.person_id: row.name for row in rows}


def time_zone_of(session: Session, person: str) -> str:
    """The time zone of a person's account; `UTC` where none is known."""
    return session.scalar(select(Account.time_zone).where(Account.person_id == person)) or "UTC"


def advisers_of(session: Session, person: str) -> Sequence[Account]:
    """The advisers whom a person can name: those of their own cohorts, by name."""
    query = select(Account).where(
        Account.role == "adviser",
        Account.state == "active",
        Account.person_id != person,
        in_one_cohort(Account.person_id, person),
    )
    return session.scalars(query.order_by(Account.name, Account.person_id)).all()


def in_one_cohort(
    first: InstrumentedAttribute[str], second: InstrumentedAttribute[str] | str
) -> ColumnElement[bool]:
    """Whether two people are in one cohort, as a condition of a query."""
    mine, theirs = aliased(CohortMember), aliased(CohortMember)
    return (
        select(mine.cohort_id)
        .join(theirs, theirs.cohort_id == mine.cohort_id)
        .where(mine.person_id == first, theirs.person_id == second)
        .exists()
    )


def members_of(session: Session, cohort: str) -> Sequence[str]:
    """The ids of the members of a cohort."""
    return session.scalars(select(CohortMember.person_id).where(CohortMember.cohort_id == cohort)).all()


def add_member(session: Session, cohort: str, person: str) -> None:
    """Makes a person a member of a cohort, if it is still there.

    Args:
        session: from `Database.writing`.
    """
    known = session.get(Cohort, cohort) is not None
    if known and session.get(CohortMember, (cohort, person)) is None:
        session.add(CohortMember(cohort_id=cohort, person_id=person))
        session.flush()
