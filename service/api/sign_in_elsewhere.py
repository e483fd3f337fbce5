"""Signing in through the institution (OpenID Connect): to its page and back."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from service.api.problems import problem_responses
from service.api.sign_in import require_accounts, visitor_of
from service.api.sign_in_cookie import set_sign_in_cookie
from service.dependencies import Service, ServiceDependency
from service.people.links import own_path
from service.people.oidc import (
    SECONDS_TO_SIGN_IN,
    SIGN_IN_REFUSALS,
    Institution,
    InstitutionFailed,
    person_of,
)
from service.people.sign_in_sessions import start_session
from service.problems import NotForThisRole, NotFound, Problem

router = APIRouter(prefix="/api/sign-in/oidc", tags=["Accounts"])

_CALLBACK = "/api/sign-in/oidc/callback"
Text = Annotated[str | None, Query(max_length=4096)]


@router.get(
    "",
    summary="Sign in through the institution",
    status_code=303,
    response_class=RedirectResponse,
    responses=problem_responses(NotForThisRole, NotFound),
)
def go_there(request: Request, service: ServiceDependency, next: Text = None) -> RedirectResponse:
    """Leads to the institution's page. `next` is the page that the person wanted, a path of this service."""
    institution = _institution(service, request)
    try:
        address, sealed = institution.begin(own_path(next))
    except InstitutionFailed as problem:
        return _to_sign_in(problem)
    response = RedirectResponse(address, status_code=303)
    # It has to come back with a link from the institution's page: SameSite=Lax allows that, Strict would not.
    response.set_cookie(
        _cookie(service),
        sealed,
        max_age=SECONDS_TO_SIGN_IN,
        path="/",
        httponly=True,
        samesite="lax",
        secure=service.settings.is_secure,
    )
    return response


@router.get(
    "/callback",
    summary="Back from the institution",
    status_code=303,
    response_class=RedirectResponse,
    responses=problem_responses(NotForThisRole, NotFound),
)
def come_back(
    request: Request, service: ServiceDependency, code: Text = None, state: Text = None
) -> RedirectResponse:
    """Signs the person in and leads to the page that they wanted, or to the sign-in page, with a problem."""
    institution = _institution(service, request)
    visitor = visitor_of(request, service)
    response: RedirectResponse
    try:
        identity, path = institution.end(request.cookies.get(_cookie(service)), code=code, state=state)
        with service.database.writing() as session:
            account = person_of(session, identity)
            token = start_session(session, account.person_id, browser=visitor.browser, ending=visitor.token)
    except (InstitutionFailed, *SIGN_IN_REFUSALS) as problem:
        response = _to_sign_in(problem)
    else:
        # The sign-in page first: it has the browser put aside what it keeps of another person.
        response = RedirectResponse(f"/sign-in?{urlencode({'next': path})}", status_code=303)
        set_sign_in_cookie(response, service.settings, token)
    response.delete_cookie(_cookie(service), path="/", secure=service.settings.is_secure, httponly=True)
    return response


def _to_sign_in(problem: Problem) -> RedirectResponse:
    return RedirectResponse(f"/sign-in?problem={problem.code}", status_code=303)


def _cookie(service: Service) -> str:
    return "__Host-greenroom-institution" if service.settings.is_secure else "greenroom-institution"


def _institution(service: Service, request: Request) -> Institution:
    require_accounts(service)
    if not service.settings.oidc_issuer:
        raise NotFound("People sign in with a password here.")
    origin = service.settings.public_origin or str(request.base_url).rstrip("/")
    return Institution(service.settings, f"{origin}{_CALLBACK}")
