"""The trained detector of filled pauses: a probe of the recogniser's encoder, and a classifier of candidates.

Both are linear, with about five hundred weights in all, and belong to one model, since encoder states differ
between models. `training/README.md` describes their training data and how to train them again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate, find_candidates
from analysis.filled_pauses.decoder_odds import DecoderOdds
from analysis.filled_pauses.evidence import FEATURES, gather_evidence
from analysis.report import FillerSource, Word
from analysis.signal.voice_activity import Activity

TRAINED = "trained.json"
WEIGHTS = "trained.npy"

UNLIKELY = 0.5
"""Probability below which a filled pause is not reported, and a transcribed one is removed from the text."""


@dataclass(frozen=True)
class FilledPause:
    """A filled pause, transcribed or only heard.

    Attributes:
        text: as transcribed; 'uh' where it was only heard, since the sounds are not distinguished.
        start, end: seconds.
        source: `transcribed` when the recogniser wrote it, `heard`, or `person` when the person added it.
        probability: that it is one, 0 to 1.
    """

    text: str
    start: float
    end: float
    source: FillerSource
    probability: float


@dataclass(frozen=True)
class FilledPauseDetector:
    """A probe for one model's encoder.

    Attributes:
        weights: shape (states,), and `bias`: log odds of a filled pause from one encoder state.
        evidence_weights: shape (len(FEATURES),), and `evidence_bias`: log odds from `Evidence.features`.
        trained: the day, in ISO 8601.
        fold: the part of the labelled speech that it was trained without; None for the shipped detector.
    """

    weights: NDArray[np.float32]
    bias: float
    evidence_weights: NDArray[np.float64]
    evidence_bias: float
    trained: str = ""
    fold: int | None = None

    def candidates(self, states: NDArray[np.float32], start: float) -> tuple[Candidate, ...]:
        """Possible filled pauses of a window.

        Args:
            states: shape (frames, states), 20 ms a frame.
            start: of the window, seconds.
        """
        return find_candidates(self.log_odds(states), start)

    def log_odds(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log odds of a filled pause, shape (frames,), from states of shape (frames, states)."""
        odds: NDArray[np.float32] = states @ self.weights + np.float32(self.bias)
        return odds

    def weigh(
        self,
        words: Sequence[Word],
        candidates: Sequence[Candidate],
        odds: Sequence[DecoderOdds],
        activity: Activity,
    ) -> tuple[tuple[FilledPause, ...], tuple[Word, ...]]:
        """Combines the evidence of the text and of the audio.

        Args:
            words: as the recogniser wrote them.
            candidates: possible filled pauses in the audio.
            odds: of a filled pause between the words.
            activity: speech and silence.

        Returns:
            Filled pauses with their probability, in order of time, including unlikely ones; and the words
            without the unlikely filled pauses, the others moved to the time of their sound.
        """
        found: list[FilledPause] = []
        kept = {id(word): word for word in words}
        for evidence in gather_evidence(words, candidates, odds, activity):
            filled = FilledPause(
                evidence.text or "uh",
                round(evidence.start, 3),
                round(evidence.end, 3),
                "heard" if evidence.word is None else "transcribed",
                round(self._probability(evidence.features), 3),
            )
            found.append(filled)
            if evidence.word is not None and filled.probability < UNLIKELY:
                del kept[id(evidence.word)]
            elif evidence.word is not None:
                kept[id(evidence.word)] = replace(evidence.word, start=filled.start, end=filled.end)
        return tuple(found), tuple(sorted(kept.values(), key=lambda word: word.start))

    def _probability(self, features: NDArray[np.float64]) -> float:
        return float(1 / (1 + np.exp(-(features @ self.evidence_weights + self.evidence_bias))))


def load_detector(model_sha256: str, fold: int | None = None) -> FilledPauseDetector | None:
    """The detector for a model.

    Args:
        model_sha256: of the recogniser's weights.
        fold: load the detector trained without this part of the labelled speech.

    Returns:
        None for a model without a trained detector.

    Raises:
        ValueError: the detector was trained on other features.
    """
    trained, weights = _trained()
    if trained["model_sha256"] != model_sha256:
        return None
    if trained["features"] != list(FEATURES):
        raise ValueError("The trained detector weighs other evidence than is gathered now: train it again.")
    row = 0 if fold is None else 1 + fold
    entry = trained["detectors"][row]
    return FilledPauseDetector(
        weights=weights[row, :-1],
        bias=float(weights[row, -1]),
        evidence_weights=np.array(entry["evidence_weights"]),
        evidence_bias=entry["evidence_bias"],
        trained=trained["trained"],
        fold=fold,
    )


def trained_description() -> dict[str, Any]:
    """What was trained on which data with which folds, as written by `training/train.py`."""
    return _trained()[0]


@cache
def _trained() -> tuple[dict[str, Any], NDArray[np.float32]]:
    folder = files("analysis.filled_pauses")
    with (folder / WEIGHTS).open("rb") as opened:
        weights: NDArray[np.float32] = np.load(opened)
    return json.loads((folder / TRAINED).read_text(encoding="utf-8")), weights


def fold_of(clip: str) -> int | None:
    """The training fold of a labelled clip by its id; None for one that no detector was trained on.

    Clips that share a speaker, a synthesiser or a recorded filler are in one fold, a degraded clip in that
    of its clean twin; no voice of a fold is heard in the training material of its detector.
    """
    folds: dict[str, int] = trained_description()["folds"]
    return folds.get(clip)
