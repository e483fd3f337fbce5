"""What reads recordings loads where processes cannot be confined."""

import subprocess
import sys

import pytest

from tests.service.running import REPOSITORY

LOAD = """
import sys
for name in ("fcntl", "resource"):
    sys.modules[name] = None
import {module}
"""


@pytest.mark.parametrize("module", ["analysis.audio.confined_decoder", "service.recordings.playable_tasks"])
def test_it_loads_without_the_modules_of_unix(module: str) -> None:
    code = LOAD.format(module=module)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
