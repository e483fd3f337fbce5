"""A submission is taken back while its recording is being sent, on a service in a process of its own."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from service.dependencies import Service
from service.people.sign_in_sessions import cookie_name
from tests.service.advising.office import Office, add_answer, submit
from tests.service.running import PATIENCE, RunningService
from tests.service.signed_in import SECRET_KEY, SignedIn, hosted_service

SIZE = 48 * 1024 * 1024
"""Bytes: more than the buffers between server and client take at once."""


def browser(running: RunningService, person: SignedIn) -> httpx.Client:
    cookies = {cookie_name(secure=False): person.token}
    return httpx.Client(base_url=running.url, cookies=cookies, timeout=PATIENCE)


@pytest.mark.long
def test_an_open_download_ends_within_a_second(
    tmp_path: Path, start_service: Callable[..., RunningService]
) -> None:
    with hosted_service(tmp_path / "data") as service:
        office = Office(service)
        applicant = office.add("applicant", "Ben")
        answer = add_answer(service, applicant)
        review = submit(applicant, answer, office.adviser)
        _enlarge(service, answer)
    running = start_service(accounts="true", secret_key=SECRET_KEY)
    own, theirs = browser(running, applicant), browser(running, office.adviser)
    with theirs.stream("GET", f"/api/reviews/{review}/media") as response:
        response.raise_for_status()
        assert response.headers["cache-control"] == "no-store"
        pieces = response.iter_raw()
        received = len(next(pieces))
        own.delete(f"/api/submissions/{review}").raise_for_status()
        time.sleep(1.0)
        # What lies in buffers still arrives; then the connection has ended.
        started = time.monotonic()
        with pytest.raises(httpx.RemoteProtocolError):
            for piece in pieces:
                received += len(piece)
    assert received < SIZE * 0.9 and time.monotonic() - started < PATIENCE / 2
    assert theirs.get(f"/api/reviews/{review}/media").status_code == 404


def _enlarge(service: Service, answer: str) -> None:
    """Replaces the recording by a longer one."""
    with service.storage.workspace(answer, 2) as workspace:
        path = workspace / "playable.webm"
        with path.open("wb") as file:
            file.truncate(SIZE)
        service.storage.adopt(answer, path)
