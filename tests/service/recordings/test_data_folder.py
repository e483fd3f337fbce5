"""The data folder is never somebody else's: no folder with other files is used or changed."""

from pathlib import Path

import pytest

from service.dependencies import Service
from service.recordings.data_folder import DataFolderError, make_data_folder
from service.settings import Settings
from tests.service.in_process import run_command


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that others may read, as most folders are."""
    existing = tmp_path / "existing"
    existing.mkdir()
    existing.chmod(0o755)
    return existing


def test_a_folder_with_other_files_is_refused_and_left_as_it_is(folder: Path) -> None:
    (folder / "thesis.docx").write_text("mine")
    (folder / "answers").mkdir()
    result = run_command("export", str(folder.parent / "all.zip"), folder=folder)
    assert result.returncode == 2
    assert "holds other files" in result.stderr and "foreign_data_folder" in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["answers", "thesis.docx"]
    assert mode(folder) == 0o755


def test_an_empty_folder_is_used_as_it_is_and_what_is_put_into_it_is_private(folder: Path) -> None:
    Service.open(Settings(data_folder=folder, free_space_floor=0)).database.close()
    assert mode(folder) == 0o755
    assert {path.name: mode(path) & 0o077 for path in folder.iterdir()} == {
        "answers": 0,
        "greenroom.sqlite3": 0,
        "trash": 0,
        "work": 0,
    }


@pytest.mark.parametrize(
    "names",
    [("formats.toml",), ("lost+found", ".DS_Store"), ("answers",), ("greenroom.sqlite3", "notes.txt")],
)
def test_a_folder_of_greenrooms_own_is_used(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).mkdir() if name in {"answers", "lost+found"} else (folder / name).touch()
    make_data_folder(folder)
    make_data_folder(folder)
    assert {"answers", "work", "trash"} <= {path.name for path in folder.iterdir()}


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    make_data_folder(tmp_path / "a" / "b")
    assert mode(tmp_path / "a" / "b") == 0o700


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderError, match="cannot use"):
        make_data_folder(tmp_path / "file")
