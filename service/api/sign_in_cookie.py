"""The cookie that holds the token of a sign-in session.

Scripts cannot read it (HttpOnly), it is not sent with requests that another site's page makes except when a
link is followed (SameSite=Lax), and over HTTPS it is never sent without encryption (Secure).
"""

from fastapi import Request, Response

from service.people.sign_in_sessions import cookie_name
from service.settings import Settings


def sign_in_token(request: Request, settings: Settings) -> str | None:
    """The token that the browser sent, whether or not its session is still valid."""
    return request.cookies.get(cookie_name(secure=settings.is_secure))


def set_sign_in_cookie(response: Response, settings: Settings, token: str) -> None:
    """Has the browser keep the token until the session ends in any case."""
    response.set_cookie(
        cookie_name(secure=settings.is_secure),
        token,
        max_age=round(settings.sign_in_lifetime),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
    )


def delete_sign_in_cookie(response: Response, settings: Settings) -> None:
    """Has the browser forget the token."""
    response.delete_cookie(
        cookie_name(secure=settings.is_secure),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
    )
