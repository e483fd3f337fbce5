"""Paths of the data folders that come with Greenroom, in a checkout or an installed wheel."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
"""The checkout, or site-packages."""


def data_folder(name: str, *, package: str) -> Path:
    """A folder that is next to the packages in a checkout and inside one of them in a wheel (`setup.py`).

    Args:
        name: of the folder, `web` or `samples`.
        package: name of the package that holds it in a wheel.

    Returns:
        Its path, whether or not it exists.
    """
    installed = _ROOT / package / name
    return installed if installed.is_dir() else _ROOT / name


SAMPLES = data_folder("samples", package="analysis")
"""The sample answers: `manifest.jsonl` and the recordings that it names."""
