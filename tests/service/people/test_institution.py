"""Signing in through an institution, against a real provider of OpenID Connect."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import oidc_provider_mock
import pytest
from fastapi.testclient import TestClient
from oidc_provider_mock import User
from sqlalchemy import select, update

from service.db.account_models import Account
from service.dependencies import Service
from service.people.accounts import Accounts
from service.people.invitations import Invitations
from service.people.oidc import SIGN_IN_REFUSALS, InstitutionFailed
from tests.service.in_process import client_of, copy_database
from tests.service.signed_in import hosted_service

EMAIL = "ana@example.edu"
ENTERED = "/sign-in?next=%2Freview%2F7"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows two people, of whom one's address is not verified."""
    people = (
        User(sub="ana", claims={"email": EMAIL, "email_verified": True, "name": "Ana Lima"}),
        User(sub="bo", claims={"email": EMAIL, "email_verified": False}),
    )
    with oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def service(provider: str, tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    """Whose people can sign in at the provider."""
    copy_database(migrated_file, tmp_path / "data")
    settings = {
        "oidc_issuer": provider,
        "oidc_client_id": "greenroom",
        "oidc_client_secret": "between the two",
        "oidc_name": "Example University",
        "public_origin": "http://localhost",
    }
    with hosted_service(tmp_path / "data", **settings) as opened:
        yield opened


@pytest.fixture
def client(service: Service) -> TestClient:
    """A browser, which follows no redirect by itself."""
    return client_of(service, follow_redirects=False)


def invite(service: Service) -> None:
    with service.database.writing() as session:
        Invitations(session).create(email=EMAIL, name="A. Lima", role="adviser", by=None)


def go(client: TestClient, subject: str = "ana", path: str = "/review/7") -> str:
    """The address that the provider leads back to."""
    there = client.get("/api/sign-in/oidc", params={"next": path})
    assert there.status_code == 303
    asked = parse_qs(urlsplit(there.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"] and asked["nonce"]
    back = httpx2.post(there.headers["location"], data={"sub": subject}).headers["location"]
    assert back.startswith("http://localhost/api/sign-in/oidc/callback?")
    return back.removeprefix("http://localhost")


def come_back(client: TestClient, path: str) -> str:
    response = client.get(path, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 303
    return str(response.headers["location"])


def test_an_invited_person_signs_in_and_is_known_from_then_on(service: Service, client: TestClient) -> None:
    assert client.get("/api/sign-in/ways").json() == {
        "password": True,
        "oidc": {"name": "Example University"},
    }
    invite(service)
    assert come_back(client, go(client)) == ENTERED
    me = client.get("/api/me").json()
    assert (me["name"], me["role"], me["email"]) == ("Ana Lima", "adviser", EMAIL)
    with service.database.writing() as session:
        # An address may change: the subject counts.
        session.execute(update(Account).values(email="lima@example.edu"))
    other = client_of(service, follow_redirects=False)
    assert come_back(other, go(other)) == ENTERED
    assert other.get("/api/me").json()["person"] == me["person"]


@pytest.mark.parametrize(("subject", "problem"), [("ana", "not_invited"), ("bo", "address_not_confirmed")])
def test_nobody_gets_an_account_uninvited_or_with_an_address_that_is_not_verified(
    service: Service, client: TestClient, subject: str, problem: str
) -> None:
    if subject == "bo":
        invite(service)
    assert come_back(client, go(client, subject)) == f"/sign-in?problem={problem}"
    assert client.get("/api/me").status_code == 401
    with service.database.reading() as session:
        assert session.scalars(select(Account)).all() == []


@pytest.mark.parametrize(
    ("password_hash", "problem"), [("a hash", "account_has_password"), (None, "account_of_another")]
)
def test_an_account_is_never_linked_by_its_address(
    service: Service, client: TestClient, password_hash: str | None, problem: str
) -> None:
    with service.database.writing() as session:
        account = Accounts(session).create(email=EMAIL, name="Ana", role="applicant")
        account.password_hash = password_hash
    assert come_back(client, go(client)) == f"/sign-in?problem={problem}"
    assert client.get("/api/me").status_code == 401
    with service.database.reading() as session:
        assert session.scalars(select(Account.oidc_subject)).one() is None
    # Whose address is not verified does not learn that there is an account.
    assert come_back(client, go(client, "bo")) == "/sign-in?problem=address_not_confirmed"


def test_the_sign_in_page_has_the_words_of_each_refusal() -> None:
    page = (Path(__file__).parents[3] / "web/pages/sign-in.js").read_text(encoding="utf-8")
    for kind in (*SIGN_IN_REFUSALS, InstitutionFailed):
        found = re.search(rf'  {kind.code}:\s+"(.+?)",\n', page)
        assert found is not None and found[1] == kind().detail, kind


def test_an_answer_is_taken_from_the_browser_that_began_only(service: Service, client: TestClient) -> None:
    invite(service)
    back = go(client)
    stranger = client_of(service, follow_redirects=False)
    failed = "/sign-in?problem=institution_failed"
    assert come_back(stranger, back) == failed
    go(stranger)
    assert come_back(stranger, back) == failed, "the state is another trip's"
    assert come_back(client, back) == ENTERED
    assert come_back(client, back) == failed, "a code works once"


def test_a_suspended_account_is_not_let_in(service: Service, client: TestClient) -> None:
    invite(service)
    come_back(client, go(client))
    with service.database.writing() as session:
        session.execute(update(Account).values(state="suspended"))
    assert come_back(client, go(client)) == "/sign-in?problem=account_suspended"


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil", "x"]
)
def test_no_other_site_can_be_what_comes_next(service: Service, client: TestClient, path: str) -> None:
    invite(service)
    assert come_back(client, go(client, path=path)) == "/sign-in?next=%2F"


def test_a_provider_out_of_reach_is_said_plainly(service: Service, tmp_path: Path) -> None:
    with hosted_service(tmp_path / "other", oidc_issuer="http://127.0.0.1:9", oidc_client_id="x") as other:
        client = client_of(other, follow_redirects=False)
        assert client.get("/api/sign-in/oidc").headers["location"] == "/sign-in?problem=institution_failed"
