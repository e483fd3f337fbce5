"""The queue on each kind of database: leases, attempts, and what happens in the caller's transaction."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from service.db.models import Answer, Job, Person
from service.dependencies import Service
from service.jobs import recovery
from service.jobs.database_queue import DatabaseQueue
from service.jobs.enqueue import enqueue_analysis
from service.jobs.queue import JOB_KINDS, JobQueue, Lease, LeaseLostError
from service.jobs.wake_up import WakeUp
from service.jobs.worker_stop import StopRequest
from tests.service.in_process import client_of
from tests.service.running import PATIENCE, eventually

WORKER = "machine/1/2.00/3"
QUEUE: JobQueue = DatabaseQueue()


@pytest.fixture
def answer(opened: Service) -> str:
    """An uploaded answer: its job is waiting."""
    client = client_of(opened)
    uploaded = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    return str(uploaded.json()["id"])


def claim(service: Service, answer: str, worker: str = WORKER) -> Lease:
    with service.database.writing() as session:
        lease = QUEUE.claim(session, answer, worker, lease_seconds=30.0)
    assert lease is not None
    return lease


def job(service: Service, answer: str) -> Job:
    with service.database.reading() as session:
        return session.get_one(Job, answer)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(LeaseLostError):
        yield


def test_a_job_is_enqueued_with_the_change_that_asks_for_it_or_not_at_all(
    opened: Service, answer: str
) -> None:
    lease = claim(opened, answer)
    with opened.database.writing() as session:
        QUEUE.finish(session, lease)

    def fail(session: Session) -> None:
        assert QUEUE.enqueue(session, answer, "upload")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), opened.database.writing() as session:
        fail(session)
    assert job(opened, answer).state == "done"
    with opened.database.writing() as session:
        assert QUEUE.enqueue(session, answer, "upload", reanalysis_requested=True)
    assert (job(opened, answer).state, job(opened, answer).reanalysis_requested) == ("waiting", True)


def test_a_job_is_leased_once_and_left_alone_while_it_is(opened: Service, answer: str) -> None:
    lease = claim(opened, answer)
    assert (lease.attempt, lease.kind, lease.crashes) == (1, "upload", 0)
    assert lease.until == pytest.approx(lease.claimed_at + 30.0)
    with opened.database.writing() as session:
        assert QUEUE.claim(session, answer, "machine/1/2.00/4", lease_seconds=30.0) is None
        assert not QUEUE.enqueue(session, answer, "upload")
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=True) is None
        assert QUEUE.leases(session) == [lease]
        assert QUEUE.holds(session, lease)


def test_an_earlier_attempt_of_the_same_worker_is_refused(opened: Service, answer: str) -> None:
    late = claim(opened, answer)
    with opened.database.writing() as session:
        QUEUE.retry(session, late, crashes=0)
    current = claim(opened, answer)
    assert current.attempt == 2
    with opened.database.writing() as session:
        with refused():
            QUEUE.heartbeat(session, late, lease_seconds=30.0)
        with refused():
            QUEUE.restart_clock(session, late)
        with refused():
            QUEUE.forget_crashes(session, late)
        with refused():
            QUEUE.finish(session, late)
        with refused():
            QUEUE.retry(session, late, crashes=0)
        with refused():
            QUEUE.dead(session, late)
        assert not QUEUE.holds(session, late)
        assert QUEUE.holds(session, current)
        QUEUE.finish(session, current)
    assert job(opened, answer).state == "done"


def test_a_job_that_crashed_is_given_to_a_worker_without_other_jobs(opened: Service, answer: str) -> None:
    lease = claim(opened, answer)
    with opened.database.writing() as session:
        QUEUE.retry(session, lease, crashes=1)
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=False) is None
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=True) == answer
    again = claim(opened, answer)
    assert again.crashes == 1
    with opened.database.writing() as session:
        QUEUE.forget_crashes(session, again)
        QUEUE.retry(session, again, crashes=0)
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=False) == answer


def test_a_dead_job_is_not_claimed_until_it_is_enqueued_again(opened: Service, answer: str) -> None:
    lease = claim(opened, answer)
    with opened.database.writing() as session:
        QUEUE.dead(session, lease)
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=True) is None
        assert QUEUE.leases(session) == []
        assert QUEUE.enqueue(session, answer, "upload")
        assert QUEUE.first_waiting(session, ("recording",), isolated=True) is None
        assert QUEUE.first_waiting(session, ("upload",), isolated=True) == answer
    assert claim(opened, answer).attempt == 2


def test_a_machine_whose_clock_is_wrong_neither_loses_nor_keeps_a_lease(
    opened: Service, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    for wrong_by in (-3600.0, 3600.0):
        with monkeypatch.context() as wrong:
            wrong.setattr(time, "time", lambda wrong_by=wrong_by: real() + wrong_by)
            lease = claim(opened, answer)
            with opened.database.writing() as session:
                QUEUE.heartbeat(session, lease, lease_seconds=30.0)
                (held,) = QUEUE.leases(session)
            assert 25 < held.left <= 30
        recovery.record_expired_leases(opened.database)
        with opened.database.writing() as session:
            assert QUEUE.holds(session, lease)
            QUEUE.heartbeat(session, lease, lease_seconds=-1.0)
        with monkeypatch.context() as wrong:
            wrong.setattr(time, "time", lambda wrong_by=wrong_by: real() + wrong_by)
            recovery.record_expired_leases(opened.database)
        assert (job(opened, answer).state, job(opened, answer).crashes) == ("waiting", 1)
        with opened.database.writing() as session:
            assert QUEUE.enqueue(session, answer, "upload")


@pytest.mark.parametrize("opened", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_job_that_another_worker_is_claiming_is_left_out_rather_than_waited_for(
    opened: Service, answer: str
) -> None:
    with opened.database.writing() as first, opened.database.writing() as second:
        assert QUEUE.first_waiting(first, JOB_KINDS, isolated=True, to_claim=True) == answer
        assert QUEUE.first_waiting(second, JOB_KINDS, isolated=True) == answer
        assert QUEUE.first_waiting(second, JOB_KINDS, isolated=True, to_claim=True) is None


def test_people_take_turns_however_many_answers_one_of_them_has(opened: Service) -> None:
    waiting: dict[str, list[str]] = {}
    with opened.database.writing() as session:
        session.add_all([Person(id="many"), Person(id="one"), Person(id="two")])
    for person, number in (("many", 6), ("one", 1), ("two", 2)):
        waiting[person] = [upload_of(opened, person) for _ in range(number)]
    many, (one,), two = waiting.values()
    order = []
    for _ in range(9):
        with opened.database.writing() as session:
            answer = QUEUE.first_waiting(session, JOB_KINDS, isolated=True, to_claim=True)
            assert answer is not None
            lease = QUEUE.claim(session, answer, WORKER, lease_seconds=30.0)
            assert lease is not None
            order.append(answer)
            QUEUE.finish(session, lease)
    assert order == [many[0], one, two[0], many[1], two[1], *many[2:]]

    # Of several at once, the one with the fewest in progress is next.
    new = [upload_of(opened, person) for person in ("many", "many", "two")]
    claim(opened, new[0])
    with opened.database.writing() as session:
        session.get_one(Person, "many").turn_at = 0.0
        assert QUEUE.first_waiting(session, JOB_KINDS, isolated=True) == new[2]


def upload_of(service: Service, person: str) -> str:
    """A complete answer of a person, whose job waits."""
    with service.database.writing() as session:
        row = Answer(person_id=person, title="a", source="upload", intake="complete")
        session.add(row)
        session.flush()
        enqueue_analysis(session, row)
        return row.id


@pytest.mark.parametrize("opened", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_an_idle_worker_is_woken_when_a_job_is_queued(opened: Service) -> None:
    stop = StopRequest()
    waiting = WakeUp(opened.database, stop)
    waiting.start()
    waiting.wait()
    eventually(lambda: waiting._listening)
    waiting.wait()
    woken = threading.Event()

    def wait_long() -> None:
        stop.wait(PATIENCE)
        woken.set()

    threading.Thread(target=wait_long, daemon=True).start()
    assert not woken.wait(0.1)
    with opened.database.writing() as session:
        session.add(Person(id="new"))
    upload_of(opened, "new")
    assert woken.wait(5.0)
    stop.make()
