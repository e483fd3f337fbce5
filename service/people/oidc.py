"""Signing in through an institution, with OpenID Connect: the code flow with PKCE, state and nonce.

An account is found by the issuer and the subject of the identity token. The first time, an open invitation
to the same e-mail address links the two, if the institution says that it has verified the address. Nobody
gets an account without an invitation, and an account that was made with a password is never linked: an
institution can give an address to somebody else later. What is refused says why only to a person whose
address is verified.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.account_models import Account
from service.people import log
from service.people.accounts import Accounts, folded_email
from service.people.invitations import Invitations
from service.people.sealing import Seal
from service.people.sign_in import AccountSuspended
from service.problems import Problem
from service.settings import Settings

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with the institution's own key. One with the shared secret, or none, is not taken."""

SECONDS_TO_SIGN_IN = 600
"""How long a person may take on the institution's page."""

_PATIENCE = 10.0
"""Seconds for a request to the institution's server."""

_CLOCK_LEEWAY = 60
"""Seconds that the clocks of two servers may differ."""

_METADATA_KEPT = 3600.0
"""Seconds for which the institution's addresses and keys are kept: it changes keys now and then."""


class InstitutionFailed(Problem):
    """The institution's sign-in could not be reached, or answered something that cannot be trusted."""

    status, code, title = 502, "institution_failed", "The sign-in of your institution did not work"

    def __init__(self) -> None:
        super().__init__("The sign-in of your institution did not work. Please try again.")


class NotInvited(Problem):
    """The institution knows the person; the office has not invited them."""

    status, code, title = 403, "not_invited", "You have no invitation yet"

    def __init__(self) -> None:
        super().__init__("Your office has not invited this e-mail address yet. Ask your office.")


class AddressNotConfirmed(Problem):
    """The institution does not say that it has verified the person's address."""

    status, code, title = 403, "address_not_confirmed", "Your e-mail address is not confirmed"

    def __init__(self) -> None:
        super().__init__(
            "Your institution has not confirmed your e-mail address. "
            "Sign in with your password, or use the link of your invitation."
        )


class AccountHasPassword(Problem):
    """There is an account with this address, whose person signs in with a password."""

    status, code, title = 403, "account_has_password", "You have an account with a password"

    def __init__(self) -> None:
        super().__init__(
            "You have an account with a password here. Sign in with your e-mail address and that password."
        )


class AccountOfAnother(Problem):
    """There is an account with this address, for another identity at the institution."""

    status, code, title = 403, "account_of_another", "This address has another account"

    def __init__(self) -> None:
        super().__init__(
            "An account with your e-mail address belongs to another sign-in of your institution. "
            "Ask your office."
        )


SIGN_IN_REFUSALS = (NotInvited, AddressNotConfirmed, AccountHasPassword, AccountOfAnother, AccountSuspended)
"""Why somebody whom the institution knows is not let in."""


@dataclass(frozen=True)
class Trip:
    """What the browser keeps, sealed, while its person is on the institution's page.

    Attributes:
        state: comes back with the answer, and ties it to this browser.
        nonce: comes back inside the identity token, and ties it to this trip.
        verifier: proves that whoever redeems the code began the trip (PKCE).
        next: path of the page that the person wanted.
        began: seconds since 1970.
    """

    state: str
    nonce: str
    verifier: str
    next: str
    began: float


@dataclass(frozen=True)
class Identity:
    """Who the institution says that a person is. `email` is None unless it has verified the address."""

    issuer: str
    subject: str
    email: str | None
    name: str | None


class Institution:
    """The institution's sign-in.

    Args:
        settings: with the four about it.
        callback: address to which the institution's page leads back.
    """

    def __init__(self, settings: Settings, callback: str) -> None:
        self._settings = settings
        self._callback = callback
        self._seal = Seal(settings.secret_key.get_secret_value(), "sign-in through an institution")

    def begin(self, next_path: str) -> tuple[str, str]:
        """The address of the institution's page, and the sealed trip for the browser to keep.

        Raises:
            InstitutionFailed: it cannot be reached.
        """
        trip = Trip(
            state=secrets.token_urlsafe(),
            nonce=secrets.token_urlsafe(),
            verifier=secrets.token_urlsafe(48),
            next=next_path,
            began=time.time(),
        )
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=trip.state,
                nonce=trip.nonce,
                code_verifier=trip.verifier,
            )
        return address, self._seal.close(json.dumps(asdict(trip)))

    def end(self, sealed: str | None, *, code: str | None, state: str | None) -> tuple[Identity, str]:
        """Who has signed in there, and the path of the page that they wanted.

        Args:
            sealed: the trip that the browser kept.
            code: that the institution's page led back with.
            state: that it led back with.

        Raises:
            InstitutionFailed: the answer belongs to no trip of this browser, or cannot be trusted.
        """
        opened = None if sealed is None else self._seal.open(sealed)
        if opened is None or state is None or code is None:
            raise InstitutionFailed
        trip = Trip(**json.loads(opened))
        late = time.time() - trip.began > SECONDS_TO_SIGN_IN
        if late or not secrets.compare_digest(trip.state.encode(), state.encode()):
            raise InstitutionFailed
        return self._identity(code, trip), trip.next

    def _identity(self, code: str, trip: Trip) -> Identity:
        from authlib.common.errors import AuthlibBaseError
        from httpx2 import HTTPError
        from joserfc.errors import JoseError

        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=code,
                    redirect_uri=self._callback,
                    code_verifier=trip.verifier,
                )
                claims = self._claims(str(token["id_token"]), trip.nonce)
                if "email" not in claims and "userinfo_endpoint" in self._metadata():
                    more = client.get(self._metadata()["userinfo_endpoint"]).raise_for_status().json()
                    claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
        except (AuthlibBaseError, HTTPError, JoseError, KeyError, TypeError, ValueError) as error:
            raise InstitutionFailed from error
        email, name = claims.get("email"), claims.get("name")
        verified = claims.get("email_verified") is True and isinstance(email, str)
        return Identity(
            issuer=str(claims["iss"]),
            subject=str(claims["sub"]),
            email=folded_email(str(email)) if verified else None,
            name=name if isinstance(name, str) else None,
        )

    def _claims(self, id_token: str, nonce: str) -> Mapping[str, Any]:
        """What an identity token says, once its signature, issuer, audience, time and nonce are checked."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.jwk import KeySet

        decoded = jwt.decode(id_token, KeySet.import_key_set(self._keys()), algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": self._metadata()["issuer"]},
                "aud": {"essential": True, "value": self._settings.oidc_client_id},
            },
            params={"nonce": nonce, "client_id": self._settings.oidc_client_id},
        )
        claims.validate(leeway=_CLOCK_LEEWAY)
        return dict(claims)

    def _client(self) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self._settings.oidc_client_id,
            self._settings.oidc_client_secret.get_secret_value(),
            scope="openid email profile",
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _metadata(self) -> Mapping[str, Any]:
        issuer = self._settings.oidc_issuer.rstrip("/")
        metadata = _fetched(f"{issuer}/.well-known/openid-configuration", _period())
        if str(metadata.get("issuer", "")).rstrip("/") != issuer:
            raise InstitutionFailed
        return metadata

    def _keys(self) -> Any:
        return _fetched(str(self._metadata()["jwks_uri"]), _period())


def person_of(session: Session, identity: Identity) -> Account:
    """The account of a person who has signed in at the institution; made now if they were invited.

    Args:
        session: of `Database.writing`.
        identity: who they are there.

    Raises:
        NotInvited: there is neither an account nor an invitation.
        AddressNotConfirmed: the same, and the institution has not verified the address.
        AccountHasPassword: the account with this address has a password.
        AccountOfAnother: the account with this address is linked to another identity.
        service.people.sign_in.AccountSuspended: an administrator has suspended the account.
    """
    account = session.scalar(
        select(Account)
        .where(Account.oidc_issuer == identity.issuer, Account.oidc_subject == identity.subject)
        .with_for_update()
    )
    if account is None:
        account = _linked(session, identity)
    if account.state != "active":
        raise AccountSuspended
    return account


def _linked(session: Session, identity: Identity) -> Account:
    if identity.email is None:
        raise AddressNotConfirmed
    known = Accounts(session).with_email(identity.email)
    if known is not None:
        raise AccountOfAnother if known.password_hash is None else AccountHasPassword
    invitation = Invitations(session).open_for(identity.email)
    if invitation is None:
        raise NotInvited
    account = Invitations(session).accept(invitation, name=identity.name, password_hash=None, time_zone=None)
    account.oidc_issuer, account.oidc_subject = identity.issuer, identity.subject
    log.record(session, actor=account.person_id, action="institution_linked", subject=account.person_id)
    return account


def _period() -> int:
    """Changes when what was fetched is to be fetched again."""
    return int(time.monotonic() / _METADATA_KEPT)


@lru_cache(maxsize=8)
def _fetched(address: str, _: int) -> Mapping[str, Any]:
    """What the institution says under an address.

    Raises:
        InstitutionFailed: it cannot be reached, or says something else.
    """
    import httpx2

    try:
        content = httpx2.get(address, timeout=_PATIENCE).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as error:
        raise InstitutionFailed from error
    if not isinstance(content, dict):
        raise InstitutionFailed
    return content
