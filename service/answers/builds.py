"""Whether a report was made by the current build, as far as this process can tell.

A process serves one service, so its recogniser is stored here once and each row can be compared with it
directly. The recogniser runs in workers; this process knows its name only if the settings choose one by name.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import analysis
import service
from analysis import ANALYSIS_VERSION
from analysis.report import ModelDescription
from analysis.transcription.weights import PACKAGED_MODELS
from service.db.models import Answer
from service.settings import Settings


@dataclass(frozen=True)
class Recogniser:
    """The speech recogniser that transcribes answers.

    Attributes:
        names: names that reports may give it; a folder goes by its last component.
        sha256: of its weights; None if it is unknown until they are loaded.
    """

    names: frozenset[str]
    sha256: str | None


class _Service:
    """The recogniser of this process; None if it cannot be determined."""

    recogniser: Recogniser | None = None


def declare(settings: Settings) -> None:
    """Records the recogniser that this service uses. Called when the service is opened."""
    _Service.recogniser = None
    if settings.engine == Settings.model_fields["engine"].default:
        packaged = PACKAGED_MODELS.get(settings.model)
        _Service.recogniser = Recogniser(
            frozenset({settings.model, Path(settings.model).expanduser().name}),
            None if packaged is None else packaged.sha256,
        )


def build_token() -> tuple[object, ...]:
    """Equal in two processes that show a row alike: their code, and the recogniser they compare with."""
    recogniser = _Service.recogniser
    known = None if recogniser is None else (tuple(sorted(recogniser.names)), recogniser.sha256)
    return ANALYSIS_VERSION, known, _code_digest()


@cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    for package in (analysis, service):
        root = Path(str(package.__file__)).parent
        for path in sorted(path for path in root.rglob("*") if path.suffix in {".py", ".toml"}):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def uses(model: ModelDescription) -> bool:
    """Whether it is certain that this service transcribes with the weights that a description names."""
    recogniser = _Service.recogniser
    return recogniser is not None and recogniser.sha256 == model.sha256


def is_of_this_build(facts: Mapping[str, Any] | None) -> bool:
    """Whether a report was made with the current analysis version and recogniser.

    Args:
        facts: of the report, as stored in the row; None for a report that predates them.
    """
    build = (facts or {}).get("build", {})
    if build.get("analysis_version") != ANALYSIS_VERSION:
        return False
    recogniser = _Service.recogniser
    if recogniser is None:
        return True
    same_weights = recogniser.sha256 is None or build.get("model_sha256") == recogniser.sha256
    return build.get("model") in recogniser.names and same_weights


def is_outdated(row: Answer) -> bool:
    """Whether an answer has a report from another build and can be analysed again. Reads only the row."""
    # A take of the demo data has no recording to analyse.
    return row.report_ready and row.chunk_count > 0 and not is_of_this_build(row.facts)
