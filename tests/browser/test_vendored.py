"""Vendored files are the published ones: every file has its hash in the README beside it."""

import hashlib
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
FOLDERS = [REPOSITORY / "web" / "vendor", REPOSITORY / "tests" / "browser" / "vendor"]
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=["page", "tests"])
def test_files_have_their_published_hashes(folder: Path) -> None:
    listed = dict(ROW.findall((folder / "README.md").read_text()))
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "README.md"
    }
    assert found == listed


def test_settings_page_names_every_vendored_library() -> None:
    page = (REPOSITORY / "web" / "pages" / "settings.js").read_text()
    for folder in (REPOSITORY / "web" / "vendor").iterdir():
        if folder.is_dir():
            assert f"/static/vendor/{folder.name}/LICENSE.txt" in page
            name, version = folder.name.rsplit("-", 1)
            assert f'name: "{name}", version: "{version}"' in page
