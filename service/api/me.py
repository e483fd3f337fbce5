"""Who is asking."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from service.api.problems import problem_responses
from service.db.models import LOCAL_PERSON
from service.dependencies import CallerDependency, Service, ServiceDependency
from service.people.accounts import Accounts
from service.people.caller import Caller, Role
from service.problems import NotSignedIn

router = APIRouter(prefix="/api/me", tags=["Accounts"])


class Me(BaseModel):
    """The person who makes the request. Without accounts only `person` and `role` are set."""

    accounts: bool = Field(description="Whether people sign in to this service at all.")
    person: str = Field(description="Id: what a browser keeps belongs to this person.")
    role: Role
    name: str | None
    email: str | None
    time_zone: str | None


@router.get("", summary="Who is signed in", responses=problem_responses(NotSignedIn))
def get_me(service: ServiceDependency, caller: CallerDependency) -> Me:
    """The role of the person who makes the request: the pages show what it includes."""
    return me_of(service, caller)


def me_of(service: Service, caller: Caller) -> Me:
    """What a person's pages need to know of them."""
    if not service.settings.accounts:
        return Me(accounts=False, person=LOCAL_PERSON, role="local", name=None, email=None, time_zone=None)
    with service.database.reading() as session:
        account = Accounts(session).get(caller.person)
    return Me(
        accounts=True,
        person=caller.person,
        role=caller.role,
        name=account.name,
        email=account.email,
        time_zone=account.time_zone,
    )
