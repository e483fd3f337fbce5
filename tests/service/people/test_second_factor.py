"""The second factor, recovery codes, and resets, which leave the second factor as it is."""

import time
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from service.db.account_models import Account, LogEntry, ResetLink
from service.dependencies import Service
from service.people import throttle
from service.people.accounts import Accounts
from service.people.resets import Resets
from tests.service.in_process import client_of, run_command
from tests.service.signed_in import SECRET_KEY, another_browser, sign_in_as

PASSWORD = "three warm otters"
EMAIL = "ana@example.org"


@pytest.fixture
def client(hosted: Service) -> TestClient:
    """Signed in as a person who has a password."""
    with hosted.database.writing() as session:
        account = Accounts(session).create(email=EMAIL, name="Ana", role="applicant", password=PASSWORD)
    return another_browser(hosted, account.person_id).client


def propose(client: TestClient, password: str = PASSWORD) -> Response:
    return client.post("/api/account/second-factor", json={"password": password})


def turn_on(client: TestClient) -> tuple[pyotp.TOTP, list[str]]:
    """The generator of the person's codes, and their recovery codes. The code of 30 s ago is used up."""
    proposed = propose(client).raise_for_status().json()
    generator = pyotp.TOTP(proposed["secret"])
    assert proposed["address"] == generator.provisioning_uri(name=EMAIL, issuer_name="Greenroom")
    assert proposed["qr"].startswith("<svg")
    earlier = generator.at(time.time() - 30)
    codes = client.put("/api/account/second-factor", json={"code": earlier}).raise_for_status().json()
    return generator, codes["recovery_codes"]


def sign_in(service: Service, code: str | None = None) -> str:
    body = {"email": EMAIL, "password": PASSWORD, "code": code}
    response = client_of(service).post("/api/sign-in", json=body)
    return "ok" if response.status_code == 200 else str(response.json()["code"])


def test_a_code_is_asked_for_and_taken_once(hosted: Service, client: TestClient) -> None:
    generator, recovery = turn_on(client)
    assert sign_in(hosted) == "second_factor_needed"
    code = generator.now()
    assert sign_in(hosted, f"{(int(code) + 1) % 1_000_000:06d}") == "second_factor_wrong"
    assert sign_in(hosted, f" {code[:3]} {code[3:]} ") == "ok"
    assert sign_in(hosted, code) == "second_factor_wrong", "a code works once"
    assert sign_in(hosted, generator.at(time.time() - 30)) == "second_factor_wrong", "nor an older one"
    assert sign_in(hosted, recovery[3].upper().replace("-", " ")) == "ok"
    assert sign_in(hosted, recovery[3]) == "second_factor_wrong"
    assert client.get("/api/account").json()["recovery_codes_left"] == 9


def test_a_second_factor_that_was_not_confirmed_does_not_count(hosted: Service, client: TestClient) -> None:
    propose(client).raise_for_status()
    assert client.put("/api/account/second-factor", json={"code": "000000"}).status_code == 401
    assert sign_in(hosted) == "ok"


def test_an_unlocked_browser_cannot_turn_it_on(
    hosted: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/api/account/second-factor").status_code == 422
    monkeypatch.setattr(throttle, "ATTEMPTS_WITH_AN_EMAIL", 3)
    tries = [propose(client, "four cold otters") for _ in range(4)]
    assert [(each.status_code, each.json()["code"]) for each in tries] == [(403, "password_wrong")] * 3 + [
        (429, "too_many_attempts")
    ]
    assert client.put("/api/account/second-factor", json={"code": "000000"}).json()["code"] == "wrong_state"
    with hosted.database.reading() as session:
        assert session.scalars(select(Account.second_factor)).one() is None


def test_without_a_password_it_is_the_institution_s_part(hosted: Service) -> None:
    client = sign_in_as(hosted, "applicant").client
    assert propose(client).json()["code"] == "wrong_state"


def test_nothing_of_it_is_in_the_database_as_it_is(hosted: Service, client: TestClient) -> None:
    generator, recovery = turn_on(client)
    with hosted.database.reading() as session:
        account = session.scalars(select(Account)).one()
    held = f"{account.second_factor} {account.recovery_codes}"
    assert generator.secret not in held
    assert recovery[0] not in held and recovery[0].replace("-", "") not in held


def test_turning_it_off_takes_password_and_code(hosted: Service, client: TestClient) -> None:
    generator, _ = turn_on(client)

    def turn_off(password: str, code: str | None) -> object:
        body = {"password": password, "code": code}
        response = client.request("DELETE", "/api/account/second-factor", json=body)
        return response.json()["code"] if response.content else response.status_code

    assert turn_off("four cold otters", generator.now()) == "password_wrong"
    assert turn_off(PASSWORD, None) == "second_factor_needed"
    assert turn_off(PASSWORD, generator.now()) == 204
    assert sign_in(hosted) == "ok"
    notices = client.get("/api/account").json()["notices"]
    assert [notice.split(" on ")[0] for notice in notices] == [
        "The second step for signing in was turned off",
        "A second step was turned",
    ]
    assert client.delete("/api/account/notices").status_code == 204
    assert client.get("/api/account").json()["notices"] == []


def test_codes_are_limited_like_passwords(
    hosted: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(client)
    monkeypatch.setattr(throttle, "ATTEMPTS_WITH_AN_EMAIL", 3)
    assert [sign_in(hosted, "x") for _ in range(4)] == ["second_factor_wrong"] * 3 + ["too_many_attempts"]


def test_the_password_does_not_start_the_count_of_codes_anew(
    hosted: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(client)
    monkeypatch.setattr(throttle, "ATTEMPTS_WITH_AN_EMAIL", 3)
    body = {"password": PASSWORD, "code": "x"}
    tries = [client.request("DELETE", "/api/account/second-factor", json=body) for _ in range(4)]
    assert [each.json()["code"] for each in tries[:3]] == ["second_factor_wrong"] * 3
    assert tries[3].json()["code"] == "too_many_attempts"


def test_a_reset_keeps_the_second_factor_and_is_told_of(hosted: Service, client: TestClient) -> None:
    generator, _ = turn_on(client)
    administrator = sign_in_as(hosted, "administrator")
    person = client.get("/api/me").json()["person"]
    with hosted.database.writing() as session:
        token = Resets(session).start(person, by=administrator.person)
    visitor = client_of(hosted)
    assert visitor.get(f"/api/resets/{token}").json()["second_factor"] is True
    new = {"password": "nine quiet herons"}
    assert visitor.post(f"/api/resets/{token}", json=new).json()["code"] == "second_factor_needed"
    assert visitor.post(f"/api/resets/{token}", json={"password": "short"}).status_code == 422
    done = visitor.post(f"/api/resets/{token}", json={**new, "code": generator.now()})
    assert done.status_code == 204
    assert visitor.post(f"/api/resets/{token}", json=new).status_code == 404
    assert client.get("/api/me").status_code == 401, "all sessions have ended"
    assert sign_in(hosted) == "sign_in_failed"
    again = another_browser(hosted, person).client
    notices = again.get("/api/account").json()["notices"]
    assert "Your office made a link" in notices[1] and "A new password was set" in notices[0]
    with hosted.database.reading() as session:
        entries = {entry.action: entry.actor for entry in session.scalars(select(LogEntry))}
    assert entries["reset_started"] == administrator.person
    assert entries["password_reset"] == person


def test_a_reset_link_is_replaced_and_grows_old(hosted: Service, client: TestClient) -> None:
    person = client.get("/api/me").json()["person"]
    with hosted.database.writing() as session:
        earlier = Resets(session).start(person, by=None)
        later = Resets(session).start(person, by=None)
    visitor = client_of(hosted)
    assert visitor.get(f"/api/resets/{earlier}").status_code == 404
    assert visitor.get(f"/api/resets/{later}").status_code == 200
    with hosted.database.writing() as session:
        session.scalars(select(ResetLink)).one().expires_at -= timedelta(days=2)
    assert visitor.get(f"/api/resets/{later}").status_code == 404


def test_a_changed_password_signs_out_elsewhere(hosted: Service, client: TestClient) -> None:
    person = client.get("/api/me").json()["person"]
    other = another_browser(hosted, person, headers={"user-agent": "x"}).client

    def change(current: str, new: str) -> object:
        response = client.put("/api/account/password", json={"current": current, "new": new})
        return response.json()["code"] if response.content else response.status_code

    assert change("four cold otters", "nine quiet herons") == "password_wrong"
    assert change(PASSWORD, "short") == "unsuitable_password"
    assert change(PASSWORD, "nine quiet herons") == 204
    assert client.get("/api/me").status_code == 200
    assert other.get("/api/me").status_code == 401
    assert sign_in(hosted) == "sign_in_failed"


def test_sessions_are_listed_and_ended_by_their_person_only(hosted: Service, client: TestClient) -> None:
    person = client.get("/api/me").json()["person"]
    other = another_browser(hosted, person).client
    items = client.get("/api/account/sign-in-sessions").json()["items"]
    assert sorted(item["current"] for item in items) == [False, True]
    identifier = next(item["id"] for item in items if not item["current"])
    stranger = sign_in_as(hosted, "administrator").client
    assert stranger.delete(f"/api/account/sign-in-sessions/{identifier}").status_code == 404
    assert client.delete(f"/api/account/sign-in-sessions/{identifier}").status_code == 204
    assert other.get("/api/me").status_code == 401
    assert client.delete(f"/api/account/sign-in-sessions/{identifier}").status_code == 404


def test_name_and_time_zone_can_be_changed(client: TestClient) -> None:
    changed = client.patch("/api/account", json={"name": " Ana Lima ", "time_zone": " Asia/Calcutta"}).json()
    assert (changed["name"], changed["time_zone"]) == ("Ana Lima", "Asia/Kolkata")
    assert client.patch("/api/account", json={"time_zone": "Mars"}).status_code == 422
    assert client.patch("/api/account", json={"name": "  "}).status_code == 422
    assert client.get("/api/account").json()["name"] == "Ana Lima"


def test_who_runs_the_machine_can_remove_a_second_factor(
    either: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with either.database.writing() as session:
        account = Accounts(session).create(email=EMAIL, name="Ana", role="applicant", password=PASSWORD)
    client = another_browser(either, account.person_id).client
    turn_on(client)

    def remove(email: str = EMAIL, accounts: str = "true") -> tuple[int, str]:
        done = run_command(
            "remove-second-factor",
            email,
            folder=either.settings.data_folder,
            GREENROOM_ACCOUNTS=accounts,
            GREENROOM_SECRET_KEY=SECRET_KEY,
            GREENROOM_DATABASE_URL=either.settings.database_url,
        )
        return done.returncode, done.stdout + done.stderr

    refusals = [remove("bo@example.org"), remove("bo"), remove(accounts="false")]
    assert [status for status, _ in refusals] == [2, 2, 2]
    assert "no account" in refusals[0][1] and "no e-mail address" in refusals[1][1]
    assert sign_in(either) == "second_factor_needed"
    assert client.get("/api/me").status_code == 200
    caplog.set_level("DEBUG")
    assert remove()[0] == 0
    assert EMAIL not in caplog.text
    assert client.get("/api/me").status_code == 401, "all sessions have ended"
    assert sign_in(either) == "ok"
    again = another_browser(either, account.person_id).client.get("/api/account").json()
    assert again["notices"][0].startswith("Those who run Greenroom here removed your second step")
    assert (again["second_factor"], again["recovery_codes_left"]) == (False, 0)
    with either.database.reading() as session:
        entry = session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert entry is not None
    assert (entry.action, entry.actor, entry.subject) == ("second_factor_removed", None, account.person_id)
    assert entry.details is None
    status, text = remove()
    assert (status, "no second step" in text) == (2, True)
