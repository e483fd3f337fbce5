"""The folder in which the processes of a test run share what the recogniser wrote (`tests.recogniser`)."""

import os
import shutil
import tempfile
from pathlib import Path

FOLDER_VARIABLE = "GREENROOM_TEST_RECOGNISED"
"""Environment variable with its path."""


def make_folder() -> Path | None:
    """Makes the folder of this run; None in a process that was started with one."""
    if FOLDER_VARIABLE in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix="greenroom-recognised-"))
    os.environ[FOLDER_VARIABLE] = str(folder)
    return folder


def delete_folder(folder: Path) -> None:
    """Deletes what `make_folder` made."""
    del os.environ[FOLDER_VARIABLE]
    shutil.rmtree(folder, ignore_errors=True)
