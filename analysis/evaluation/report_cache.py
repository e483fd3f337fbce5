"""A cache of the reports of clips, so that an interrupted evaluation resumes where it stopped.

The key covers everything that a report depends on: the audio, the build and the recogniser. A change to any
of them leads to a new analysis; nothing has to be cleared by hand.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

import analysis
from analysis.evaluation.labelled_speech import Clip
from analysis.report import Report
from analysis.serialization import from_json, to_json

_LIBRARIES = ("av", "ctranslate2", "faster-whisper", "librosa", "numpy", "onnxruntime", "scipy")
"""Libraries with versions that can change a figure."""
_IRRELEVANT_FOLDERS = frozenset(
    {"cli", "comparison", "evaluation", "follow_ups", "sessions", "trends", "view", "__pycache__"}
)
"""Folders of the analysis that no report depends on."""


def default_folder() -> Path:
    """The default folder of the cache."""
    return user_cache_path("greenroom", appauthor=False) / "evaluation"


@dataclass(frozen=True)
class CachedReport:
    """The cached result of one clip.

    Attributes:
        report: the report of the clip.
        seconds: duration of its analysis.
    """

    report: Report
    seconds: float


@dataclass(frozen=True)
class Build:
    """Everything but the audio that a report depends on.

    Attributes:
        model: name of the recogniser.
        model_sha256: of its weights.
        source_sha256: of the installed analysis: code, trained weights and versions of its libraries.
    """

    model: str
    model_sha256: str
    source_sha256: str

    @classmethod
    def of(cls, model: str, model_sha256: str) -> "Build":
        """The current build with a recogniser."""
        libraries = [f"{name}=={version(name)}" for name in _LIBRARIES]
        return cls(model, model_sha256, source_hash(Path(analysis.__file__).parent, libraries))


def source_hash(package: Path, libraries: Sequence[str] = ()) -> str:
    """SHA-256 over the names and content of the files that a report can depend on."""
    digest = hashlib.sha256("\0".join(libraries).encode())
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(package)
        if path.is_file() and not _IRRELEVANT_FOLDERS & set(relative.parts):
            digest.update(f"{relative.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@dataclass(frozen=True)
class ReportCache:
    """A folder with one file for each clip and build.

    Attributes:
        folder: created with the first report.
        build: the build that makes the reports.
    """

    folder: Path
    build: Build

    def path(self, clip: Clip, audio: Path, fold: int | None) -> Path:
        """The file of a clip's report, whether it exists or not."""
        with audio.open("rb") as file:
            sound = hashlib.file_digest(file, "sha256").hexdigest()
        parts = (sound, analysis.ANALYSIS_VERSION, self.build.model_sha256, self.build.source_sha256)
        key = hashlib.sha256("\0".join((*parts, str(fold))).encode()).hexdigest()
        name = re.sub(r"[^\w.-]", "_", clip.id)[:80]
        return self.folder / f"{name}-{key[:32]}.json"

    def get(self, path: Path) -> CachedReport | None:
        """The report in a file; None if it does not exist or cannot be read."""
        try:
            return from_json(CachedReport, path.read_bytes())
        except (OSError, ValueError):
            return None

    def put(self, path: Path, result: CachedReport) -> None:
        """Writes a report, completely or not at all."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # transcripts are private
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.partial")
        unfinished.write_text(to_json(result), encoding="utf-8")
        unfinished.replace(path)
