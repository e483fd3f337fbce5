"""What is done with recordings, and for whom the pages work. Also for people who are not signed in yet."""

from fastapi import APIRouter
from pydantic import BaseModel

from service.dependencies import ServiceDependency
from service.hosting.privacy import statement

router = APIRouter(prefix="/api/privacy", tags=["About"])


class PrivacySection(BaseModel):
    """A heading with what it says."""

    id: str
    title: str
    points: list[str]


class Privacy(BaseModel):
    """The page 'Privacy and accessibility'.

    `pages` are the names of the pages that are checked for accessibility.
    """

    sections: list[PrivacySection]
    pages: list[str]


@router.get("", summary="Privacy and accessibility")
def get_privacy(service: ServiceDependency) -> Privacy:
    """What holds for this set-up. Every statement is one that a test of Greenroom checks, or advice."""
    said = statement()
    accounts = service.settings.accounts
    return Privacy(
        sections=[
            PrivacySection(id=each.id, title=each.title, points=said.texts(each, accounts=accounts))
            for each in said.sections
        ],
        pages=[page.name for page in said.pages],
    )
