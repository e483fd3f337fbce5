"""Finding answers by what was said in them, and listing tags."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.tags import tags_of
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest
from service.progress.history import fill_facts
from service.search.schemas import FoundAnswer, SearchResults, TagCount, TagList
from service.search.searching import LARGEST_PAGE, search
from service.search.texts import save_missing_texts

router = APIRouter(prefix="/api", tags=["Answers"])


@router.get("/search", summary="Search what was said", responses=problem_responses(InvalidRequest))
def search_transcripts(
    service: ServiceDependency,
    person: PersonDependency,
    words: Annotated[
        str,
        Query(
            description="Words that must all be said, in any form: `listen` finds `listened`. "
            "Words in quotes must follow each other."
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
) -> SearchResults:
    """Finds answers, newest first, each with the words around the first match and the times of matches."""
    save_missing_texts(service.database, person)
    fill_facts(service.database, person)
    with service.database.reading() as session:
        verdicts = wants_verdicts(session, person)
        page = search(session, person, words, limit=limit, cursor=cursor)
        items = [
            FoundAnswer.model_validate(
                {
                    "answer": describe(found.answer, verdicts=verdicts),
                    "snippet": [asdict(piece) for piece in found.snippet],
                    "moments": [asdict(moment) for moment in found.moments],
                }
            )
            for found in page.found
        ]
    return SearchResults(items=items, next=page.cursor, total=page.total)


@router.get("/tags", summary="List tags")
def list_tags(service: ServiceDependency, person: PersonDependency) -> TagList:
    """All tags with their number of answers, in alphabetical order."""
    with service.database.reading() as session:
        found = tags_of(session, person)
    return TagList(items=[TagCount(tag=tag, answers=count) for tag, count in found])
