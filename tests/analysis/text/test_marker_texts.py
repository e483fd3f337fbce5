"""'like', 'you know' and 'I mean' over a collection of sentences of every construction."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.measures.filler_detection import SURE
from analysis.report import Pause, Word
from analysis.text.discourse_markers import find_discourse_markers

TEXTS = Path(__file__).with_name("marker_texts.txt")
WORD = 0.3
"""Seconds from one word to the next."""
MARKERS = ("like", "you know", "i mean")


def _sentences() -> Iterator[list[tuple[str, str]]]:
    """Each sentence as (word, use) pairs."""
    uses = {"{": "filling", "<": "either"}
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if not line or line[0] in "#[":
            continue
        pairs = []
        for part in re.findall(r"[{<][^}>]*[}>]\S*|\S+", line):
            use = uses.get(part[0], "meant")
            pairs += [(word, use) for word in re.sub(r"[{}<>]", "", part).split()]
        yield pairs


def _decisions(*, paused: bool = False) -> Counter[tuple[str, str, bool]]:
    """How many of each (marker, use, counted as a filler); `paused` puts a pause on both sides of each."""
    found: Counter[tuple[str, str, bool]] = Counter()
    for pairs in _sentences():
        words = [Word(text, i * WORD, i * WORD + 0.28, 0.9) for i, (text, _) in enumerate(pairs)]
        for marker in find_discourse_markers(words, ()):
            if marker.text not in MARKERS:
                continue
            use = pairs[round(marker.start / WORD)][1]
            around = (
                (
                    Pause(marker.start - 0.3, marker.start, "within"),
                    Pause(marker.end, marker.end + 0.3, "within"),
                )
                if paused
                else ()
            )
            (again,) = [
                o
                for o in find_discourse_markers(words, around)
                if (o.text, o.start) == (marker.text, marker.start)
            ]
            found[marker.text, use, again.probability >= SURE] += 1
    return found


def _share(found: Counter[tuple[str, str, bool]], use: str, marker: str) -> float:
    return found[marker, use, True] / (found[marker, use, True] + found[marker, use, False])


def test_the_collection_is_large_enough() -> None:
    found = _decisions()
    assert sum(n for (_, use, _), n in found.items() if use == "meant") >= 250
    assert sum(n for (_, use, _), n in found.items() if use == "filling") >= 200


@pytest.mark.parametrize("marker", MARKERS)
def test_what_carries_meaning_is_not_counted(marker: str) -> None:
    assert _share(_decisions(), "meant", marker) <= 0.02


@pytest.mark.parametrize("marker", MARKERS)
def test_what_fills_time_is_counted(marker: str) -> None:
    assert _share(_decisions(), "filling", marker) >= 0.92


def test_what_reports_speech_is_not_counted() -> None:
    assert _share(_decisions(), "either", "like") == 0.0


def test_a_pause_at_an_ordinary_like_does_not_make_it_a_filler() -> None:
    assert _share(_decisions(paused=True), "meant", "like") <= 0.06
