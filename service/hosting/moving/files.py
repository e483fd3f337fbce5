"""Copies the files of answers from one storage to another, and reads each back to compare it.

A folder and an object store keep them under the same names, except that an object store adds to the number of
a chunk what makes its key unique, and the chunk's row holds that key (`service.recordings.object_storage`).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import obstore
from obstore.store import LocalStore, ObjectStore

from service.settings import Settings

ANSWERS = "answers"

_AT_ONCE = 8
"""Answers whose files are copied at once: most are small, and each request waits for the store."""

_WHOLE_BYTES = 16 * 1024 * 1024
"""Files up to this size are held in memory; most are smaller."""

_CHUNK = re.compile(r"chunks/\d{8}")
_PARTIAL = re.compile(r".*\.partial|chunks/.*")
"""Files that are being written, and chunks that no row has."""


class ChangedWhileCopiedError(Exception):
    """A file read back is not what was written."""


@dataclass(frozen=True)
class AnswerFiles:
    """The files that an answer has according to its rows.

    Attributes:
        answer: its id.
        chunks: number and key of each chunk that is not empty; the key is None in a folder.
        others: names of the files without which it would not be whole, the recording apart.
    """

    answer: str
    chunks: tuple[tuple[int, str | None], ...]
    others: tuple[str, ...]


@dataclass
class Copied:
    """What was copied.

    Attributes:
        files: their number.
        bytes: their size together.
        incomplete: ids of answers that the source does not have all files of.
    """

    files: int = 0
    bytes: int = 0
    incomplete: tuple[str, ...] = ()


def open_files(settings: Settings) -> ObjectStore:
    """All files of a set-up, below `answers`, whichever storage it has."""
    if settings.storage_url:
        from service.recordings.object_storage import open_store

        return open_store(settings)
    return LocalStore(prefix=settings.data_folder, mkdir=False)


def answers_with_files(store: ObjectStore) -> set[str]:
    """Ids of the answers that a storage has files of."""
    found = obstore.list_with_delimiter(store, f"{ANSWERS}/")
    names = {prefix.rstrip("/").rpartition("/")[2] for prefix in found["common_prefixes"]}
    return names - {ANSWERS, ""}


def copy_files(
    source: ObjectStore, target: ObjectStore, answers: Sequence[AnswerFiles], *, keep_keys: bool
) -> Copied:
    """Copies the files of answers.

    Args:
        source: of the files.
        target: of the copies; what is there already is replaced.
        answers: whose files.
        keep_keys: whether chunks keep the keys that their rows hold; otherwise they are named by number.

    Raises:
        ChangedWhileCopiedError: a copy differs from what was read.
    """
    copied = Copied()
    with ThreadPoolExecutor(_AT_ONCE, "files") as pool:
        for each, result in zip(
            answers, pool.map(lambda files: _copy(source, target, files, keep_keys), answers), strict=True
        ):
            copied.files += result.files
            copied.bytes += result.bytes
            if result.incomplete:
                copied.incomplete = (*copied.incomplete, each.answer)
    return copied


def _copy(source: ObjectStore, target: ObjectStore, files: AnswerFiles, keep_keys: bool) -> Copied:
    folder = f"{ANSWERS}/{files.answer}"
    copied, names, lost = Copied(), set(), False
    # Chunks first: when a recording is joined meanwhile, its chunks go and the whole is there afterwards.
    for number, key in files.chunks:
        plain = f"{folder}/chunks/{number:08d}"
        wanted = key if keep_keys and key is not None else plain
        try:
            copied.bytes += _copy_one(source, key or plain, target, wanted)
            copied.files += 1
        except FileNotFoundError:
            lost = True
    for name in _names(source, folder):
        if _CHUNK.fullmatch(name) or _PARTIAL.fullmatch(name):
            continue
        try:
            copied.bytes += _copy_one(source, f"{folder}/{name}", target, f"{folder}/{name}")
        except FileNotFoundError:
            # Replaced by another one meanwhile.
            continue
        copied.files += 1
        names.add(name)
    whole = "original" in names or not lost
    if not whole or not names.issuperset(files.others):
        copied.incomplete = (files.answer,)
    return copied


def _names(store: ObjectStore, folder: str) -> Iterator[str]:
    for page in obstore.list(store, f"{folder}/"):
        for each in page:
            yield each["path"].removeprefix(f"{folder}/")


def _copy_one(source: ObjectStore, key: str, target: ObjectStore, wanted: str) -> int:
    digest, size = hashlib.sha256(), 0
    found = obstore.get(source, key)
    if found.meta["size"] <= _WHOLE_BYTES:
        data = bytes(found.bytes())
        digest.update(data)
        size = len(data)
        obstore.put(target, wanted, data, use_multipart=False)
    else:
        with obstore.open_writer(target, wanted) as writer:
            for piece in found.stream():
                digest.update(piece)
                size += len(piece)
                writer.write(piece)
    written = hashlib.sha256()
    for piece in obstore.get(target, wanted).stream():
        written.update(bytes(piece))
    if written.digest() != digest.digest():
        raise ChangedWhileCopiedError
    return size
