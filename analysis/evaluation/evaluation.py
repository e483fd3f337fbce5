"""Converts labelled clips to tasks for the runner, and its outcomes to figures."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from analysis import ANALYSIS_VERSION
from analysis.evaluation.clip_scores import Detectors, score_clip
from analysis.evaluation.labelled_speech import Clip
from analysis.evaluation.report_cache import Build
from analysis.evaluation.results import Evaluation, Failure, Made
from analysis.evaluation.runner import Outcome, Task
from analysis.evaluation.summary import summarise

FoldOf = Callable[[str], int | None]
"""Maps the id of a labelled clip to its training fold; None for clips that no detector was trained on."""


def known_folds(model_sha256: str) -> FoldOf:
    """The folds of a recogniser's detectors. For a model without detectors, no clip is in a fold."""
    from analysis.filled_pauses.detector import fold_of, load_detector

    return fold_of if load_detector(model_sha256) is not None else lambda clip: None


def tasks(folder: Path, clips: Sequence[Clip], fold_of: FoldOf, *, folds: bool) -> list[Task]:
    """One task per clip, with the fold of the detectors to analyse it with."""
    return [Task(clip, folder / clip.audio, fold_of(clip.id) if folds else None) for clip in clips]


def evaluate(
    outcomes: Sequence[Outcome],
    fold_of: FoldOf,
    *,
    folders: Sequence[Path],
    build: Build,
    folds: bool,
) -> Evaluation:
    """Scores and summarises the outcomes of the runner.

    Args:
        outcomes: one for each clip, in any order.
        fold_of: maps clips to their folds.
        folders: of the labelled speech.
        build: the build that made the reports.
        folds: whether each clip was analysed with detectors that were trained without its fold.
    """
    scores, failures = [], []
    for outcome in sorted(outcomes, key=lambda outcome: outcome.task.clip.id):
        clip = outcome.task.clip
        if outcome.result is None:
            failures.append(Failure(clip.id, outcome.failure or ""))
            continue
        detectors = _detectors(outcome.task, fold_of)
        result = outcome.result
        scores.append(score_clip(clip, result.report, seconds=result.seconds, detectors=detectors))
    made = Made(
        on=date.today(),
        labelled_speech=" ".join(
            folder.resolve().name if folder.is_absolute() else folder.as_posix() for folder in folders
        ),
        analysis_version=ANALYSIS_VERSION,
        model=build.model,
        model_sha256=build.model_sha256,
        source_sha256=build.source_sha256,
        folds=folds,
        own_training_clips=sum(score.detectors == "own_training_clip" for score in scores),
    )
    return Evaluation(made, summarise(scores), tuple(failures), tuple(scores))


def _detectors(task: Task, fold_of: FoldOf) -> Detectors:
    if task.fold is not None:
        return "out_of_fold"
    return "not_trained_on" if fold_of(task.clip.id) is None else "own_training_clip"
