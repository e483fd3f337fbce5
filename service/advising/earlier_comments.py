"""Comments on an earlier take of a question, beside the figures that they speak of then and now."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import FigureName, Report
from analysis.view.commented import figure_now, figure_then
from service.advising import schemas
from service.advising.comments import comments_of
from service.answers.repository import Answers
from service.answers.saved_reports import report_of
from service.answers.takes import answers_before
from service.db.advising_models import Comment
from service.problems import NotReady


def earlier_comments(session: Session, person: str, answer: str) -> list[schemas.EarlierComment]:
    """The comments on the latest earlier take of the same question that has any, in order of time.

    Raises:
        NotFound: this person has no such answer.
    """
    row = Answers(session, person).get(answer)
    before = answers_before(session, row)
    commented = set(
        session.scalars(
            select(Comment.answer_id).where(Comment.answer_id.in_([earlier.id for earlier in before]))
        )
    )
    for earlier in before:
        comments = comments_of(session, person, earlier.id) if earlier.id in commented else []
        if comments:
            then, now = _report(session, person, earlier.id), _report(session, person, answer)
            return [
                schemas.EarlierComment(
                    comment=comment,
                    take=earlier.take,
                    then_words=_then(then, comment.figure),
                    now_words=_now(now, then, comment.figure),
                )
                for comment in comments
            ]
    return []


def _report(session: Session, person: str, answer: str) -> Report | None:
    try:
        return report_of(session, person, answer)
    except NotReady:
        return None


def _then(report: Report | None, figure: FigureName | None) -> str:
    return "" if report is None or figure is None else figure_then(report, figure)


def _now(report: Report | None, earlier: Report | None, figure: FigureName | None) -> str:
    if report is None or earlier is None or figure is None:
        return ""
    return figure_now(report, earlier, figure)
