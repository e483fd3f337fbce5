"""Another sound track, or one side of a call, is measured, played and kept when a person chooses it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.decoding import decode
from tests.media_files import builders
from tests.service.running import RunningService

SAMPLES = Path(__file__).parents[3] / "samples" / "audio"
LENGTHS = 9, 12
"""Seconds of the two voices."""


@pytest.fixture(scope="module")
def voices() -> list[builders.Samples]:
    names = ("fast", "good-answer")
    return [
        decode(SAMPLES / f"{name}.flac").samples[: seconds * SAMPLE_RATE]
        for name, seconds in zip(names, LENGTHS, strict=True)
    ]


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory, voices: list[builders.Samples]) -> Path:
    """The interviewer is the first track, the applicant the second."""
    path = tmp_path_factory.mktemp("recordings") / "interview.mp4"
    return builders.several_tracks(path, voices, SAMPLE_RATE, container="mp4", codec="aac")


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory, voices: list[builders.Samples]) -> Path:
    """The interviewer is on the left until the applicant answers on the right, 20 dB below."""
    question, answer = (voice[: 6 * SAMPLE_RATE] for voice in voices)
    left = np.concatenate([question, 0 * answer])
    right = np.concatenate([0 * question, 0.1 * answer])
    path = tmp_path_factory.mktemp("recordings") / "call.ogg"
    sides = np.stack([left, right]).astype(np.float32)
    return builders.write_sound(path, sides, SAMPLE_RATE, container="ogg", codec="libopus", bit_rate=96_000)


def chosen(service: RunningService, answer: str, **choice: object) -> dict[str, Any]:
    """The answer after a choice was measured."""
    reply = service.client.patch(f"/api/answers/{answer}", json=choice)
    reply.raise_for_status()
    assert reply.json()["work"]["state"] == "waiting"
    return service.wait_for(answer, "ready")


def recording_of(service: RunningService, answer: str) -> dict[str, Any]:
    found: dict[str, Any] = service.client.get(f"/api/answers/{answer}/report").json()["recording"]
    return found


def played(service: RunningService, answer: str, folder: Path) -> float:
    """Seconds of the playable copy, which has one sound track."""
    path = folder / "played"
    path.write_bytes(service.client.get(f"/api/answers/{answer}/media").content)
    return decode(path).duration


@pytest.mark.long
def test_another_track_is_measured_and_played(
    running_service: RunningService, interview: Path, tmp_path: Path
) -> None:
    answer = running_service.upload(interview)["id"]
    before = running_service.wait_for(answer, "ready")
    assert (before["track"], before["channel"]) == (None, None)
    assert recording_of(running_service, answer)["track"] == 2
    assert played(running_service, answer, tmp_path) == pytest.approx(LENGTHS[1], abs=0.1)

    after = chosen(running_service, answer, track=1)
    assert after["track"] == 1
    assert after["media_version"] != before["media_version"]
    assert after["duration"] == pytest.approx(LENGTHS[0], abs=0.1)
    report = running_service.client.get(f"/api/answers/{answer}/report").json()
    assert report["recording"]["track"] == 1
    assert report["spoken_span"]["end"] <= LENGTHS[0]
    assert played(running_service, answer, tmp_path) == pytest.approx(LENGTHS[0], abs=0.1)
    peaks = running_service.client.get(f"/api/answers/{answer}/peaks").json()
    assert peaks["duration"] == pytest.approx(LENGTHS[0], abs=0.1)
    copies = [path for path in running_service.data_folder.rglob("playable*") if answer in str(path)]
    assert len(copies) == 1

    assert chosen(running_service, answer, track=None)["track"] is None
    assert recording_of(running_service, answer)["track"] == 2


@pytest.mark.long
def test_corrections_stay_with_their_track(running_service: RunningService, interview: Path) -> None:
    answer = running_service.upload(interview)["id"]
    running_service.wait_for(answer, "ready")
    path = f"/api/answers/{answer}"
    item = {"kind": "filler", "start": 5.0, "end": 5.3, "text": "um"}
    running_service.client.put(f"{path}/corrections", json={"items": [item]}).raise_for_status()
    span = {"start": 1.0, "end": 8.0}
    running_service.client.patch(path, json={"span": span}).raise_for_status()
    running_service.wait_for(answer, "ready")

    other = chosen(running_service, answer, track=1)
    assert (other["span"], other["corrections"]) == (None, 0)
    assert running_service.client.get(f"{path}/report").json()["corrections"] == []
    with zipfile.ZipFile(io.BytesIO(running_service.client.get("/api/export").content)) as archive:
        kept = [name for name in archive.namelist() if name.endswith("other-sounds.json")]
        (aside,) = [json.loads(archive.read(name)) for name in kept]
    assert aside == {"track 2, both": {"span": [1.0, 8.0], "corrections": [item]}}

    again = chosen(running_service, answer, track=2)
    assert (again["span"], again["corrections"]) == (span, 1)
    assert running_service.client.get(f"{path}/report").json()["corrections"] == [item]


def test_one_side_of_a_call_is_measured_and_played(
    running_service: RunningService, call: Path, tmp_path: Path
) -> None:
    answer = running_service.upload(call)["id"]
    running_service.wait_for(answer, "ready")
    both = recording_of(running_service, answer)
    assert (both["channel"], [side["channel"] for side in both["sides"]]) == ("both", ["left", "right"])
    after = chosen(running_service, answer, channel="right")
    assert after["channel"] == "right"
    assert recording_of(running_service, answer)["channel"] == "right"
    path = tmp_path / "played"
    path.write_bytes(running_service.client.get(f"/api/answers/{answer}/media").content)
    heard = np.abs(decode(path).samples)
    assert np.percentile(heard[: 5 * SAMPLE_RATE], 99) < 0.01 < np.percentile(heard[7 * SAMPLE_RATE :], 99)


def test_what_is_not_there_cannot_be_chosen(running_service: RunningService, interview: Path) -> None:
    answer = running_service.upload(interview)["id"]
    running_service.wait_for(answer, "ready")
    choices: list[dict[str, object]] = [{"track": 3}, {"track": 0}, {"channel": "middle"}]
    for choice in choices:
        assert running_service.client.patch(f"/api/answers/{answer}", json=choice).status_code == 422, choice
    assert running_service.answer(answer)["track"] is None
