"""What an administrator decides: the office's settings, and the log of what was done."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.api.problems import problem_responses
from service.db.account_models import OfficeSettings
from service.dependencies import AdministratorDependency, ServiceDependency
from service.people import log
from service.people.office import Office
from service.problems import InvalidRequest, NotForThisRole, NotSignedIn
from service.schemas import plain_text
from service.settings import MEBIBYTE

router = APIRouter(
    prefix="/api/office", tags=["Office"], responses=problem_responses(NotSignedIn, NotForThisRole)
)

_LONGEST_RETENTION = 3650
_MOST_BYTES = 2**50
_MINUTES_OF_A_DAY = 24 * 60


class OfficeOut(BaseModel):
    """What the office has decided. Null: no limit, or kept for good."""

    name: str | None
    retention_days: int | None
    quota_bytes: int | None
    quota_minutes_a_day: int | None


class OfficeChanges(BaseModel):
    """The settings to change. Those that are left out stay."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(plain_text)] = None
    retention_days: Annotated[int, Field(ge=1, le=_LONGEST_RETENTION)] | None = None
    quota_bytes: Annotated[int, Field(ge=MEBIBYTE, le=_MOST_BYTES)] | None = None
    quota_minutes_a_day: Annotated[int, Field(ge=1, le=_MINUTES_OF_A_DAY)] | None = None


class LogEntryOut(BaseModel):
    """Something that was done. `actor` and `subject` are ids, and `who` the actor's name; null where the
    account is gone."""

    at: datetime
    words: str
    who: str | None
    actor: str | None
    action: str
    subject: str | None
    details: dict[str, Any] | None


class Log(BaseModel):
    """The latest entries, the newest first."""

    items: list[LogEntryOut]


@router.get("", summary="The office's settings")
def get_office(service: ServiceDependency, administrator: AdministratorDependency) -> OfficeOut:
    """How long recordings are kept, and how much a person may record."""
    with service.database.reading() as session:
        return _office(Office(session).settings())


@router.patch("", summary="Change the office's settings", responses=problem_responses(InvalidRequest))
def patch_office(
    changes: OfficeChanges, service: ServiceDependency, administrator: AdministratorDependency
) -> OfficeOut:
    """A shorter retention deletes what is older within ten minutes. Reports and figures stay."""
    given = changes.model_dump(exclude_unset=True)
    with service.database.writing() as session:
        return _office(Office(session).change_settings(given, by=administrator))


@router.get("/log", summary="What was done")
def get_log(
    service: ServiceDependency,
    administrator: AdministratorDependency,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Log:
    """Invitations, suspensions, resets and changes of the office. Entries name nobody."""
    with service.database.reading() as session:
        entries = Office(session).log_entries(limit=limit)
        return Log(
            items=[
                LogEntryOut(
                    at=entry.at,
                    words=log.WORDS.get(entry.action, entry.action),
                    who=name,
                    actor=entry.actor,
                    action=entry.action,
                    subject=entry.subject,
                    details=entry.details,
                )
                for entry, name in entries
            ]
        )


def _office(settings: OfficeSettings) -> OfficeOut:
    return OfficeOut(
        name=settings.name,
        retention_days=settings.retention_days,
        quota_bytes=settings.quota_bytes,
        quota_minutes_a_day=settings.quota_minutes_a_day,
    )
