"""Reports without verdicts on fluency, including those stored by earlier versions."""

import json

import numpy as np
import pytest

from analysis.feedback.neutral_wording import without_verdicts
from analysis.report import ObservationTopic, Report
from analysis.serialization import from_json, to_json
from analysis.transcription.fake import FakeEngine
from analysis.transcription.verbatim import transcribe
from tests.analysis.constructed import NO_OPTIONS, activity_of, recording_of, report_of

ACTIVITY = activity_of([(0.5, 8.0), (8.6, 20.0)], 21.0)
RECORDING = recording_of(np.random.default_rng(1).standard_normal(21 * 16_000) * 0.01)
REPORT = report_of(RECORDING, ACTIVITY, transcribe(RECORDING, ACTIVITY, FakeEngine()), NO_OPTIONS)

LENGTH = "Add one concrete example: what you did, and what came of it."
HURRIED = "Slow down around 0:45: about 192 words a minute there. A pause after each point does it."


def _stored(*texts: str, topic: str | None) -> str:
    """A report as an earlier version stored it: without topics, or with an empty one."""
    stored = json.loads(to_json(REPORT))
    topics = {} if topic is None else {"about": topic}
    stored["observations"] = [{"kind": "try", "text": text, "moments": [], **topics} for text in texts]
    return json.dumps(stored)


def test_advice_on_fluency_and_its_guides_are_left_out() -> None:
    neutral = without_verdicts(REPORT)
    assert [(figure.figure, figure.standing is None) for figure in neutral.figures] == [
        ("length", False), ("pace", True), ("pauses", True), ("fillers", True)
    ]  # fmt: skip
    assert {observation.about for observation in neutral.observations} <= {"length"}
    assert neutral.drill is not None and neutral.drill.figure == "length"
    assert neutral.headline == "20 s long: aim for 1–2 minutes."
    assert neutral.measures["speaking_rate"].guide is neutral.measures["filler_rate"].guide is None
    assert neutral.measures["long_pause_rate"].guide is None
    assert neutral.measures["answer_length"] == REPORT.measures["answer_length"]
    assert neutral.measures["speaking_rate"].value == REPORT.measures["speaking_rate"].value


@pytest.mark.parametrize("topic", [None, ""], ids=["before 1.3.0", "1.3.0"])
def test_advice_of_a_stored_report_is_replaced(topic: str | None) -> None:
    report = from_json(Report, _stored(HURRIED, LENGTH, topic=topic))
    assert [observation.text for observation in report.observations] == [HURRIED, LENGTH]
    assert without_verdicts(report).observations == without_verdicts(REPORT).observations


def test_a_stored_sentence_that_is_not_known_has_no_topic() -> None:
    report = from_json(Report, _stored("Something else.", topic=None))
    assert [observation.about for observation in report.observations] == ["unknown"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("The length: 1 min 20 s leaves the listener time to ask more.", "length"),
        ("The pace: about 140 words a minute for most of the answer, easy to follow.", "pace"),
        ("The pauses between sentences: they give the listener time to follow.", "pauses"),
        ("Few fillers: the words come without much 'um' or 'like'.", "fillers"),
        ("The stretch from 0:04 to 0:31 runs on without a stop.", "unbroken_stretch"),
        ("Stop earlier: the aim was reached at 2:00. Listen from there, and choose what can go.", "length"),
        (LENGTH, "length"),
        ("A silent pause where a filler comes: we heard about 9 a minute, most often 'um'.", "fillers"),
        ("Plan the next point before you begin it: one pause lasts 3.5 s.", "pauses"),
        (HURRIED, "pace"),
        ("Slow down a little: about 190 words a minute for most of the answer.", "pace"),
        (
            "Leave one second of silence after a point: from 0:04 to 0:50 there is none.",
            "unbroken_stretch",
        ),
        ("A short silence instead of 'um'.", "fillers"),
    ],
)
def test_every_sentence_of_earlier_versions_has_its_topic(text: str, topic: ObservationTopic) -> None:
    (observation,) = from_json(Report, _stored(text, topic=None)).observations
    assert observation.about == topic
