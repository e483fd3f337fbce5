"""Only the service's own pages and local programs may use it."""

import os
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from analysis.confinement.landlock import landlock_version
from analysis.confinement.system_calls import load_libseccomp
from service.dependencies import Service
from service.settings import Settings
from tests.service.in_process import client_of

FOREIGN = "https://evil.example"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8414", "127.0.0.1.evil.example", "localhost.", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_is_refused(client: TestClient, host: str, method: str) -> None:
    response = client.request(method, "/api/answers", headers={"host": host}, json={})
    assert (response.status_code, response.json()["code"]) == (421, "foreign_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8414", "127.0.0.1:8414", "[::1]:8414", "[::1]"])
def test_the_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get("/api/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "http://localhost:3000"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/answers"),
        ("PUT", "/api/answers/x/chunks/0"),
        ("PATCH", "/api/answers/x"),
        ("DELETE", "/api/everything"),
        ("POST", "/api/uploads"),
    ],
)
def test_another_page_may_not_change_anything(
    client: TestClient, headers: dict[str, str], method: str, path: str
) -> None:
    client.post("/api/answers", json={"title": "Mine"})
    response = client.request(method, path, headers=headers, json={})
    assert (response.status_code, response.json()["code"]) == (403, "foreign_origin")
    assert client.get("/api/answers").json()["total"] == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    "path", ["/api/export", "/api/labelled-speech", "/api/answers", "/api/answers/x/media"]
)
def test_another_page_may_not_read_or_download_anything(client: TestClient, path: str, site: str) -> None:
    response = client.get(path, headers={"sec-fetch-site": site})
    assert (response.status_code, response.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}])
def test_own_pages_and_the_address_bar_may_download(client: TestClient, headers: dict[str, str]) -> None:
    response = client.get("/api/export", headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/zip")


def test_another_page_may_link_to_a_page_of_this_service(client: TestClient) -> None:
    assert client.get("/answers", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://localhost"}, {"origin": "http://localhost", "sec-fetch-site": "same-origin"}],
)
def test_own_pages_and_curl_may_change_something(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/answers", headers=headers, json={}).status_code == 201


@pytest.mark.parametrize(
    "path", ["/", "/answers", "/answers/abc", "/upload", "/settings", "/api/about", "/api/no"]
)
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-cache"


def test_pages_are_served_and_unknown_files_are_not_found(client: TestClient) -> None:
    front = client.get("/")
    assert front.headers["content-type"].startswith("text/html")
    # The same page everywhere, but for the modules that are fetched first.
    assert client.get("/answers/abc").text.partition("<body>")[2] == front.text.partition("<body>")[2]
    assert client.get("/no-such-file.js").status_code == 404
    assert client.get("/../pyproject.toml").status_code == 404
    assert client.get("/%2e%2e/pyproject.toml").status_code == 404


def test_an_unknown_address_shows_the_page_or_a_problem(client: TestClient) -> None:
    person = client.get("/nowhere", headers={"accept": "text/html,*/*"})
    assert (person.status_code, person.headers["content-type"]) == (404, "text/html; charset=utf-8")
    program = client.get("/nowhere", headers={"accept": "*/*"})
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")
    operation = client.get("/api/nowhere", headers={"accept": "text/html"})
    assert operation.headers["content-type"] == "application/problem+json"


def test_an_internal_error_reveals_no_details(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret title of an answer")

    monkeypatch.setattr("service.api.answers.describe", broken)
    response = client.post("/api/answers", json={"title": "secret"})
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text and "Traceback" not in response.text
    assert "RuntimeError at test_security.py" in caplog.text and "secret" not in caplog.text


PUBLIC = "https://greenroom.example.edu"


@pytest.fixture
def behind_a_proxy(service: Service) -> TestClient:
    return client_of(replace(service, settings=service.settings.model_copy(update={"public_origin": PUBLIC})))


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "greenroom.example.edu", "greenroom.example.edu:443"])
def test_behind_a_proxy_pages_of_the_public_origin_may_write(behind_a_proxy: TestClient, host: str) -> None:
    headers = {"host": host, "origin": PUBLIC, "sec-fetch-site": "same-origin"}
    assert behind_a_proxy.post("/api/answers", headers=headers, json={}).status_code == 201


@pytest.mark.parametrize(
    ("host", "origin", "code"),
    [
        ("127.0.0.1:8001", FOREIGN, "foreign_origin"),
        ("127.0.0.1:8001", "http://greenroom.example.edu", "foreign_origin"),
        ("127.0.0.1:8001", "http://127.0.0.1:8001", "foreign_origin"),
        ("greenroom.example.edu", "https://greenroom.example.edu.evil.example", "foreign_origin"),
        ("evil.example", PUBLIC, "foreign_host"),
    ],
)
def test_behind_a_proxy_no_other_page_may_write(
    behind_a_proxy: TestClient, host: str, origin: str, code: str
) -> None:
    refused = behind_a_proxy.post("/api/answers", headers={"host": host, "origin": origin}, json={})
    assert refused.json()["code"] == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://Greenroom.example.edu/", PUBLIC),
        ("https://greenroom.example.edu:443", PUBLIC),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_public_origin_is_kept_as_browsers_send_it(given: str, kept: str) -> None:
    assert Settings(public_origin=given).public_origin == kept


@pytest.mark.parametrize(
    "given",
    [
        "greenroom.example.edu",
        "https://",
        "ftp://greenroom.example.edu",
        "https://greenroom.example.edu/practice",
        "https://me@greenroom.example.edu",
        "https://greenroom.example.edu:port",
        "https://[",
        "https://*.example.edu",
    ],
)
def test_a_public_origin_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="public_origin"):
        Settings(public_origin=given)


def test_it_says_what_is_in_force_while_a_recording_is_decoded(client: TestClient) -> None:
    in_force = client.get("/api/about").json()["decoding"]
    if os.name == "posix":
        assert in_force[:2] == ["separate process", "resource limits"]
    assert ("landlock" in in_force) == (landlock_version() > 0)
    assert ("seccomp" in in_force) == (load_libseccomp() is not None)
