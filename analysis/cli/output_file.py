"""A result file that is either whole or not there, found to be writable before the work starts."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from analysis.cli.failures import CommandError


def _cannot_write(path: Path, why: str) -> CommandError:
    return CommandError(
        f"The result cannot be written to {path}: {why}. Nothing was analysed. Choose another place.",
        code="cannot_write",
    )


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "its folder does not exist"
        case PermissionError():
            return "you may not write there"
        case _:
            return (error.strerror or "the system refuses it").lower()


def _write_directly(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8")


@contextmanager
def reserved(path: Path, *, recording: Path | None = None) -> Iterator[Callable[[str], None]]:
    """Holds a place for the result and gives the function that writes it.

    The text goes to a new file beside `path`, which then takes its name in one step: whoever reads
    `path` finds the old result or the whole new one. Left without writing, nothing is left behind.

    Args:
        path: where the result goes; a link is followed, a device is written to directly.
        recording: what is analysed, which the result must never replace.

    Raises:
        CommandError: `cannot_write` or `same_file`, before anything is analysed as far as that can be known.
    """
    target = Path(os.path.realpath(path))
    existing = target.stat() if target.exists() else None
    if existing is not None and recording is not None and os.path.samestat(existing, recording.stat()):
        raise CommandError(
            f"{path} is the recording itself. Nothing was written. Give the result another name.",
            code="same_file",
        )
    if target.is_dir():
        raise _cannot_write(path, "it is a folder")
    if existing is not None and not os.access(target, os.W_OK):
        raise _cannot_write(path, "you may not write there")
    if existing is not None and not stat.S_ISREG(existing.st_mode):
        yield partial(_write_directly, target)  # a pipe or /dev/null: taking its name would destroy it
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        stream = unfinished.open("x", encoding="utf-8")
    except OSError as error:
        raise _cannot_write(path, _reason(error)) from error

    def write(text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
            if existing is not None:
                unfinished.chmod(stat.S_IMODE(existing.st_mode))
            unfinished.replace(target)
        except OSError as error:
            raise CommandError(
                f"The result could not be written to {path}: {_reason(error)}. The recording is unchanged. "
                "Make room or choose another place, then try again.",
                code="cannot_write",
            ) from error

    try:
        yield write
    finally:
        stream.close()
        unfinished.unlink(missing_ok=True)
