"""Which follow-up comes: the one that fits the reason, and what is read of an answer to find the reason."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis import serialization
from analysis.follow_ups.reason import FollowUpReason
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from service.interviews.follow_ups import FollowUps, NextFollowUp, next_follow_up
from service.practice.follow_ups import candidates, find_follow_up
from service.practice.questions import bank
from service.problems import NotFound, NotReady
from tests.analysis.constructed import activity_of
from tests.service.spoken_answers import SECONDS_PER_WORD, transcription

TRANSCRIPTS = Path(__file__).parents[2] / "analysis" / "follow_ups" / "transcripts.toml"


def text_of(identifier: str) -> str:
    entries = tomllib.loads(TRANSCRIPTS.read_text(encoding="utf-8"))["transcripts"]
    return next(str(entry["text"]) for entry in entries if entry["id"] == identifier)


def begin(client: TestClient, **choices: object) -> dict[str, Any]:
    """An interview of questions about events."""
    response = client.post(
        "/api/interviews",
        json={"format_id": "traditional", "choices": {"kinds": ["challenges"], "questions": 5, **choices}},
    )
    assert response.status_code == 201, response.text
    interview: dict[str, Any] = response.json()
    return interview


def asked_for_event(interview: dict[str, Any]) -> str:
    """A question of it that asks for an event."""
    for step in interview["steps"]:
        question = bank().find(step["question_id"] or "")
        if question and question.asks_for_event and question.follow_ups:
            return question.id
    raise AssertionError("no question asks for an event")


def give(client: TestClient, service: Service, interview: dict[str, Any], text: str, **details: Any) -> str:
    """An answer of the interview with this transcript; without a text the transcript is not there yet."""
    new = {"source": "recording", "interview": interview["id"], "part": "question", **details}
    response = client.post("/api/answers", json=new)
    assert response.status_code == 201, response.text
    answer = str(response.json()["id"])
    if text:
        hear(service, answer, text)
    return answer


def hear(service: Service, answer: str, text: str) -> None:
    """Stores the results of the first stages: one word every half second, from 1 s on."""
    length = max(0.01, len(text.split()) * SECONDS_PER_WORD)
    results = {
        "activity": activity_of([(0.0, length)] if text.strip() else [], length + 1),
        "transcribe": transcription(text),
    }
    with service.database.writing() as session:
        Answers(session, LOCAL_PERSON).get(answer).transcript_ready = True
        for stage, result in results.items():
            written = serialization.to_json(result)
            session.add(StageResult(answer_id=answer, stage=stage, analysis_version="1", result=written))


def after(service: Service, interview: dict[str, Any], answer: str) -> NextFollowUp | None:
    with service.database.reading() as session:
        return FollowUps(session, LOCAL_PERSON).after(interview["id"], answer)


def as_asked(chosen: NextFollowUp) -> dict[str, object]:
    return {"follow_up": chosen.id, "reason": chosen.reason, "text": chosen.caption, "word": chosen.word}


def test_the_first_one_that_the_question_names_comes_first() -> None:
    reason = FollowUpReason("no_outcome")
    shared = [each.id for each in candidates("no_outcome", ())]
    named = (shared[3], shared[2], "example")
    chosen = [
        next_follow_up(reason, named=named, asked=asked) for asked in ((), shared[3:4], shared[2:4], shared)
    ]
    assert [each.id if each else None for each in chosen] == [shared[3], shared[2], shared[0], None]


def test_no_reason_comes_twice_for_one_question() -> None:
    reason = FollowUpReason("no_example")
    assert next_follow_up(reason, named=(), asked=(), reasons=("no_example",)) is None
    assert next_follow_up(reason, named=(), asked=(), reasons=("short",)) is not None


def test_where_nothing_was_heard_nothing_is_asked() -> None:
    assert next_follow_up(FollowUpReason("nothing_heard"), named=("example",), asked=()) is None


def test_a_word_of_theirs_is_in_the_caption_only() -> None:
    chosen = next_follow_up(FollowUpReason("short", "the clinic"), named=(), asked=())
    assert chosen is not None
    assert (chosen.text, chosen.caption) == ("Tell me more about that.", "Tell me more about the clinic.")
    plain = next_follow_up(FollowUpReason("short"), named=(), asked=())
    assert plain is not None
    assert (plain.caption, plain.word) == (plain.text, None)


@pytest.mark.parametrize("follow_up", [each.id for each in candidates("short", ())])
@pytest.mark.parametrize("word", ["your research", "the studies", "teaching"])
def test_every_caption_is_a_sentence_with_every_kind_of_word(follow_up: str, word: str) -> None:
    found = find_follow_up(follow_up)
    assert found is not None
    caption = found.caption_with(word)
    assert word in caption
    assert f"'{word}" not in caption, "the words are not quoted as they were said"


@pytest.mark.parametrize(
    ("transcript", "reason"),
    [
        ("always-calm", "no_example"),
        ("rural-camp-we", "own_part"),
        ("exam-group-conflict-open", "no_outcome"),
        ("dont-know", "short"),
        ("blood-sample-mix-up", "reflective"),
    ],
)
def test_the_follow_up_fits_what_was_said(
    client: TestClient, service: Service, transcript: str, reason: str
) -> None:
    interview = begin(client)
    question = asked_for_event(interview)
    answer = give(client, service, interview, text_of(transcript), question_id=question)
    chosen = after(service, interview, answer)
    assert chosen is not None
    assert chosen.reason == reason
    named = bank().find(question)
    assert named is not None
    assert chosen.id == candidates(chosen.reason, named.follow_ups)[0].id


def test_none_is_asked_twice_in_an_interview(client: TestClient, service: Service) -> None:
    interview = begin(client)
    first, second = [step["question_id"] for step in interview["steps"] if step["question_id"]][:2]
    main = give(client, service, interview, "I like it very much.", question_id=first)
    chosen = after(service, interview, main)
    assert chosen is not None
    give(client, service, interview, "Well.", part="follow_up", follow_up_of=main, asked=as_asked(chosen))
    other = after(service, interview, give(client, service, interview, "I like it too.", question_id=second))
    assert other is not None
    assert other.reason == chosen.reason == "short"
    assert other.id != chosen.id


def test_a_question_gets_no_more_than_its_plan_has(client: TestClient, service: Service) -> None:
    interview = begin(client)
    question = asked_for_event(interview)
    main = give(client, service, interview, text_of("always-calm"), question_id=question)
    chosen = after(service, interview, main)
    assert chosen is not None
    details = {"part": "follow_up", "follow_up_of": main, "asked": as_asked(chosen)}
    later = give(client, service, interview, "I have none.", **details)
    assert after(service, interview, later) is None
    without = begin(client, follow_ups=False)
    answer = give(client, service, without, text_of("always-calm"), question_id=asked_for_event(without))
    assert after(service, without, answer) is None


def test_what_a_second_telling_adds_was_told(client: TestClient, service: Service) -> None:
    interview = begin(client)
    question = asked_for_event(interview)
    main = give(client, service, interview, text_of("exam-group-conflict-open"), question_id=question)
    open_end = after(service, interview, main)
    assert open_end is not None and open_end.reason == "no_outcome"
    again = "He said he would do the slides, and in the end we passed and he thanked me."
    repeat = give(client, service, interview, again, part="repeat", follow_up_of=main)
    told = after(service, interview, repeat)
    assert told is not None
    assert told.reason == "reflective"


def test_a_second_telling_makes_a_short_answer_no_longer(client: TestClient, service: Service) -> None:
    interview = begin(client)
    text = text_of("short-complete-story")
    main = give(client, service, interview, text, question_id=asked_for_event(interview))
    repeat = give(client, service, interview, text + text, part="repeat", follow_up_of=main)
    for answer in (main, repeat):
        chosen = after(service, interview, answer)
        assert chosen is not None
        assert chosen.reason == "short"


def test_silence_is_asked_nothing(client: TestClient, service: Service) -> None:
    interview = begin(client)
    answer = give(client, service, interview, " ", question_id=asked_for_event(interview))
    assert after(service, interview, answer) is None


def test_before_the_transcript_there_is_nothing_to_decide_on(client: TestClient, service: Service) -> None:
    interview = begin(client)
    answer = give(client, service, interview, "", question_id=asked_for_event(interview))
    with pytest.raises(NotReady):
        after(service, interview, answer)
    with service.database.writing() as session:
        Answers(session, LOCAL_PERSON).get(answer).work_state = "failed"
    assert after(service, interview, answer) is None


def test_an_answer_of_nobody_is_not_found(client: TestClient, service: Service) -> None:
    interview = begin(client)
    for names in ((interview["id"], "no-such"), ("no-such", "no-such")):
        with service.database.reading() as session, pytest.raises(NotFound):
            FollowUps(session, LOCAL_PERSON).after(*names)


def test_the_follow_up_is_asked_for_over_the_api(client: TestClient, service: Service) -> None:
    interview = begin(client)
    answer = give(client, service, interview, "", question_id=asked_for_event(interview))
    path = f"/api/interviews/{interview['id']}/follow-up"
    waiting = client.post(path, json={"answer": answer})
    assert (waiting.status_code, waiting.json()["code"]) == (404, "not_ready")
    hear(service, answer, "I am a good team player and I always listen to people.")
    chosen = client.post(path, json={"answer": answer}).json()["follow_up"]
    assert chosen["reason"] in {"no_example", "short"}
    assert (chosen["aim"], chosen["answer"]) == ({"low": 20, "high": 60}, 120)


def test_an_interview_asks_no_more_follow_ups_than_its_format_has(
    client: TestClient, service: Service
) -> None:
    interview = begin(client)
    questions = [step["question_id"] for step in interview["steps"] if step["kind"] == "question"]
    asked = 0
    for question in questions:
        answer = give(client, service, interview, "I always listen to people.", question_id=question)
        path = f"/api/interviews/{interview['id']}/follow-up"
        chosen = client.post(path, json={"answer": answer}).json()["follow_up"]
        if chosen:
            asked += 1
            details = {name: chosen[name] for name in ("reason", "word")} | {"text": chosen["caption"]}
            given = {**details, "follow_up": chosen["id"]}
            text = "We looked after each other."
            give(client, service, interview, text, part="follow_up", follow_up_of=answer, asked=given)
    assert asked == 4 < len(questions)
