"""The recordings of an archive, and which of them the storage could not give whole."""

import zipfile
from collections.abc import Iterator, Sequence
from typing import TypedDict

from service.answers.repository import with_files_among
from service.db.engine import Database
from service.db.models import Answer
from service.recordings.download_names import BEGINNING_BYTES, original_name, safe_suffix
from service.recordings.storage import MissingFileError, Storage, StoredChunk

MISSING = "missing-files.txt"
"""Beside the answers of an archive, where a file is missing."""

_MISSING_TEXT = """\
These files should be here, but Greenroom could not read them. They are missing or cut short.
Everything else is whole. Please tell those who run Greenroom.

"""


class MissingPart(TypedDict):
    """A recording that is not whole. `written` of its `bytes` are in the archive, the first ones."""

    file: str
    bytes: int
    written: int


class Originals:
    """Writes the recordings of a person into an archive.

    Args:
        database: tells which answers still exist.
        storage: gives the recordings.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage
        self._missing: dict[str, MissingPart] = {}

    def write(
        self, archive: zipfile.ZipFile, folder: str, row: Answer, chunks: Sequence[StoredChunk]
    ) -> Iterator[None]:
        """Writes one recording in steps, as far as the storage has it.

        Raises:
            service.recordings.storage.StorageUnavailableError: the archive has to be given up.
        """
        pieces = self._storage.read_original(row.id, chunks)
        name, written, size = f"{folder}/original", 0, sum(chunk.size for chunk in chunks)
        try:
            first = next(pieces, b"")
            suffix = safe_suffix(original_name(row.file_name, row.title, first[:BEGINNING_BYTES]))
            name = f"{folder}/original{suffix}"
            entry = zipfile.ZipInfo(name, row.created_at.timetuple()[:6])
            # Sound is already compressed. zipfile does not know the size in advance: allow for over 4 GiB.
            with archive.open(entry, "w", force_zip64=True) as file:
                file.write(first)
                written = len(first)
                for piece in pieces:
                    file.write(piece)
                    written += len(piece)
                    yield
        except MissingFileError:
            with self._database.reading() as session:
                deleted = not with_files_among(session, [row.id])
            if not deleted:
                self._missing[row.id] = {"file": name, "bytes": size, "written": written}

    def missing(self, answer: str) -> MissingPart | None:
        """What is missing of the recording of an answer; None if it is whole, or was deleted meanwhile."""
        return self._missing.get(answer)

    def notice(self) -> str | None:
        """The text of the file `MISSING`; None where nothing is missing."""
        lines = [
            f"- {part['file']}: {part['written']} of {part['bytes']} bytes are here.\n"
            for part in self._missing.values()
        ]
        return _MISSING_TEXT + "".join(lines) if lines else None
