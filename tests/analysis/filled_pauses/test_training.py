"""The training of the detector, on material small enough that the result is known."""

from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.filled_pauses.evidence import FEATURES, Evidence
from analysis.filled_pauses.training.answers import LONGEST, degraded, put_together
from analysis.filled_pauses.training.fitting import even_shares, fit_logistic
from analysis.filled_pauses.training.material import Item, fold_clips, keys_of
from analysis.filled_pauses.training.recognition import RecognisedItem, WindowStates
from analysis.filled_pauses.training.train import located, match, prepare, unrelated
from analysis.report import Span
from analysis.signal.voice_activity import Activity

NOTHING = Activity(
    duration=1.0, speech=(), silences=(), probabilities=(), speech_level=None, noise_floor=-60.0
)


def clip(name: str, speaker: str, *fillers: str, kind: str = "spliced") -> dict[str, Any]:
    labels = [{"recording": filler, "kind": "filled_pause", "start": 1.0, "end": 1.5} for filler in fillers]
    return {"id": name, "speaker": speaker, "kind": kind, "duration": 10.0, "fillers": labels}


CLIPS = [
    clip("spl_a_clean", "a", "mfa_um.flac@3.78"),
    clip("spl_a_n10", "a", "mfa_um.flac@3.78"),
    clip("spl_b_clean", "b", "mfa_um.flac@3.78", "dev00_X1_9.20_um.wav"),
    clip("spl_c_clean", "c"),
    clip("mfa_um", "maintainer", kind="spontaneous"),
    clip("mfa_other", "maintainer", kind="spontaneous"),
    clip("ami_dev00_X1", "d+e", kind="spontaneous"),
    clip("ami_dev01_X2", "e", kind="spontaneous"),
    clip("syn_1", "espeak-ng en-gb", kind="synthetic"),
    clip("syn_2", "espeak-ng en-us", kind="synthetic"),
]


def item(name: str, *, fold: int | None = None, keys: set[str] | None = None, **truth: Any) -> Item:
    return Item(
        name,
        fold,
        frozenset(keys or {name}),
        np.zeros(16000, np.float32),
        tuple(truth.get("filled_pauses", ())),
        tuple(truth.get("unclear", ())),
        made=False,
    )


def lesson(taught: Item) -> Any:
    states = np.zeros((50, 4), np.float16)
    return prepare(taught, RecognisedItem((WindowStates(0.0, states),), (), (), NOTHING))


def test_what_shares_a_speaker_a_synthesiser_or_a_filler_is_in_one_fold() -> None:
    folds = fold_clips(CLIPS)
    assert folds["spl_a_clean"] == folds["spl_a_n10"] == folds["spl_b_clean"]
    assert folds["mfa_um"] == folds["mfa_other"]
    assert folds["ami_dev00_X1"] == folds["ami_dev01_X2"]
    assert folds["syn_1"] == folds["syn_2"]
    assert (
        len({folds[name] for name in ("spl_a_clean", "mfa_um", "ami_dev00_X1", "syn_1", "spl_c_clean")}) == 5
    )


def test_the_speaker_of_a_spliced_filler_counts_as_heard_in_the_clip() -> None:
    assert "maintainer" in keys_of(CLIPS[0], CLIPS)
    assert {"maintainer", "d", "e"} <= keys_of(CLIPS[2], CLIPS)
    assert "maintainer" not in keys_of(CLIPS[3], CLIPS)


def test_no_speaker_of_a_fold_is_in_its_training_data() -> None:
    lessons = [lesson(item(str(c["id"]), keys=set(keys_of(c, CLIPS)))) for c in CLIPS]
    judged = [taught for taught in lessons if taught.item.name == "mfa_other"]
    left = {taught.item.name for taught in unrelated(lessons, judged)}
    assert left == {"spl_c_clean", "ami_dev00_X1", "ami_dev01_X2", "syn_1", "syn_2"}


def test_frames_are_labelled_by_time_and_uncertain_ones_left_out() -> None:
    taught = lesson(item("x", filled_pauses=[Span(0.2, 0.5)], unclear=[Span(0.7, 0.9)]))
    assert int(taught.labels.sum()) == 11  # 0.24 to 0.46 s
    # Every sixth frame before 0.16 s, from 0.54 to 0.66 s and after 0.94 s.
    assert int((~taught.labels).sum()) == 4


def test_a_filled_pause_of_a_known_text_is_located_where_the_probe_hears_it() -> None:
    states = np.zeros((100, 1), np.float16)
    states[30:40] = 4.0  # 0.6 to 0.8 s
    states[80:95] = 6.0  # too far from the aligned time
    probe = FilledPauseDetector(np.ones(1, np.float32), -2.0, np.zeros(len(FEATURES)), 0.0)
    recognised = RecognisedItem((WindowStates(0.0, states),), (), (), NOTHING)
    found = located(item("x"), recognised, [Span(0.5, 0.6)], probe)
    (only,) = found.filled_pauses
    assert (only.start, only.end) == pytest.approx((0.6, 0.8), abs=0.021)
    (unclear,) = found.unclear
    assert (unclear.start, unclear.end) == pytest.approx((0.2, 0.9))


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        ([(1.1, 1.4), (5.0, 5.2)], [True, False]),
        ([(0.8, 0.9), (1.1, 1.4)], [False, True]),
        ([(1.6, 1.7)], [True]),
        ([(1.8, 1.9)], [False]),
        ([(3.0, 3.1)], [None]),
    ],
    ids=["one and none", "the one that overlaps", "near", "not near", "unclear"],
)
def test_candidates_are_matched_as_in_the_evaluation(
    found: list[tuple[float, float]], labels: list[bool | None]
) -> None:
    evidence = [Evidence(start, end, None, np.zeros(1)) for start, end in found]
    assert match(evidence, item("x", filled_pauses=[Span(1.0, 1.5)], unclear=[Span(3.0, 3.2)])) == labels


def test_a_logistic_regression_recovers_the_true_weights() -> None:
    draw = np.random.default_rng(1)
    inputs = draw.normal(3.0, 2.0, (20_000, 3)).astype(np.float32)
    odds = inputs @ np.array([1.0, -0.5, 0.0]) - 1.0
    labels = draw.random(20_000) < 1 / (1 + np.exp(-odds))
    weights, bias = fit_logistic(inputs, labels, np.ones(20_000, np.float32), 0.0)
    assert weights == pytest.approx([1.0, -0.5, 0.0], abs=0.05)
    assert bias == pytest.approx(-1.0, abs=0.15)


def test_balanced_classes_have_the_same_total_weight() -> None:
    labels = np.array([True, False, False, False])
    shares = even_shares(labels)
    assert shares[labels].sum() == pytest.approx(shares[~labels].sum())


def tone(seconds: float, frequency: float) -> np.ndarray:
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def test_a_constructed_answer_has_its_filled_pauses_where_labelled() -> None:
    phrases = [tone(1.5, 300)] * 8
    answer = put_together(phrases, [tone(0.4, 2000)], [], "tones", np.random.default_rng(3))
    assert answer.filled_pauses
    assert len(answer.samples) <= LONGEST * SAMPLE_RATE
    inside = np.zeros(len(answer.samples), np.bool_)
    for span in answer.filled_pauses:
        inside[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)] = True
    assert _share_of(answer.samples[inside], 2000) > 0.9
    assert _share_of(answer.samples[~inside], 2000) < 0.05


def test_degrading_does_not_shift_the_sound() -> None:
    answer = put_together([tone(1.5, 300)] * 8, [tone(0.4, 2000)], [], "tones", np.random.default_rng(3))
    worse = degraded(answer, np.random.default_rng(4))
    assert worse.filled_pauses == answer.filled_pauses
    assert worse.samples.shape == answer.samples.shape
    assert not np.allclose(worse.samples, answer.samples, atol=1e-3)


def _share_of(sound: np.ndarray, frequency: float) -> float:
    """Share of the energy within 100 Hz of a frequency."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    near = np.abs(np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE) - frequency) < 100
    return float(power[near].sum() / power.sum())
