"""The figures that ACCURACY.md publishes still hold, on a few labelled clips.

The whole set takes several minutes: `greenroom evaluate ../shared/eval`.
"""

import pytest

from analysis.evaluation.clip_scores import ClipScore, score_clip
from analysis.evaluation.labelled_speech import read_labels
from analysis.evaluation.summary import GroupFigures, summarise
from analysis.pipeline import analyse
from analysis.transcription.whisper import WhisperEngine
from tests.accuracy.labelled_folder import folder

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
def scores() -> list[ClipScore]:
    engine = WhisperEngine.load()
    chosen = [clip for clip in read_labels(folder()) if clip.id in CHOSEN]
    assert len(chosen) == len(CHOSEN)
    return [score_clip(clip, analyse(folder() / clip.audio, lambda: engine).report) for clip in chosen]


@pytest.fixture(scope="module")
def everything(scores: list[ClipScore]) -> GroupFigures:
    return summarise(scores)[0]


def test_pauses_are_found_where_they_are(everything: GroupFigures) -> None:
    pauses = everything.pauses
    assert pauses is not None
    assert pauses.true > 40
    assert pauses.precision.value >= 0.95
    assert pauses.recall.value >= 0.95
    assert pauses.edge_error.value <= 0.03


def test_most_filled_pauses_are_found_and_few_invented(everything: GroupFigures) -> None:
    filled = everything.filled_pauses
    assert filled is not None
    assert filled.recall.value >= 0.6
    assert filled.precision.value >= 0.85


def test_markers_are_told_from_ordinary_words(everything: GroupFigures) -> None:
    markers = everything.markers
    assert markers is not None
    assert markers.precision.value >= 0.9
    assert markers.recall.value >= 0.8


def test_words_are_counted(everything: GroupFigures) -> None:
    words = everything.words
    assert words is not None
    assert words.words > 300
    assert words.count_error.value <= 0.03


def test_no_words_where_nobody_speaks(everything: GroupFigures) -> None:
    assert everything.words_without_speech == 0
    assert everything.silent_minutes > 0
