"""A made-up advising office in the database of a test: advisers, applicants and a cohort."""

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import soundfile
from fastapi.testclient import TestClient

from analysis import serialization
from analysis.report import Report
from service.advising.members import add_member
from service.answers.repository import Answers
from service.db.models import StageResult
from service.dependencies import Service
from tests.service.signed_in import SignedIn, sign_in_as

BYTES = b"0123456789" * 100
"""What stands for a recording of ten seconds."""


def spoken_comment(seconds: float = 0.5, rate: int = 16_000) -> bytes:
    """Noise as a WAV file."""
    written = io.BytesIO()
    samples = np.random.default_rng(0).normal(0.0, 0.05, round(seconds * rate))
    soundfile.write(written, samples, rate, format="WAV", subtype="PCM_16")
    return written.getvalue()


@dataclass
class Office:
    """An adviser with a cohort, to which applicants can be added.

    Attributes:
        service: with accounts.
        adviser: signed in.
        cohort: id.
    """

    service: Service
    adviser: SignedIn = field(init=False)
    cohort: str = field(init=False)

    def __post_init__(self) -> None:
        self.adviser = sign_in_as(self.service, "adviser", "Ada Adviser")
        made = self.adviser.client.post("/api/cohorts", json={"name": "Autumn"}).raise_for_status()
        self.cohort = made.json()["id"]

    def add(self, role: Any, name: str, cohort: str | None = None) -> SignedIn:
        """Signs somebody in who is a member of the cohort."""
        person = sign_in_as(self.service, role, name)
        with self.service.database.writing() as session:
            add_member(session, cohort or self.cohort, person.person)
        return person

    def assign(self, **fields: Any) -> str:
        """Makes an assignment with one question and returns its id."""
        new = {"title": "First answers", "questions": [{"text": "Why medicine?"}], **fields}
        made = self.adviser.client.post(f"/api/cohorts/{self.cohort}/assignments", json=new)
        return str(made.raise_for_status().json()["id"])


def add_answer(
    service: Service, person: SignedIn, *, report: Report | None = None, length: float = 10.0, **fields: Any
) -> str:
    """Adds a complete answer with a recording that can be played, and returns its id."""
    made = person.client.post("/api/answers", json={"title": "An answer", "source": "recording", **fields})
    answer = str(made.raise_for_status().json()["id"])
    complete(service, person.person, answer, report=report, length=length)
    return answer


def complete(
    service: Service, person: str, answer: str, *, report: Report | None = None, length: float = 10.0
) -> None:
    """Gives an answer that was begun a recording, and a report if there is one."""
    with service.storage.stage_chunk(answer, 0, BYTES) as chunk:
        chunk.keep()
    with service.storage.workspace(answer, 1) as workspace:
        path = workspace / "playable.webm"
        path.write_bytes(BYTES)
        name = service.storage.adopt(answer, path)
    with service.database.writing() as session:
        row = Answers(session, person).get(answer)
        row.intake, row.chunk_count, row.work_state = "complete", 1, "ready"
        row.duration, row.media_file, row.media_type = length, name, "audio/webm"
        if report is not None:
            row.report_ready = True
            written = serialization.to_json(report)
            session.add(StageResult(answer_id=answer, stage="measure", analysis_version="1", result=written))


def submit(applicant: SignedIn, answer: str, *advisers: SignedIn, **fields: Any) -> str:
    """Submits an answer and returns the id of the submission."""
    body = {"advisers": [adviser.person for adviser in advisers], **fields}
    made = applicant.client.post(f"/api/answers/{answer}/submissions", json=body)
    return str(made.raise_for_status().json()["id"])


def comment(adviser: SignedIn, review: str, at: float = 1.0, **fields: Any) -> str:
    """Comments on a submission and returns the id of the comment."""
    body = {"at": at, "text": "Say what came of it.", **fields}
    made = adviser.client.post(f"/api/reviews/{review}/comments", json=body)
    return str(made.raise_for_status().json()["id"])


def code_of(response: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return response.status_code, response.json()["code"]


def client_get(client: TestClient, path: str) -> Any:
    """The body of a successful request."""
    return client.get(path).raise_for_status().json()
