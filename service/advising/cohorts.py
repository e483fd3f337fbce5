"""Cohorts: groups of applicants with their advisers, who see and change those that they belong to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.advising import cohort_schemas
from service.advising.announcements import announce, lock_people
from service.advising.assignment_rules import release_answers
from service.advising.assignments import cohort_assignments
from service.advising.members import add_member, in_one_cohort, members_of
from service.advising.problems import TooMany
from service.db.account_models import Account, Invitation
from service.db.advising_models import (
    Assignment,
    Cohort,
    CohortMember,
    Submission,
    SubmissionAdviser,
)
from service.people.accounts import Accounts
from service.people.invitations import Invitations
from service.problems import NotFound, WrongState

MOST_COHORTS = 200
"""Of one adviser."""

_NO_SUCH = "There is no such cohort. It may have been deleted."


class Cohorts:
    """The cohorts of one adviser within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        adviser: id of the person.
        now: in UTC.
    """

    def __init__(self, session: Session, adviser: str, now: datetime) -> None:
        self._session = session
        self._adviser = adviser
        self._now = now

    def list_all(self) -> list[cohort_schemas.CohortOut]:
        """The adviser's cohorts, by name."""
        rows = self._session.scalars(
            select(Cohort)
            .join(CohortMember, CohortMember.cohort_id == Cohort.id)
            .where(CohortMember.person_id == self._adviser)
            .order_by(Cohort.name, Cohort.id)
        ).all()
        return [self._described(row) for row in rows]

    def get(self, cohort: str) -> cohort_schemas.CohortOut:
        """One cohort.

        Raises:
            NotFound: the adviser has no such cohort.
        """
        return self._described(cohort_of(self._session, self._adviser, cohort))

    def create(self, new: cohort_schemas.NewCohort) -> cohort_schemas.CohortOut:
        """Creates a cohort with the adviser as its first member.

        Raises:
            TooMany: the adviser has as many as there may be.
        """
        count = self._session.scalar(select(func.count()).where(CohortMember.person_id == self._adviser))
        if (count or 0) >= MOST_COHORTS:
            raise TooMany(f"You have {MOST_COHORTS} cohorts. Delete one first.")
        row = Cohort(name=new.name)
        self._session.add(row)
        self._session.flush()
        self._session.add(CohortMember(cohort_id=row.id, person_id=self._adviser))
        self._session.flush()
        return self._described(row)

    def rename(self, cohort: str, new: cohort_schemas.NewCohort) -> cohort_schemas.CohortOut:
        """Gives a cohort another name.

        Raises:
            NotFound: the adviser has no such cohort.
        """
        row = cohort_of(self._session, self._adviser, cohort)
        row.name = new.name
        self._session.flush()
        return self._described(row)

    def delete(self, cohort: str) -> None:
        """Deletes a cohort with its assignments. What was recorded and submitted stays with the applicants.

        Raises:
            NotFound: the adviser has no such cohort.
        """
        cohort_of(self._session, self._adviser, cohort)
        members = members_of(self._session, cohort)
        lock_people(self._session, members)
        for assignment in self._session.scalars(
            select(Assignment.id).where(Assignment.cohort_id == cohort)
        ).all():
            release_answers(self._session, assignment)
        self._session.flush()
        self._session.execute(delete(Invitation).where(Invitation.cohort_id == cohort))
        self._session.execute(delete(Cohort).where(Cohort.id == cohort))
        _end_submissions(self._session, members, members, self._now)
        announce(self._session, members, "assignment", cohort)

    def invite(self, cohort: str, new: cohort_schemas.NewInvitation) -> str:
        """Invites an applicant to a cohort and returns the token of the link.

        Raises:
            NotFound: the adviser has no such cohort.
            service.people.accounts.EmailTaken: there is an account with this address.
            service.people.invitations.AlreadyInvited: the office has, with another role.
        """
        cohort_of(self._session, self._adviser, cohort)
        return Invitations(self._session).create(
            email=new.email, name=new.name, role="applicant", by=self._adviser, cohort=cohort
        )

    def add_account(self, cohort: str, email: str) -> cohort_schemas.CohortOut:
        """Makes somebody a member who has an account already.

        An applicant gives nothing away by that: advisers see only what is submitted to them.

        Raises:
            NotFound: the adviser has no such cohort, or no applicant or adviser has this address.
        """
        row = cohort_of(self._session, self._adviser, cohort)
        account = Accounts(self._session).with_email(email)
        if account is None or account.role not in {"applicant", "adviser"} or account.state != "active":
            raise NotFound("No applicant or adviser has an account with this address.")
        lock_people(self._session, [*members_of(self._session, cohort), account.person_id])
        add_member(self._session, cohort, account.person_id)
        announce(self._session, [account.person_id], "assignment", cohort)
        return self._described(row)

    def remove_member(self, cohort: str, person: str) -> None:
        """Removes a member: advisers and applicants who are in no other cohort together lose sight of
        each other. What was submitted and given stays with the applicant.

        Raises:
            NotFound: the adviser has no such cohort, or it no such member.
            WrongState: nobody would be left to advise.
        """
        cohort_of(self._session, self._adviser, cohort)
        members = members_of(self._session, cohort)
        if person not in members:
            raise NotFound("There is no such member. They may have been removed.")
        lock_people(self._session, members)
        account = self._session.get(Account, person)
        if account is not None and account.role == "adviser" and self._advisers(cohort) == [person]:
            raise WrongState("A cohort needs an adviser. Delete the cohort, or add another adviser first.")
        self._session.execute(
            delete(CohortMember).where(CohortMember.cohort_id == cohort, CohortMember.person_id == person)
        )
        _end_submissions(self._session, [person], members, self._now)
        announce(self._session, [person], "assignment", cohort)

    def _advisers(self, cohort: str) -> Sequence[str]:
        return self._session.scalars(
            select(CohortMember.person_id)
            .join(Account, Account.person_id == CohortMember.person_id)
            .where(CohortMember.cohort_id == cohort, Account.role == "adviser")
        ).all()

    def _described(self, row: Cohort) -> cohort_schemas.CohortOut:
        members = self._session.execute(
            select(Account.person_id, Account.name, Account.role)
            .join(CohortMember, CohortMember.person_id == Account.person_id)
            .where(CohortMember.cohort_id == row.id, Account.role.in_(("applicant", "adviser")))
            .order_by(Account.name, Account.person_id)
        ).all()
        invitations = self._session.scalars(
            select(Invitation)
            .where(
                Invitation.cohort_id == row.id,
                Invitation.accepted_at.is_(None),
                Invitation.expires_at > self._now,
            )
            .order_by(Invitation.name, Invitation.id)
        ).all()
        return cohort_schemas.CohortOut(
            id=row.id,
            name=row.name,
            demo=row.demo,
            members=[
                cohort_schemas.Member(
                    person=each.person_id,
                    name=each.name,
                    role="adviser" if each.role == "adviser" else "applicant",
                )
                for each in members
            ],
            invitations=[
                # Two advisers of a cohort may have invited the same person.
                cohort_schemas.CohortInvitation(id=each.id, name=each.name, email=each.email)
                for each in {each.email: each for each in invitations}.values()
            ],
            assignments=cohort_assignments(self._session, self._adviser, row.id),
        )


def cohort_of(session: Session, adviser: str, cohort: str) -> Cohort:
    """One of an adviser's cohorts.

    Raises:
        NotFound: they have no such cohort.
    """
    row = session.scalar(
        select(Cohort)
        .join(CohortMember, CohortMember.cohort_id == Cohort.id)
        .where(Cohort.id == cohort, CohortMember.person_id == adviser)
    )
    if row is None:
        raise NotFound(_NO_SUCH)
    return row


def _end_submissions(session: Session, people: Sequence[str], members: Sequence[str], now: datetime) -> None:
    """Ends submissions between these people who are in no cohort together any more, and tells open pages."""
    rows = session.execute(
        select(Submission, SubmissionAdviser)
        .join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .where(
            Submission.revoked_at.is_(None),
            SubmissionAdviser.ended_at.is_(None),
            Submission.person_id.in_(members),
            SubmissionAdviser.adviser_id.in_(members),
            ~in_one_cohort(SubmissionAdviser.adviser_id, Submission.person_id),
        )
    )
    for submission, naming in rows.all():
        if submission.person_id in people or naming.adviser_id in people:
            naming.ended_at = now
            both = [submission.person_id, naming.adviser_id]
            announce(session, both, "revoked", submission.id, submission.answer_id)
