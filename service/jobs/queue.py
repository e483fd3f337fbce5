"""What a queue of analysis jobs does, whichever engine keeps it.

An answer has at most one job. It waits, is leased to a worker for an attempt, and is done or dead afterwards;
enqueuing it again makes it wait again. Every method runs in the caller's transaction, so that a job and the
answer that it belongs to change together.

    waiting --claim--> leased --finish--> done --enqueue--> waiting
                         |  +---dead----> dead --enqueue--> waiting
                         +-----retry----> waiting

Attempts of a job are numbered, and a number is never given twice. Whatever a worker saves has to be preceded,
in the same transaction, by a call with its lease: once somebody else has the job, or the answer is deleted,
that call raises `LeaseLostError` and nothing is saved. So there is never a second report, however late a
worker comes back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy.orm import Session

JobKind = Literal["recording", "upload"]
"""A recording made here may still go on, and whoever made it waits for the report. An upload was whole at
once."""

JOB_KINDS: tuple[JobKind, ...] = ("recording", "upload")

RECORDING_PATIENCE = 30.0
"""Seconds without a chunk after which the attempt on a recording that goes on is ended. The next chunk makes
the job ready to be claimed again."""


class LeaseLostError(Exception):
    """This attempt is over: the answer was deleted, or its job went to somebody else. Drop the work."""


@dataclass(frozen=True)
class Lease:
    """One attempt at a job, granted to a worker.

    Attributes:
        answer: id of the answer.
        kind: of job.
        worker: name of the worker process.
        attempt: number of this attempt, from 1.
        claimed_at: when work began, in seconds since 1970.
        until: when it ends without another heartbeat, in seconds since 1970.
        crashes: earlier attempts in a row in which the worker died without having saved anything.
        reanalysis_requested: every stage is to be done again with this build.
    """

    answer: str
    kind: JobKind
    worker: str
    attempt: int
    claimed_at: float
    until: float
    crashes: int
    reanalysis_requested: bool


class JobQueue(Protocol):
    """A queue of jobs. `session` is from `Database.writing`, or from `reading` where a method only reads."""

    def enqueue(
        self, session: Session, answer: str, kind: JobKind, *, reanalysis_requested: bool = False
    ) -> bool:
        """Makes the job of an answer wait, with no crash counted; makes the job where there is none.

        Returns:
            False where a worker holds it: the job is left as it is.
        """
        ...

    def first_waiting(self, session: Session, kinds: Collection[JobKind], *, isolated: bool) -> str | None:
        """The answer whose job goes first; None where none waits. A read.

        Args:
            kinds: of jobs to consider; at least one.
            isolated: whether the worker that asks has nothing else in hand. Only then is it shown a job whose
                last attempt crashed, so that it takes no other job down with it.
        """
        ...

    def claim(self, session: Session, answer: str, worker: str, *, lease_seconds: float) -> Lease | None:
        """Leases a waiting job to a worker; None where another one was faster."""
        ...

    def heartbeat(self, session: Session, lease: Lease, *, lease_seconds: float) -> None:
        """Renews a lease: it ends `lease_seconds` from now.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def restart_clock(self, session: Session, lease: Lease) -> None:
        """Counts the time that the attempt takes from now on: until now the recording was being made.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def forget_crashes(self, session: Session, lease: Lease) -> None:
        """This attempt has saved something: only crashes in a row without any result count together.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def holds(self, session: Session, lease: Lease) -> bool:
        """Whether this attempt still goes on. A read."""
        ...

    def leases(self, session: Session) -> Sequence[Lease]:
        """Every lease there is, those included whose time is over. A read."""
        ...

    def finish(self, session: Session, lease: Lease) -> None:
        """The work is done, a requested new analysis included.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def retry(self, session: Session, lease: Lease, *, crashes: int) -> None:
        """Makes the job wait for another attempt.

        Args:
            crashes: to be kept as the number of crashes in a row.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...

    def dead(self, session: Session, lease: Lease) -> None:
        """Gives the job up: nobody works on it until it is enqueued again.

        Raises:
            LeaseLostError: this attempt is over.
        """
        ...
