"""Mock interviews over the API: their plan, their answers, and taking them up again."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.practice.formats import built_in_formats, interview_of
from service.practice.interview_lines import interview_lines

FORMATS = {each.id: interview for each in built_in_formats() if (interview := interview_of(each))}
INTERVIEWS = [name for name, interview in FORMATS.items() if not interview.drill]


def _begin(client: TestClient, format_id: str = "residency", **choices: object) -> dict[str, Any]:
    response = client.post("/api/interviews", json={"format_id": format_id, "choices": choices})
    assert response.status_code == 201, response.text
    interview: dict[str, Any] = response.json()
    return interview


def _questions(interview: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for step in interview["steps"] if step["kind"] == "question"]


def _answer(client: TestClient, interview: dict[str, Any], **details: object) -> dict[str, Any]:
    new = {"source": "recording", "interview": interview["id"], "part": "question", **details}
    response = client.post("/api/answers", json=new)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("format_id", INTERVIEWS)
def test_every_format_is_planned_from_its_greeting_to_its_goodbye(client: TestClient, format_id: str) -> None:
    given = next(each for each in built_in_formats() if each.id == format_id)
    interview = _begin(client, format_id)
    steps = interview["steps"]
    assert (steps[0]["kind"], steps[-1]["kind"]) == ("greeting", "goodbye")
    assert len(_questions(interview)) == given.questions
    assert all(step["answer"] == given.answer for step in _questions(interview))
    lines = {f"line:{each}" for each in interview_lines()}
    assert all(step["line"] in lines for step in steps if step["kind"] != "question")


@pytest.mark.parametrize(
    ("format_id", "interruption"), [("drill-repeat", "repeat"), ("drill-connection", "drop")]
)
def test_a_drill_is_one_question_in_which_it_happens(
    client: TestClient, format_id: str, interruption: str
) -> None:
    for _ in range(20):
        [step] = _begin(client, format_id)["steps"]
        assert (step["kind"], step[interruption], step["scenario"]) == ("question", True, None)


def test_stations_have_scenarios_and_a_group_session_has_questions_to_ask(client: TestClient) -> None:
    circuit = _questions(_begin(client, "mmi-circuit"))
    assert [bool(step["scenario"]) for step in circuit] == [True, False, True, False, True, False]
    bank = {each["id"]: each for each in client.get("/api/questions").json()["items"]}
    group = _questions(_begin(client, "group-session"))
    assert {bank[step["question_id"]]["kind"] for step in group} == {"ask_them"}


def test_the_second_interviewer_takes_over_halfway(client: TestClient) -> None:
    interview = _begin(client, "residency")
    assert [step["interviewer"] for step in _questions(interview)] == [0, 0, 0, 0, 1, 1, 1]
    lines = [step["line"] for step in interview["steps"]]
    assert lines.index("line:colleague") == lines.index(_questions(interview)[4]["line"]) - 1


def test_no_question_comes_twice_in_two_weeks(client: TestClient) -> None:
    seen: set[str] = set()
    for _ in range(3):
        interview = _begin(client, "traditional", questions=5)
        asked = {step["question_id"] for step in _questions(interview)}
        assert interview["repeated"] == 0
        assert not asked & seen
        client.patch(f"/api/interviews/{interview['id']}", json={"position": len(interview["steps"]) - 1})
        _answer(client, interview)
        seen |= asked


def test_extended_time_is_given_to_everything_that_has_a_time(client: TestClient) -> None:
    usual, longer, free = (_begin(client, "mmi-circuit", extension=each) for each in (1, 1.5, None))
    assert longer["longest"] > usual["longest"] and free["longest"] is None
    for name, expected in (("preparation", 180), ("answer", 720)):
        assert {step[name] for step in _questions(longer)} == {expected}
        assert {step[name] for step in _questions(free)} == {None}
    assert _questions(longer)[0]["aim"] == {"low": 240, "high": 420}


def test_interruptions_come_once_and_not_at_the_first_question(client: TestClient) -> None:
    for _ in range(10):
        questions = _questions(_begin(client, "residency", connection_drop=True))
        repeats = [number for number, step in enumerate(questions) if step["repeat"]]
        drops = [number for number, step in enumerate(questions) if step["drop"]]
        assert (len(repeats), len(drops)) == (1, 1)
        assert 0 not in repeats + drops and repeats != drops
    quiet = _questions(_begin(client, "residency", repeat=False, follow_ups=False))
    assert not any(step["repeat"] or step["drop"] or step["most_follow_ups"] for step in quiet)


def test_answers_join_the_interview_and_its_session(client: TestClient) -> None:
    interview = _begin(client)
    assert interview["session"] is None
    assert client.get("/api/interviews").json()["items"] == []
    question = _questions(interview)[0]["question_id"]
    first = _answer(client, interview, question_id=question, format_id="residency")
    asked = {"follow_up": "x", "reason": "no_example", "text": "Can you give me an example?"}
    second = _answer(
        client, interview, part="follow_up", question=asked["text"], follow_up_of=first["id"], asked=asked
    )
    assert first["session"] == second["session"]
    assert (second["follow_up_of"], second["asked"]["reason"], second["take"]) == (
        first["id"],
        "no_example",
        None,
    )
    assert second["aim"] == {"low": 20, "high": 60}
    client.put(f"/api/answers/{first['id']}/chunks/0", content=b"a second of sound")
    [listed] = client.get("/api/interviews").json()["items"]
    # With the second one nothing was recorded yet.
    assert [(each["id"], each["chunks"]) for each in listed["answers"]] == [
        (first["id"], 1),
        (second["id"], 0),
    ]
    assert listed["session"]["name"] == interview["name"]


def test_answers_to_the_same_follow_up_are_no_takes_of_one_question(client: TestClient) -> None:
    interview = _begin(client)
    text = "Can you give me an example?"
    answers = [_answer(client, interview, part="follow_up", question=text) for _ in range(2)]
    takes = client.get(f"/api/answers/{answers[0]['id']}/takes").json()["takes"]
    assert [take["answer"] for take in takes] == [answers[0]["id"]]


def test_the_latest_interviews_are_listed_first_and_as_many_as_asked_for(client: TestClient) -> None:
    begun = [_begin(client, "residency", questions=2) for _ in range(3)]
    for interview in begun:
        _answer(client, interview)
    newest = [interview["id"] for interview in reversed(begun)]
    for limit, expected in ((None, newest), (2, newest[:2]), (1, newest[:1])):
        query = {} if limit is None else {"limit": limit}
        listed = client.get("/api/interviews", params=query).json()["items"]
        assert [interview["id"] for interview in listed] == expected
    assert client.get("/api/interviews", params={"limit": 0}).status_code == 422


def test_a_station_has_an_aim_of_its_own(client: TestClient) -> None:
    interview = _begin(client, "mmi-circuit")
    second = _questions(interview)[1]
    answer = _answer(client, interview, question_id=second["question_id"], format_id="mmi-circuit")
    assert answer["aim"] == second["aim"] == {"low": 180, "high": 360}


def test_how_far_it_has_come_is_kept(client: TestClient) -> None:
    interview = _begin(client)
    path = f"/api/interviews/{interview['id']}"
    changed = client.patch(path, json={"position": 3}).json()
    assert (changed["position"], changed["ended_at"]) == (3, None)
    assert changed["change"] > interview["change"]
    assert client.patch(path, json={"position": 99}).status_code == 422
    ended = client.patch(path, json={"ended": True}).json()
    assert ended["ended_at"] is not None
    assert client.patch(path, json={"ended": True}).json()["ended_at"] == ended["ended_at"]


def test_an_interview_goes_with_its_last_answer(client: TestClient) -> None:
    interview = _begin(client)
    answers = [_answer(client, interview) for _ in range(2)]
    client.patch(f"/api/interviews/{interview['id']}", json={"ended": True})
    client.delete(f"/api/answers/{answers[0]['id']}")
    assert client.get(f"/api/interviews/{interview['id']}").status_code == 200
    client.delete(f"/api/answers/{answers[1]['id']}")
    assert client.get(f"/api/interviews/{interview['id']}").status_code == 404


def test_an_interview_that_goes_on_outlives_its_answers(client: TestClient) -> None:
    interview = _begin(client)
    client.delete(f"/api/answers/{_answer(client, interview)['id']}")
    # It is offered nowhere, but its next answer is still part of it.
    assert client.get("/api/interviews").json()["items"] == []
    answer = _answer(client, interview)
    assert answer["interview"] == interview["id"]
    client.delete(f"/api/sessions/{answer['session']['id']}")
    assert client.get(f"/api/interviews/{interview['id']}").status_code == 404


def test_a_deleted_plan_leaves_its_answers(client: TestClient) -> None:
    interview = _begin(client)
    answer = _answer(client, interview)
    assert client.delete(f"/api/interviews/{interview['id']}").status_code == 204
    kept = client.get(f"/api/answers/{answer['id']}").json()
    assert (kept["interview"], kept["session"]["name"]) == (None, interview["name"])


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"format_id": "free"}, "one question only"),
        ({"format_id": "nowhere"}, "no such format"),
        ({"format_id": "residency", "choices": {"source": "own"}}, "no question to ask"),
        ({"format_id": "residency", "choices": {"speed": 2}}, ""),
    ],
)
def test_what_cannot_be_planned_is_refused(client: TestClient, new: dict[str, Any], words: str) -> None:
    response = client.post("/api/interviews", json=new)
    assert response.status_code == 422
    assert words in response.json()["detail"]


def test_an_answer_of_an_interview_that_is_gone_is_refused(client: TestClient) -> None:
    response = client.post("/api/answers", json={"source": "recording", "interview": "0" * 24})
    assert response.status_code == 422
    assert client.get("/api/answers").json()["total"] == 0
