"""What to say over HTTP: the sheet, questions to ask, lines of the application, specifics in an answer."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.db.models import LOCAL_PERSON, Answer
from service.dependencies import Service
from service.practice.checked_file import DataError
from service.practice.questions import bank
from service.practice.why_here import asks_for_specifics, asks_why_here
from service.prepare.application_lines import MOST_LINES
from service.prepare.programme_sheet import questions_words, specifics_words
from service.prepare.questions_to_ask import FILE, MOST_OWN, bank_to_ask, load_bank_to_ask
from tests.service.in_process import client_of
from tests.service.made_takes import add_take
from tests.service.prepare.invitations import NOW, at_moment, invited
from tests.service.spoken_answers import say

SPECIFICS = [
    {"kind": "research", "text": "QI project for every resident"},
    {"kind": "support", "text": "J-1 visa sponsorship"},
    {"kind": "place", "text": "Close to my sister in Boston"},
]


@pytest.fixture
def preparing(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def sheet(client: TestClient, interview: str, **content: Any) -> dict[str, Any]:
    address = f"/api/scheduled-interviews/{interview}/sheet"
    response = client.put(address, json=content) if content else client.get(address)
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def exported(client: TestClient, name: str) -> Any:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/export").raise_for_status().content))
    return json.loads(archive.read(name))


def test_a_sheet_keeps_the_ids_of_its_specifics(preparing: TestClient) -> None:
    with at_moment(NOW):
        interview = invited(
            preparing, interviewers=[{"name": "Dr Osei", "role": "Director"}, {"name": "Dr Wu"}]
        )["id"]
        assert sheet(preparing, interview)["specifics_words"].startswith("0 things so far")
        written = sheet(preparing, interview, specifics=SPECIFICS)
        first, second, third = written["specifics"]
        assert (first["kind_name"], first["text"]) == (
            "Research, quality improvement",
            SPECIFICS[0]["text"],
        )
        assert written["interviewers"][0] == {"name": "Dr Osei", "role": "Director"}
        again = sheet(
            preparing,
            interview,
            specifics=[
                {"id": third["id"], "kind": "place", "text": "  My sister\n lives near "},
                {"id": first["id"], **SPECIFICS[0]},
                {"id": first["id"], **SPECIFICS[1]},
                {"id": "of another", **SPECIFICS[1]},
            ],
            questions_to_ask=["mentor-of-yours", "time-for-projects", "mentor-of-yours"],
        )
        ids = [each["id"] for each in again["specifics"]]
        assert ids[:2] == [third["id"], first["id"]]
        assert len({*ids, second["id"], "of another"}) == 6
        assert again["specifics"][0]["text"] == "My sister lives near"
        assert [each["id"] for each in again["questions_to_ask"]] == ["mentor-of-yours", "time-for-projects"]
        # What is left out stays.
        assert sheet(preparing, interview, specifics=[])["questions_to_ask"] == again["questions_to_ask"]
        counted = preparing.get(f"/api/scheduled-interviews/{interview}").json()
        assert (counted["specifics_count"], counted["questions_to_ask_count"]) == (0, 2)


@pytest.mark.parametrize(
    "content",
    [
        {"questions_to_ask": ["no-such-question"]},
        {"specifics": [{"kind": "weather", "text": "Sun"}]},
        {"specifics": [{"kind": "place", "text": "  "}]},
        {"specifics": [{"kind": "place", "text": "x" * 201}]},
        {"specifics": [SPECIFICS[0]] * 9},
    ],
)
def test_a_sheet_that_cannot_be_kept_is_refused(client: TestClient, content: dict[str, Any]) -> None:
    interview = invited(client)["id"]
    address = f"/api/scheduled-interviews/{interview}/sheet"
    assert client.put(address, json=content).status_code == 422
    assert sheet(client, interview)["specifics"] == []
    assert client.get("/api/scheduled-interviews/nobody/sheet").status_code == 404
    assert client.get("/api/scheduled-interviews/nobody/sheet.html").status_code == 404


def test_words_for_how_many_there_are() -> None:
    assert specifics_words(2) == "2 things so far: aim for 3 or 4."
    assert specifics_words(4) == "4 things: enough to say in one answer."
    assert specifics_words(6).startswith("6 things: more than one answer holds.")
    assert questions_words(1).startswith("1 question chosen. Aim for 10 to 15")
    assert questions_words(10) == "10 questions chosen: enough for the day."
    assert questions_words(16).startswith("16 questions chosen: more than")


def test_the_bank_has_every_topic_for_both_kinds_of_applicant() -> None:
    loaded = bank_to_ask()
    assert [topic.id for topic in loaded.topics] == [
        "support",
        "mentorship",
        "feedback",
        "research",
        "teaching",
    ]
    for kind in ("residency", "medical_school"):
        asked = [question for question in loaded.questions if question.applying_to in (None, kind)]
        good = [question for question in asked if question.website_answers is None]
        assert len(good) >= 12
        assert {question.topic for question in good} == {topic.id for topic in loaded.topics}
        assert any(question.website_answers for question in asked)
    assert all(question.text.endswith("?") for question in loaded.questions)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('topic = "support"', 'topic = "suport"', "topic 'suport' is not one of the topics"),
        ('id = "after-a-death"', 'id = "hard-month-support"', "the id 'hard-month-support' occurs twice"),
        ('text = "When a resident', 'txt = "When a resident', "is missing"),
    ],
)
def test_a_wrong_bank_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "questions_to_ask.toml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_bank_to_ask(file)
    assert said in refused.value.text


def test_own_questions_to_ask(preparing: TestClient) -> None:
    added = preparing.post(
        "/api/questions-to-ask", json={"topic": "teaching", "text": " Who teaches at night? "}
    )
    assert added.status_code == 201
    own = added.json()
    assert (own["text"], own["own"], own["website_answers"]) == ("Who teaches at night?", True, None)
    again = preparing.post(
        "/api/questions-to-ask", json={"topic": "teaching", "text": "who teaches at night?"}
    )
    assert again.json()["id"] == own["id"]
    assert (
        preparing.post("/api/questions-to-ask", json={"topic": "food", "text": "Lunch?"}).status_code == 422
    )
    listed = preparing.get("/api/questions-to-ask").json()
    assert listed["aim"] == [10, 15]
    [teaching] = [topic for topic in listed["topics"] if topic["id"] == "teaching"]
    assert teaching["questions"][-1] == own
    interview = invited(preparing)["id"]
    sheet(preparing, interview, questions_to_ask=["mentor-of-yours", own["id"]])
    assert exported(preparing, "preparation.json")["own_questions_to_ask"][0]["text"] == own["text"]
    assert preparing.delete(f"/api/questions-to-ask/{own['id']}").status_code == 204
    assert preparing.delete(f"/api/questions-to-ask/{own['id']}").status_code == 404
    assert preparing.delete("/api/questions-to-ask/mentor-of-yours").status_code == 404
    assert [each["id"] for each in sheet(preparing, interview)["questions_to_ask"]] == ["mentor-of-yours"]


def test_there_is_a_limit_of_own_questions(client: TestClient) -> None:
    statuses = {
        client.post(
            "/api/questions-to-ask", json={"topic": "support", "text": f"Number {number}?"}
        ).status_code
        for number in range(MOST_OWN + 1)
    }
    assert statuses == {201, 422}


def test_lines_of_an_application_are_questions_to_practise(opened: Service, preparing: TestClient) -> None:
    pasted = "Research:\nStroke registry, 2020–2022\nPoster in Vienna\n\nChess club\nchess club."
    added = preparing.post("/api/application-lines", json={"text": pasted}).json()
    assert (added["added"], added["repeated"]) == (3, 1)
    assert added["added_words"] == "3 lines added. 1 line was there already."
    assert [line["line"] for line in added["items"]] == [
        "Stroke registry, 2020–2022",
        "Poster in Vienna",
        "Chess club",
    ]
    assert added["sections"] == ["Research"]
    assert added["summary"] == "You practised 0 of 3 lines."
    first = added["items"][0]
    [question] = [
        each for each in preparing.get("/api/questions").json()["items"] if each["id"] == first["id"]
    ]
    assert question["text"] == "Tell me about “Stroke registry, 2020–2022”."
    assert (question["own"], question["application_line"]) == (True, "Stroke registry, 2020–2022")
    assert question["application_section"] == "Research"
    answer = preparing.post("/api/answers", json={"question_id": first["id"]}).raise_for_status().json()
    assert answer["question"] == question["text"]
    # A recording that was begun is no take yet, here as in the plan.
    assert preparing.get("/api/application-lines").json()["summary"] == "You practised 0 of 3 lines."
    add_take(opened, question_id=first["id"])
    # Pasted once more, as after a mend of one line: what is there stays, with its takes.
    again = preparing.post("/api/application-lines", json={"text": pasted.replace("Poster", "Talk")}).json()
    assert [again["added"], again["repeated"], again["summary"]] == [1, 3, "You practised 1 of 4 lines."]
    practised = again["items"][0]
    assert (practised["practised"], practised["practised_words"]) == (True, "1 take")
    assert practised["last_practised_at"] is not None

    address = f"/api/application-lines/{first['id']}"
    changed = preparing.patch(address, json={"line": "• Stroke registry, 2019–2022", "section": None}).json()
    assert (changed["line"], changed["section"], changed["takes"]) == ("Stroke registry, 2019–2022", None, 1)
    assert changed["question"] == "Tell me about “Stroke registry, 2019–2022”."
    assert preparing.patch(address, json={"section": "Work"}).json()["line"] == changed["line"]
    assert preparing.patch(address, json={"line": "CHESS club"}).status_code == 422
    assert preparing.patch(address, json={"line": " "}).status_code == 422
    assert "Stroke registry, 2019–2022" in {
        own["application_line"] for own in exported(preparing, "questions.json")["own"]
    }
    assert preparing.delete(address).status_code == 204
    assert preparing.delete(address).status_code == 404
    assert preparing.get(f"/api/answers/{answer['id']}").json()["question"] == question["text"]
    preparing.delete("/api/everything").raise_for_status()
    assert preparing.get("/api/application-lines").json() == {"items": [], "sections": [], "summary": ""}


def test_other_own_questions_are_no_lines(client: TestClient) -> None:
    question = client.post("/api/questions", json={"text": "Why the gap?"}).json()
    assert client.get("/api/application-lines").json()["items"] == []
    assert client.delete(f"/api/application-lines/{question['id']}").status_code == 404
    assert client.patch(f"/api/application-lines/{question['id']}", json={"line": "X"}).status_code == 404
    assert question["application_line"] is None


def test_a_long_application_and_too_long_a_one(client: TestClient) -> None:
    lines = "\n".join(f"Experience number {number}: what I did there" for number in range(MOST_LINES))
    added = client.post("/api/application-lines", json={"text": lines}).json()
    assert added["added"] == MOST_LINES
    assert [line["line"] for line in added["items"]] == lines.split("\n")
    assert client.post("/api/application-lines", json={"text": "One more"}).status_code == 422
    assert client.post("/api/application-lines", json={"text": lines}).json()["repeated"] == MOST_LINES
    for text in ("", " \n ", "Research:", "x" * 100_001):
        assert client.post("/api/application-lines", json={"text": text}).status_code == 422, text[:20]


def test_the_bank_says_which_questions_ask_why_here() -> None:
    marked = {question.id for question in bank().questions if question.asks_for_specifics}
    assert marked == {"why-this-school", "why-this-programme"}
    assert asks_for_specifics("why-this-school", "anything")
    assert not asks_for_specifics("why-medicine", "Why our programme?")
    assert not asks_for_specifics("why-this-school", "anything", "follow_up")


@pytest.mark.parametrize(
    "question",
    ["Why our programme?", "Why did you apply to this surgery program?", "So why us?", "Why here?"],
)
def test_own_words_that_ask_why_here(question: str) -> None:
    assert asks_why_here(question)


@pytest.mark.parametrize(
    "question", ["Why medicine?", "Tell me about your school.", "Why did you leave your last job?", None]
)
def test_own_words_that_ask_something_else(question: str | None) -> None:
    assert not asks_why_here(question)


def new_answer(client: TestClient, **fields: Any) -> Any:
    return client.post("/api/answers", json=fields).raise_for_status().json()["scheduled_interview"]


def test_an_answer_to_why_here_is_for_the_next_interview(preparing: TestClient) -> None:
    with at_moment(NOW):
        invited(preparing, date="2026-10-01", programme="Past")
        invited(preparing, date="2026-11-01", programme="Cancelled", cancelled=True)
        later = invited(preparing, date="2026-12-24", programme="Later")["id"]
        following = invited(preparing, date="2026-12-01", programme="Next")["id"]
        assert new_answer(preparing, question_id="why-this-programme") == following
        assert new_answer(preparing, question="Why our programme?") == following
        assert new_answer(preparing, question_id="why-medicine") is None
        assert new_answer(preparing, question_id="why-this-programme", scheduled_interview=later) == later
        assert new_answer(preparing, question_id="why-this-programme", scheduled_interview=None) is None
        assert new_answer(preparing, question_id="why-medicine", scheduled_interview=later) == later
        made = {"id": "b" * 24, "question_id": "why-this-programme"}
        assert new_answer(preparing, **made) == following == new_answer(preparing, **made)
        refused = preparing.post("/api/answers", json={"scheduled_interview": "nobody"})
        assert refused.status_code == 422
        assert (
            preparing.patch(f"/api/answers/{made['id']}", json={"scheduled_interview": "x"}).status_code
            == 422
        )
        changed = preparing.patch(f"/api/answers/{made['id']}", json={"scheduled_interview": later}).json()
        assert changed["scheduled_interview"] == later
        assert changed["asks_for_specifics"] is True


def test_specifics_in_an_answer(preparing: TestClient, opened: Service) -> None:
    with at_moment(NOW):
        answer = say(opened, "Every resident leads a quality improvement project here.")
        address = f"/api/answers/{answer}/specifics"
        empty = preparing.get(address).json()
        assert (empty["interview"], empty["view"]) == (None, None)
        assert empty["advice"].startswith("Add an interview")
        interview = invited(preparing)["id"]
        other = invited(preparing, programme="Another", date="2026-12-09")["id"]
        assert preparing.get(address).json()["advice"] == "Choose which interview this answer is for."
        preparing.patch(f"/api/answers/{answer}", json={"scheduled_interview": interview}).raise_for_status()
        bare = preparing.get(address).json()
        assert bare["interview"]["id"] == interview
        assert [each["id"] for each in bare["interviews"]] == [interview, other]
        assert bare["advice"].startswith("There is nothing on this sheet")
        assert bare["view"]["items"] == []
        project, visa, _ = sheet(preparing, interview, specifics=SPECIFICS)["specifics"]
        found = preparing.get(address).json()
        assert found["view"]["summary"] == "You named 1 of 3 things on your sheet."
        assert [item["state"] for item in found["view"]["items"]] == ["said", "not_heard", "not_heard"]
        [moment] = found["view"]["items"][0]["moments"]
        assert moment["text"] == "resident leads a quality improvement project"
        assert found["advice"] == ""

        said = preparing.put(f"{address}/{visa['id']}", json={"said": True}).json()
        assert said["view"]["summary"] == "You named 2 of 3 things on your sheet."
        assert said["view"]["items"][1]["words"] == "Said: marked by you"
        denied = preparing.put(f"{address}/{project['id']}", json={"said": False}).json()
        assert [item["state"] for item in denied["view"]["items"]] == ["not_heard", "said", "not_heard"]
        assert exported(preparing, "answers.json")[0]["specifics_said"] == {
            visa["id"]: True,
            project["id"]: False,
        }
        back = preparing.put(f"{address}/{project['id']}", json={"said": None}).json()
        assert back["view"]["items"][0]["state"] == "said"
        assert preparing.put(f"{address}/nothing", json={"said": True}).status_code == 404
        # Of another programme, nothing that was said of this one counts.
        preparing.patch(f"/api/answers/{answer}", json={"scheduled_interview": other}).raise_for_status()
        assert preparing.get(address).json()["view"]["items"] == []
        preparing.delete(f"/api/scheduled-interviews/{other}").raise_for_status()
        assert preparing.get(address).json()["interview"] is None


def test_deleting_everything_leaves_nothing_prepared(preparing: TestClient) -> None:
    interview = invited(preparing)["id"]
    sheet(preparing, interview, specifics=SPECIFICS)
    preparing.post("/api/questions-to-ask", json={"topic": "support", "text": "Why?"}).raise_for_status()
    kept = exported(preparing, "preparation.json")
    assert len(kept["scheduled_interviews"]) == len(kept["own_questions_to_ask"]) == 1
    preparing.delete("/api/everything").raise_for_status()
    assert not any(exported(preparing, "preparation.json").values())


def test_specifics_before_there_is_a_transcript(client: TestClient, service: Service) -> None:
    interview = invited(client)["id"]
    sheet(client, interview, specifics=SPECIFICS)
    with service.database.writing() as session:
        session.add(
            Answer(
                id="c" * 24,
                person_id=LOCAL_PERSON,
                title="Why here?",
                source="upload",
                scheduled_interview_id=interview,
            )
        )
    found = client.get(f"/api/answers/{'c' * 24}/specifics").json()
    assert (found["ready"], found["view"]) == (False, None)
    assert client.get(f"/api/answers/{'d' * 24}/specifics").status_code == 404
