"""Copies of an SQLite database, made in a folder next to it before a migration changes it.

backups/<name>-before-<revision>.sqlite3    `revision` is the one that the migration led to

To undo a migration that went wrong: replace the database with the copy and start the version of
Greenroom that wrote it. A copy holds what the database held, so it is deleted whenever the person deletes
anything, and after `DAYS_KEPT` days in any case.
"""

import glob
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from analysis.errors import AnalysisError

FOLDER = "backups"
DAYS_KEPT = 30
"""Long enough to notice after an update that something is missing."""

_SECONDS_A_DAY = 86_400


class BackupError(AnalysisError):
    """The database could not be copied, so it was not migrated either."""

    code = "database_not_copied"


def copy_before(database: Path, revision: str) -> Path:
    """Copies a database and then deletes earlier copies, so that there is never more than one.

    Args:
        database: the SQLite file. Other processes may read it; the caller prevents them from writing.
        revision: the one to which it is about to be migrated.

    Returns:
        Path of the copy: one file without a write-ahead log, readable by its owner only.

    Raises:
        BackupError: the disk is full, or the folder cannot be written to.
    """
    folder = database.parent / FOLDER
    copy = folder / f"{database.stem}-before-{revision}{database.suffix}"
    partial = copy.with_name(f"{copy.name}.partial")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        partial.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupError(
            "The database could not be copied before the update. Nothing was changed. "
            f"Make room on the disk or check the permissions of {folder}, then start Greenroom again."
        ) from error
    for earlier in _copies(database):
        if earlier != copy:
            earlier.unlink(missing_ok=True)
    return copy


def delete_copies(database: Path, *, older_than_days: float = 0.0) -> None:
    """Deletes copies of a database, finished or not."""
    made_before = time.time() - older_than_days * _SECONDS_A_DAY
    for copy in _copies(database):
        # Another process may be deleting it too.
        with suppress(FileNotFoundError):
            if copy.stat().st_mtime <= made_before:
                copy.unlink()
    # Fails, and keeps the folder, if it holds anything else.
    with suppress(OSError):
        (database.parent / FOLDER).rmdir()


def _copies(database: Path) -> list[Path]:
    return list((database.parent / FOLDER).glob(f"{glob.escape(database.stem)}-before-*"))
