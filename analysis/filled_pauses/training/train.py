"""Trains the detector of filled pauses again and writes it into the package.

python -m analysis.filled_pauses.training.train LABELLED_SPEECH PIECES [--cache FOLDER]

LABELLED_SPEECH is a folder in the format of samples/manifest.jsonl; PIECES is the output of `speech.py`.
Besides the shipped detector it trains one for each fold, without anybody whose voice is in that fold, so that
the error can be measured on speech that a detector was not trained on. The weights of the evidence are
likewise fitted on candidates of probes that were not trained on them. Nothing is random here; the material is
seeded.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses import detector as shipped
from analysis.filled_pauses.candidates import FRAME
from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.filled_pauses.evidence import FEATURES, Evidence, gather_evidence
from analysis.filled_pauses.training.fitting import (
    EVIDENCE_PENALTY,
    PROBE_PENALTY,
    even_shares,
    fit_logistic,
)
from analysis.filled_pauses.training.material import (
    FOLDS,
    PARTS,
    Item,
    fold_clips,
    labelled_items,
    made_items,
    read_manifest,
)
from analysis.filled_pauses.training.recognition import CollectingEngine, RecognisedItem, recognise
from analysis.report import Span

_EDGE = 0.04
"""Seconds on each side of a filled pause's ends that are not used: labels and states are that imprecise."""
_NEAR = 0.25
"""Most seconds between a labelled and a detected filled pause that match, as in `greenroom evaluate`."""
_WORTH_OF_LABELLED = 4.0
"""Weight of a labelled frame relative to a synthetic one; those are more numerous and easier."""
_EVERY_NEGATIVE = 6
"""One in this many frames without a filled pause is used: adjacent frames are redundant."""


@dataclass(frozen=True)
class Lesson:
    """An item prepared for training: labelled frames and the recogniser's results.

    Attributes:
        part: one of `PARTS`; its evidence is gathered by a probe trained on none of its voices.
        states: shape (n, states), float16; `labels`: shape (n,).
    """

    item: Item
    recognised: RecognisedItem
    part: int
    states: NDArray[np.float16]
    labels: NDArray[np.bool_]


def prepare(item: Item, recognised: RecognisedItem) -> Lesson:
    """Labels the frames of an item that are clearly filled pause or clearly not."""
    part = (item.fold if item.fold is not None else zlib.crc32(item.name.split()[0].encode())) % PARTS
    times, states = [], []
    for window in recognised.windows:
        times.append(window.start + (np.arange(len(window.states)) + 0.5) * FRAME)
        states.append(window.states)
    if not times:
        return Lesson(item, recognised, part, np.zeros((0, 0), np.float16), np.zeros(0, np.bool_))
    time = np.concatenate(times)
    positive, unclear = np.zeros(len(time), np.bool_), np.zeros(len(time), np.bool_)
    for span in item.filled_pauses:
        margin = min(_EDGE, span.duration / 4)
        unclear |= (time > span.start - _EDGE) & (time < span.end + _EDGE)
        positive |= (time > span.start + margin) & (time < span.end - margin)
    for span in item.unclear:
        unclear |= (time > span.start - _EDGE) & (time < span.end + _EDGE)
    kept = positive | (~unclear & (np.arange(len(time)) % _EVERY_NEGATIVE == 0))
    return Lesson(item, recognised, part, np.concatenate(states)[kept], positive[kept])


def fit_probe(lessons: Sequence[Lesson]) -> tuple[NDArray[np.float32], float]:
    """Weights and bias of a probe."""
    taught = [lesson for lesson in lessons if len(lesson.labels)]
    states = np.concatenate([lesson.states for lesson in taught]).astype(np.float32)
    labels = np.concatenate([lesson.labels for lesson in taught])
    worth = [np.full(len(x.labels), 1.0 if x.item.made else _WORTH_OF_LABELLED, np.float32) for x in taught]
    shares = even_shares(labels) * np.concatenate(worth)
    weights, bias = fit_logistic(states, labels, shares, PROBE_PENALTY)
    return weights.astype(np.float32), bias


def fit_detector(lessons: Sequence[Lesson], fold: int | None) -> FilledPauseDetector:
    """Trains a detector without one fold; with all of them if `fold` is None."""
    judged = [lesson for lesson in lessons if fold is not None and lesson.item.fold == fold]
    seen = unrelated(lessons, judged)
    rows, labels, shares = [], [], []
    for part in range(PARTS):
        left_out = [lesson for lesson in seen if lesson.part == part]
        if not left_out:
            continue
        weights, bias = fit_probe(unrelated(seen, left_out))
        unweighed = FilledPauseDetector(weights, bias, np.zeros(len(FEATURES)), 0.0)
        for lesson in left_out:
            found = evidence_of(lesson, unweighed)
            for evidence, label in zip(found, match(found, lesson.item), strict=True):
                if label is not None:
                    rows.append(evidence.features)
                    labels.append(label)
                    shares.append(lesson.item.made)
    made = np.array(shares)
    # Labelled and synthetic clips have the same total weight: the synthetic ones are many and easier.
    evidence_weights, evidence_bias = fit_logistic(
        np.array(rows, np.float32), np.array(labels), even_shares(made), EVIDENCE_PENALTY
    )
    weights, bias = fit_probe(seen)
    return FilledPauseDetector(weights, bias, evidence_weights, evidence_bias, fold=fold)


def unrelated(lessons: Sequence[Lesson], judged: Sequence[Lesson]) -> list[Lesson]:
    """The lessons that share no voice with those in `judged`."""
    keys = frozenset[str]().union(*(lesson.item.keys for lesson in judged))
    return [lesson for lesson in lessons if not lesson.item.keys & keys]


def evidence_of(lesson: Lesson, detector: FilledPauseDetector) -> tuple[Evidence, ...]:
    """Possible filled pauses of a lesson, found by a probe."""
    recognised = lesson.recognised
    candidates = [
        candidate
        for window in recognised.windows
        for candidate in detector.candidates(window.states.astype(np.float32), window.start)
    ]
    return gather_evidence(recognised.words, candidates, recognised.activity)


def match(found: Sequence[Evidence], item: Item) -> list[bool | None]:
    """Whether each piece of evidence is a true filled pause; None where the label is uncertain."""
    labels: list[bool | None] = [False] * len(found)
    for truth, label in (*((s, True) for s in item.filled_pauses), *((s, None) for s in item.unclear)):
        near = [
            index
            for index, evidence in enumerate(found)
            if labels[index] is False
            and evidence.start < truth.end + _NEAR
            and evidence.end > truth.start - _NEAR
        ]
        if near:
            best = max(near, key=lambda index: truth.overlap(Span(found[index].start, found[index].end)))
            labels[best] = label
    return labels


def write(detectors: Sequence[FilledPauseDetector], described: dict[str, Any], folder: Path) -> None:
    """Writes the weights into the package: the shipped detector first, then one for each fold."""
    np.save(folder / shipped.WEIGHTS, np.stack([np.append(d.weights, np.float32(d.bias)) for d in detectors]))
    described["detectors"] = [
        {
            "fold": detector.fold,
            "evidence_weights": [round(float(weight), 5) for weight in detector.evidence_weights],
            "evidence_bias": round(detector.evidence_bias, 5),
        }
        for detector in detectors
    ]
    text = json.dumps(described, indent=1) + "\n"
    (folder / shipped.TRAINED).write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the detector of filled pauses again.")
    parser.add_argument("labelled_speech", type=Path)
    parser.add_argument("pieces", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("training_cache"))
    arguments = parser.parse_args()
    clips = read_manifest(arguments.labelled_speech)
    folds = fold_clips(clips)
    engine = CollectingEngine.load()
    lessons = []
    for source in (
        labelled_items(arguments.labelled_speech, clips, folds),
        made_items(arguments.labelled_speech, clips, arguments.pieces),
    ):
        for item in source:
            lessons.append(prepare(item, recognise(item.name, item.samples, engine, arguments.cache)))
            sys.stderr.write(f"\r{len(lessons)} items")
    sys.stderr.write("\n")
    detectors = []
    for fold in (None, *range(FOLDS)):
        detectors.append(fit_detector(lessons, fold))
        sys.stderr.write(f"trained {'all' if fold is None else f'without fold {fold}'}\n")
    described = {
        "model": engine.weights.name,
        "model_sha256": engine.weights.sha256,
        "trained": f"{datetime.now(UTC):%Y-%m-%d}",
        "features": list(FEATURES),
        "items": len(lessons),
        "seconds": round(sum(len(lesson.item.samples) for lesson in lessons) / 16000),
        "filled_pauses": sum(len(lesson.item.filled_pauses) for lesson in lessons),
        "folds": folds,
    }
    write(detectors, described, Path(shipped.__file__).parent)


if __name__ == "__main__":
    main()
