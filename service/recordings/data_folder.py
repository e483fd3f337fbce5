"""The folder in which the service keeps everything: made by it, or one that it may use.

A folder that holds other files is never taken over, and the permissions of a folder that somebody else made
are never changed. What the service puts into it is readable by its owner only in any case.
"""

from pathlib import Path

from analysis.errors import AnalysisError
from service.practice.formats import FILE_NAME as FORMATS

ANSWERS, WORK, TRASH = "answers", "work", "trash"
FOLDERS = (ANSWERS, WORK, TRASH)

_DATABASE = "greenroom.sqlite3"
_OWN = {*FOLDERS, "backups", _DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm", FORMATS}
_OF_SYSTEMS = {"lost+found", ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What operating systems put into a folder that is otherwise empty."""


class DataFolderError(AnalysisError):
    """The data folder cannot be used. Codes: `foreign_data_folder`, `no_data_folder`."""

    code = "foreign_data_folder"


def make_data_folder(root: Path) -> None:
    """Makes the data folder and the folders in it, as far as they do not exist.

    Args:
        root: the data folder. A new one can be read by its owner only.

    Raises:
        DataFolderError: it holds other files and nothing of Greenroom's, or cannot be made.
    """
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        names = {path.name for path in root.iterdir()}
    except OSError as error:
        raise DataFolderError(
            f"Greenroom cannot use {root} as its folder. Choose another with --data-folder.",
            code="no_data_folder",
        ) from error
    is_own = _DATABASE in names or names.issuperset(FOLDERS)
    if not is_own and not names <= _OWN | _OF_SYSTEMS:
        raise DataFolderError(
            f"The folder {root} holds other files. Nothing in it was changed. "
            "Choose an empty folder or a new one for Greenroom."
        )
    for name in FOLDERS:
        (root / name).mkdir(exist_ok=True, mode=0o700)
