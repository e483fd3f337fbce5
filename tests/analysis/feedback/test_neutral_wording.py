"""Reports without verdicts on fluency, including those stored by earlier versions."""

import json
from dataclasses import replace

import numpy as np
import pytest
from analysis.feedback.observations import observe
from hypothesis import given

from analysis.feedback.neutral_wording import without_verdicts
from analysis.measures.pace import pace_over_time
from analysis.report import Observation, ObservationTopic, Report
from analysis.serialization import from_json, to_json
from analysis.signal.answer_span import Answer
from analysis.transcription.fake import FakeEngine
from analysis.transcription.verbatim import transcribe
from tests.analysis.constructed import (
    NO_OPTIONS,
    activity_of,
    answers,
    inputs_of,
    measures_of,
    recording_of,
    report_of,
)

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
    report = replace(
        REPORT,
        observations=(
            Observation("try", HURRIED, about="pace"),
            Observation("try", LENGTH, about="length"),
        ),
    )
    neutral = without_verdicts(report)
    assert [observation.text for observation in neutral.observations] == [LENGTH]
    assert neutral.measures["speaking_rate"].guide is neutral.measures["filler_rate"].guide is None
    assert neutral.measures["answer_length"] == report.measures["answer_length"]
    assert neutral.measures["speaking_rate"].value == report.measures["speaking_rate"].value


@pytest.mark.parametrize("topic", [None, ""], ids=["before 1.3.0", "1.3.0"])
def test_a_stored_report_whose_advice_has_no_topic_loses_it_too(topic: str | None) -> None:
    report = from_json(Report, _stored(HURRIED, LENGTH, topic=topic))
    assert [observation.text for observation in report.observations] == [HURRIED, LENGTH]
    assert [observation.text for observation in without_verdicts(report).observations] == [LENGTH]


def test_a_stored_sentence_that_is_not_known_stays() -> None:
    report = from_json(Report, _stored("Something else.", topic=None))
    assert [observation.about for observation in report.observations] == ["unknown"]
    assert without_verdicts(report).observations == report.observations


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


@given(answers())
def test_current_observations_have_the_topic_of_their_sentence(answer: Answer) -> None:
    inputs = inputs_of(answer)
    for observation in observe(inputs, measures_of(inputs), pace_over_time(answer)):
        (stored,) = from_json(Report, _stored(observation.text, topic=None)).observations
        assert stored.about == observation.about
