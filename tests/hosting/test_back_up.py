"""A back-up made while a recording is live brings back everything that was acknowledged before it began."""

import threading
from pathlib import Path

import httpx
import pytest

from tests.hosting.setup import CohortSetup
from tests.service.running import eventually
from tests.service.speech_files import write_speech

pytestmark = [pytest.mark.postgresql, pytest.mark.long]

NOBODY_SIGNS_IN = {"accounts": False, "interrupted_after": 3600}


class LiveRecording:
    """Sends one chunk after the other until it is told to stop."""

    def __init__(self, origin: str) -> None:
        self._client = httpx.Client(base_url=origin, timeout=60)
        self.answer: str = self._client.post("/api/answers", json={}).json()["id"]
        self.acknowledged = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def piece(self, number: int) -> bytes:
        return f"{number:06d}".encode() * 500

    def end(self) -> None:
        self._stop.set()
        self._thread.join()
        self._client.close()

    def _send(self) -> None:
        while not self._stop.wait(0.02):
            address = f"/api/answers/{self.answer}/chunks/{self.acknowledged}"
            self._client.put(address, content=self.piece(self.acknowledged)).raise_for_status()
            self.acknowledged += 1


def test_a_back_up_brings_back_what_was_acknowledged(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    speech = write_speech(tmp_path / "answer.wav")
    with CohortSetup(tmp_path / "first", nodes=1, workers=1, settings=NOBODY_SIGNS_IN) as cohort:
        with httpx.Client(base_url=cohort.origin, timeout=60) as client:
            uploaded = client.post("/api/uploads", files={"file": ("answer.wav", speech.read_bytes())}).json()
            path = f"/api/answers/{uploaded['id']}"
            eventually(lambda: client.get(path).json()["work"]["state"] == "ready", 120)
            report = client.get(f"{path}/report").json()
            media = client.get(f"{path}/media").content
        live = LiveRecording(cohort.origin)
        try:
            eventually(lambda: live.acknowledged >= 20)
            before = live.acknowledged
            said = cohort.greenroom("back-up", str(saved))
            assert "saved and compared" in said
            assert live.acknowledged > before
        finally:
            live.end()
    # Everything is destroyed: the next set-up has a database and an object store of its own.
    with CohortSetup(tmp_path / "second", nodes=1, workers=1, settings=NOBODY_SIGNS_IN) as cohort:
        cohort.stop("node-1")
        cohort.stop("worker-1")
        assert "put back and compared" in cohort.greenroom("restore", str(saved))
        cohort.wait_until_whole()
        with httpx.Client(base_url=cohort.origin, timeout=60) as client:
            assert client.get(f"{path}/report").json() == report
            assert client.get(f"{path}/media").content == media
            again = client.get(f"/api/answers/{live.answer}").json()
            assert again["chunks"] >= before
            # A chunk that is there is taken for the same one; another content would be refused.
            for number in range(before):
                sent = client.put(f"/api/answers/{live.answer}/chunks/{number}", content=live.piece(number))
                assert sent.status_code == 204
            wrong = client.put(f"/api/answers/{live.answer}/chunks/0", content=b"other")
            assert wrong.status_code == 409
