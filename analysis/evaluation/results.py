"""The results of an evaluation, as written by `greenroom evaluate DIR --json OUT`."""

from dataclasses import dataclass
from datetime import date

from analysis.evaluation.clip_scores import ClipScore
from analysis.evaluation.summary import GroupFigures


@dataclass(frozen=True)
class Failure:
    """A clip that could not be analysed.

    Attributes:
        id: id of the clip.
        text: the reason, in a sentence.
    """

    id: str
    text: str


@dataclass(frozen=True)
class Made:
    """The conditions of an evaluation.

    Attributes:
        on: the day of the evaluation.
        labelled_speech: the folder as it was named; for an absolute path its last component.
        analysis_version: version of the analysis.
        model, model_sha256: the recogniser.
        source_sha256: hash of the source code of the analysis.
        folds: whether each clip was analysed with detectors that were trained without it.
        own_training_clips: number of clips that were analysed with detectors trained on them.
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
    """Figures of one build on one folder of labelled speech, as written by `--json`.

    Attributes:
        made: the conditions of the evaluation.
        groups: figures of groups of clips; the first group contains all clips.
        failures: clips that could not be analysed; they are in no figure.
        clips: scores of each clip, for paired comparisons of two builds; may be left out.
    """

    made: Made
    groups: tuple[GroupFigures, ...]
    failures: tuple[Failure, ...]
    clips: tuple[ClipScore, ...] = ()

    def group(self, name: str) -> GroupFigures | None:
        """The figures of a group; None if the labelled speech has no such clips."""
        return next((group for group in self.groups if group.name == name), None)
