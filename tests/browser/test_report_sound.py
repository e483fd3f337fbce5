"""Choosing another sound track on the page of a report."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analysis import SAMPLE_RATE
from analysis.audio.decoding import decode
from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE, SAMPLES
from tests.media_files import builders
from tests.service.running import RunningService

LENGTHS = 6, 9
"""Seconds of the two tracks."""


@pytest.mark.long
def test_another_track_is_measured_and_played(
    browser: Browser, practice_service: RunningService, tmp_path: Path
) -> None:
    voices = [
        decode(SAMPLES / name).samples[: seconds * SAMPLE_RATE]
        for name, seconds in zip(("fast.flac", "good-answer.flac"), LENGTHS, strict=True)
    ]
    recording = builders.several_tracks(
        tmp_path / "interview.mp4", voices, SAMPLE_RATE, container="mp4", codec="aac"
    )
    answer = practice_service.upload(recording)["id"]
    practice_service.wait_for(answer, "ready")
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=practice_service.url)
    page = context.new_page()
    page.goto(f"/answers/{answer}")
    tracks = page.get_by_role("group", name="Which sound track is measured")
    expect(tracks.get_by_role("radio", name="Track 2")).to_be_checked()
    expect(page.get_by_text("Track 2 was measured: it has the most speech.")).to_be_visible()
    assert accessibility_faults(page) == []

    tracks.get_by_role("radio", name="Track 1").check()
    expect(page.get_by_text("Until that is done, this report is about the sound before.")).to_be_visible()
    expect(page.get_by_text("Track 1 was measured, as you chose.")).to_be_visible(timeout=PATIENCE)
    expect(tracks.get_by_role("radio", name="Track 1")).to_be_checked()
    expect(page.get_by_text("Until that is done")).to_have_count(0)
    page.wait_for_function(
        "length => Math.abs(document.querySelector('audio').duration - length) < 0.3", arg=LENGTHS[0]
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
