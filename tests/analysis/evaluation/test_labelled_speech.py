"""Reading labelled speech, and errors for folders without it."""

import json
from pathlib import Path
from typing import Any

import pytest
from labelled_reports import clip_of

from analysis.evaluation.labelled_speech import LabelsError, read_labels

REPOSITORY = Path(__file__).parents[3]


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """Writes a manifest, with a sound for each of its clips."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "manifest.jsonl").write_text("\n".join(texts) + "\n")
    for line in lines:
        if isinstance(line, dict) and line.get("audio") != "gone.flac":
            (folder / line["audio"]).touch()
    return folder


def line(**changes: Any) -> dict[str, Any]:
    """A line with the fields that every clip has."""
    usual = {"id": "a", "audio": "a.flac", "duration": 3.0, "kind": "read", "speaker": "x", "accent": "US"}
    return usual | changes


def test_the_samples_are_labelled_speech() -> None:
    clips = read_labels(REPOSITORY / "samples")
    assert len(clips) == 6
    assert all(clip.fillers is not None and clip.pauses and clip.word_count for clip in clips)
    assert {clip.kind for clip in clips} == {"synthetic"}


def test_a_spliced_clip_takes_the_reader_wer_of_the_same_speaker(tmp_path: Path) -> None:
    write(
        tmp_path,
        line(id="r", audio="r.flac", reader_wer=0.4),
        line(id="s", audio="s.flac", kind="spliced", variant="clean"),
        line(id="t", audio="t.flac", kind="spliced", variant="clean", speaker="y"),
    )
    assert [clip.reader_wer for clip in read_labels(tmp_path)] == [0.4, 0.4, None]


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ((), "no_labels", "names no clip"),
        (("{not JSON",), "unreadable_labels", "Line 1"),
        ((line(), line(id="b", kind="sung")), "unreadable_labels", "Line 2"),
        ((line(), line()), "unreadable_labels", "a second time"),
        ((line(audio="gone.flac"),), "unreadable_labels", "missing"),
    ],
)
def test_unreadable_manifests_are_reported(
    tmp_path: Path, lines: tuple[dict[str, Any] | str, ...], code: str, said: str
) -> None:
    with pytest.raises(LabelsError) as error:
        read_labels(write(tmp_path, *lines))
    assert error.value.code == code
    assert said in error.value.text


def test_a_folder_without_labels_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LabelsError) as error:
        read_labels(tmp_path)
    assert error.value.code == "no_labels"


@pytest.mark.parametrize(
    ("accent", "kind", "group"),
    [
        ("Mandarin L1, f, 21", "read", "Mandarin L1"),
        ("US (TTS)", "synthetic", "US (TTS)"),
        ("A1: English, Scotland; B2: English, Nigeria", "spontaneous", "mixed"),
        ("none", "noise", None),
    ],
)
def test_accent_groups(accent: str, kind: str, group: str | None) -> None:
    assert clip_of(accent=accent, kind=kind, speaker="espeak-ng en+f3").accent_group == group
