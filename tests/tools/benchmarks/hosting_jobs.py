"""Jobs an hour with one and with several workers, as processes of their own, on PostgreSQL.

Two recognisers in turns. One takes the same processor time on every machine: as many workers as there are
processors can share it out. One sleeps instead: it shows whether the queue itself makes workers wait.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pydantic import SecretStr
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.db.models import Answer, Job, StageResult, WindowResult, Worker
from service.dependencies import Service
from service.jobs.enqueue import enqueue_analysis
from service.people.accounts import Accounts
from service.people.sign_in_sessions import cookie_name, start_session
from service.settings import Settings
from tests.service.speech_files import write_speech
from tests.tools.benchmarks.served import Served

WORKERS = (1, 2, 4)
ENGINES = {"computes": "tests.service.engines:of_fixed_cost", "sleeps": "tests.service.engines:sleeping"}
JOBS = 24
ROUNDS = 3
_PEOPLE = 4
_SOUND_SECONDS = 12.0
_PATIENCE = 900.0
_UNFINISHED = select(func.count()).select_from(Job).where(Job.state.in_(("waiting", "leased")))
_STARTED = select(func.count()).select_from(Worker)
_SECRET = "only the benchmark has this secret key"


@dataclass(frozen=True)
class JobsAnHour:
    """How many answers so many workers finish.

    Attributes:
        engine: `computes` or `sleeps`.
        workers: processes.
        jobs: finished in an hour at that rate, the median of the rounds.
        share: of `workers` times those of the smallest number of workers, the median of the rounds.
    """

    engine: str
    workers: int
    jobs: float
    share: float


def jobs_an_hour(
    folder: Path,
    address: str,
    *,
    jobs: int = JOBS,
    workers: Sequence[int] = WORKERS,
    rounds: int = ROUNDS,
) -> list[JobsAnHour]:
    """Uploads answers of some people and has them analysed again and again.

    Args:
        folder: for the data; does not exist yet.
        address: of an empty PostgreSQL database.
        jobs: queued at once in each measurement; a multiple of every number of workers.
        workers: numbers of them, the smallest first.
        rounds: measurements of each number, in turns.
    """
    settings = Settings(
        data_folder=folder,
        database_url=address,
        accounts=True,
        secret_key=SecretStr(_SECRET),
        free_space_floor=0,
    )
    service = Service.open(settings)
    try:
        _upload(service, folder, address, jobs)
        figures = []
        for engine in ENGINES:
            rates = [
                [_rate(service, folder, address, engine, number) for number in workers] for _ in range(rounds)
            ]
            figures += [
                JobsAnHour(
                    engine,
                    number,
                    median(rate[place] for rate in rates),
                    median(rate[place] / rate[0] * workers[0] / number for rate in rates),
                )
                for place, number in enumerate(workers)
            ]
    finally:
        service.database.close()
    return figures


def _served(folder: Path, address: str, workers: int, engine: str) -> Served:
    return Served(
        folder,
        database_url=address,
        accounts=True,
        secret_key=_SECRET,
        free_space_floor=0,
        workers=workers,
        engine=ENGINES[engine],
    )


def _upload(service: Service, folder: Path, address: str, jobs: int) -> None:
    """Uploads answers and has each analysed once."""
    sound = write_speech(folder.with_name("answer.wav"), _SOUND_SECONDS).read_bytes()
    with service.database.writing() as session:
        accounts = Accounts(session)
        tokens = []
        for number in range(_PEOPLE):
            row = accounts.create(email=f"{number}@example.org", name=f"Person {number}", role="applicant")
            session.flush()
            tokens.append(start_session(session, row.person_id, browser=None))
    with _served(folder, address, 2, "sleeps") as served:
        for number in range(jobs):
            served.client.cookies.set(cookie_name(secure=False), tokens[number % _PEOPLE])
            response = served.client.post("/api/uploads", files={"file": ("answer.wav", sound)})
            response.raise_for_status()
        _wait_until_done(service)


def _rate(service: Service, folder: Path, address: str, engine: str, workers: int) -> float:
    """Jobs an hour, from queueing all of them at once to the end of the last."""
    with service.database.writing() as session:
        # Those of the measurement before have ended.
        session.execute(delete(Worker))
    with _served(folder, address, workers, engine):
        # Each has started, and loaded all it needs, by the end of its first jobs.
        _wait_until(service, lambda session: (session.scalar(_STARTED) or 0) >= workers)
        _analyse_again(service, 2 * workers)
        _wait_until_done(service)
        began = time.monotonic()
        jobs = _analyse_again(service, None)
        _wait_until_done(service)
        seconds = time.monotonic() - began
    return jobs / seconds * 3600


def _analyse_again(service: Service, most: int | None) -> int:
    """Queues the analysis of answers from the start, and returns how many."""
    with service.database.reading() as session:
        people = session.scalars(select(Answer.person_id).distinct()).all()
    with service.database.writing(*people) as session:
        rows = session.scalars(select(Answer).order_by(Answer.created_at).limit(most)).all()
        ours = [row.id for row in rows]
        # A transcription by the same recogniser would be used again.
        for results in (StageResult, WindowResult):
            session.execute(delete(results).where(results.answer_id.in_(ours)))
        session.execute(update(Job).where(Job.answer_id.in_(ours)).values(work_seconds=None))
        for row in rows:
            enqueue_analysis(session, row, reanalysis_requested=True)
    return len(rows)


def _wait_until_done(service: Service) -> None:
    _wait_until(service, lambda session: session.scalar(_UNFINISHED) == 0)
    with service.database.reading() as session:
        failed = session.scalar(select(func.count()).select_from(Answer).where(Answer.work_state != "ready"))
    assert not failed, f"{failed} answers could not be analysed"
    with service.database.reading() as session:
        skipped = session.scalar(select(func.count()).select_from(Job).where(Job.work_seconds.is_(None)))
    assert not skipped, f"{skipped} answers were not transcribed"


def _wait_until(service: Service, reached: Callable[[Session], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        with service.database.reading() as session:
            if reached(session):
                return
        assert time.monotonic() < until, "the workers take too long"
        time.sleep(0.02)
