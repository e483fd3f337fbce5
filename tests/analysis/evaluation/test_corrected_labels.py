"""Corrected reports as labels that `read_labels` reads, with only the properties that the person checked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.evaluation.corrected_labels import clip_span, corrected_clip, manifest_line
from analysis.evaluation.labelled_speech import LabelledFiller, read_labels
from analysis.report import Correction, Filler, Report, SpokenSpan, Transcript
from analysis.text.words import spoken_word_count
from tests.analysis.cli.example_reports import silent_report, usual_report


def corrected_report() -> Report:
    """The usual report, to which the person added an 'erm'."""
    usual = usual_report()
    added = Filler("erm", 2.25, 2.45, "filled_pause", "person", "filler", 1.0)
    return replace(
        usual,
        fillers=tuple(sorted((*usual.fillers, added), key=lambda filler: filler.start)),
        corrections=(Correction("filler", 2.25, 2.45, "erm"),),
    )


def label(report: Report, **changes: str):  # type: ignore[no-untyped-def]
    return corrected_clip(report, **({"identifier": "one", "audio": "clips/one.flac"} | changes))


def test_a_manifest_line_is_read_back_unchanged(tmp_path: Path) -> None:
    clip = label(corrected_report(), first_language="Twi")
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "one.flac").touch()
    (tmp_path / "manifest.jsonl").write_text(manifest_line(clip) + "\n", encoding="utf-8")
    assert read_labels(tmp_path) == (clip,)
    written = json.loads(manifest_line(clip))
    assert (written["licence"], written["trust"], written["speaker"]) == (
        "own recording",
        "human",
        "person",
    )


def test_the_text_contains_its_fillers() -> None:
    clip = label(corrected_report())
    assert clip.text is not None
    # The added one is included, the unsure ones are not.
    assert clip.text.startswith("Um, I erm decided to become a doctor")
    assert "um" not in clip.text.split()
    assert clip.word_count == spoken_word_count(corrected_report().transcript.words)


def test_fillers_have_times_and_doubtful_flags() -> None:
    clip = label(corrected_report())
    assert clip.fillers is not None
    assert [(filler.text, filler.doubtful) for filler in clip.fillers] == [
        ("um", False),
        ("er", False),
        ("like", False),
        ("you know", True),
        ("uh", False),
        ("um", True),
    ]
    assert clip.fillers[1] == LabelledFiller("er", "filled_pause", 2.25, 2.45, False)


def test_only_known_markers_are_labelled() -> None:
    usual = usual_report()
    basically = replace(usual.fillers[1], text="basically")
    clip = label(replace(usual, fillers=(usual.fillers[0], basically)))
    assert clip.fillers is not None
    assert [filler.text for filler in clip.fillers] == ["um"]


def test_unchecked_properties_are_not_labelled() -> None:
    clip = label(corrected_report())
    assert (clip.pauses, clip.speech_start, clip.speech_end) == (None, None, None)
    assert (clip.kind, clip.accent, clip.duration) == ("spontaneous", "not stated", 103.4)
    french = replace(corrected_report(), transcript=Transcript("fr", (), ()), fillers=())
    assert label(french).fillers is None


def test_the_clip_of_a_marked_answer_is_the_marked_span() -> None:
    marked = replace(corrected_report(), spoken_span=SpokenSpan(2.0, 62.5, "person"))
    span = clip_span(marked)
    assert span is not None and (span.start, span.end) == (2.0, 62.5)
    clip = label(marked)
    assert (clip.duration, clip.speech_start, clip.speech_end) == (60.5, 0.0, 60.5)
    assert clip.fillers is not None and clip.fillers[1].start == pytest.approx(0.25)
    assert clip_span(corrected_report()) is None


def test_a_recording_without_speech_has_no_labels() -> None:
    with pytest.raises(ValueError, match="nobody speaks"):
        label(silent_report())
