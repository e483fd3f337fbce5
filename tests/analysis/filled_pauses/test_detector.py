from pathlib import Path

import numpy as np
import pytest

from analysis.filled_pauses import detector as detector_module
from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.decoder_odds import DecoderOdds
from analysis.filled_pauses.detector import fold_of, load_detector, trained_description
from analysis.filled_pauses.evidence import FEATURES
from analysis.report import Span, Word
from analysis.signal.voice_activity import Activity
from analysis.transcription.weights import PACKAGED_MODELS

BASE = trained_description()["model_sha256"]


SPEAKING = Activity(
    duration=10.0,
    speech=(Span(0.0, 10.0),),
    silences=(),
    probabilities=(0.95,) * 320,
    speech_level=-20.0,
    noise_floor=-60.0,
)


def probability(words: list[Word], candidates: list[Candidate], odds: tuple[DecoderOdds, ...] = ()) -> float:
    shipped = load_detector(BASE)
    assert shipped is not None
    ((only,), _) = shipped.weigh(words, candidates, odds, SPEAKING)
    return only.probability


def test_there_is_no_detector_for_another_model() -> None:
    assert load_detector("0" * 64) is None


def test_it_was_trained_for_the_default_model() -> None:
    assert PACKAGED_MODELS["base"].sha256 == BASE


def test_heard_and_written_is_more_probable_than_either_alone() -> None:
    clear = Candidate(2.0, 2.4, 7.0, 5.0)
    written = Word("um,", 2.0, 2.4, 0.5)
    both, heard, unheard = (
        probability([written], [clear]),
        probability([], [clear]),
        probability([written], []),
    )
    assert both > 0.9
    assert both > heard > 0.6
    assert unheard < both


def test_the_decoder_s_odds_raise_the_probability() -> None:
    faint = Candidate(2.0, 2.2, 2.0, 1.0)
    assert probability([], [faint], (DecoderOdds(2.0, 2.2, 2.0),)) > probability([], [faint]) + 0.1


def test_weak_evidence_is_unlikely() -> None:
    assert probability([], [Candidate(2.0, 2.1, 0.0, -0.5)]) < 0.3


def test_every_fold_has_a_detector_of_its_own() -> None:
    folds = sorted(set(trained_description()["folds"].values()))
    weights = [load_detector(BASE, fold).weights for fold in (None, *folds)]
    assert folds == list(range(len(folds)))
    for index, one in enumerate(weights):
        assert not any(np.array_equal(one, other) for other in weights[:index])


def test_a_clip_that_nothing_was_trained_on_has_no_fold() -> None:
    assert fold_of("somebody else's recording") is None


def test_twins_are_in_one_fold() -> None:
    folds = trained_description()["folds"]
    for name, fold in folds.items():
        twin = "_".join([*name.split("_")[:-1], "clean"])
        assert folds.get(twin, fold) == fold


def test_a_detector_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector_module, "FEATURES", (*FEATURES, "one more"))
    with pytest.raises(ValueError, match="train it again"):
        load_detector(BASE)


def test_the_shipped_detector_is_small() -> None:
    folder = Path(detector_module.__file__).parent
    assert sum((folder / name).stat().st_size for name in ("trained.npy", "trained.json")) < 60_000
