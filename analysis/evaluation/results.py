"""What an evaluation found: the contract of `greenroom evaluate DIR --json OUT`."""

from dataclasses import dataclass
from datetime import date

from analysis.evaluation.clip_scores import ClipScore
from analysis.evaluation.summary import GroupFigures


@dataclass(frozen=True)
class Failure:
    """A clip that could not be analysed.

    Attributes:
        id: of the clip.
        text: why, in a sentence.
    """

    id: str
    text: str


@dataclass(frozen=True)
class Made:
    """What figures were made with.

    Attributes:
        on: the day.
        labelled_speech: the folder as it was named; of an absolute path the last part.
        analysis_version: of the build.
        model, model_sha256: recogniser.
        source_sha256: of the analysis.
        folds: whether each clip was analysed with detectors that were trained without it.
        own_training_clips: clips that were analysed with detectors trained on them.
    """

    on: date
    labelled_speech: str
    analysis_version: str
    model: str
    model_sha256: str
    source_sha256: str
    folds: bool
    own_training_clips: int


@dataclass(frozen=True)
class Evaluation:
    """Figures of one build on one folder of labelled speech: what `--json` writes.

    Attributes:
        made: how.
        groups: figures, of all clips first.
        failures: clips that could not be analysed; they are in no figure.
        clips: the clips one by one, for paired comparisons of two builds; may be left out.
    """

    made: Made
    groups: tuple[GroupFigures, ...]
    failures: tuple[Failure, ...]
    clips: tuple[ClipScore, ...] = ()

    def group(self, name: str) -> GroupFigures | None:
        """The figures of a group; None where the labelled speech holds no such clips."""
        return next((group for group in self.groups if group.name == name), None)
