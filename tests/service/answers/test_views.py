"""What is served for showing: the view of a report, of a transcript, and those beside takes and progress."""

from dataclasses import replace

from fastapi.testclient import TestClient

from analysis.feedback.verdict import with_verdict
from analysis.report import Correction, Report
from analysis.serialization import from_json
from analysis.view.report import ReportView, report_view
from service.dependencies import Service
from tests.analysis.cli.example_reports import usual_report
from tests.analysis.comparison.take_reports import take_report
from tests.service.answers.test_takes import report_on, upload
from tests.service.exports.test_documents import save


def test_the_view_is_that_of_the_report(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report())
    served = client.get(f"/api/answers/{answer}/report/view").raise_for_status()
    assert from_json(ReportView, served.content) == report_view(usual_report())
    report = client.get(f"/api/answers/{answer}/report").raise_for_status()
    assert from_json(Report, report.content) == with_verdict(usual_report())


def test_the_view_follows_the_wish_for_no_verdicts(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report())
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    view = client.get(f"/api/answers/{answer}/report/view").raise_for_status().json()
    guides = {row["name"]: row["guide"] for group in view["groups"] for row in group["rows"]}
    assert guides["answer_length"] == "1–2 minutes" and guides["speaking_rate"] == ""


def test_corrections_and_the_first_language_are_in_the_view(client: TestClient, service: Service) -> None:
    client.patch("/api/preferences", json={"first_language": "Quenya"}).raise_for_status()
    answer = save(client, service, replace(usual_report(), corrections=(Correction("words", 1.0, 2.0, "a"),)))
    view = client.get(f"/api/answers/{answer}/report/view").raise_for_status().json()
    assert view["corrections"] == [{"kind": "words", "start": 1.0, "end": 2.0, "text": "a"}]
    published = [
        error["recordings"]
        for group in view["groups"]
        for row in group["rows"]
        for error in row["explanation"]["published"]
    ]
    assert "Speakers of Quenya" in published


def test_without_a_report_there_is_no_view(client: TestClient) -> None:
    made = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status().json()
    for path in ("report/view", "transcript/view"):
        early = client.get(f"/api/answers/{made['id']}/{path}")
        assert (early.status_code, early.json()["code"]) == (404, "not_ready")
        assert client.get(f"/api/answers/nobody/{path}").status_code == 404


def test_the_views_are_in_the_documentation_of_the_api(client: TestClient) -> None:
    document = client.get("/api/openapi.json").raise_for_status().json()
    assert "/api/answers/{answer}/report/view" in document["paths"]
    assert "view" in document["components"]["schemas"]["ViewedComparison"]["properties"]


def test_a_second_take_is_compared_with_the_first_and_a_third_leads_to_another_question(
    client: TestClient, service: Service
) -> None:
    takes = [
        report_on(service, upload(client), take_report(filled_pauses=filled_pauses))
        for filled_pauses in (30, 2, 3)
    ]
    views = [client.get(f"/api/answers/{take}/report/view").raise_for_status().json() for take in takes]
    assert [view.get("retake") is not None for view in views] == [False, True, False]
    assert [view.get("another_question") is not None for view in views] == [False, False, True]
    change = "Fillers: 23 to 4 a minute"
    assert (views[1]["retake"]["change"], views[1]["retake"]["apart"]) == (change, True)
    assert views[1]["headline"] == f"{change}."
    # Nothing was to change after the second take.
    assert views[2]["headline"] == with_verdict(take_report(filled_pauses=3)).headline


def test_a_retake_is_compared_with_the_last_take_that_has_a_report(
    client: TestClient, service: Service
) -> None:
    report_on(service, upload(client), take_report(filled_pauses=30))
    upload(client)
    upload(client, question="Another question?")
    third = report_on(service, upload(client), take_report(filled_pauses=2))
    view = client.get(f"/api/answers/{third}/report/view").raise_for_status().json()
    assert view["retake"]["change"] == "Fillers: 23 to 4 a minute"
    assert view["another_question"]["text"].startswith("This was take 3 of this question.")


def test_without_verdicts_a_retake_is_compared_by_its_length_alone(
    client: TestClient, service: Service
) -> None:
    report_on(service, upload(client), take_report(filled_pauses=30))
    second = report_on(service, upload(client), take_report(filled_pauses=2))
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    assert client.get(f"/api/answers/{second}/report/view").json().get("retake") is None
