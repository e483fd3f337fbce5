"""The figures that docs/accuracy.md publishes still hold, on a few labelled clips.

The whole set takes several minutes: `python -m tests.accuracy.measure_errors`.
"""

import pytest

from analysis.pipeline import analyse
from analysis.transcription.whisper import WhisperEngine
from analysis.vocabulary import Report
from tests.accuracy.labelled_speech import Clip, clips, folder
from tests.accuracy.scoring import Tally, score_fillers, score_pauses

CHOSEN = (
    "spl_so1099_clean",
    "syn_ethics_discourse_heart",
    "syn_conflict_um_heavy_joe",
    "noise_d_phonlab_babble",
    "noise_d_tones",
)

pytestmark = [
    pytest.mark.labelled,
    pytest.mark.engine,
    pytest.mark.skipif(not folder().is_dir(), reason="the labelled speech is not beside this checkout"),
]


@pytest.fixture(scope="module")
def analysed() -> list[tuple[Clip, Report]]:
    engine = WhisperEngine.load()
    return [(clip, analyse(clip.path, engine).report) for clip in clips() if clip.name in CHOSEN]


def test_pauses_are_found_where_they_are(analysed: list[tuple[Clip, Report]]) -> None:
    tally = Tally()
    for clip, report in analysed:
        score_pauses(report, clip.truth, tally)
    assert tally.hits > 40
    assert tally.precision >= 0.95
    assert tally.recall >= 0.95
    assert sorted(abs(error) for error in tally.start_errors)[len(tally.start_errors) // 2] <= 0.03


def test_most_filled_pauses_are_found_and_few_invented(analysed: list[tuple[Clip, Report]]) -> None:
    tally = Tally()
    for clip, report in analysed:
        score_fillers(report, clip.truth, tally, "filled_pause")
    assert tally.recall >= 0.6
    assert tally.precision >= 0.85


def test_markers_are_told_from_ordinary_words(analysed: list[tuple[Clip, Report]]) -> None:
    tally = Tally()
    for clip, report in analysed:
        if clip.truth["kind"] == "synthetic":
            score_fillers(report, clip.truth, tally, "discourse_marker", ("like", "you know", "i mean"))
    assert tally.precision >= 0.9
    assert tally.recall >= 0.8


def test_no_words_where_nobody_speaks(analysed: list[tuple[Clip, Report]]) -> None:
    noise = [report for clip, report in analysed if clip.truth["kind"] == "noise"]
    assert len(noise) == 2
    assert not any(report.transcript.words for report in noise)
