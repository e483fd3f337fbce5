"""A made-up advising office for demonstrations and tests: advisers, applicants, a cohort, an assignment.

The addresses end in `.invalid`, which no mail reaches (RFC 2606), and the cohort is marked as made up.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.advising.cohort_schemas import ALL_FIGURES
from service.advising.members import add_member
from service.db.account_models import Account
from service.db.advising_models import Assignment, Cohort, CohortMember
from service.people.accounts import AccountRole, Accounts
from service.people.passwords import hash_password
from service.problems import WrongState

COHORT = "Made-up cohort"
ADDRESS = "@greenroom.invalid"
QUESTIONS = ("Why do you want to be a doctor?", "Tell me about a time when you worked in a team.")
ATTEMPTS = 3


@dataclass(frozen=True)
class DemoCohort:
    """What was added.

    Attributes:
        cohort, assignment: ids.
        advisers, applicants: e-mail addresses, by name.
        password: of all of them.
    """

    cohort: str
    assignment: str
    advisers: Sequence[str]
    applicants: Sequence[str]
    password: str


def new_password() -> str:
    """A password that nobody can guess: the accounts are real ones."""
    return secrets.token_urlsafe(12)


def add_demo_cohort(
    session: Session, *, applicants: int, advisers: int, password: str, password_hash: str | None = None
) -> DemoCohort:
    """Adds the cohort with its people and one assignment of two questions.

    Args:
        session: from `Database.writing`.
        applicants, advisers: how many.
        password: with which all of them sign in.
        password_hash: of the password; None: made here, which takes a while.

    Raises:
        WrongState: there is a made-up cohort already.
    """
    if session.scalar(select(Cohort.id).where(Cohort.demo)) is not None:
        raise WrongState("There is a made-up cohort already. Remove it first with --remove.")
    hashed = password_hash or hash_password(password)
    cohort = Cohort(name=COHORT, demo=True)
    session.add(cohort)
    session.flush()
    made = {
        role: [_add(session, cohort.id, role, number, hashed) for number in range(1, count + 1)]
        for role, count in (("adviser", advisers), ("applicant", applicants))
    }
    assignment = Assignment(
        cohort_id=cohort.id,
        title="Two answers to begin with",
        instructions="Record each answer in one or two minutes. Then submit the one that you like best.",
        kind="questions",
        questions=[
            {"number": number, "text": text, "question_id": None}
            for number, text in enumerate(QUESTIONS, start=1)
        ],
        attempts=ATTEMPTS,
        figures=list(ALL_FIGURES),
    )
    session.add(assignment)
    session.flush()
    return DemoCohort(cohort.id, assignment.id, made["adviser"], made["applicant"], password)


def demo_people(session: Session) -> Sequence[str]:
    """The ids of the made-up people."""
    return session.scalars(
        select(Account.person_id)
        .join(CohortMember, CohortMember.person_id == Account.person_id)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(Cohort.demo, Account.email.endswith(ADDRESS))
        .order_by(Account.person_id)
    ).all()


def remove_demo_cohort(session: Session) -> None:
    """Removes the cohort with its assignments; its people are deleted before, as anybody's account is.

    Args:
        session: from `Database.writing`.
    """
    session.execute(delete(Cohort).where(Cohort.demo))


def _add(session: Session, cohort: str, role: str, number: int, hashed: str) -> str:
    account_role: AccountRole = "adviser" if role == "adviser" else "applicant"
    account = Accounts(session).create(
        email=f"{role}{number:02d}{ADDRESS}", name=f"{role.capitalize()} {number:02d}", role=account_role
    )
    account.password_hash = hashed
    add_member(session, cohort, account.person_id)
    return account.email
