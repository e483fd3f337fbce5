"""Comments on an answer: what a person was given, their replies, and what is done."""

from typing import Any

from fastapi import APIRouter, Response

from service.advising import schemas
from service.advising.comments import add_reply, comment_for, comments_of, mark_done, rubrics_of
from service.advising.earlier_comments import earlier_comments
from service.advising.problems import TooMany
from service.advising.voices import VOICE_TYPES
from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound

router = APIRouter(prefix="/api", tags=["Advising"])

_SOUND: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in VOICE_TYPES}}
}


@router.get(
    "/answers/{answer}/comments",
    summary="Comments on an answer",
    responses=problem_responses(NotForThisRole, NotFound),
)
def list_comments(
    answer: str, service: ServiceDependency, person: PersonDependency
) -> schemas.AnswerComments:
    """What advisers returned, and what was imported from files, in order of time."""
    with service.database.reading() as session:
        return schemas.AnswerComments(
            comments=comments_of(session, person, answer),
            rubrics=rubrics_of(session, person, answer),
            earlier=earlier_comments(session, person, answer),
        )


@router.post(
    "/comments/{comment}/replies",
    status_code=201,
    summary="Reply to a comment",
    responses=problem_responses(NotForThisRole, NotFound, TooMany, InvalidRequest, Busy),
)
def create_reply(
    comment: str,
    new: schemas.NewReply,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.Reply:
    """By the person whose answer it is on, or by the adviser who made it."""
    with service.database.writing() as session:
        return add_reply(session, person, comment, new.text, now)


@router.put(
    "/comments/{comment}/done",
    status_code=204,
    summary="Mark a comment as done",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def put_done(comment: str, service: ServiceDependency, person: PersonDependency, now: NowDependency) -> None:
    """By the person whose answer it is on."""
    with service.database.writing() as session:
        mark_done(session, person, comment, now, done=True)


@router.delete(
    "/comments/{comment}/done",
    status_code=204,
    summary="Mark a comment as not done",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def delete_done(
    comment: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> None:
    """By the person whose answer it is on."""
    with service.database.writing() as session:
        mark_done(session, person, comment, now, done=False)


@router.get(
    "/comments/{comment}/voice",
    summary="A spoken comment",
    response_class=Response,
    responses={**_SOUND, **problem_responses(NotForThisRole, NotFound)},
)
def get_voice(
    comment: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> Response:
    """The sound, with the media type that its first bytes tell; never anything that a page would run."""
    with service.database.reading() as session:
        row, _ = comment_for(session, person, comment, now)
        content, kind = row.voice, row.voice_type
    if content is None or kind is None:
        raise NotFound("This comment was not spoken.")
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="comment.{kind.partition("/")[2]}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=kind, headers=headers)
