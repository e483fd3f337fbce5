"""How a report is held against the truth of a labelled clip.

Events are matched one to one, nearest first. Pauses match when they share more than half of the shorter
one; filled pauses when they overlap or lie within 0.25 s. What the labels mark as uncertain (`doubtful`
fillers, pauses that are not `exact`) counts neither as found nor as false.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.pauses import SHORTEST_PAUSE
from analysis.vocabulary import Report

_NEAR = 0.25
_ROUNDING = 0.0005


@dataclass
class Tally:
    """Counts over clips.

    Attributes:
        hits, false, missed: events.
        start_errors, end_errors: seconds, found less true.
    """

    hits: int = 0
    false: int = 0
    missed: int = 0
    start_errors: list[float] = field(default_factory=list)
    end_errors: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def score_pauses(report: Report, truth: dict[str, Any], tally: Tally) -> None:
    """Silent pauses of 0.25 s and more; clips without labelled pauses are passed over."""
    if truth["pauses"] is None:
        return
    found = [(p.start, p.end) for p in report.pauses]
    taken: set[int] = set()
    for pause in truth["pauses"]:
        start, end = pause["start"], pause["end"]
        best = _best_overlap(start, end, found, taken)
        counts = pause.get("exact", True) and end - start >= SHORTEST_PAUSE - _ROUNDING
        if best is not None:
            taken.add(best)
            if counts:
                tally.hits += 1
                tally.start_errors.append(found[best][0] - start)
                tally.end_errors.append(found[best][1] - end)
            elif pause.get("exact", True):
                tally.false += 1
        elif counts:
            tally.missed += 1
    tally.false += len(found) - len(taken)


def score_fillers(
    report: Report, truth: dict[str, Any], tally: Tally, kind: str, texts: Sequence[str] = ()
) -> None:
    """Fillers of one kind that count as sure or unsure; clips without labels are passed over.

    Args:
        report: of the clip.
        truth: its labels.
        tally: added to.
        kind: `filled_pause` or `discourse_marker`.
        texts: only these markers; empty for all.
    """
    if truth["fillers"] is None:
        return
    labelled = [f for f in truth["fillers"] if f["kind"] == kind]
    if any(f["start"] is None for f in labelled):
        return
    states = ("filler", "unsure") if kind == "filled_pause" else ("filler",)
    found = [
        (f.start, f.end)
        for f in report.fillers
        if f.kind == kind and f.state in states and (not texts or f.text in texts)
    ]
    taken: set[int] = set()
    for filler in sorted(labelled, key=lambda f: bool(f.get("doubtful"))):
        near = [
            i
            for i, (start, end) in enumerate(found)
            if i not in taken and start < filler["end"] + _NEAR and end > filler["start"] - _NEAR
        ]
        uncertain = filler.get("doubtful") or filler.get("overlapped")
        if near:
            best = min(near, key=lambda i: abs(found[i][0] - filler["start"]))
            taken.add(best)
            if not uncertain:
                tally.hits += 1
                tally.start_errors.append(found[best][0] - filler["start"])
                tally.end_errors.append(found[best][1] - filler["end"])
        elif not uncertain:
            tally.missed += 1
    tally.false += len(found) - len(taken)


def _best_overlap(
    start: float, end: float, found: Sequence[tuple[float, float]], taken: set[int]
) -> int | None:
    best, most = None, 0.0
    for index, (first, last) in enumerate(found):
        shared = min(end, last) - max(start, first)
        if index not in taken and shared > most and shared > 0.5 * min(end - start, last - first):
            best, most = index, shared
    return best
