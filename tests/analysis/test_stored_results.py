"""Results stored by earlier builds can be read and written without any change."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.acoustics import Acoustics
from analysis.build_report import MeasureOptions, build_report
from analysis.feedback.verdict import with_verdict
from analysis.report import Report
from analysis.serialization import from_json, to_json
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Transcription, WindowText

STORED = Path(__file__).parent / "stored_results"
KINDS: dict[str, Any] = {
    "activity": Activity,
    "transcribe": Transcription,
    "acoustics": Acoustics,
    "window": WindowText,
    "report": Report,
}


def stored(name: str) -> str:
    return (STORED / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_what_is_read_is_written_the_same(name: str) -> None:
    written = json.loads(to_json(from_json(KINDS[name], stored(name))))
    added = {
        "report": {"figures": [], "drill": None},
        "activity": {"mutes": []},
        "window": {"languages": [], "decoder_odds": []},
    }.get(name, {})
    expected = {**json.loads(stored(name)), **added}
    if "recording" in expected:
        expected["recording"] |= {"track": 1, "tracks": [], "channel": None, "sides": []}
    if "quality" in expected:
        expected["quality"] |= {"telephone": False}
    assert written == expected


def test_renamed_fields_keep_their_stored_name() -> None:
    activity = from_json(Activity, stored("activity"))
    assert len(activity.windows) >= 2
    assert from_json(WindowText, stored("window")).window == activity.windows[0].span


def test_the_report_follows_from_the_stored_results() -> None:
    report = build_report(
        from_json(Acoustics, stored("acoustics")),
        from_json(Activity, stored("activity")),
        from_json(Transcription, stored("transcribe")),
        MeasureOptions(),
    )
    expected = from_json(Report, stored("report"))
    # Later measures were not stored, and a later version may be less sure of a figure.
    for name, was in expected.measures.items():
        found = report.measures[name]
        assert (found.value, found.state, found.reason) == (was.value, was.state, was.reason), name
    # A later version may say the same in other words.
    assert [notice.code for notice in report.notices] == [notice.code for notice in expected.notices]
    assert report == replace(
        expected,
        analysis_version=report.analysis_version,
        measures=report.measures,
        notices=report.notices,
        headline=report.headline,
        observations=report.observations,
        figures=report.figures,
        drill=report.drill,
    )


def test_a_stored_report_gets_the_verdict_of_a_new_one() -> None:
    new = build_report(
        from_json(Acoustics, stored("acoustics")),
        from_json(Activity, stored("activity")),
        from_json(Transcription, stored("transcribe")),
        MeasureOptions(),
    )
    old = with_verdict(from_json(Report, stored("report")))
    assert (old.headline, old.figures, old.drill, old.observations) == (
        new.headline,
        new.figures,
        new.drill,
        new.observations,
    )
