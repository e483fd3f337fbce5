"""Signing in with a password, and the session that begins with it."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from service.db.account_models import Account, Invitation, SignInAttempt, SignInSession
from service.dependencies import Service
from service.people import sign_in_sessions, throttle
from service.people.accounts import Accounts
from service.people.invitations import Invitations
from service.people.passwords import check_password
from tests.service.in_process import client_of
from tests.service.signed_in import another_browser, sign_in_as

PASSWORD = "three warm otters"
EMAIL = "ana@example.org"


def invite(service: Service, **values: str) -> str:
    with service.database.writing() as session:
        return Invitations(session).create(
            **{"email": EMAIL, "name": "Ana", "role": "applicant", "by": None, **values}  # type: ignore[arg-type]
        )


def join(service: Service, **values: str) -> TestClient:
    client = client_of(service)
    new = {"name": "Ana Lima", "password": PASSWORD, "time_zone": "America/New_York"}
    client.post(f"/api/invitations/{invite(service, **values)}", json=new).raise_for_status()
    return client


def sign_in(
    client: TestClient, password: str = PASSWORD, email: str = EMAIL, **more: str
) -> dict[str, object]:
    response = client.post("/api/sign-in", json={"email": email, "password": password, **more})
    return {"status": response.status_code, **response.json()}


def test_an_invitation_becomes_an_account_once(hosted: Service) -> None:
    token = invite(hosted)
    client = client_of(hosted)
    assert client.get("/api/me").json()["code"] == "not_signed_in"
    assert client.get(f"/api/invitations/{token}").json()["email"] == EMAIL
    new = {"name": "Ana Lima", "password": PASSWORD, "time_zone": "America/New_York"}
    made = client.post(f"/api/invitations/{token}", json=new)
    assert made.status_code == 201
    assert made.json() == client.get("/api/me").json()
    assert {**made.json(), "person": ""} == {
        "accounts": True,
        "person": "",
        "role": "applicant",
        "name": "Ana Lima",
        "email": EMAIL,
        "time_zone": "America/New_York",
    }
    assert client.get("/api/answers").json()["items"] == []
    assert client.get(f"/api/invitations/{token}").status_code == 404
    assert client.post(f"/api/invitations/{token}", json=new).status_code == 404


def test_an_old_invitation_is_refused(hosted: Service) -> None:
    token = invite(hosted)
    with hosted.database.writing() as session:
        row = session.scalars(select(Invitation)).one()
        row.expires_at = row.created_at - timedelta(days=1)
    new = {"name": "Ana Lima", "password": PASSWORD}
    assert client_of(hosted).post(f"/api/invitations/{token}", json=new).status_code == 404


def test_passwords_are_hashed_with_the_parameters_of_the_library(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    client = join(hosted)
    with hosted.database.reading() as session:
        hashed = session.scalars(select(Account.password_hash)).one()
    assert hashed is not None
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert sign_in(client)["status"] == 200


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "ana@example.org",
        "Ana Lima 2026",
        "aaaaaaaaaaaaaaaa",
        "x" * 300,
        "password1234",
        "Qwertyuiop12",
        "iloveyou1234",
        "letmeinletmein",
        "123456789012",
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused(hosted: Service, password: str) -> None:
    token = invite(hosted)
    new = {"name": "Ana Lima", "password": password}
    refused = client_of(hosted).post(f"/api/invitations/{token}", json=new)
    assert (refused.status_code, refused.json()["code"]) == (422, "unsuitable_password")
    assert client_of(hosted).get(f"/api/invitations/{token}").status_code == 200


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery", "ana likes otters", "ß" * 4 + "ÿλ語字" * 3]
)
def test_a_few_words_are_good(password: str) -> None:
    check_password(password, email=EMAIL, name="Ana Lima")


def test_a_laptop_never_reads_the_lists_of_common_passwords() -> None:
    code = "import sys, service.app, service.people.passwords; print('zxcvbn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_signing_in_and_out(hosted: Service) -> None:
    first = join(hosted)
    client = client_of(hosted)
    assert sign_in(client, email="  Ana@Example.org ")["status"] == 200
    cookie = next(iter(client.cookies.jar))
    assert (cookie.name, cookie.path, cookie.secure) == ("greenroom", "/", False)
    assert {name.lower() for name in cookie._rest} == {"httponly", "samesite"}
    token = str(cookie.value)
    with hosted.database.reading() as session:
        assert token not in session.scalars(select(SignInSession.token_hash)).all()
    assert client.post("/api/sign-out").status_code == 204
    assert client.get("/api/me").status_code == 401
    client.cookies.set("greenroom", token)
    assert client.get("/api/me").status_code == 401, "the session has ended, not only the cookie"
    assert first.get("/api/me").status_code == 200


def test_a_new_session_begins_with_each_sign_in(hosted: Service) -> None:
    client = join(hosted)
    before = client.cookies["greenroom"]
    assert sign_in(client)["status"] == 200
    assert client.cookies["greenroom"] != before
    stale = client_of(hosted)
    stale.cookies.set("greenroom", before)
    assert stale.get("/api/me").status_code == 401


def test_unknown_and_wrong_get_the_same_answer_after_the_same_work(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pwdlib import PasswordHash

    join(hosted)
    verified: list[str] = []
    original = PasswordHash.verify

    def verify(self: PasswordHash, password: str, hashed: str) -> bool:
        verified.append(hashed.rsplit("$", 2)[0])
        return original(self, password, hashed)

    monkeypatch.setattr(PasswordHash, "verify", verify)
    client = client_of(hosted)
    wrong = sign_in(client, "four cold otters")
    unknown = sign_in(client, email="nobody@example.org")
    assert wrong == unknown
    assert (wrong["status"], wrong["code"]) == (401, "sign_in_failed")
    assert len(verified) == 2
    assert verified[0] == verified[1], "the parameters of the hash decide how long it takes"


def test_attempts_are_limited_by_account_and_by_address(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "ATTEMPTS_WITH_AN_EMAIL", 2)
    monkeypatch.setattr(throttle, "ATTEMPTS_FROM_AN_ADDRESS", 4)
    join(hosted)
    client = client_of(hosted)
    assert [sign_in(client, "wrong" * 4)["status"] for _ in range(2)] == [401, 401]
    response = client.post("/api/sign-in", json={"email": EMAIL, "password": PASSWORD})
    assert (response.status_code, response.json()["code"]) == (429, "too_many_attempts")
    assert 0 < int(response.headers["retry-after"]) <= 900
    others = [sign_in(client, email=f"other{number}@example.org")["status"] for number in range(3)]
    assert others == [401, 401, 429]
    with hosted.database.writing() as session:
        for row in session.scalars(select(SignInAttempt)):
            row.at -= throttle.WINDOW + timedelta(seconds=1)
    assert sign_in(client)["status"] == 200
    with hosted.database.reading() as session:
        assert session.scalars(select(SignInAttempt)).all() == []


def test_a_session_ends_unused_and_in_any_case(hosted: Service) -> None:
    signed_in = sign_in_as(hosted, "applicant")

    def set_back(**seconds: float) -> None:
        with hosted.database.writing() as session:
            row = session.scalars(select(SignInSession)).one()
            for name, value in seconds.items():
                setattr(row, name, getattr(row, name) - timedelta(seconds=value))

    set_back(last_used_at=hosted.settings.sign_in_idle - 100)
    assert signed_in.client.get("/api/me").status_code == 200
    # The request counted as a use.
    set_back(last_used_at=hosted.settings.sign_in_idle - 100)
    assert signed_in.client.get("/api/me").status_code == 200
    set_back(last_used_at=hosted.settings.sign_in_idle + 100)
    assert signed_in.client.get("/api/me").status_code == 401
    another = another_browser(hosted, signed_in.person)
    with hosted.database.writing() as session:
        for row in session.scalars(select(SignInSession)):
            row.created_at -= timedelta(seconds=hosted.settings.sign_in_lifetime + 1)
    assert another.client.get("/api/me").status_code == 401


def test_a_request_costs_one_read_for_its_session(hosted: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in = sign_in_as(hosted, "applicant")
    used = []
    for name in ("reading", "writing"):
        original = getattr(type(hosted.database), name)

        def count(self: object, name: str = name, original: object = original) -> object:
            used.append(name)
            return original(self)  # type: ignore[operator]

        monkeypatch.setattr(type(hosted.database), name, count)
    limits = sign_in_sessions.Limits(100, 100)
    assert sign_in_sessions.find_session(hosted.database, signed_in.token, limits) is not None
    assert used == ["reading"]


def test_a_suspended_account_is_out_at_once(hosted: Service) -> None:
    client = join(hosted)
    with hosted.database.writing() as session:
        session.execute(update(Account).values(state="suspended"))
    assert client.get("/api/answers").status_code == 401
    assert sign_in(client)["code"] == "account_suspended"
    assert sign_in(client, "four cold otters")["code"] == "sign_in_failed"


def test_roles_reach_what_is_theirs(hosted: Service) -> None:
    statuses = {
        role: sign_in_as(hosted, role).client.get("/api/answers").status_code  # type: ignore[arg-type]
        for role in ("applicant", "adviser", "administrator")
    }
    assert statuses == {"applicant": 200, "adviser": 200, "administrator": 403}
    assert client_of(hosted).get("/api/answers").status_code == 401


def test_people_have_answers_of_their_own(hosted: Service) -> None:
    one, other = sign_in_as(hosted, "applicant"), sign_in_as(hosted, "applicant")
    answer = one.client.post("/api/answers", json={"title": "Mine"}).json()["id"]
    assert one.client.get(f"/api/answers/{answer}").status_code == 200
    assert other.client.get(f"/api/answers/{answer}").status_code == 404
    assert other.client.get("/api/answers").json()["items"] == []


def test_deleting_everything_deletes_the_account(hosted: Service) -> None:
    client = join(hosted)
    person = client.get("/api/me").json()["person"]
    assert client.delete("/api/everything").status_code == 204
    assert client.get("/api/me").status_code == 401
    with hosted.database.reading() as session:
        assert Accounts(session).with_email(EMAIL) is None
    for path in hosted.settings.data_folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(text.encode() in content for text in (EMAIL, "Ana Lima", person)), path.name


def test_the_export_contains_the_account(hosted: Service) -> None:
    client = join(hosted)
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/export").content))
    account = json.loads(archive.read("account.json"))
    assert (account["email"], account["name"], account["role"]) == (EMAIL, "Ana Lima", "applicant")
    assert [entry["action"] for entry in account["log"]] == ["joined"]
    assert len(account["browsers"]) == 1
    assert "argon2" not in json.dumps(account)


def test_without_accounts_nobody_signs_in(client: TestClient) -> None:
    assert client.get("/api/me").json() == {
        "accounts": False,
        "person": "local",
        "role": "local",
        "name": None,
        "email": None,
        "time_zone": None,
    }
    refused = client.post("/api/sign-in", json={"email": EMAIL, "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_this_role")
