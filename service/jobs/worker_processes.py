"""Worker processes on whichever machine: what they are called, and which of them are alive.

On SQLite all of them share one machine, and whether a process runs can be looked up. On PostgreSQL every
worker writes the time of the database into its row of the table `workers`; one that has not done so for the
time of a lease is dead.
"""

import os
import platform
import secrets
from collections.abc import Collection
from pathlib import Path

import psutil
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from service.db.clock import database_seconds
from service.db.models import Worker

_HOST_CHARACTERS = 60


def supervisor_name() -> str:
    """A new name for this process: `host/boot/process space/pid/created/random`.

    Two containers may have the same host name and the same process ids, so their process spaces are named.
    Workers add a number of their own.
    """
    process = psutil.Process()
    host = platform.node()[:_HOST_CHARACTERS].replace("/", "-")
    created = f"{process.create_time():.2f}"
    return "/".join([host, *_process_space(), str(process.pid), created, secrets.token_hex(4)])


def is_running(worker: str, *, one_machine: bool) -> bool | None:
    """Whether the process in a name runs; None where that cannot be looked up from here.

    Args:
        worker: a name of `supervisor_name`, perhaps with a number after it.
        one_machine: all workers share this machine's kernel, so one of another boot is gone.
    """
    try:
        _, boot, space, pid, created, *_ = worker.split("/")
        number = int(pid)
    except ValueError:
        return None
    own_boot, own_space = _process_space()
    if boot != own_boot:
        return False if one_machine else None
    if space != own_space:
        return None
    try:
        return number == os.getpid() or f"{psutil.Process(number).create_time():.2f}" == created
    except psutil.Error:
        return False


def note_seen(session: Session, worker: str) -> None:
    """Writes down that a worker is alive now; adds its row the first time."""
    seen = session.execute(
        update(Worker)
        .where(Worker.name == worker)
        .values(seen_at=database_seconds())
        .returning(Worker.name)
        .execution_options(synchronize_session=False)
    )
    if seen.first() is None:
        session.execute(
            insert(Worker).values(
                name=worker,
                machine=platform.node()[:200],
                started_at=database_seconds(),
                seen_at=database_seconds(),
            )
        )


def unseen(session: Session, seconds: float) -> list[str]:
    """Names of the workers that were not seen for so long."""
    return list(session.scalars(select(Worker.name).where(Worker.seen_at < database_seconds() - seconds)))


def forget(session: Session, workers: Collection[str]) -> None:
    """Removes the rows of workers that have ended."""
    session.execute(delete(Worker).where(Worker.name.in_(workers)))


def _process_space() -> tuple[str, str]:
    """Names the running kernel, and the space of process ids in it; `0` on systems that have one space."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
        return boot, str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        return "0", "0"
