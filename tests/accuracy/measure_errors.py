"""Measures the errors that docs/accuracy.md publishes, with the real pipeline on labelled speech.

python -m tests.accuracy.measure_errors [FOLDER] [--keep REPORTS.json]
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

import numpy as np

from analysis.pipeline import analyse
from analysis.serialization import from_json, to_json
from analysis.transcription.whisper import WhisperEngine
from analysis.vocabulary import Report
from tests.accuracy.labelled_speech import Clip, clips, folder
from tests.accuracy.scoring import Tally, score_fillers, score_pauses

MARKERS = ("like", "you know", "i mean")
FOLLOWED_READER = 0.25
"""Word error rate of a reader above which the recogniser cannot follow; as the labels give it."""


def reports(root: Path, keep: Path | None) -> list[tuple[Clip, Report]]:
    """The report of every clip; taken up again from `keep` where it holds some."""
    known = json.loads(keep.read_text()) if keep is not None and keep.exists() else {}
    engine = WhisperEngine.load()
    found = []
    for clip in clips(root):
        if clip.name not in known:
            known[clip.name] = to_json(analyse(clip.path, engine).report)
            if keep is not None:
                keep.write_text(json.dumps(known))
        found.append((clip, from_json(Report, known[clip.name])))
    return found


def table(analysed: list[tuple[Clip, Report]]) -> str:
    """The figures, a line for each kind and variant."""
    groups: dict[str, list[tuple[Clip, Report]]] = defaultdict(list)
    for clip, report in analysed:
        groups[clip.group].append((clip, report))
    lines = []
    for name, members in sorted(groups.items()):
        lines.append(f"## {name} ({len(members)} clips)")
        lines += [f"- {line}" for line in (*_events(members), *_words(members), *_lengths(members)) if line]
    return "\n".join(lines)


def _events(members: list[tuple[Clip, Report]]) -> list[str]:
    pauses, filled, markers = Tally(), Tally(), Tally()
    inside = total = 0
    for clip, report in members:
        score_pauses(report, clip.truth, pauses)
        score_fillers(report, clip.truth, filled, "filled_pause")
        if clip.truth["kind"] in ("synthetic", "spontaneous"):
            score_fillers(report, clip.truth, markers, "discourse_marker", MARKERS)
        count = report.measures["filled_pause_count"]
        if clip.truth["fillers"] is not None and count.value is not None:
            true = sum(f["kind"] == "filled_pause" for f in clip.truth["fillers"])
            total += 1
            inside += count.low <= true <= count.high
    lines = [_tally("pauses", pauses), _tally("filled pauses", filled), _tally("markers", markers)]
    if total:
        lines.append(f"true count of filled pauses inside the interval: {inside} of {total}")
    return lines


def _tally(name: str, tally: Tally) -> str:
    if not tally.hits + tally.false + tally.missed:
        return ""
    text = (
        f"{name}: {tally.hits} found, {tally.false} false, {tally.missed} missed; "
        f"precision {tally.precision:.2f}, recall {tally.recall:.2f}, F1 {tally.f1:.2f}"
    )
    if tally.start_errors:
        edges = np.abs([*tally.start_errors, *tally.end_errors]) * 1000
        starts = np.abs(tally.start_errors) * 1000
        text += f"; edges {np.median(edges):.0f} ms median, {np.percentile(edges, 90):.0f} ms 90th; "
        text += f"starts {np.median(starts):.0f} ms median"
    return text


def _words(members: list[tuple[Clip, Report]]) -> list[str]:
    if members[0][0].truth["kind"] == "noise":
        return [f"words written where nobody speaks: {sum(len(r.transcript.words) for _, r in members)}"]
    wrong, true, relative, inside = 0.0, 0, [], 0
    for clip, report in members:
        count, measure = clip.truth["word_count"], report.measures["spoken_words"]
        followed = (clip.truth.get("reader_wer") or 0.0) <= FOLLOWED_READER
        if not count or measure.value is None or not followed:
            continue
        wrong += abs(measure.value - count)
        true += count
        relative.append(abs(measure.value - count) / count)
        inside += measure.low <= count <= measure.high
    if not relative:
        return []
    return [
        f"words: off by {100 * wrong / true:.1f} % of {true} (median clip {100 * median(relative):.1f} %, "
        f"95th percentile {100 * np.percentile(relative, 95):.0f} %); true count inside the interval: "
        f"{inside} of {len(relative)}"
    ]


def _lengths(members: list[tuple[Clip, Report]]) -> list[str]:
    edges, inside, total = [], 0, 0
    for clip, report in members:
        start, end = clip.truth.get("speech_start"), clip.truth.get("speech_end")
        length = report.measures["answer_length"]
        if start is None or end is None or report.spoken_span is None or length.value is None:
            continue
        edges += [abs(report.spoken_span.start - start), abs(report.spoken_span.end - end)]
        total += 1
        inside += length.low <= end - start <= length.high
    if not total:
        return []
    return [
        f"ends of the answer: off by {1000 * median(edges):.0f} ms median, "
        f"{1000 * np.percentile(edges, 95):.0f} ms 95th percentile; "
        f"true length inside the interval: {inside} of {total}"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=folder())
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    sys.stdout.write(table(reports(arguments.folder, arguments.keep)) + "\n")


if __name__ == "__main__":
    main()
