"""Who is asking."""

from fastapi import APIRouter
from pydantic import BaseModel

from service.api.problems import problem_responses
from service.dependencies import CallerDependency, ServiceDependency
from service.people.caller import Role
from service.problems import NotSignedIn

router = APIRouter(prefix="/api/me", tags=["Accounts"])


class Me(BaseModel):
    """The person who makes the request.

    `accounts` is whether people sign in to this service at all.
    """

    accounts: bool
    role: Role


@router.get("", summary="Who is signed in", responses=problem_responses(NotSignedIn))
def get_me(service: ServiceDependency, caller: CallerDependency) -> Me:
    """The role of the person who makes the request: the pages show what it includes."""
    return Me(accounts=service.settings.accounts, role=caller.role)
