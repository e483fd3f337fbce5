"""What an adviser sees of a submission, and what they say to it until they return it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis.formatting import duration
from analysis.view.report import ReportView, report_view
from service.advising import rubric_schemas, schemas
from service.advising.access import Review, as_review, open_to, review_of
from service.advising.announcements import announce, lock_people
from service.advising.assignment_rules import is_late
from service.advising.canned_comments import CannedComments
from service.advising.comments import NO_SUCH_COMMENT, own_comments
from service.advising.members import time_zone_of
from service.advising.problems import AlreadyReturned, TooMany
from service.advising.rubrics import Rubrics, described_rubric, template
from service.advising.wording import due_in, moment_in, until_words
from service.answers.saved_reports import report_of
from service.db.advising_models import Assignment, Comment, RubricResult
from service.problems import InvalidRequest, NotFound, NotReady

MOST_COMMENTS = 200
"""Of one adviser on one answer: one every two seconds for more than six minutes."""

_LATENESS = 2.0
"""Seconds by which a comment may lie behind the end of its recording; it is set to the end then."""


class Reviews:
    """What one adviser may see, within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        adviser: id of the person.
        now: in UTC; what has ended by then is not there.
    """

    def __init__(self, session: Session, adviser: str, now: datetime) -> None:
        self._session = session
        self._adviser = adviser
        self._now = now

    def list_all(self, state: schemas.ReviewState | None) -> list[schemas.ReviewItem]:
        """What is submitted to the adviser: what waits, the earliest first, then what was returned."""
        rows = self._session.execute(open_to(self._adviser, self._now)).all()
        reviews = [as_review(row) for row in rows]
        waiting = sorted((each for each in reviews if not each.returned), key=_submitted)
        returned = sorted((each for each in reviews if each.returned), key=_submitted, reverse=True)
        wanted = {"waiting": waiting, "returned": returned, None: [*waiting, *returned]}[state]
        zone = time_zone_of(self._session, self._adviser)
        assignments = self._assignments(wanted)
        counts = self._counts(wanted)
        return [
            self._item(each, zone, assignments.get(each.submission.assignment_id or ""), counts)
            for each in wanted
        ]

    def get(self, submission: str) -> schemas.ReviewOut:
        """One submission with all that the adviser may see of it.

        Raises:
            NotFound: the adviser may not see it.
        """
        review = review_of(self._session, self._adviser, submission, self._now)
        row, answer = review.submission, review.answer
        result = self._result(review)
        address = f"/api/reviews/{row.id}"
        return schemas.ReviewOut(
            id=row.id,
            applicant=review.applicant.name,
            message=row.message,
            assignment=row.assignment_title,
            submitted_words=moment_in(row.submitted_at, time_zone_of(self._session, self._adviser)),
            answer=schemas.ReviewedAnswer(
                title=answer.title,
                question=answer.question,
                take=answer.take,
                length=answer.duration,
                media_kind=_media_kind(answer.media_type),
                has_media=answer.media_file is not None,
                has_peaks=answer.peaks_ready,
            ),
            view=self._view(review),
            peaks=f"{address}/peaks",
            media=f"{address}/media",
            comments=own_comments(self._session, self._adviser, answer.id),
            canned=CannedComments(self._session, self._adviser).list_all(),
            rubric=self._rubric(review, result),
            scores={} if result is None else result.scores,
            note=None if result is None else result.note,
            state="returned" if review.returned else "waiting",
            until_words=until_words(row.until_date),
        )

    def add_comment(self, submission: str, new: schemas.NewComment) -> schemas.CommentOut:
        """Adds a comment. One that is there already, by its id, is returned as it is.

        Raises:
            NotFound: the adviser may not see the submission.
            AlreadyReturned: it was returned.
            InvalidRequest: it lies outside the recording, or its id is taken.
            TooMany: there are as many comments as there may be.
        """
        review = self._open(submission)
        known = self._session.get(Comment, new.id) if new.id else None
        if known is not None:
            if known.author_id != self._adviser or known.answer_id != review.answer.id:
                raise InvalidRequest("A comment with this id is there already. Choose another id.")
            return self._described(known)
        if len(own_comments(self._session, self._adviser, review.answer.id)) >= MOST_COMMENTS:
            raise TooMany(f"You have made {MOST_COMMENTS} comments here. Remove one first.")
        at, end = _inside(new.at, new.end, review.answer.duration)
        comment = Comment(
            answer_id=review.answer.id,
            submission_id=review.submission.id,
            author_id=self._adviser,
            at=at,
            end=end,
            text=new.text,
            figure=new.figure,
            created_at=self._now,
        )
        if new.id:
            comment.id = new.id
        self._session.add(comment)
        self._session.flush()
        return self._described(comment)

    def change_comment(
        self, submission: str, comment: str, changes: schemas.CommentChanges
    ) -> schemas.CommentOut:
        """Changes the fields of an own comment that are set in `changes`. Raises as `add_comment` does."""
        review = self._open(submission)
        row = self._own(review, comment)
        given = changes.model_dump(exclude_unset=True)
        if "at" in given and given["at"] is None:
            raise InvalidRequest("A comment needs a time.")
        at, end = _inside(given.get("at", row.at), given.get("end", row.end), review.answer.duration)
        if end is not None and end < at:
            raise InvalidRequest("The end of a comment must not come before its beginning.")
        row.at, row.end = at, end
        if "text" in given:
            row.text = changes.text
        if "figure" in given:
            row.figure = changes.figure
        self._tell_of_change(review, row)
        self._session.flush()
        return self._described(row)

    def require_own(self, submission: str, comment: str) -> None:
        """Raises as `set_voice` does if a comment cannot be changed: checking a sound takes a while."""
        self._own(self._open(submission), comment)

    def set_voice(
        self, submission: str, comment: str, content: bytes, media_type: str | None
    ) -> schemas.CommentOut:
        """Sets the sound of an own comment; empty content removes it. Raises as `add_comment` does.

        Args:
            media_type: from `service.advising.voices.voice_type_of`; None for empty content.
        """
        review = self._open(submission)
        row = self._own(review, comment)
        row.voice, row.voice_type = (content, media_type) if content else (None, None)
        self._tell_of_change(review, row)
        self._session.flush()
        return self._described(row)

    def delete_comment(self, submission: str, comment: str) -> None:
        """Deletes an own comment with its replies. Raises as `add_comment` does."""
        review = self._open(submission)
        row = self._own(review, comment)
        self._tell_of_change(review, row)
        self._session.execute(delete(Comment).where(Comment.id == row.id))

    def judge(self, submission: str, chosen: rubric_schemas.Scores) -> schemas.ReviewOut:
        """Keeps what the adviser chose in a rubric, in place of an earlier choice.

        Raises:
            NotFound: the adviser may not see the submission, or has no such rubric.
            AlreadyReturned: it was returned.
            InvalidRequest: the rubric has no such criterion.
        """
        review = self._open(submission)
        result = self._result(review)
        rubric = self._chosen_rubric(review, result, chosen.rubric)
        if set(chosen.scores) - {each.id for each in rubric.criteria}:
            raise InvalidRequest("The rubric has no such criterion. Load the page again.")
        if result is None:
            result = RubricResult(
                answer_id=review.answer.id,
                submission_id=review.submission.id,
                author_id=self._adviser,
                rubric={},
                scores={},
            )
            self._session.add(result)
        result.rubric = rubric.model_dump()
        result.scores, result.note = dict(chosen.scores), chosen.note
        self._session.flush()
        return self.get(submission)

    def give_back(self, submission: str) -> schemas.ReviewOut:
        """Returns a submission: the applicant sees comments and rubric from now on.

        Raises:
            NotFound: the adviser may not see it.
            AlreadyReturned: it was returned.
        """
        review = self._open(submission)
        answer = review.answer
        mine = (Comment.answer_id == answer.id, Comment.author_id == self._adviser)
        # A comment that was begun and never filled says nothing.
        empty = (Comment.text.is_(None), Comment.voice_type.is_(None))
        self._session.execute(delete(Comment).where(*mine, *empty))
        for comment in self._session.scalars(select(Comment).where(*mine, Comment.given_at.is_(None))):
            comment.given_at = self._now
        result = self._result(review)
        if result is not None:
            if result.scores or result.note:
                result.given_at = result.given_at or self._now
            else:
                self._session.delete(result)
        review.naming.returned_at = self._now
        announce(
            self._session,
            [review.submission.person_id, self._adviser],
            "returned",
            review.submission.id,
            answer.id,
        )
        self._session.flush()
        return self.get(submission)

    def reopen(self, submission: str) -> schemas.ReviewOut:
        """Opens a returned submission again. What was given stays with the applicant.

        Raises:
            NotFound: the adviser may not see it.
        """
        review = self._locked(submission)
        review.naming.returned_at = None
        self._session.flush()
        return self.get(submission)

    def _locked(self, submission: str) -> Review:
        seen = review_of(self._session, self._adviser, submission, self._now)
        lock_people(self._session, [self._adviser, seen.submission.person_id])
        return review_of(self._session, self._adviser, submission, self._now)

    def _open(self, submission: str) -> Review:
        review = self._locked(submission)
        if review.returned:
            raise AlreadyReturned("You have returned this. Open it again to change something.")
        return review

    def _own(self, review: Review, comment: str) -> Comment:
        row = self._session.scalar(
            select(Comment).where(
                Comment.id == comment,
                Comment.answer_id == review.answer.id,
                Comment.author_id == self._adviser,
            )
        )
        if row is None:
            raise NotFound(NO_SUCH_COMMENT)
        return row

    def _described(self, comment: Comment) -> schemas.CommentOut:
        mine = own_comments(self._session, self._adviser, comment.answer_id)
        return next(each for each in mine if each.id == comment.id)

    def _tell_of_change(self, review: Review, comment: Comment) -> None:
        if comment.given_at is not None:
            announce(
                self._session,
                [review.submission.person_id],
                "comment",
                review.submission.id,
                review.answer.id,
            )

    def _view(self, review: Review) -> ReportView | None:
        """The report without what came before: earlier takes were not submitted."""
        try:
            report = report_of(self._session, review.submission.person_id, review.answer.id, reflected=True)
        except NotReady:
            return None
        return report_view(report)

    def _result(self, review: Review) -> RubricResult | None:
        return self._session.scalar(
            select(RubricResult).where(
                RubricResult.submission_id == review.submission.id, RubricResult.author_id == self._adviser
            )
        )

    def _rubric(self, review: Review, result: RubricResult | None) -> rubric_schemas.RubricOut:
        """That which was used; else that of the assignment, the adviser's latest own one, or the template."""
        if result is not None:
            return rubric_schemas.RubricOut.model_validate(result.rubric)
        assigned = self._assigned_rubric(review)
        if assigned is not None:
            return assigned
        own = Rubrics(self._session, self._adviser).own()
        return described_rubric(own[0]) if own else template()

    def _chosen_rubric(
        self, review: Review, result: RubricResult | None, identifier: str
    ) -> rubric_schemas.RubricOut:
        for known in (
            None if result is None else rubric_schemas.RubricOut.model_validate(result.rubric),
            self._assigned_rubric(review),
        ):
            if known is not None and known.id == identifier:
                return known
        return Rubrics(self._session, self._adviser).get(identifier)

    def _assigned_rubric(self, review: Review) -> rubric_schemas.RubricOut | None:
        identifier = review.submission.assignment_id
        assignment = None if identifier is None else self._session.get(Assignment, identifier)
        if assignment is None or assignment.rubric is None:
            return None
        return rubric_schemas.RubricOut.model_validate(assignment.rubric)

    def _assignments(self, reviews: Sequence[Review]) -> dict[str, Assignment]:
        ids = {each.submission.assignment_id for each in reviews} - {None}
        rows = self._session.scalars(select(Assignment).where(Assignment.id.in_(ids)))
        return {row.id: row for row in rows}

    def _counts(self, reviews: Sequence[Review]) -> dict[str, int]:
        answers = {each.answer.id for each in reviews}
        rows = self._session.execute(
            select(Comment.answer_id, func.count())
            .where(Comment.author_id == self._adviser, Comment.answer_id.in_(answers))
            .group_by(Comment.answer_id)
        )
        return {identifier: count for identifier, count in rows}

    def _item(
        self, review: Review, zone: str, assignment: Assignment | None, counts: dict[str, int]
    ) -> schemas.ReviewItem:
        row, answer = review.submission, review.answer
        due = None if assignment is None else assignment.due_at
        return schemas.ReviewItem(
            id=row.id,
            applicant=review.applicant.name,
            question=answer.question,
            title=answer.title,
            take=answer.take,
            length_words=None if answer.duration is None else duration(answer.duration),
            submitted_words=moment_in(row.submitted_at, zone),
            due_words=None if due is None else due_in(due, zone),
            late=is_late(due, row.submitted_at),
            assignment=row.assignment_title,
            comments=counts.get(answer.id, 0),
            state="returned" if review.returned else "waiting",
        )


def _submitted(review: Review) -> tuple[datetime, str]:
    return review.submission.submitted_at, review.submission.id


def _media_kind(media_type: str | None) -> Literal["audio", "video"] | None:
    if media_type is None:
        return None
    return "video" if media_type.startswith("video/") else "audio"


def _inside(at: float, end: float | None, length: float | None) -> tuple[float, float | None]:
    """The times of a comment, to the hundredth of a second and within the recording.

    Raises:
        InvalidRequest: the comment lies after the end of the recording.
    """
    if length is None:
        return round(at, 2), None if end is None else round(end, 2)
    if max(at, end or 0.0) > length + _LATENESS:
        raise InvalidRequest("This time lies after the end of the recording.")
    return round(min(at, length), 2), None if end is None else round(min(end, length), 2)
