"""The interface of a queue of analysis jobs, whichever engine stores it.

An answer has at most one job. It waits, is leased to a worker for an attempt, and is done or dead afterwards;
enqueuing it makes it wait once more. Every method runs in the caller's transaction, so that a job and the
answer that it belongs to change together.

    waiting --claim--> leased --finish--> done --enqueue--> waiting
                         |  +---dead----> dead --enqueue--> waiting
                         +-----retry----> waiting

Attempts of a job are numbered, and a number is never given twice. Whatever a worker saves has to be preceded,
in the same transaction, by a call with its lease: once another worker has the job, or the answer is deleted,
that call raises `LeaseLostError` and nothing is saved. So there is never a second report, however late the
first worker resumes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sqlalchemy.orm import Session

JobKind = Literal["recording", "upload"]
"""A recording made here may still be in progress, and its speaker waits for the report. An upload arrives
complete."""

JOB_KINDS: tuple[JobKind, ...] = ("recording", "upload")

RECORDING_PATIENCE = 30.0
"""Seconds without a chunk after which the attempt on a live recording ends. The next chunk makes
the job ready to be claimed again."""


class LeaseLostError(Exception):
    """This attempt is over: the answer was deleted, or another worker has its job. Abandon the work."""


@dataclass(frozen=True)
class Lease:
    """One attempt at a job, granted to a worker.

    Attributes:
        answer: id of the answer.
        kind: of job.
        worker: name of the worker process.
        attempt: number of this attempt, from 1.
        claimed_at: when work began, in seconds since 1970 by the database's clock.
        until: when the lease ends without another heartbeat, in seconds since 1970 by the database's clock.
        crashes: earlier attempts in a row in which the worker died without having saved anything.
        reanalysis_requested: every stage is to be run again with this build.
        left: seconds that the lease had left when it was read, by the database's clock; below 0 once it has
            expired. `until` is never compared with the clock of a machine, which may be minutes off.
    """

    answer: str
    kind: JobKind
    worker: str
    attempt: int
    claimed_at: float
    until: float
    crashes: int
    reanalysis_requested: bool
    left: float = field(default=0.0, compare=False)


class JobQueue(Protocol):
    """A queue of jobs. `session` is from `Database.writing`, or from `reading` where a method only reads."""

    def enqueue(
        self, session: Session, answer: str, kind: JobKind, *, reanalysis_requested: bool = False
    ) -> bool:
        """Sets the job of an answer to waiting, with a crash count of 0; creates the job if there is none.

        Returns:
            False where a worker holds it: the job is left as it is.
        """
        ...

    def first_waiting(
        self, session: Session, kinds: Collection[JobKind], *, isolated: bool, to_claim: bool = False
    ) -> str | None:
        """The answer whose job is next; None when none is waiting. A read unless `to_claim`.

        Args:
            kinds: of jobs to consider; at least one.
            isolated: whether the asking worker has no other job. Only then is it given a job whose
                last attempt crashed, so that another crash affects no other job.
            to_claim: locks the person's row and the job's until the end of the transaction, where the
                database has row locks. Jobs that others have locked are left out rather than waited for.
        """
        ...

    def claim(self, session: Session, answer: str, worker: str, *, lease_seconds: float) -> Lease | None:
        """Leases a waiting job to a worker; None when another worker was faster."""
        ...

    def heartbeat(self, session: Session, lease: Lease, *, lease_seconds: float) -> None:
        """Renews a lease: it ends `lease_seconds` from now.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def restart_clock(self, session: Session, lease: Lease) -> None:
        """Restarts the measured time of the attempt: until now it could not have gone on.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def note_duration(self, session: Session, lease: Lease) -> None:
        """Notes how long the attempt has taken until now, for estimates of how long others will take.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def forget_crashes(self, session: Session, lease: Lease) -> None:
        """Sets the crash count to 0: it has saved something, and only crashes without a result add up.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def holds(self, session: Session, lease: Lease) -> bool:
        """Whether this attempt still holds its lease. A read."""
        ...

    def leases(self, session: Session) -> Sequence[Lease]:
        """Every lease, including expired ones. A read."""
        ...

    def finish(self, session: Session, lease: Lease) -> None:
        """Marks the job as done, including a requested new analysis.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def retry(self, session: Session, lease: Lease, *, crashes: int) -> None:
        """Sets the job to waiting, for another attempt.

        Args:
            crashes: the number of crashes in a row to store.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def dead(self, session: Session, lease: Lease) -> None:
        """Gives the job up: no worker claims it until it is enqueued again.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...
