"""Results as JSON and back."""

import json

import numpy as np
import pytest
from hypothesis import given
from pydantic import ValidationError

from analysis.report import Report
from analysis.serialization import from_json, to_json
from analysis.signal.answer_span import Answer
from analysis.signal.voice_activity import Activity
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import Transcription
from analysis.transcription.verbatim import transcribe
from tests.analysis.constructed import (
    NO_OPTIONS,
    activity_of,
    answers,
    recording_of,
    report_of,
    transcription_of,
)

ACTIVITY = activity_of([(0.5, 8.0), (8.6, 20.0)], 21.0)
RECORDING = recording_of(np.random.default_rng(1).standard_normal(21 * 16_000) * 0.01)


@given(answers())
def test_activity_and_transcription_come_back_as_they_were(answer: Answer) -> None:
    transcription = transcription_of(answer.words)
    assert from_json(Activity, to_json(answer.activity)) == answer.activity
    assert from_json(Transcription, to_json(transcription)) == transcription


def test_a_report_comes_back_as_it_was_and_is_the_contract() -> None:
    transcription = transcribe(RECORDING, ACTIVITY, FakeEngine())
    report = report_of(RECORDING, ACTIVITY, transcription, NO_OPTIONS)
    text = to_json(report)
    assert from_json(Report, text) == report
    fields = json.loads(text)
    assert fields.keys() >= {
        "schema", "analysis_version", "model", "recording", "notices", "transcript", "fillers", "pauses",
        "pace", "measures", "observations", "corrections",
    }  # fmt: skip
    assert fields["schema"] == 1
    assert fields["model"].keys() == {"name", "sha256", "options"}
    assert fields["recording"].keys() == {
        "duration", "media_duration", "codec", "sample_rate", "channels", "gaps", "track", "tracks",
        "channel", "sides",
    }  # fmt: skip
    assert fields["transcript"].keys() == {"language", "words", "sentences"}
    assert fields["transcript"]["words"][0].keys() == {"text", "start", "end", "probability"}
    assert fields["transcript"]["sentences"][0].keys() == {"start", "end", "words"}
    assert fields["fillers"][0].keys() == {"text", "start", "end", "kind", "source", "state", "confidence"}
    assert fields["pauses"][0].keys() == {"start", "end", "place"}
    assert fields["pace"][0].keys() == {"start", "end", "words_per_minute"}
    assert fields["measures"]["speaking_rate"].keys() == {
        "value", "unit", "low", "high", "state", "reason", "guide",
    }  # fmt: skip
    assert fields["measures"]["speaking_rate"]["guide"].keys() == {"low", "high", "source"}
    assert fields["observations"][0].keys() == {"kind", "text", "moments", "about"}


def test_every_number_in_a_report_is_valid_json() -> None:
    report = report_of(RECORDING, ACTIVITY, transcribe(RECORDING, ACTIVITY, FakeEngine()), NO_OPTIONS)

    def refuse(name: str) -> None:
        pytest.fail(f"{name} in the report")

    json.loads(to_json(report), parse_constant=refuse)


def test_other_json_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_json(Activity, '{"duration": "long"}')
