"""Kills parts of a whole set-up at random while people record, and looks at what is left.

    python -m tests.faults.cohort_kills --kills 1000 --seed 7 --folder FOLDER --json OUT

Twenty people record all the time, through the proxy. Every chunk that was acknowledged is remembered. Web
nodes and workers are killed, PostgreSQL is restarted, and the object store is stopped for a while. In the end
every answer has to be there once, with every acknowledged byte, and its work has to have ended.
"""

import argparse
import hashlib
import json
import random
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select

from service.db.engine import Database
from service.db.models import Answer, Job
from service.people.accounts import Accounts
from service.people.sign_in_sessions import cookie_name, start_session
from tests.hosting.setup import CohortSetup
from tests.service.speech_files import write_speech

PEOPLE = 20
CHUNK_SECONDS = 2.0
RECORDING_SECONDS = 12.0
WEIGHTS = {"node": 5, "worker": 8, "postgresql": 4, "storage": 3}
"""How often each kind of part is the next."""
LONGEST_OUTAGE = 2.0
"""Seconds until a killed part is started again; at random up to this."""
BETWEEN_KILLS = 1.5
"""Seconds between two kills; at random up to this."""
LATE_SECONDS = 60.0
PATIENCE = 300.0
"""Seconds after the last kill in which everything has to end."""

SETTINGS = {
    "engine": "tests.service.engines:of_fixed_cost",
    "accounts": True,
    "lease": 10,
    "interrupted_after": 60,
}


@dataclass
class Kept:
    """A recording as its page knows it.

    Attributes:
        answer: id, chosen by the page.
        acknowledged: the numbers of the chunks that the service said it has.
        finished: the service said that it is complete.
    """

    answer: str
    acknowledged: list[int] = field(default_factory=list)
    finished: bool = False


@dataclass
class Outcome:
    """What is left after the last kill.

    Attributes:
        kills: by the kind of part.
        recordings: that were begun.
        lost: acknowledged chunks, finished recordings or whole answers that are not there.
        doubled: answers that are there and that nobody made.
        unended: answers whose work did not end.
        failed: answers that ended without a report, by code.
        late: answers that took more than a minute from the last chunk to the report.
        median_wait, longest_wait: seconds from the last chunk to the report.
        refused: answers of the service during the faults, by status; `none` where there was no answer.
    """

    seed: int
    seconds: float = 0.0
    kills: dict[str, int] = field(default_factory=dict)
    recordings: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unended: list[str] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)
    late: int = 0
    median_wait: float = 0.0
    longest_wait: float = 0.0
    refused: dict[str, int] = field(default_factory=dict)


class Recorder:
    """One person, who records answers until they are told to stop.

    Args:
        origin: address of the proxy.
        token: of the person's sign-in session.
        chunks: of each recording.
        stop: set when no more recordings are to be begun.
    """

    def __init__(self, origin: str, token: str, chunks: Sequence[bytes], stop: threading.Event) -> None:
        cookies = {cookie_name(secure=False): token}
        self.client = httpx.Client(base_url=origin, cookies=cookies, timeout=20.0)
        self.kept: list[Kept] = []
        self.refused: Counter[str] = Counter()
        self._chunks = chunks
        self._stop = stop
        self._deadline = float("inf")
        self.thread = threading.Thread(target=self._run, daemon=True)

    def give_up_at(self, deadline: float) -> None:
        """From then on nothing is tried any more."""
        self._deadline = deadline

    def _run(self) -> None:
        while not self._stop.is_set():
            self._record()

    def _record(self) -> None:
        kept = Kept(secrets.token_hex(12))
        self.kept.append(kept)
        new = {"id": kept.answer, "source": "recording", "title": "An answer"}
        if not self._until_done(lambda: self.client.post("/api/answers", json=new), {201, 200}):
            return
        path = f"/api/answers/{kept.answer}"
        for number, chunk in enumerate(self._chunks):
            began = time.monotonic()
            put = f"{path}/chunks/{number}"
            if not self._until_done(lambda put=put, chunk=chunk: self.client.put(put, content=chunk), {204}):
                return
            kept.acknowledged.append(number)
            time.sleep(max(0.0, CHUNK_SECONDS - (time.monotonic() - began)))
        body = {"chunks": len(self._chunks)}
        if self._until_done(lambda: self.client.post(f"{path}/finish", json=body), {200}):
            kept.finished = True

    def _until_done(self, request: Callable[[], httpx.Response], wanted: set[int]) -> bool:
        """Repeats a request as the page does, until it is acknowledged."""
        while time.monotonic() < self._deadline:
            try:
                status = request().status_code
            except httpx.TransportError:
                self.refused["none"] += 1
                status = 0
            if status in wanted:
                return True
            if status:
                self.refused[str(status)] += 1
                # Nothing of a recording's own is wrong, so only faults of the set-up may be told.
                assert status >= 500, status
            time.sleep(0.3)
        return False


class Killer:
    """Ends parts of the set-up at random, and starts each again after a while.

    Args:
        cohort: the set-up.
        seed: of the random numbers. What a kill meets depends on the machine, so the same seed gives the same
            kills, not the same outcome.
    """

    def __init__(self, cohort: CohortSetup, seed: int) -> None:
        self._cohort = cohort
        self._random = random.Random(seed)
        self.kills: Counter[str] = Counter()

    def kill(self, count: int) -> None:
        """Kills so many times. One part at a time is away, besides those that are starting."""
        for _ in range(count):
            kind = self._random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            part = self._random.choice([name for name in self._cohort.parts if name.startswith(kind)])
            pause = self._random.uniform(0.0, BETWEEN_KILLS)
            outage = self._random.uniform(0.0, LONGEST_OUTAGE)
            time.sleep(pause)
            if kind == "postgresql" and self._random.random() < 0.5:
                self._cohort.stop(part)
            else:
                self._cohort.kill(part)
            time.sleep(outage)
            # Nodes and workers take seconds to start: the next part is killed meanwhile.
            self._cohort.start(part, wait=kind in {"postgresql", "storage"})
            self.kills[kind] += 1
            if self.kills.total() % 50 == 0:
                sys.stdout.write(f"{self.kills.total()} kills\n")
                sys.stdout.flush()


def play(folder: Path, *, kills: int, seed: int, people: int = PEOPLE) -> Outcome:
    """Records and kills, waits until everything has ended, and looks at what is left."""
    outcome = Outcome(seed)
    speech = write_speech(folder / "speech.wav", RECORDING_SECONDS).read_bytes()
    size = -(-len(speech) // round(RECORDING_SECONDS / CHUNK_SECONDS))
    chunks = [speech[start : start + size] for start in range(0, len(speech), size)]
    began = time.monotonic()
    with CohortSetup(folder / "cohort", nodes=2, workers=3, settings=SETTINGS) as cohort:
        stop = threading.Event()
        recorders = [Recorder(cohort.origin, token, chunks, stop) for token in _sign_in(cohort, people)]
        for recorder in recorders:
            recorder.thread.start()
        killer = Killer(cohort, seed)
        killer.kill(kills)
        stop.set()
        deadline = time.monotonic() + PATIENCE
        for recorder in recorders:
            recorder.give_up_at(deadline)
        cohort.wait_until_whole()
        for recorder in recorders:
            recorder.thread.join()
        for recorder in recorders:
            _look(recorder, hashlib.sha256(speech).hexdigest(), outcome, deadline)
        _time_waits(cohort, outcome)
    outcome.kills = dict(killer.kills)
    outcome.seconds = time.monotonic() - began
    return outcome


def _sign_in(cohort: CohortSetup, people: int) -> list[str]:
    database = Database(cohort.database_url)
    tokens = []
    for number in range(people):
        with database.writing() as session:
            email = f"applicant{number:02d}@example.org"
            account = Accounts(session).create(email=email, name=f"Applicant {number:02d}", role="applicant")
            tokens.append(start_session(session, account.person_id, browser=None))
    database.close()
    return tokens


def _look(recorder: Recorder, digest: str, outcome: Outcome, deadline: float) -> None:
    client = recorder.client
    # The set-up is whole again, and busy with all that waited.
    client.timeout = httpx.Timeout(PATIENCE)
    outcome.recordings += len(recorder.kept)
    for status, count in recorder.refused.items():
        outcome.refused[status] = outcome.refused.get(status, 0) + count
    for kept in recorder.kept:
        answer = _ended(client, kept.answer, deadline) if kept.finished else _answer(client, kept.answer)
        if answer is None:
            if kept.acknowledged or kept.finished:
                outcome.lost.append(f"{kept.answer}: the whole answer")
            continue
        stored = client.get(f"/api/answers/{kept.answer}/chunks").raise_for_status().json()["numbers"]
        outcome.lost += [f"{kept.answer}: chunk {each}" for each in kept.acknowledged if each not in stored]
        if not kept.finished:
            outcome.unended.append(f"{kept.answer}: never finished")
            continue
        original = client.get(f"/api/answers/{kept.answer}/original").raise_for_status().content
        if hashlib.sha256(original).hexdigest() != digest:
            outcome.lost.append(f"{kept.answer}: its bytes differ")
        state = answer["work"]["state"]
        if state == "failed":
            code = answer["work"]["error"]["code"]
            outcome.failed[code] = outcome.failed.get(code, 0) + 1
        elif state != "ready":
            outcome.unended.append(f"{kept.answer}: {state}")
        else:
            report = client.get(f"/api/answers/{kept.answer}/report").raise_for_status().json()
            if abs(report["recording"]["duration"] - RECORDING_SECONDS) > 0.1:
                outcome.lost.append(f"{kept.answer}: a report of {report['recording']['duration']} s")
    made = {kept.answer for kept in recorder.kept}
    outcome.doubled += [each for each in _all_answers(client) if each not in made]


def _time_waits(cohort: CohortSetup, outcome: Outcome) -> None:
    """How long the reports took from the last chunk, by the database's clock."""
    database = Database(cohort.database_url)
    with database.reading() as session:
        rows = session.execute(
            select(Job.finished_at, Answer.received_at)
            .join(Answer, Answer.id == Job.answer_id)
            .where(Job.finished_at.is_not(None), Answer.report_ready)
        ).all()
    database.close()
    waits = [finished - received.timestamp() for finished, received in rows]
    outcome.late = sum(wait > LATE_SECONDS for wait in waits)
    outcome.median_wait = round(statistics.median(waits), 2) if waits else 0.0
    outcome.longest_wait = round(max(waits, default=0.0), 2)


def _answer(client: httpx.Client, answer: str) -> dict[str, object] | None:
    response = client.get(f"/api/answers/{answer}")
    return None if response.status_code == 404 else dict(response.raise_for_status().json())


def _ended(client: httpx.Client, answer: str, deadline: float) -> dict | None:  # type: ignore[type-arg]
    while True:
        found = _answer(client, answer)
        if found is None or found["work"]["state"] in {"ready", "failed"}:  # type: ignore[index]
            return found
        if time.monotonic() > deadline:
            return found
        time.sleep(0.2)


def _all_answers(client: httpx.Client) -> list[str]:
    found, cursor = [], None
    while True:
        query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
        page = client.get("/api/answers", params=query).raise_for_status().json()
        found += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = play(folder, kills=given.kills, seed=given.seed, people=given.people)
    written = json.dumps(asdict(outcome), indent=2)
    sys.stdout.write(f"{written}\n")
    if given.json:
        given.json.write_text(written)


if __name__ == "__main__":
    main()
