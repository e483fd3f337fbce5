"""Labelled speech beside the checkout: one clip a line of its `manifest.jsonl`.

Where it lies is the folder `../shared/eval`, or what the environment variable GREENROOM_LABELLED_SPEECH
says.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


def folder() -> Path:
    """The labelled speech, whether it is there or not."""
    return Path(os.environ.get("GREENROOM_LABELLED_SPEECH", REPOSITORY.parent / "shared" / "eval"))


@dataclass(frozen=True)
class Clip:
    """One labelled recording.

    Attributes:
        path: of the sound.
        truth: its line of the manifest.
    """

    path: Path
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.truth["id"])

    @property
    def group(self) -> str:
        """Kind, with the variant of degraded twins."""
        variant = self.truth.get("variant")
        return f"{self.truth['kind']} {variant}" if variant else str(self.truth["kind"])


def clips(root: Path | None = None) -> Iterator[Clip]:
    """All clips of a labelled folder."""
    root = root or folder()
    for line in (root / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        yield Clip(root / truth["audio"], truth)
