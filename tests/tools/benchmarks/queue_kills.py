"""Compares two queues of jobs on PostgreSQL while workers are killed and suspended at random.

    python -m tests.tools.benchmarks.queue_kills postgresql+psycopg://postgres@127.0.0.1:5432 --jobs 200

`leases` is the service's own queue (`service.jobs.database_queue`), `procrastinate` the library as its
documentation has it used. Both run the same plan on a database of their own: each job takes a fixed time, a
worker may hold one, is dead after three seconds without a sign of life, and is started again when it was
killed. Every run has a seed that reproduces its plan.
"""

import argparse
import asyncio
import importlib
import itertools
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from statistics import median
from typing import Any

import psycopg
from sqlalchemy.exc import OperationalError

from tests.service.in_process import new_database

WORK_SECONDS = 0.2
SILENT_SECONDS = 3.0
"""Without a sign of life: of a worker (procrastinate) or for a job (leases)."""
LATE_SECONDS = 1.0
"""A job that waited longer, although most workers were idle, was late."""
_SETTLE_SECONDS = 60.0
_PEOPLE = 10
_MODULE = "tests.tools.benchmarks.queue_kills"

_TABLES = """
CREATE TABLE work (
    id text PRIMARY KEY, queued_at timestamptz DEFAULT clock_timestamp(), attempt int DEFAULT 0
);
CREATE TABLE runs (id text, attempt int, began_at timestamptz DEFAULT clock_timestamp());
CREATE TABLE results (id text, attempt int, at timestamptz DEFAULT clock_timestamp());
"""


def own_worker(address: str, name: str) -> None:
    """A worker on the service's queue; it also looks after the jobs of dead ones, as a supervisor does."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from service.answers.changes import next_change, write_columns
    from service.db.engine import Database
    from service.jobs import recovery
    from service.jobs.enqueue import QUEUE
    from service.jobs.queue import LeaseLostError
    from service.jobs.wake_up import WakeUp
    from service.jobs.worker_jobs import WorkerJobs
    from service.jobs.worker_stop import StopRequest

    database, stop = Database(address, outage=60.0), StopRequest()
    jobs = WorkerJobs(database, name, lease=SILENT_SECONDS, stop=stop)
    wake_up, looked = WakeUp(database, stop), 0.0
    wake_up.start()
    while True:
        with suppress(LeaseLostError, DBAPIError):
            if time.monotonic() - looked > 1.0:
                looked = time.monotonic()
                recovery.record_expired_leases(database)
            job = jobs.next()
            if job is None:
                wake_up.wait()
                continue
            values = {"id": job.answer, "attempt": job.lease.attempt}
            with database.writing() as session:
                session.execute(text("INSERT INTO runs (id, attempt) VALUES (:id, :attempt)"), values)
            time.sleep(WORK_SECONDS)
            with database.writing() as session:
                # The job ends with its result, in one transaction; procrastinate's worker ends it after that.
                sequence = next_change(session, job.person)
                QUEUE.finish(session, job.lease)
                session.execute(text("INSERT INTO results (id, attempt) VALUES (:id, :attempt)"), values)
                write_columns(session, job.answer, sequence, {"work_state": "ready"})


def procrastinate_worker(address: str, name: str) -> None:
    """A worker of procrastinate, with the task that retries stalled jobs from its documentation."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=_plain(address)))

    @app.task(name="work", queue="work")
    async def work(identifier: str) -> None:
        async with await psycopg.AsyncConnection.connect(_plain(address)) as connection:
            found = await connection.execute(
                "UPDATE work SET attempt = attempt + 1 WHERE id = %s RETURNING attempt", (identifier,)
            )
            row = await found.fetchone()
            assert row is not None
            await connection.execute("INSERT INTO runs (id, attempt) VALUES (%s, %s)", (identifier, row[0]))
            await connection.commit()
            await asyncio.sleep(WORK_SECONDS)
            # The attempt is the fence: without it, a worker that was suspended would save a second time.
            await connection.execute(
                "INSERT INTO results (id, attempt)"
                " SELECT id, attempt FROM work WHERE id = %s AND attempt = %s",
                (identifier, row[0]),
            )

    async def retry_stalled() -> None:
        while True:
            await asyncio.sleep(1.0)
            with suppress(procrastinate.exceptions.ConnectorException):
                stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS)
                for job in stalled:
                    await app.job_manager.retry_job(job)

    async def run() -> None:
        async with app.open_async():
            asyncio.get_running_loop().create_task(retry_stalled())
            await app.run_worker_async(
                queues=["work"],
                name=name,
                concurrency=1,
                fetch_job_polling_interval=0.5,
                update_heartbeat_interval=1.0,
                stalled_worker_timeout=SILENT_SECONDS,
                delete_jobs="never",
            )

    asyncio.run(run())


def prepare_own(address: str) -> Callable[[psycopg.Connection[Any], str], None]:
    """Makes the service's tables; returns what queues one job."""
    from service.db.engine import Database
    from service.db.models import Answer, Person
    from service.jobs.enqueue import enqueue_analysis

    database = Database(address, patience=0.5)
    database.migrate()
    with database.writing() as session:
        session.add_all([Person(id=str(number)) for number in range(_PEOPLE)])
    people = itertools.cycle(range(_PEOPLE))

    def queue(connection: psycopg.Connection[Any], identifier: str) -> None:
        with database.writing() as session:
            row = Answer(
                id=identifier, person_id=str(next(people)), title="", source="upload", intake="complete"
            )
            session.add(row)
            session.flush()
            enqueue_analysis(session, row)

    return queue


def prepare_procrastinate(address: str) -> Callable[[psycopg.Connection[Any], str], None]:
    """Makes procrastinate's tables; returns what queues one job in the transaction of its row."""
    import procrastinate
    from procrastinate.jobs import Job
    from procrastinate.schema import SchemaManager

    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=_plain(address)))
    with psycopg.connect(_plain(address), autocommit=True) as connection:
        connection.execute(SchemaManager.get_schema())

    def queue(connection: psycopg.Connection[Any], identifier: str) -> None:
        job = Job(
            id=None,
            queue="work",
            task_name="work",
            lock=identifier,
            queueing_lock=identifier,
            priority=0,
            task_kwargs={"identifier": identifier},
        )
        app.job_manager.defer_job(job, connection=connection)

    return queue


def late_finish_own(server: str) -> dict[str, Any]:
    """A suspended worker ends a job that another has taken up; then the other one dies."""
    from service.db.engine import Database
    from service.jobs import recovery
    from service.jobs.enqueue import QUEUE
    from service.jobs.queue import JOB_KINDS, LeaseLostError

    address = new_database(server, f"late_leases_{os.getpid()}")
    queue, database = prepare_own(address), Database(address)
    with psycopg.connect(_plain(address)) as connection:
        queue(connection, "job")
    with database.writing() as session:
        suspended = QUEUE.claim(session, "job", "first", lease_seconds=-1.0)
    recovery.record_expired_leases(database)
    with database.writing() as session:
        taken = QUEUE.claim(session, "job", "second", lease_seconds=-1.0)
        assert suspended is not None and taken is not None
    with suppress(LeaseLostError), database.writing() as session:
        QUEUE.finish(session, suspended)
    recovery.record_expired_leases(database)
    with database.reading() as session:
        waits = QUEUE.first_waiting(session, JOB_KINDS, isolated=True) is not None
    return {"queue": "leases", "late_finish": "waits again" if waits else "lost"}


def late_finish_procrastinate(server: str) -> dict[str, Any]:
    """The same with procrastinate."""
    import procrastinate
    from procrastinate.jobs import Status

    address = _plain(new_database(server, f"late_procrastinate_{os.getpid()}"))
    prepare_procrastinate(address)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=address))

    @app.task(name="work", queue="work")
    async def work() -> None: ...

    def silence() -> None:
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")

    async def run() -> bool:
        async with app.open_async():
            jobs = app.job_manager
            await work.defer_async()
            suspended = await jobs.fetch_job(["work"], await jobs.register_worker())
            silence()
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=30):
                await jobs.retry_job(job)
            taken = await jobs.fetch_job(["work"], await jobs.register_worker())
            assert suspended is not None and taken is not None and suspended.id == taken.id
            await jobs.finish_job(suspended, Status.SUCCEEDED, delete_job=False)
            silence()
            return bool(list(await jobs.get_stalled_jobs(seconds_since_heartbeat=30)))

    waits = asyncio.run(run())
    return {"queue": "procrastinate", "late_finish": "waits again" if waits else "lost"}


WORKERS = {"leases": own_worker, "procrastinate": procrastinate_worker}
PREPARE = {"leases": prepare_own, "procrastinate": prepare_procrastinate}
LATE_FINISH = {"leases": late_finish_own, "procrastinate": late_finish_procrastinate}


@dataclass(frozen=True)
class Plan:
    """What happens to the workers: `faults` are (seconds, number of the worker, kill or suspend)."""

    jobs: int
    every: float
    faults: tuple[tuple[float, int, str], ...]


def plan(seed: int, *, jobs: int, every: float, workers: int, faults: int) -> Plan:
    """A plan that this seed reproduces."""
    chance = random.Random(seed)
    length = jobs * every
    drawn = sorted(
        (
            round(chance.uniform(0.05, 0.95) * length, 2),
            chance.randrange(workers),
            chance.choice(["kill", "kill", "suspend"]),
        )
        for _ in range(faults)
    )
    return Plan(jobs, every, tuple(drawn))


def run(kind: str, server: str, seed: int, planned: Plan, workers: int) -> dict[str, Any]:
    """Runs the plan on one queue and returns its figures."""
    address = new_database(server, f"kills_{kind}_{seed}_{os.getpid()}")
    queue = PREPARE[kind](address)
    with psycopg.connect(_plain(address), autocommit=True) as connection:
        connection.execute(_TABLES)
    numbers = iter(range(1, 10_000))
    # A server that has loaded everything: how long a worker takes to start says nothing about its queue.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([_MODULE, "procrastinate", "service.jobs.worker"])

    def start() -> BaseProcess:
        process = processes.Process(
            target=WORKERS[kind], args=(address, f"{kind}-{next(numbers)}"), daemon=True
        )
        process.start()
        return process

    running = [start() for _ in range(workers)]
    time.sleep(8.0)
    faults, resume = list(planned.faults), list[tuple[float, int]]()
    begun, queued, refused, ended = time.monotonic(), 0, 0, 0
    try:
        with psycopg.connect(_plain(address)) as connection:
            while queued < planned.jobs or faults or resume:
                now = time.monotonic() - begun
                if queued < planned.jobs and now >= queued * planned.every:
                    identifier = f"job{queued:05d}"
                    connection.execute("INSERT INTO work (id) VALUES (%s)", (identifier,))
                    try:
                        queue(connection, identifier)
                    except OperationalError:
                        # A worker that was suspended in a transaction: a page would send it again.
                        refused += 1
                        connection.rollback()
                    else:
                        connection.commit()
                        queued += 1
                while faults and faults[0][0] <= now:
                    _, number, fault = faults.pop(0)
                    if fault == "kill":
                        running[number].kill()
                        running[number].join()
                        running[number] = start()
                    else:
                        _send(running[number], signal.SIGSTOP)
                        resume.append((now + SILENT_SECONDS + 2.0, number))
                while resume and resume[0][0] <= now:
                    _, number = resume.pop(0)
                    # If it was killed meanwhile, its successor is not suspended.
                    _send(running[number], signal.SIGCONT)
                for number, process in enumerate(running):
                    if not process.is_alive():
                        ended += 1
                        running[number] = start()
                time.sleep(0.02)
            return {
                "queue": kind,
                "seed": seed,
                "jobs": planned.jobs,
                "ended_by_themselves": ended,
                "refused": refused,
                **_figures(connection),
            }
    finally:
        for process in running:
            process.kill()
            process.join()


def _send(process: BaseProcess, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, number)


def _figures(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    until = time.monotonic() + _SETTLE_SECONDS
    while True:
        connection.rollback()
        lost = _number(connection, "SELECT count(*) FROM work WHERE id NOT IN (SELECT id FROM results)")
        if not lost or time.monotonic() > until:
            break
        time.sleep(0.5)
    time.sleep(SILENT_SECONDS + 2.0)
    connection.rollback()
    first = connection.execute(
        "SELECT extract(epoch FROM min(runs.began_at) - work.queued_at)"
        " FROM work JOIN runs USING (id) GROUP BY work.id, work.queued_at"
    ).fetchall()
    whole = connection.execute(
        "SELECT extract(epoch FROM min(results.at) - work.queued_at)"
        " FROM work JOIN results USING (id) GROUP BY work.id, work.queued_at"
    ).fetchall()
    waits, ends = (sorted(float(row[0]) for row in rows) for rows in (first, whole))
    doubled = "SELECT count(*) FROM (SELECT id FROM results GROUP BY id HAVING count(*) > 1) AS twice"
    again = "SELECT count(*) - count(DISTINCT id) FROM runs"
    after = (
        "SELECT count(*) FROM runs JOIN results ON results.id = runs.id AND runs.began_at > results.at"
        " AND runs.attempt > results.attempt"
    )
    return {
        "lost": lost,
        "doubled": _number(connection, doubled),
        "attempts_again": _number(connection, again),
        "begun_after_the_result": _number(connection, after),
        "late": sum(wait > LATE_SECONDS for wait in waits),
        "median_wait": round(median(waits), 3),
        "wait_of_95": round(waits[int(0.95 * (len(waits) - 1))], 3),
        "longest_wait": round(waits[-1], 2),
        "longest_to_result": round(ends[-1], 2),
    }


def _number(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _plain(address: str) -> str:
    return address.replace("postgresql+psycopg://", "postgresql://")


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", help="a PostgreSQL server's address")
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--every", type=float, default=0.2, help="seconds between two jobs")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queue", choices=list(WORKERS), action="append")
    given = parser.parse_args()
    planned = plan(given.seed, jobs=given.jobs, every=given.every, workers=given.workers, faults=given.faults)
    for kind in given.queue or list(WORKERS):
        for found in (
            LATE_FINISH[kind](given.server),
            run(kind, given.server, given.seed, planned, given.workers),
        ):
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    # By its own name, as processes of the server find it.
    importlib.import_module(_MODULE).main()
