"""Which reports are of this build, as far as this process can tell.

A process serves one service, so what it measures with is kept here once, and a row can be compared with it
alone. The recogniser runs in workers: its name is known here where the settings choose one by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import ANALYSIS_VERSION
from analysis.transcription.weights import PACKAGED_MODELS
from service.db.models import Answer
from service.settings import Settings


@dataclass(frozen=True)
class Recogniser:
    """What writes the words.

    Attributes:
        names: what reports may call it; a folder is called by its last part.
        sha256: of its weights; None where it is not known before they are loaded.
    """

    names: frozenset[str]
    sha256: str | None


class _Service:
    """What this process serves with; None where it cannot be told."""

    recogniser: Recogniser | None = None


def declare(settings: Settings) -> None:
    """Says what this service measures with. Called when it is opened."""
    _Service.recogniser = None
    if settings.engine == Settings.model_fields["engine"].default:
        packaged = PACKAGED_MODELS.get(settings.model)
        _Service.recogniser = Recogniser(
            frozenset({settings.model, Path(settings.model).expanduser().name}),
            None if packaged is None else packaged.sha256,
        )


def is_of_this_build(facts: Mapping[str, Any] | None) -> bool:
    """Whether a report was made with this version and this recogniser.

    Args:
        facts: of the report, as the row keeps them; None where it is so old that there are none.
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
    """Whether an answer has a report of another build that could be made again. Reads the row alone."""
    # A made-up take has no recording to analyse.
    return row.report_ready and row.chunk_count > 0 and not is_of_this_build(row.facts)
