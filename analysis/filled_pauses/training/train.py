"""Trains the detector of filled pauses again and writes it into the package.

python -m analysis.filled_pauses.training.train PIECES LABELLED_SPEECH... [--cache FOLDER]

PIECES is the output of `speech.py`. LABELLED_SPEECH are folders in the format of samples/manifest.jsonl; the
first one also provides the sentences and filled pauses of assembled answers.
Besides the shipped detector it trains one for each fold, without anybody whose voice is in that fold, so that
the error can be measured on speech that a detector was not trained on. The weights of the evidence are
likewise fitted on candidates of probes that had not met their speakers. Nothing is random here; the material
is seeded.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
_WORTH_OF_SPONTANEOUS = 4.0
"""Weight of an event in real talk relative to one in read sentences with inserted filled pauses."""
_MISALIGNED = 0.3
"""Seconds by which the alignment of a known text may be off."""
_BELOW_PEAK = 1.5
"""Log odds below the highest ones as far as which a located filled pause extends."""
_LONGEST_LOCATED = 0.6
"""Seconds."""


@dataclass(frozen=True)
class Lesson:
    """An item prepared for training: labelled frames and the recogniser's results.

    Attributes:
        states: shape (n, states), float16; `labels`: shape (n,).
    """

    item: Item
    recognised: RecognisedItem
    states: NDArray[np.float16]
    labels: NDArray[np.bool_]


def prepare(item: Item, recognised: RecognisedItem) -> Lesson:
    """Labels the frames of an item that are clearly filled pause or clearly not."""
    times, states = [], []
    for window in recognised.windows:
        times.append(window.start + (np.arange(len(window.states)) + 0.5) * FRAME)
        states.append(window.states)
    if not times:
        return Lesson(item, recognised, np.zeros((0, 0), np.float16), np.zeros(0, np.bool_))
    time = np.concatenate(times)
    positive, unclear = np.zeros(len(time), np.bool_), np.zeros(len(time), np.bool_)
    for span in item.filled_pauses:
        margin = min(_EDGE, span.duration / 4)
        unclear |= (time > span.start - _EDGE) & (time < span.end + _EDGE)
        positive |= (time > span.start + margin) & (time < span.end - margin)
    for span in item.unclear:
        unclear |= (time > span.start - _EDGE) & (time < span.end + _EDGE)
    kept = positive | (~unclear & (np.arange(len(time)) % _EVERY_NEGATIVE == 0))
    return Lesson(item, recognised, np.concatenate(states)[kept], positive[kept])


def located(
    item: Item, recognised: RecognisedItem, aligned: Sequence[Span], probe: FilledPauseDetector
) -> Item:
    """An item with the filled pauses of its known text where a probe hears them most clearly.

    Args:
        item: with `text`.
        recognised: the recogniser's results for it.
        aligned: where the alignment of the text puts them.
        probe: trained on filled pauses with labelled times.
    """
    found, unclear = [], list(item.unclear)
    for span in aligned:
        around = Span(span.start - _MISALIGNED, span.end + _MISALIGNED)
        best: tuple[float, Span] | None = None
        for window in recognised.windows:
            odds = np.convolve(probe.log_odds(window.states.astype(np.float32)), np.ones(3) / 3, "same")
            times = window.start + (np.arange(len(odds)) + 0.5) * FRAME
            inside = np.flatnonzero((times > around.start) & (times < around.end))
            if not len(inside):
                continue
            near = odds[inside]
            peak = first = last = int(near.argmax())
            while first > 0 and near[first - 1] > near[peak] - _BELOW_PEAK:
                first -= 1
            while last < len(near) - 1 and near[last + 1] > near[peak] - _BELOW_PEAK:
                last += 1
            start = float(times[inside[first]]) - FRAME / 2
            end = min(float(times[inside[last]]) + FRAME / 2, start + _LONGEST_LOCATED)
            if best is None or near[peak] > best[0]:
                best = (float(near[peak]), Span(start, end))
        if best is not None:
            found.append(best[1])
        unclear.append(around)
    return replace(item, filled_pauses=tuple(found), unclear=tuple(unclear))


def fit_probe(lessons: Sequence[Lesson]) -> FilledPauseDetector:
    """A detector with the weights of the probe alone."""
    taught = [lesson for lesson in lessons if len(lesson.labels)]
    states = np.concatenate([lesson.states for lesson in taught]).astype(np.float32)
    labels = np.concatenate([lesson.labels for lesson in taught])
    worth = [np.full(len(x.labels), 1.0 if x.item.made else _WORTH_OF_LABELLED, np.float32) for x in taught]
    shares = even_shares(labels) * np.concatenate(worth)
    weights, bias = fit_logistic(states, labels, shares, PROBE_PENALTY)
    return FilledPauseDetector(weights.astype(np.float32), bias, np.zeros(len(FEATURES)), 0.0)


def fit_evidence(
    lessons: Sequence[Lesson], probes: Mapping[int, FilledPauseDetector]
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of the evidence in labelled clips, each with the candidates of its fold's probe."""
    rows, labels, made, worth = [], [], [], []
    for lesson in lessons:
        if lesson.item.fold is None:
            continue
        found = evidence_of(lesson, probes[lesson.item.fold])
        for evidence, label in zip(found, match(found, lesson.item), strict=True):
            if label is not None:
                rows.append(evidence.features)
                labels.append(label)
                made.append(lesson.item.made)
                worth.append(_WORTH_OF_SPONTANEOUS if lesson.item.spontaneous else 1.0)
    # Unchanged and degraded clips have the same total weight.
    shares = even_shares(np.array(made)) * np.array(worth, np.float32)
    return fit_logistic(np.array(rows, np.float32), np.array(labels), shares, EVIDENCE_PENALTY)


def fit_detectors(lessons: Sequence[Lesson]) -> list[FilledPauseDetector]:
    """The detector trained on everything, then one without each fold."""
    judged = {fold: [x for x in lessons if x.item.fold == fold] for fold in range(FOLDS)}
    probes = {fold: fit_probe(unrelated(lessons, judged[fold])) for fold in judged}
    detectors = []
    for fold in (None, *judged):
        seen = lessons if fold is None else unrelated(lessons, judged[fold])
        probe = fit_probe(lessons) if fold is None else probes[fold]
        weights, bias = fit_evidence(seen, probes)
        detectors.append(replace(probe, evidence_weights=weights, evidence_bias=bias, fold=fold))
    return detectors


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
    return gather_evidence(recognised.words, candidates, recognised.odds, recognised.activity)


def match(found: Sequence[Evidence], item: Item) -> list[bool | None]:
    """Whether each piece of evidence is a true filled pause; None where the label is uncertain."""
    labels: list[bool | None] = [False] * len(found)
    # Around a located filled pause nothing is unclear: it is one event, wherever exactly it is.
    unclear = () if item.text is not None else item.unclear
    for truth, label in (*((s, True) for s in item.filled_pauses), *((s, None) for s in unclear)):
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
    parser.add_argument("pieces", type=Path)
    parser.add_argument("labelled_speech", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, default=Path("training_cache"))
    arguments = parser.parse_args()
    clips = {folder: read_manifest(folder) for folder in arguments.labelled_speech}
    folds = fold_clips([clip for found in clips.values() for clip in found])
    engine = CollectingEngine.load()
    lessons: list[Lesson] = []
    untimed: list[tuple[Item, RecognisedItem]] = []
    for folder, found in clips.items():
        for item in labelled_items(folder, found, folds):
            recognised = recognise(item.name, item.samples, engine, arguments.cache)
            if item.text is None:
                lessons.append(prepare(item, recognised))
            else:
                untimed.append((item, recognised))
            sys.stderr.write(f"\r{len(lessons) + len(untimed)} items")
    first = arguments.labelled_speech[0]
    for item in made_items(first, clips[first], arguments.pieces):
        recognised = recognise(item.name, item.samples, engine, arguments.cache, only_encode=True)
        lessons.append(prepare(item, recognised))
        sys.stderr.write(f"\r{len(lessons) + len(untimed)} items")
    sys.stderr.write("\n")
    # Their times come from a probe that none of them has trained.
    probe = fit_probe(lessons)
    for item, recognised in untimed:
        aligned = engine.times_of(item.text or "", item.samples)
        lessons.append(prepare(located(item, recognised, aligned, probe), recognised))
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
    write(fit_detectors(lessons), described, Path(shipped.__file__).parent)


if __name__ == "__main__":
    main()
