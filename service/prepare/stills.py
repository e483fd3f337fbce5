"""Still pictures of oneself before the camera, to compare an outfit or a background with the last one.

They are kept in the database of this machine only, are in the export, and can be deleted one by one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from service.db.preparation_models import SetupStill
from service.problems import InvalidRequest, NotFound, Problem

LARGEST_STILL = 1024 * 1024
"""Bytes: a picture of 1280 × 720 as JPEG has about 200,000."""

MOST_STILLS = 24
"""Each may have 1 MB; nobody compares more outfits than that."""

_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": lambda content: content[:3] == b"\xff\xd8\xff",
    "image/png": lambda content: content[:8] == b"\x89PNG\r\n\x1a\n",
    "image/webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
}


class TooManyStills(Problem):
    """As many stills are kept as there may be."""

    status, code, title = 409, "too_many_stills", "There are too many stills"


def media_type_of(content: bytes) -> str | None:
    """The kind of a picture by its first bytes; None for anything that is no JPEG, PNG or WebP picture."""
    return next((kind for kind, fits in _SIGNATURES.items() if fits(content)), None)


def stills_of(session: Session, person: str) -> Sequence[SetupStill]:
    """All stills of a person without their content, newest first.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
    """
    query = select(SetupStill).where(SetupStill.person_id == person)
    newest_first = query.order_by(SetupStill.taken_at.desc(), SetupStill.id)
    return session.scalars(newest_first.options(defer(SetupStill.content))).all()


def add_still(session: Session, person: str, content: bytes, note: str | None, now: datetime) -> SetupStill:
    """Keeps a still.

    Args:
        session: from `Database.writing`.
        person: id of the person.
        content: a JPEG, PNG or WebP picture of at most `LARGEST_STILL` bytes.
        note: the person's own words for it.
        now: when it was taken.

    Raises:
        InvalidRequest: it is no such picture.
        TooManyStills: others have to be deleted first.
    """
    media_type = media_type_of(content)
    if media_type is None:
        raise InvalidRequest("This is no JPEG, PNG or WebP picture. Nothing was stored.")
    kept = session.scalar(select(func.count()).where(SetupStill.person_id == person)) or 0
    if kept >= MOST_STILLS:
        raise TooManyStills(f"There are {MOST_STILLS} stills already. Delete one, then take it again.")
    still = SetupStill(person_id=person, content=content, media_type=media_type, note=note, taken_at=now)
    session.add(still)
    session.flush()
    return still


def find_still(session: Session, person: str, still: str) -> SetupStill:
    """One still of a person.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
        still: its id.

    Raises:
        NotFound: it does not exist, or is of another person.
    """
    row = session.scalar(select(SetupStill).where(SetupStill.id == still, SetupStill.person_id == person))
    if row is None:
        raise NotFound("This still is not here.")
    return row
