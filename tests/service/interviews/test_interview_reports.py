"""The report on an interview over HTTP: what counts, what belongs to what, and what is still analysed."""

from dataclasses import replace

from fastapi.testclient import TestClient

from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.report import Guide, Measure
from service.dependencies import Service
from tests.analysis.sessions.test_session_report import count, report_of
from tests.service.interviews.seeded import Given, add_interview

SHORT_AIM = Guide(20.0, 60.0, "This follow-up's aim")


def usual() -> list[Given]:
    many = {
        "filled_pause_count": count(30, 25, 36),
        "filler_rate": Measure(20.0, "per min", 16.7, 24.0, "measured", None, FILLER_RATE_GUIDE),
    }
    return [
        Given("Tell me about yourself.", report_of(90.0), 10.0),
        Given("Tell me about a conflict.", report_of(90.0, **many), 150.0, remarks=(4.0, 9.0)),
        Given(
            "Can you give me an example?",
            report_of(40.0, aim=SHORT_AIM),
            270.0,
            part="follow_up",
            belongs_to=1,
            reason="no_example",
        ),
        Given("Sorry, please say that again.", report_of(30.0), 320.0, part="repeat", belongs_to=1),
        Given("The line dropped.", report_of(8.0), 360.0, part="apology"),
        Given("Why this hospital?", None, 400.0),
        Given("Do you have any questions for us?", report_of(20.0), 500.0, part="closing"),
    ]


def test_answers_count_where_they_answer_a_question(client: TestClient, service: Service) -> None:
    interview, answers = add_interview(service, usual())
    report = client.get(f"/api/interviews/{interview}/report").raise_for_status().json()
    assert report["verdict"].startswith("All 3 answers were inside their aim. Fillers: 8 a minute")
    assert (report["counted"], report["full"]) == (3, False)
    assert report["without_report"] == [
        {"answer": answers[5], "title": "Why this hospital?", "state": "waiting"}
    ]
    top = report["answers"]
    assert [each["answer"] for each in top] == [answers[n] for n in (0, 1, 4, 5, 6)]
    assert [each["number"] for each in top] == [1, 2, None, 3, None]
    assert [each["part"] for each in top[1]["belonging"]] == ["follow_up", "repeat"]
    assert (top[1]["remarks"], top[1]["at"], top[1]["belonging"][0]["asked"]) == (2, 150.0, "no_example")
    assert (report["again"]["answer"], report["again"]["title"]) == (answers[1], "Tell me about a conflict.")
    view = report["view"]
    assert view["figures"][0]["value"] == "3 of 3"
    assert view["counted"] == (
        "Over 2 answers and 1 follow-up, 3 min 40 s of speech. "
        "The second telling, the apology and your own questions are not counted."
    )
    assert view["answers"][1]["belonging"][0]["asked"] == "Asked because no example was told yet."


def test_without_any_report_the_interview_is_not_ready_and_lists_its_answers(
    client: TestClient, service: Service
) -> None:
    interview, (answer,) = add_interview(service, [Given("Why medicine?", None, 0.0)])
    refused = client.get(f"/api/interviews/{interview}/report")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
    assert refused.json()["answers"] == [{"answer": answer, "title": "Why medicine?", "state": "waiting"}]
    assert client.get("/api/interviews/none/report").status_code == 404


def test_without_verdicts_on_fluency_only_the_length_is_judged(client: TestClient, service: Service) -> None:
    fast = replace(report_of(90.0).measures["speaking_rate"], value=200.0, low=195.0, high=205.0)
    given = [Given(f"Question {n}?", report_of(90.0, speaking_rate=fast), 120.0 * n) for n in range(6)]
    interview, _ = add_interview(service, given)
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    report = client.get(f"/api/interviews/{interview}/report").json()
    assert report["verdict"] == "All 6 answers were inside 1–2 minutes."
    assert {series["course"] for series in report["over_time"]} == {"not_given"}
    assert [each["standing"] for each in report["figures"]] == ["inside", None, None, None]
    assert report["again"] is None and report["full"]
    assert all(chart["band"] is None and not chart["sentence"] for chart in report["view"]["charts"])


def test_how_soon_answers_began(client: TestClient, service: Service) -> None:
    def after(seconds: float) -> Measure:
        return Measure(seconds, "s", seconds - 0.1, seconds + 0.1, "measured")

    given = [
        Given(f"Question {n}?", report_of(90.0, response_latency=after(seconds)), 120.0 * n)
        for n, seconds in enumerate((1.2, 0.8, 4.1), start=1)
    ]
    interview, answers = add_interview(service, given)
    report = client.get(f"/api/interviews/{interview}/report").json()
    assert report["latency"] == {
        "answers": 3,
        "median": 1.2,
        "longest": 4.1,
        "longest_answer": answers[2],
    }
    assert report["view"]["latency"] == [
        "You usually began 1.2 s after the question.",
        "The longest wait was 4.1 s, at question 3.",
    ]


def test_a_full_interview_counts_once_it_has_ended(client: TestClient, service: Service) -> None:
    def said() -> str:
        text: str = client.get("/api/readiness").raise_for_status().json()["interviews"]["text"]
        return text

    five = [Given(f"Question {n}?", report_of(90.0), 120.0 * n) for n in range(5)]
    add_interview(service, five, name="Not ended", ended=False)
    add_interview(service, five[:4], name="Four answers")
    follow_up = replace(five[4], part="follow_up", belongs_to=3, reason="short")
    add_interview(service, [*five[:4], follow_up], name="Four and a follow-up")
    add_interview(service, [*five[:4], replace(five[4], report=None)], name="One without a report")
    assert said() == "0 of 2 full mock interviews"
    add_interview(service, five, name="First")
    assert said() == "1 of 2 full mock interviews"
    for name in ("Second", "Third"):
        add_interview(service, five, name=name, person_asks=True)
    assert said() == "3 full mock interviews"


def test_progress_has_the_takes_of_an_interview_and_nothing_else(
    client: TestClient, service: Service
) -> None:
    add_interview(service, usual())
    report = client.get("/api/progress").raise_for_status().json()["report"]
    titles = [point["title"] for point in report["trends"][0]["points"]]
    assert titles == ["Tell me about yourself.", "Tell me about a conflict.", "Can you give me an example?"]
    other = client.get("/api/readiness").json()["kinds"][-1]
    # These questions are in no bank, so that their kind is 'Other'; the follow-up is no question of its own.
    assert (other["id"], other["detail"]) == ("other", "1 of 3 first takes inside the guides")
