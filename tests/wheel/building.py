"""Builds the wheel from a copy of the checkout, with nothing but what the build needs."""

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
BUILT_FROM = (
    "LICENSE", "MANIFEST.in", "README.md", "analysis", "pyproject.toml", "samples", "service", "setup.py",
    "web",
)  # fmt: skip
_UNTRACKED = shutil.ignore_patterns("__pycache__", "*.egg-info")


def build_wheel(folder: Path) -> Path:
    """Builds the wheel without a connection, with the setuptools of this environment.

    Args:
        folder: an empty one, to work in.

    Returns:
        Path of the wheel.
    """
    copy = folder / "copy"
    copy.mkdir()
    for name in BUILT_FROM:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=_UNTRACKED)
        else:
            shutil.copy(source, copy / name)
    command = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([sys.executable, *command, "--wheel-dir", str(folder), str(copy)], check=True)
    (wheel,) = folder.glob("greenroom-*.whl")
    return wheel
