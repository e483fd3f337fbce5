"""The results that come with the samples are those of an analysis by this build, to a tolerance.

samples/README.md states the tolerances; `python -m samples.analyse_samples` makes the results again.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis import serialization
from analysis.acoustics import measure_acoustics
from analysis.audio.decoding import decode
from analysis.build_report import MeasureOptions, build_report
from analysis.report import Filler, Report, Span, Word
from analysis.signal.voice_activity import detect_activity
from analysis.text.words import bare
from service.answers.sample_results import SampleResults, analyse_sample, results_file
from service.recordings.peaks import waveform
from tests.recogniser import SharedWhisper

SAMPLES = Path(__file__).parents[2] / "samples"
MANIFEST = SAMPLES / "manifest.jsonl"
NAMES = [json.loads(line)["id"] for line in MANIFEST.read_text(encoding="utf-8").splitlines()]

# Tolerances: see samples/README.md.
EDGE = 0.05
"""Seconds, of an end of the spoken span, or of a stretch of speech or silence."""
SAME_WORDS = 0.97
"""Share of the words."""
WORD_TIME = 0.2
"""Seconds, median over the words that both have."""
FILLER_TIME = 0.5
"""Seconds, of a filler that both have."""
PACE = 0.03
"""Share of the value."""


def audio_of(name: str) -> Path:
    return SAMPLES / "audio" / f"{name}.flac"


@cache
def shipped(name: str) -> SampleResults:
    return serialization.from_json(SampleResults, results_file(MANIFEST, name).read_bytes())


def report_of(results: SampleResults) -> Report:
    stages = results.stages
    return build_report(stages.acoustics, stages.activity, stages.transcription, MeasureOptions())


def apart(these: Sequence[Span], those: Sequence[Span]) -> list[Span]:
    """Those of `these` without one in `those` whose ends are the same to `EDGE`."""
    return [
        a
        for a in these
        if not any(abs(a.start - b.start) <= EDGE and abs(a.end - b.end) <= EDGE for b in those)
    ]


def test_every_sample_has_results_of_its_sound_and_there_are_no_others() -> None:
    assert {path.stem for path in results_file(MANIFEST, "any").parent.iterdir()} == set(NAMES)
    for name in NAMES:
        assert shipped(name).audio_sha256 == hashlib.sha256(audio_of(name).read_bytes()).hexdigest()


def test_the_signal_is_processed_as_it_is_now() -> None:
    """Needs no recogniser, so that a change of the signal processing shows in every run."""
    results = shipped("too-short")
    recording = decode(audio_of("too-short"))
    activity = detect_activity(recording)
    stored = results.stages.activity
    assert waveform(recording).peaks == pytest.approx(results.peaks.peaks, abs=0.002)
    assert activity.probabilities == pytest.approx(stored.probabilities, abs=0.02)
    assert (len(activity.speech), len(activity.windows)) == (len(stored.speech), len(stored.windows))
    assert apart(activity.silences, stored.silences) == []
    acoustics = measure_acoustics(recording, activity, results.stages.transcription, None)
    was = results.stages.acoustics
    assert (acoustics.recording, acoustics.notices) == (was.recording, was.notices)
    assert len(acoustics.nuclei) == pytest.approx(len(was.nuclei), abs=2)
    assert acoustics.quality.signal_to_noise == pytest.approx(was.quality.signal_to_noise, abs=0.5)
    assert acoustics.pitch is not None and was.pitch is not None
    assert acoustics.pitch.spread == pytest.approx(was.pitch.spread, abs=0.1)


@pytest.mark.engine
@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_new_analysis_gives_the_same_results(name: str) -> None:
    was, now = shipped(name), analyse_sample(audio_of(name), SharedWhisper("base"))
    assert (now.media_type, now.peaks.duration) == (was.media_type, was.peaks.duration)
    assert now.stages.transcription.model == was.stages.transcription.model
    _same_words(was.stages.transcription.transcript.words, now.stages.transcription.transcript.words)
    before, after = report_of(was), report_of(now)
    assert before.spoken_span is not None and after.spoken_span is not None
    assert apart([after.spoken_span], [before.spoken_span]) == []
    assert [notice.code for notice in after.notices] == [notice.code for notice in before.notices]
    assert len(apart(after.pauses, before.pauses)) <= 1 and len(apart(before.pauses, after.pauses)) <= 1
    _same_fillers(before.fillers, after.fillers)
    for measure in ("speaking_rate", "articulation_rate"):
        assert after.measures[measure].value == pytest.approx(before.measures[measure].value, rel=PACE)
    assert _without_numbers(after.headline) == _without_numbers(before.headline)


def _same_words(before: Sequence[Word], after: Sequence[Word]) -> None:
    texts = [[bare(word.text) for word in words] for words in (before, after)]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    assert matcher.ratio() >= SAME_WORDS
    shifts = [
        abs(before[block.a + index].start - after[block.b + index].start)
        for block in matcher.get_matching_blocks()
        for index in range(block.size)
    ]
    assert float(np.median(shifts)) <= WORD_TIME


def _same_fillers(before: Sequence[Filler], after: Sequence[Filler]) -> None:
    def missing(these: Sequence[Filler], those: Sequence[Filler]) -> int:
        return sum(
            not any(a.text == b.text and abs(a.start - b.start) <= FILLER_TIME for b in those) for a in these
        )

    counted = [[filler for filler in each if filler.state == "filler"] for each in (before, after)]
    allowed = max(1, len(counted[0]) // 10)
    assert missing(*counted) <= allowed and missing(*reversed(counted)) <= allowed


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+(?:[.:]\d+)?", "#", text)
