"""Comments that an adviser wrote to use again."""

from fastapi import APIRouter

from service.advising import schemas
from service.advising.canned_comments import CannedComments
from service.advising.problems import TooMany
from service.api.problems import problem_responses
from service.dependencies import AdviserDependency, ServiceDependency
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound

router = APIRouter(prefix="/api/canned-comments", tags=["Advising"])


@router.get("", summary="List canned comments", responses=problem_responses(NotForThisRole))
def list_canned_comments(
    service: ServiceDependency, adviser: AdviserDependency
) -> list[schemas.CannedCommentOut]:
    """The oldest first, so that each keeps its number."""
    with service.database.reading() as session:
        return CannedComments(session, adviser).list_all()


@router.post(
    "",
    status_code=201,
    summary="Keep a comment to use again",
    responses=problem_responses(NotForThisRole, TooMany, InvalidRequest, Busy),
)
def create_canned_comment(
    new: schemas.NewCannedComment, service: ServiceDependency, adviser: AdviserDependency
) -> schemas.CannedCommentOut:
    """Only the adviser who wrote it sees it."""
    with service.database.writing() as session:
        return CannedComments(session, adviser).add(new)


@router.patch(
    "/{canned}",
    summary="Change a canned comment",
    responses=problem_responses(NotForThisRole, NotFound, InvalidRequest, Busy),
)
def change_canned_comment(
    canned: str,
    changes: schemas.CannedCommentChanges,
    service: ServiceDependency,
    adviser: AdviserDependency,
) -> schemas.CannedCommentOut:
    """Only the given fields change."""
    with service.database.writing() as session:
        return CannedComments(session, adviser).change(canned, changes)


@router.delete(
    "/{canned}",
    status_code=204,
    summary="Delete a canned comment",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def delete_canned_comment(canned: str, service: ServiceDependency, adviser: AdviserDependency) -> None:
    """Comments that were made with it stay."""
    with service.database.writing() as session:
        CannedComments(session, adviser).delete(canned)
