"""What a service where people sign in needs, and what browsers and proxies are told."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy import select

from service.db.account_models import SignInAttempt
from service.dependencies import Service
from service.people.mail import Mail
from service.people.requirements import AccountsNotSafeError, check_accounts
from service.people.throttle import source_of_address
from service.settings import Settings
from tests.service.in_process import client_of, copy_database, run_command
from tests.service.signed_in import SECRET_KEY, hosted_service, sign_in_as


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"secret_key": "x" * 31}, "GREENROOM_SECRET_KEY"),
        ({"public_origin": "http://greenroom.example.edu"}, "read the passwords"),
        ({"host": "0.0.0.0"}, "GREENROOM_PUBLIC_ORIGIN"),
        ({"mail_server": "mail.example.edu", "mail_from": "a@b"}, "GREENROOM_MAIL_SERVER"),
        ({"mail_server": "smtp://mail.example.edu"}, "GREENROOM_MAIL_FROM"),
        ({"oidc_issuer": "http://login.example.edu"}, "GREENROOM_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example.edu"}, "GREENROOM_OIDC_CLIENT_ID"),
    ],
)
def test_unsafe_settings_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(AccountsNotSafeError, match=said):
        check_accounts(Settings(**{"accounts": True, "secret_key": SECRET_KEY, **settings}))


@pytest.mark.parametrize("origin", ["https://greenroom.example.edu", "http://127.0.0.1:8414", ""])
def test_safe_settings_are_taken(origin: str) -> None:
    check_accounts(Settings(accounts=True, secret_key=SECRET_KEY, public_origin=origin))  # type: ignore[arg-type]
    check_accounts(Settings())


def test_serve_does_not_start_with_unsafe_settings(tmp_path: Path) -> None:
    tried = run_command("serve", folder=tmp_path / "data", GREENROOM_ACCOUNTS="true")
    assert tried.returncode == 2
    assert "GREENROOM_SECRET_KEY" in tried.stderr
    assert not (tmp_path / "data").exists()


def test_the_first_administrator_is_made_from_the_command_line(hosted: Service) -> None:
    def run(email: str = "office@example.org", accounts: str = "true") -> tuple[int, str]:
        done = run_command(
            "create-administrator",
            email,
            folder=hosted.settings.data_folder,
            GREENROOM_ACCOUNTS=accounts,
            GREENROOM_SECRET_KEY=SECRET_KEY,
            GREENROOM_PUBLIC_ORIGIN="https://greenroom.example.org",
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    status, text = run()
    link = text.splitlines()[-1]
    assert (status, link.startswith("https://greenroom.example.org/invitations/")) == (0, True)
    client = client_of(hosted)
    new = {"name": "Office", "password": "three warm otters"}
    token = link.rpartition("/")[2]
    made = client.post(f"/api/invitations/{token}", json=new).raise_for_status()
    assert made.json()["role"] == "administrator"
    status, text = run()
    assert status == 0
    reset = client.get(f"/api/resets/{text.rpartition('/')[2]}").raise_for_status()
    assert reset.json()["email"] == "office@example.org"
    assert run("nobody")[0] == 2
    assert run(accounts="false")[0] == 2


@pytest.fixture
def secure(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    """A service that browsers reach over HTTPS."""
    copy_database(migrated_file, tmp_path / "secure")
    with hosted_service(tmp_path / "secure", public_origin="https://localhost") as opened:
        yield opened


def test_the_cookie_is_for_https_and_this_host_only(secure: Service, client: TestClient) -> None:
    sign_in_as(secure, "applicant")
    response = client_of(secure).post("/api/sign-out")
    flags = response.headers["set-cookie"].lower()
    assert flags.startswith("__host-greenroom=")
    assert all(flag in flags for flag in ("httponly", "secure", "samesite=lax", "path=/"))
    assert "domain" not in flags
    # Nor is the browser ever to come back without encryption.
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in client.get("/").headers


def test_nothing_of_a_signed_in_person_is_stored_by_the_browser(hosted: Service, client: TestClient) -> None:
    signed_in = sign_in_as(hosted, "applicant").client
    assert signed_in.get("/api/me").headers["cache-control"] == "no-store"
    assert signed_in.get("/api/export").headers["cache-control"] == "no-store"
    assert signed_in.get("/sign-in").headers["cache-control"] != "no-store"
    assert client.get("/api/me").headers["cache-control"] == "no-cache"


def test_another_persons_page_does_nothing(hosted: Service) -> None:
    first, second = sign_in_as(hosted, "applicant"), sign_in_as(hosted, "applicant")
    headers = {"greenroom-person": first.person}
    assert first.client.get("/api/answers", headers=headers).status_code == 200
    refused = second.client.post("/api/answers", json={}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_in_as_another")
    assert second.client.get("/api/answers").json()["total"] == 0


@pytest.mark.parametrize(
    ("forwarded", "proxies", "counted"),
    [
        ("203.0.113.7", "127.0.0.1", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "127.0.0.1", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7, 10.1.2.3", "127.0.0.1,10.0.0.0/8", "203.0.113.7"),
        ("203.0.113.7", "10.0.0.0/8", "127.0.0.1"),
        ("2001:db8::1", "127.0.0.1", "2001:db8::2"),
        ("nonsense", "127.0.0.1", "nonsense"),
    ],
)
def test_attempts_are_counted_for_the_address_that_a_trusted_proxy_gives(
    tmp_path: Path, migrated_file: Path, forwarded: str, proxies: str, counted: str
) -> None:
    copy_database(migrated_file, tmp_path / "data")
    with hosted_service(tmp_path / "data", trusted_proxies=proxies) as service:
        client = client_of(service, client=("127.0.0.1", 50000))
        body = {"email": "nobody@example.org", "password": "three warm otters"}
        client.post("/api/sign-in", json=body, headers={"x-forwarded-for": forwarded})
        with service.database.reading() as session:
            assert source_of_address(counted) in session.scalars(select(SignInAttempt.source)).all()


def test_a_socket_for_ipv6_counts_each_ipv4_address_for_itself(hosted: Service) -> None:
    client = client_of(hosted, client=("::ffff:127.0.0.1", 50000))
    body = {"email": "nobody@example.org", "password": "three warm otters"}
    for address in ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.8"):
        client.post("/api/sign-in", json=body, headers={"x-forwarded-for": address})
    with hosted.database.reading() as session:
        sources = session.scalars(select(SignInAttempt.source)).all()
    assert [sources.count(source_of_address(f"203.0.113.{last}")) for last in (7, 8)] == [2, 1]


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(trusted_proxies="proxy.example.edu")  # type: ignore[arg-type]


class _Kept:
    """Keeps the mail that a real server takes."""

    def __init__(self) -> None:
        self.taken: list[Message] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        self.taken.append(message_from_bytes(envelope.content))
        return "250 taken"


@pytest.fixture
def mail_server() -> Iterator[tuple[str, list[Message]]]:
    """The address of a real mail server, and the mail that it has taken."""
    kept = _Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}", kept.taken
    controller.stop()


def test_mail_goes_to_one_person_whatever_their_name(mail_server: tuple[str, list[Message]]) -> None:
    address, taken = mail_server
    mail = Mail(Settings(mail_server=address, mail_from="Office <office@example.org>"))  # type: ignore[arg-type]
    link = "https://greenroom.example.org/invitations/x"
    assert mail.send_invitation(to="ana@example.org", name="Ana\r\nBcc: x@example.org", link=link)
    assert not mail.send_reset(to="ana@example.org\r\nBcc: x@example.org", name="Ana", link=link)
    (message,) = taken
    assert (message["To"], message["Subject"]) == ("ana@example.org", "Your invitation to Greenroom")
    assert message["Bcc"] is None
    assert link in message.get_payload()


def test_links_are_mailed_and_a_reset_is_for_its_person_only(
    mail_server: tuple[str, list[Message]], tmp_path: Path, migrated_file: Path
) -> None:
    address, taken = mail_server
    copy_database(migrated_file, tmp_path / "data")
    settings = {"mail_server": address, "mail_from": "office@example.org"}
    with hosted_service(tmp_path / "data", public_origin="http://localhost", **settings) as service:
        administrator, ana = sign_in_as(service, "administrator"), sign_in_as(service, "applicant", "Ana")
        new = {"name": "Bo", "email": "bo@example.org", "role": "adviser"}
        invited = administrator.client.post("/api/office/invitations", json=new).raise_for_status().json()
        reset = administrator.client.post(f"/api/office/people/{ana.person}/reset").raise_for_status().json()
    assert reset == {"path": None, "mailed": True}
    assert invited["mailed"]
    assert [message["To"] for message in taken] == ["bo@example.org", "ana@example.org"]
    assert f"http://localhost{invited['path']}" in taken[0].get_payload()
    assert "http://localhost/reset/" in taken[1].get_payload()


def test_a_mail_server_out_of_reach_or_without_encryption_gets_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = Settings(mail_server="smtp://127.0.0.1:9", mail_from="office@example.org")  # type: ignore[arg-type]
    assert not Mail(settings).send_reset(to="ana@example.org", name="Ana", link="x")
    assert not Mail(Settings()).send_reset(to="ana@example.org", name="Ana", link="x")
    assert "ana@" not in caplog.text
