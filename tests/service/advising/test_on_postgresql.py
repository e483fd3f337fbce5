"""The way of an answer to an adviser and back, and what ends it, on PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.dependencies import Service
from tests.service.advising.office import Office, add_answer, client_get, comment, submit
from tests.service.in_process import new_database
from tests.service.signed_in import SignedIn, hosted_service

pytestmark = pytest.mark.postgresql


@pytest.fixture
def hosted(tmp_path: Path, postgresql_server: str, migrated_template: str) -> Iterator[Service]:
    """A service with accounts on PostgreSQL."""
    address = new_database(postgresql_server, f"advising_{tmp_path.name.lower()}", migrated_template)
    with hosted_service(tmp_path / "data", address) as service:
        yield service


def test_an_answer_goes_there_and_back_and_is_deleted(office: Office, applicant: SignedIn) -> None:
    adviser = office.adviser
    assignment = office.assign(attempts=1, figures=["length"])
    answer = add_answer(office.service, applicant, assignment=assignment, assignment_question=1)
    review = submit(applicant, answer, adviser)
    made = comment(adviser, review)
    adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    applicant.client.post(f"/api/comments/{made}/replies", json={"text": "a"}).raise_for_status()
    [shown] = client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]
    assert len(shown["replies"]) == 1
    assert client_get(applicant.client, f"/api/assignments/{assignment}")["state"] == "returned"
    assert client_get(adviser.client, f"/api/cohorts/{office.cohort}")["assignments"][0]["submitted"] == 1
    adviser.client.delete(f"/api/cohorts/{office.cohort}/assignments/{assignment}").raise_for_status()
    adviser.client.delete("/api/everything").raise_for_status()
    [shown] = client_get(applicant.client, f"/api/answers/{answer}/comments")["comments"]
    assert shown["author"] == "a former adviser"
    applicant.client.delete("/api/everything").raise_for_status()


def test_both_sides_write_at_once_and_nobody_waits_for_ever(office: Office, applicant: SignedIn) -> None:
    adviser = office.adviser
    answers = [add_answer(office.service, applicant) for _ in range(6)]
    reviews = [submit(applicant, answer, adviser) for answer in answers]

    def give_back(review: str) -> int:
        return adviser.client.post(f"/api/reviews/{review}/return").status_code

    def take_back(review: str) -> int:
        return applicant.client.delete(f"/api/submissions/{review}").status_code

    def remove(answer: str) -> int:
        return applicant.client.delete(f"/api/answers/{answer}").status_code

    calls: list[tuple[Callable[[str], int], str]] = []
    for answer, review in zip(answers, reviews, strict=True):
        calls += [(give_back, review), (take_back, review), (remove, answer)]
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda call: call[0](call[1]), calls))
    assert set(statuses) <= {200, 204, 404}, statuses
    assert client_get(adviser.client, "/api/reviews") == []
