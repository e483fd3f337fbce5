"""Assignments of a cohort, and who has submitted them. Applicants are listed by name and never ranked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.advising import cohort_schemas
from service.advising.access import open_to
from service.advising.announcements import announce, lock_people
from service.advising.assignment_rules import NO_SUCH_ASSIGNMENT, is_late, release_answers
from service.advising.members import time_zone_of
from service.advising.problems import TooMany
from service.advising.progress_of_assignment import Progress, progress_of
from service.advising.rubrics import Rubrics
from service.advising.wording import due_in, moment_in
from service.db.account_models import Account
from service.db.advising_models import Assignment, CohortMember, Submission
from service.practice.formats import Format, interview_of
from service.practice.questions import bank
from service.prepare.time_zones import check_zone
from service.prepare.times import start_of
from service.problems import InvalidRequest, NotFound

MOST_ASSIGNMENTS = 200
"""Of one cohort."""


class Assignments:
    """The assignments of one cohort within one database session. The caller has checked the adviser.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        adviser: id of the person.
        cohort: id of one of their cohorts.
    """

    def __init__(self, session: Session, adviser: str, cohort: str) -> None:
        self._session = session
        self._adviser = adviser
        self._cohort = cohort

    def create(
        self, new: cohort_schemas.NewAssignment, chosen: Format | None
    ) -> cohort_schemas.AssignmentOut:
        """Creates an assignment.

        Args:
            chosen: the format that `new` names, looked up.

        Raises:
            InvalidRequest: the questions, the format or the due time cannot be used.
            NotFound: the adviser has no such rubric.
            TooMany: the cohort has as many as there may be.
        """
        applicants = self._locked_members()
        count = len(_of_cohort(self._session, self._cohort))
        if count >= MOST_ASSIGNMENTS:
            raise TooMany(f"This cohort has {MOST_ASSIGNMENTS} assignments. Delete one first.")
        row = Assignment(
            cohort_id=self._cohort,
            title=new.title,
            instructions=new.instructions,
            kind=new.kind,
            questions=_questions(new.questions),
            attempts=new.attempts,
            figures=_figures(new.figures),
            reflect_first=new.reflect_first,
            rubric=self._rubric(new.rubric),
        )
        _set_due(row, new.due)
        _set_format(row, new.format_id, chosen)
        _check_questions(row)
        self._session.add(row)
        self._session.flush()
        announce(self._session, applicants, "assignment", row.id)
        self._session.flush()
        return self._described(row)

    def get(self, assignment: str, now: datetime) -> cohort_schemas.AssignmentOverview:
        """An assignment, and who has submitted it.

        Raises:
            NotFound: the cohort has no such assignment.
        """
        row = self._row(assignment)
        reviews = self._reviews(assignment, now)
        zone = time_zone_of(self._session, self._adviser)
        progress = progress_of(self._session, row)
        return cohort_schemas.AssignmentOverview(
            **self._described(row).model_dump(),
            applicants=[
                _submitted_by(each, row, progress.get(each.person_id, Progress()), zone, reviews)
                for each in _applicants(self._session, self._cohort)
            ],
        )

    def change(
        self, assignment: str, changes: cohort_schemas.AssignmentChanges, chosen: Format | None
    ) -> cohort_schemas.AssignmentOut:
        """Changes the fields that are set in `changes`. What was recorded and submitted stays as it is.

        Raises:
            As `create` does.
        """
        members = self._locked_members()
        row = self._row(assignment)
        given = changes.model_fields_set
        for name in ("title", "figures", "reflect_first", "questions"):
            if name in given and getattr(changes, name) is None:
                raise InvalidRequest(f"{name}: this cannot be empty.")
        if changes.title is not None:
            row.title = changes.title
        if "instructions" in given:
            row.instructions = changes.instructions
        if changes.questions is not None:
            row.questions = _questions(changes.questions)
        if "format_id" in given:
            _set_format(row, changes.format_id, chosen)
        if "due" in given:
            _set_due(row, changes.due)
        if "attempts" in given:
            row.attempts = changes.attempts
        if changes.figures is not None:
            row.figures = _figures(changes.figures)
        if changes.reflect_first is not None:
            row.reflect_first = changes.reflect_first
        if "rubric" in given:
            row.rubric = self._rubric(changes.rubric, known=row.rubric)
        _check_questions(row)
        self._session.flush()
        announce(self._session, members, "assignment", row.id)
        self._session.flush()
        return self._described(row)

    def delete(self, assignment: str) -> None:
        """Deletes an assignment. What was recorded and submitted for it stays; all figures are shown then.

        Raises:
            NotFound: the cohort has no such assignment.
        """
        members = self._locked_members()
        row = self._row(assignment)
        release_answers(self._session, assignment)
        self._session.delete(row)
        announce(self._session, members, "assignment", assignment)

    def _row(self, assignment: str) -> Assignment:
        row = self._session.scalar(
            select(Assignment).where(Assignment.id == assignment, Assignment.cohort_id == self._cohort)
        )
        if row is None:
            raise NotFound(NO_SUCH_ASSIGNMENT)
        return row

    def _locked_members(self) -> Sequence[str]:
        members = self._session.scalars(
            select(CohortMember.person_id).where(CohortMember.cohort_id == self._cohort)
        ).all()
        lock_people(self._session, members)
        return members

    def _rubric(
        self, identifier: str | None, known: Mapping[str, object] | None = None
    ) -> dict[str, object] | None:
        if identifier is None:
            return None
        if known is not None and known["id"] == identifier:
            return dict(known)
        return Rubrics(self._session, self._adviser).get(identifier).model_dump()

    def _described(self, row: Assignment) -> cohort_schemas.AssignmentOut:
        return described_assignment(row, time_zone_of(self._session, self._adviser))

    def _reviews(self, assignment: str, now: datetime) -> Mapping[str, list[str]]:
        """What the adviser may see of this assignment, by applicant."""
        rows = self._session.execute(
            open_to(self._adviser, now)
            .where(Submission.assignment_id == assignment)
            .with_only_columns(Submission.person_id, Submission.id)
            .order_by(Submission.submitted_at, Submission.id)
        )
        found: dict[str, list[str]] = {}
        for person, submission in rows:
            found.setdefault(person, []).append(submission)
        return found


def cohort_assignments(session: Session, adviser: str, cohort: str) -> list[cohort_schemas.CohortAssignment]:
    """The assignments of a cohort, the newest first, with how many applicants have submitted them."""
    applicants = {each.person_id for each in _applicants(session, cohort)}
    zone = time_zone_of(session, adviser)
    listed = []
    for row in _of_cohort(session, cohort):
        progress = progress_of(session, row)
        done = [person for person, each in progress.items() if each.complete and person in applicants]
        listed.append(
            cohort_schemas.CohortAssignment(
                id=row.id,
                title=row.title,
                due_words=None if row.due_at is None else due_in(row.due_at, zone),
                submitted=len(done),
                of=len(applicants),
            )
        )
    return listed


def described_assignment(row: Assignment, zone: str) -> cohort_schemas.AssignmentOut:
    """An assignment as advisers see it, with its due time in a time zone."""
    due = None
    if row.due_date is not None and row.due_time is not None and row.due_zone is not None:
        due = cohort_schemas.Due(date=row.due_date, time=row.due_time, zone=row.due_zone)
    return cohort_schemas.AssignmentOut.model_validate(
        {
            "id": row.id,
            "title": row.title,
            "instructions": row.instructions,
            "kind": row.kind,
            "questions": row.questions,
            "format_id": row.format_id,
            "due": due,
            "due_words": None if row.due_at is None else due_in(row.due_at, zone),
            "attempts": row.attempts,
            "figures": row.figures,
            "reflect_first": row.reflect_first,
            "rubric": row.rubric,
        }
    )


def _submitted_by(
    applicant: Account,
    row: Assignment,
    progress: Progress,
    zone: str,
    reviews: Mapping[str, list[str]],
) -> cohort_schemas.SubmittedBy:
    at = progress.submitted_at
    return cohort_schemas.SubmittedBy(
        person=applicant.person_id,
        name=applicant.name,
        submitted=progress.complete,
        submitted_words=None if at is None else moment_in(at, zone),
        late=at is not None and is_late(row.due_at, at),
        reviews=reviews.get(applicant.person_id, []),
        state=progress.state,
    )


def _of_cohort(session: Session, cohort: str) -> Sequence[Assignment]:
    return session.scalars(
        select(Assignment)
        .where(Assignment.cohort_id == cohort)
        .order_by(Assignment.created_at.desc(), Assignment.id)
    ).all()


def _applicants(session: Session, cohort: str) -> Sequence[Account]:
    return session.scalars(
        select(Account)
        .join(CohortMember, CohortMember.person_id == Account.person_id)
        .where(CohortMember.cohort_id == cohort, Account.role == "applicant")
        .order_by(Account.name, Account.person_id)
    ).all()


def _questions(given: Sequence[cohort_schemas.AssignmentQuestionIn]) -> list[dict[str, object]]:
    """Questions as they are stored, with the text of those of the bank.

    Raises:
        InvalidRequest: one has neither a text nor an id of the bank.
    """
    questions: list[dict[str, object]] = []
    for number, each in enumerate(given, start=1):
        known = None if each.question_id is None else bank().find(each.question_id)
        if each.question_id is not None and known is None:
            raise InvalidRequest(f"Question {number} is not in the bank. Choose it again or write it.")
        text = known.text if known is not None else each.text
        if text is None:
            raise InvalidRequest(f"Question {number} has no text.")
        questions.append({"number": number, "text": text, "question_id": None if known is None else known.id})
    return questions


def _check_questions(row: Assignment) -> None:
    if row.kind == "questions" and not row.questions:
        raise InvalidRequest("Add at least one question.")


def _set_format(row: Assignment, identifier: str | None, chosen: Format | None) -> None:
    if identifier is not None and chosen is None:
        raise InvalidRequest("There is no such format. Choose one from the list.")
    if row.kind == "interview" and (chosen is None or interview_of(chosen) is None):
        raise InvalidRequest("Choose a format with several questions for a mock interview.")
    row.format_id = identifier


def _figures(given: Sequence[str]) -> list[str]:
    return [figure for figure in cohort_schemas.ALL_FIGURES if figure in given]


def _set_due(row: Assignment, due: cohort_schemas.Due | None) -> None:
    if due is None:
        row.due_date = row.due_time = row.due_zone = row.due_at = None
        return
    if not 2000 <= due.date.year <= 2100:
        raise InvalidRequest("Choose a due date of this century.")
    zone = check_zone(due.zone, field="due.zone")
    at = due.time.replace(tzinfo=None, microsecond=0)
    row.due_date, row.due_time, row.due_zone = due.date, at, zone
    row.due_at = start_of(due.date, at, zone).astimezone(UTC)
