"""A hosted service with a cohort in it: an adviser, applicants, and answers that have their reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page
from pydantic import SecretStr

from analysis.data_folders import SAMPLES
from service.answers.sample_results import read_results, results_file
from service.answers.samples import MANIFEST, add_answer
from service.db.advising_models import Assignment, Cohort, CohortMember
from service.db.models import Answer
from service.dependencies import Service
from service.people.accounts import Accounts
from service.people.sign_in_sessions import cookie_name, start_session
from service.schemas import NewAnswer
from service.settings import Settings
from tests.service.running import PATIENCE, RunningService
from tests.service.signed_in import SECRET_KEY

COHORT = "Applicants of 2027"
ADVISER = "Ana Ruiz"
APPLICANT = "Mia Chen"
OTHER_APPLICANT = "Noor Ali"
QUESTION = "Tell me about yourself."


@dataclass(frozen=True)
class Person:
    """Somebody with an account, signed in.

    Attributes:
        id: of the person.
        token: of the sign-in session.
        client: sends its cookie.
    """

    id: str
    token: str
    client: httpx.Client


@dataclass(frozen=True)
class Advised:
    """The running service, with who is in it.

    Attributes:
        running: the service.
        cohort: id.
        adviser, applicant, other: people of the cohort; `other` is a second applicant.
    """

    running: RunningService
    cohort: str
    adviser: Person
    applicant: Person
    other: Person

    def answer_of(self, person: Person, sample: str = "many-fillers", **fields: Any) -> str:
        """Adds an answer with its report, and returns its id."""
        new = NewAnswer.model_validate(
            {"title": sample, "question": QUESTION, "file_name": f"{sample}.flac", **fields}
        )
        audio = SAMPLES / "audio" / f"{sample}.flac"
        with _opened(self.running.data_folder) as service:
            return add_answer(
                service, audio, new, read_results(results_file(MANIFEST, sample), audio), person.id
            )

    def assign(self, answer: str, assignment: str, question: int) -> None:
        """Makes an answer one that was recorded for a question of an assignment."""
        with _opened(self.running.data_folder) as service, service.database.writing() as session:
            row = session.get_one(Answer, answer)
            given = session.get_one(Assignment, assignment)
            row.assignment_id, row.assignment_question = assignment, question
            row.assignment_rules = {"figures": given.figures, "reflect_first": given.reflect_first}

    def submit(self, answer: str, **submission: Any) -> str:
        """Submits an answer of the applicant to the adviser, and returns the submission's id."""
        body = {"advisers": [self.adviser.id], **submission}
        reply = self.applicant.client.post(f"/api/answers/{answer}/submissions", json=body)
        assert reply.is_success, reply.text
        return str(reply.json()["id"])

    def review_of(self, submission: str) -> dict[str, Any]:
        """A submission as the adviser sees it."""
        review: dict[str, Any] = self.adviser.client.get(f"/api/reviews/{submission}").json()
        return review

    def comments_on(self, answer: str) -> dict[str, Any]:
        """What the applicant sees that was said about an answer."""
        said: dict[str, Any] = self.applicant.client.get(f"/api/answers/{answer}/comments").json()
        return said


@contextmanager
def advised(folder: Path, **settings: object) -> Iterator[Advised]:
    """Makes the people and their cohort, and starts the service on them, by default without a worker."""
    with _opened(folder) as service:
        tokens = {
            name: _person(service, name, role)
            for name, role in ((ADVISER, "adviser"), (APPLICANT, "applicant"), (OTHER_APPLICANT, "applicant"))
        }
        with service.database.writing() as session:
            cohort = Cohort(name=COHORT)
            session.add(cohort)
            session.flush()
            session.add_all(CohortMember(cohort_id=cohort.id, person_id=id) for id, _ in tokens.values())
            cohort_id = cohort.id
    running = RunningService(
        folder, **{"workers": 0, "accounts": "true", "secret_key": SECRET_KEY, **settings}
    )
    try:
        running.start()
        people = [_signed_in(running, *tokens[name]) for name in (ADVISER, APPLICANT, OTHER_APPLICANT)]
        yield Advised(running, cohort_id, *people)
    finally:
        running.kill()


@contextmanager
def window_of(browser: Browser, advised: Advised, person: Person, **options: Any) -> Iterator[Page]:
    """A window in which a person is signed in, without script errors."""
    size = options.pop("viewport", {"width": 1280, "height": 900})
    context = browser.new_context(base_url=advised.running.url, viewport=size, **options)
    context.add_cookies(
        [{"name": cookie_name(secure=False), "value": person.token, "url": advised.running.url}]
    )
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == [], wrong


@contextmanager
def _opened(folder: Path) -> Iterator[Service]:
    service = Service.open(
        Settings(data_folder=folder, accounts=True, secret_key=SecretStr(SECRET_KEY), free_space_floor=0)
    )
    yield service
    service.database.close()


def _person(service: Service, name: str, role: Any) -> tuple[str, str]:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    with service.database.writing() as session:
        person = Accounts(session).create(email=email, name=name, role=role).person_id
        return person, start_session(session, person, browser="A test")


def _signed_in(running: RunningService, person: str, token: str) -> Person:
    client = httpx.Client(base_url=running.url, timeout=PATIENCE, cookies={cookie_name(secure=False): token})
    return Person(person, token, client)
