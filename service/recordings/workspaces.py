"""Folders in which a worker writes files before they belong to an answer, on the disk of its own machine."""

import errno
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from service.recordings.storage import Known, StorageFullError

OLD_SECONDS = 24 * 3600.0
"""Far longer than any attempt at an analysis may take."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_IDENTIFIER = re.compile(r"[0-9a-f]{8,64}")
_FILE_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9]+)?")


class Workspaces:
    """The workspaces below a folder: `<answer>/<run>/`.

    Args:
        folder: exists.
        floor: bytes of the disk to leave free.
    """

    def __init__(self, folder: Path, *, floor: int) -> None:
        self.folder = folder
        self._floor = floor

    @contextmanager
    def open(self, answer: str, run: int) -> Iterator[Path]:
        """A folder for this run only; anything that an earlier, killed run left is deleted first."""
        parent = self.folder / checked_answer(answer)
        shutil.rmtree(parent, ignore_errors=True)
        workspace = parent / str(run)
        with disk_may_be_full():
            workspace.mkdir(parents=True, mode=0o700)
        try:
            yield workspace
        finally:
            shutil.rmtree(workspace, ignore_errors=True)
            with suppress(OSError):
                parent.rmdir()

    def require_space(self, size: int) -> None:
        """Raises `StorageFullError` if writing `size` bytes would leave less than the floor free."""
        if shutil.disk_usage(self.folder).free < size + self._floor:
            raise StorageFullError

    def delete_old(self) -> None:
        """Deletes what processes left here that were killed more than `OLD_SECONDS` ago."""
        for parent in self.folder.iterdir():
            with suppress(OSError):
                if parent.stat().st_mtime < time.time() - OLD_SECONDS:
                    shutil.rmtree(parent, ignore_errors=True)

    def sweep(self, known: Known) -> None:
        """Deletes the workspaces of answers that do not exist any more."""
        delete_unknown(self.folder, known)


def delete_unknown(parent: Path, known: Known) -> None:
    """Deletes the folders in `parent` that are named after an answer which does not exist any more."""
    names = [folder.name for folder in parent.iterdir() if _IDENTIFIER.fullmatch(folder.name)]
    for name in set(names).difference(known(names)):
        shutil.rmtree(parent / name, ignore_errors=True)


def checked_answer(answer: str) -> str:
    """The id of an answer, for use in a path.

    Raises:
        ValueError: it is none.
    """
    if not _IDENTIFIER.fullmatch(answer):
        raise ValueError("not an answer's id")
    return answer


def checked_name(name: str) -> str:
    """The name of a file, for use in a path.

    Raises:
        ValueError: the service chooses no such names.
    """
    if not _FILE_NAME.fullmatch(name):
        raise ValueError("not a name that the service chose")
    return name


@contextmanager
def disk_may_be_full() -> Iterator[None]:
    """Raises `StorageFullError` where the disk is full or a quota is used up."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError from error
        raise
