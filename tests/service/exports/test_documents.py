"""Downloads of a report: a self-contained page, and a table without formulas."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis import serialization
from analysis.report import Correction, Guide, Notice, Observation, Report, Word
from analysis.view.timeline import timeline_view
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from service.exports.printed_timeline import draw
from service.exports.spreadsheet import BYTE_ORDER_MARK
from service.recordings.peaks import Peaks
from tests.analysis.cli.example_reports import (
    measured,
    short_report,
    silent_report,
    usual_report,
)

HOSTILE = "\"'><script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>{{ 7 * 7 }}"
_WITHOUT_END = {"meta", "link", "circle", "path", "rect", "line"}


class _Page(HTMLParser):
    """The contents of a page: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in _WITHOUT_END:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


def save(client: TestClient, service: Service, report: Report, **fields: str) -> str:
    """Creates an answer with a report, as the worker saves it."""
    content = {"files": {"file": ("a.wav", b"sound")}, "data": {"title": "First try", **fields}}
    answer = str(client.post("/api/uploads", **content).raise_for_status().json()["id"])  # type: ignore[arg-type]
    written = serialization.to_json(report)
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        row.report_ready, row.work_state = True, "ready"
        session.add(StageResult(answer_id=answer, stage="measure", analysis_version="1", result=written))
    return answer


def page_of(client: TestClient, answer: str) -> _Page:
    return _Page(client.get(f"/api/answers/{answer}/report.html").raise_for_status().text)


def test_the_page_shows_the_whole_report(client: TestClient, service: Service) -> None:
    report = usual_report()
    answer = save(client, service, report, question="Why medicine?")
    words = page_of(client, answer).words
    parts = [
        "Why medicine?",
        "Take 1 · First try · 1 min 43 s recorded".replace(" · ", " "),
        report.headline,
        "Keep The length: 1 min 42 s is inside the aim. Listen at 1:32.",
        "Try A short silence",
        "Timeline",
        "Pause at the end of a sentence or clause 2",
        "What was measured",
        "Answer length 1 min 42 s",
        "Speaking pace 142 words a minute (138 to 146) Usual: 100 to 165",
        "'Um' and 'uh' about 6 (3 to 10)",
        "Not measurable: Time to first word (only for answers recorded in Greenroom)",
        "What you said",
        "There was, like, (discourse marker)",
        "How it was measured",
        "the recording is hard to hear",
        "Microsoft Speaker Coach",
        "Analysis 1.0.0, recogniser base (d01c)",
        "Nothing left this machine.",
    ]
    places = [words.index(part) for part in parts]
    assert places == sorted(places), "the order of look.md"


def test_long_pauses_and_unsure_fillers_are_shown_in_the_text(client: TestClient, service: Service) -> None:
    words = page_of(client, save(client, service, usual_report())).words
    # 0.8 s is no long pause; the unsure um was heard, not written.
    assert "(pause of 1.6 s)" in words and "(pause of 0.80 s)" not in words
    assert "um (filled pause, heard in the sound, not in the text, unsure)" in words


def test_corrections_of_the_person_are_counted(client: TestClient, service: Service) -> None:
    usual = usual_report()
    added = replace(usual.fillers[-1], source="person", state="filler")
    corrections = (Correction("filler", added.start, added.end, "um"),)
    report = replace(usual, fillers=(*usual.fillers[:-1], added), corrections=corrections)
    words = page_of(client, save(client, service, report)).words
    assert "um (filled pause, added by you)" in words
    assert "Underlined: added by you 1" in words
    assert "You made 1 correction in the transcript. The figures use it." in words


def test_the_page_loads_nothing_and_runs_no_scripts(client: TestClient, service: Service) -> None:
    response = client.get(f"/api/answers/{save(client, service, usual_report())}/report.html")
    page = _Page(response.text)
    assert not {"script", "iframe", "object", "img", "form"} & {tag for tag, _ in page.elements}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        for name in ("href", "src", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,")), (tag, attributes)
    assert "url(" not in response.text and "@import" not in response.text
    header = response.headers["content-security-policy"]
    assert header.startswith("default-src 'none'") and "unsafe" not in header
    [inside] = [a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert inside is not None and header == f"{inside}; frame-ancestors 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_security_policy_of_other_pages_is_unchanged(client: TestClient) -> None:
    assert "sha256-" not in client.get("/").headers["content-security-policy"]


def test_hostile_text_is_escaped(client: TestClient, service: Service) -> None:
    usual = usual_report()
    words = (Word(HOSTILE, 0.1, 0.4, 0.9), *usual.transcript.words)
    filler = replace(usual.fillers[-1], text=HOSTILE)
    report = replace(
        usual,
        headline=HOSTILE,
        notices=(Notice("noise", HOSTILE, 1.0, 2.0),),
        observations=(
            Observation("keep", HOSTILE, about="pace"),
            Observation("note", HOSTILE, about="length"),
        ),
        transcript=replace(usual.transcript, words=words, language='"><b>'),
        fillers=(*usual.fillers[:-1], filler),
        model=replace(usual.model, name=HOSTILE),
        recording=replace(usual.recording, codec=HOSTILE),
        measures={
            **usual.measures,
            HOSTILE: measured(1.0, HOSTILE, guide=Guide(1.0, 2.0, HOSTILE), reason=HOSTILE),
        },
    )
    answer = save(client, service, report, question=HOSTILE, title=HOSTILE)
    response = client.get(f"/api/answers/{answer}/report.html")
    page = _Page(response.text)
    assert not {"script", "img", "b"} & {tag for tag, _ in page.elements}
    assert not re.search(r"<(script|img)", response.text)
    assert page.text.count("<script>alert(1)</script>") >= 10
    assert "{{ 7 * 7 }}" in page.text


@pytest.mark.parametrize("report", [silent_report(), short_report()], ids=["silent", "short"])
def test_a_report_with_little_speech_has_a_page(client: TestClient, service: Service, report: Report) -> None:
    page = page_of(client, save(client, service, report))
    assert page.words.index(report.notices[0].text) < page.words.index(report.headline)
    assert "Not measurable" in page.words


def test_without_speech_the_page_says_so_once(client: TestClient, service: Service) -> None:
    words = page_of(client, save(client, service, silent_report())).words
    assert words.count("no speech was heard") == 1
    assert "What you said" not in words and "How far off" not in words


def test_the_page_has_no_verdicts_if_switched_off(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report())
    assert "Microsoft Speaker Coach" in page_of(client, answer).words
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    assert "Microsoft Speaker Coach" not in page_of(client, answer).words
    table = client.get(f"/api/answers/{answer}/measures.csv").text
    assert "Microsoft Speaker Coach" not in table and "speaking_rate" in table


def test_remarks_are_listed_after_the_words_and_are_no_html(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report())
    assert "What your interviewer noted" not in page_of(client, answer).words
    for at, text in ((61.5, "<b>Warm</b>"), (12.0, "Good pause")):
        client.post(f"/api/answers/{answer}/remarks", json={"at": at, "text": text}).raise_for_status()
    words = page_of(client, answer).words
    assert "What your interviewer noted 0:12 Good pause 1:01 <b>Warm</b>" in words
    assert words.index("What you said") < words.index("What your interviewer noted")


def test_the_downloaded_page_is_named_after_the_title(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report(), title="../Ärztin: why?")
    shown = client.get(f"/api/answers/{answer}/report.html")
    assert "content-disposition" not in shown.headers
    kept = client.get(f"/api/answers/{answer}/report.html?download=true")
    assert kept.headers["content-disposition"].startswith("attachment;")
    assert re.search(r"%C3%84rztin_%20why_%20\d{4}-\d\d-\d\d\.html$", kept.headers["content-disposition"])
    assert kept.text == shown.text


def rows_of(client: TestClient, answer: str) -> list[dict[str, str]]:
    response = client.get(f"/api/answers/{answer}/measures.csv").raise_for_status()
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(response.text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_the_table_has_every_measure_of_the_report(client: TestClient, service: Service) -> None:
    report = usual_report()
    rows = rows_of(client, save(client, service, report))
    assert [row["name"] for row in rows] == list(report.measures)
    pace = next(row for row in rows if row["name"] == "speaking_rate")
    assert pace == {
        "name": "speaking_rate",
        "label": "Speaking pace",
        "value": "142.0",
        "unit": "words/min",
        "low": "138.2",
        "high": "146.1",
        "state": "measured",
        "reason": "",
        "guide_low": "100.0",
        "guide_high": "165.0",
        "guide_source": "Microsoft Speaker Coach",
    }
    latency = next(row for row in rows if row["name"] == "response_latency")
    assert (latency["value"], latency["state"], latency["reason"]) == (
        "",
        "not_measurable",
        "not_recorded_here",
    )


def test_no_cell_of_the_table_is_a_formula(client: TestClient, service: Service) -> None:
    source = Guide(-1.5, None, '=HYPERLINK("http://evil.example")')
    report = replace(usual_report(), measures={"@sum": measured(-3.5, "+s", guide=source)})
    [row] = rows_of(client, save(client, service, report))
    assert (row["name"], row["unit"], row["value"], row["guide_low"]) == ("'@sum", "'+s", "-3.5", "-1.5")
    assert row["guide_source"].startswith("'=")


@pytest.mark.parametrize("document", ["report.html", "measures.csv"])
def test_without_a_report_nothing_can_be_downloaded(
    client: TestClient, service: Service, document: str
) -> None:
    answer = client.post("/api/answers", json={"title": "Waiting"}).json()["id"]
    waiting = client.get(f"/api/answers/{answer}/{document}")
    assert (waiting.status_code, waiting.json()["code"]) == (404, "not_ready")
    nobody = client.get(f"/api/answers/0123456789ab/{document}")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not_found")


def _peaks(**changes: Any) -> Peaks:
    return Peaks(**{"duration": 103.4, "rate": 10.0, "peaks": [0.5] * 1034, **changes})


def test_the_drawing_stays_inside_its_frame() -> None:
    drawn = draw(timeline_view(usual_report()), _peaks())
    places = [place for mark in (*drawn.pauses, *drawn.fillers) for place in (mark.x, mark.left + mark.width)]
    assert all(0 <= place <= 100 for place in [*places, *(tick.x for tick in drawn.ticks)])
    assert len(drawn.ticks) <= 9 and drawn.wave.count("M") == 240
    assert drawn.outside == ((0.0, 0.48), (99.03, 0.97))


def test_a_quiet_recording_looks_quiet_and_peaks_are_optional() -> None:
    loud, quiet = (
        draw(timeline_view(usual_report()), _peaks()),
        draw(timeline_view(usual_report()), _peaks(peaks=[0.05] * 1034)),
    )
    assert "M0.5 0.0V100.0" in loud.wave and "M0.5 40.0V60.0" in quiet.wave
    assert draw(timeline_view(usual_report()), None).wave == ""
    assert draw(timeline_view(usual_report()), _peaks(peaks=[])).wave.startswith("M0.5 49.0V51.0")


def test_the_legend_lists_only_marks_that_occur() -> None:
    legend = [(entry.text, entry.count) for entry in timeline_view(usual_report()).legend]
    assert legend == [
        ("Pause at the end of a sentence or clause", 2),
        ("Filled pause (um, uh)", 2),
        ("Filled pause, unsure", 1),
        ("Discourse marker (like, you know)", 1),
        ("Discourse marker, unsure", 1),
        ("With a line above: heard in the sound, not in the text", 1),
    ]
