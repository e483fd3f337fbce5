"""The report on an interview in a browser: its page, what is still analysed, and two pages of paper."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import serialization
from analysis.report import Report
from analysis.sessions.interview_report import InterviewEntry, interview_report
from analysis.view.interview import ViewedInterview, interview_view
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Interview, StageResult
from service.exports.printed_interview import interview_page as printed
from tests.analysis.sessions.test_interview_report import answer_with
from tests.analysis.sessions.test_session_report import silent_report
from tests.browser.accessibility import accessibility_faults
from tests.browser.practice_history import opened, serving
from tests.service.interviews.seeded import Given, add_interview
from tests.service.running import RunningService

QUESTION = "What would you do if a colleague came to work smelling of alcohol, and nobody else had seen it?"
PAPER = {"A4": (595.92, 842.88), "Letter": (612.0, 792.0)}


@dataclass(frozen=True)
class Seeded:
    """A service with two interviews: a finished one, and one whose answers are being analysed."""

    running: RunningService
    finished: str
    answers: Sequence[str]
    under_way: str
    waiting: str


def twelve() -> list[Given]:
    """Twelve questions, five follow-ups, a second telling, an apology, and the questions at the end."""
    given = []
    for number in range(12):
        rate = 2.0 + number
        given.append(Given(f"{number + 1}. {QUESTION}", answer_with(fillers=rate), 150.0 * number))
        if number % 2 and number < 11:
            follow_up = answer_with(fillers=rate, seconds=60.0)
            given.append(
                Given(
                    "What was your own part in what you and your colleagues did that day?",
                    follow_up,
                    150.0 * number + 100.0,
                    part="follow_up",
                    belongs_to=len(given) - 1,
                    reason="own_part",
                    remarks=(3.0,),
                )
            )
    given.insert(4, Given("Could you repeat that?", answer_with(), 480.0, part="repeat", belongs_to=3))
    given.append(Given("The line dropped.", answer_with(seconds=12.0), 1800.0, part="apology"))
    given.append(Given("Do you have questions for us?", answer_with(seconds=30.0), 1850.0, part="closing"))
    return given


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    folder = tmp_path_factory.mktemp("interview") / "data"
    with opened(folder) as service:
        finished, answers = add_interview(service, twelve())
        under_way, (waiting, _) = add_interview(
            service, [Given(QUESTION, None, 0.0), Given("Why?", None, 90.0)], name="Second", ended=False
        )
    with serving(folder, workers=0) as running:
        yield Seeded(running, finished, answers, under_way, waiting)


@pytest.fixture
def interview_page(browser: Browser, seeded: Seeded) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=seeded.running.url, reduced_motion="reduce"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [text for text in wrong if "404" not in text and "409" not in text] == []


def test_the_page_reads_from_the_verdict_to_each_answer(interview_page: Page, seeded: Seeded) -> None:
    page = interview_page
    page.goto(f"/interviews/{seeded.finished}")
    expect(page.locator(".headline")).to_contain_text("All 17 answers were inside 1–2 minutes. Fillers rose")
    expect(page.locator(".main-figure")).to_have_count(4)
    expect(page.locator(".main-figure").first).to_contain_text("17 of 17")
    again = page.get_by_role("link", name="Do this one again")
    expect(again).to_have_attribute("href", re.compile(r"^/\?again=[0-9a-f]+$"))
    expect(page.locator(".button-main")).to_have_count(1)
    expect(page.locator(".interview-answer")).to_have_count(14)
    second = page.locator(".interview-answer").nth(1)
    expect(second.locator(".interview-belonging li.answer-figure")).to_have_count(4)
    expect(second).to_contain_text("Asked because your own part was not told yet.")
    expect(second.get_by_role("link", name="1 remark")).to_be_visible()
    expect(page.locator(".interview-dot, .interview-dot-unsure")).to_have_count(34)
    fold = page.get_by_text("All figures together")
    fold.click()
    expect(page.locator(".pooled-row").nth(2)).to_be_visible()
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.long
def test_a_session_of_an_interview_leads_to_its_report(interview_page: Page, seeded: Seeded) -> None:
    session = seeded.running.client.get(f"/api/interviews/{seeded.finished}").json()["session"]["id"]
    interview_page.goto("/answers")
    interview_page.goto(f"/sessions/{session}")
    expect(interview_page).to_have_url(re.compile(rf"/interviews/{seeded.finished}$"))
    interview_page.go_back()
    expect(interview_page).to_have_url(re.compile(r"/answers$"))


@pytest.mark.long
def test_an_answer_says_where_it_stands_in_the_interview(interview_page: Page, seeded: Seeded) -> None:
    page = interview_page
    page.goto(f"/answers/{seeded.answers[2]}")
    line = page.locator(".interview-line")
    expect(line).to_contain_text("Follow-up in Residency interview")
    line.get_by_role("link", name=re.compile("^2. What would you do")).click()
    expect(line).to_have_text(
        re.compile(r"^\s*Question 2 of 12 in Residency interview, 20 November 2026\s*$")
    )
    line.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/interviews/{seeded.finished}$"))


@pytest.mark.long
def test_an_interview_that_is_not_here_says_so(interview_page: Page) -> None:
    interview_page.goto("/interviews/none")
    expect(interview_page.get_by_role("heading", level=1)).to_have_text("This interview is not here.")
    assert accessibility_faults(interview_page) == []


@pytest.mark.long
def test_the_report_comes_by_itself_with_the_first_answer(interview_page: Page, seeded: Seeded) -> None:
    page = interview_page
    page.goto(f"/interviews/{seeded.under_way}")
    expect(page.locator(".under-way-words")).to_have_text("Being analysed…")
    expect(page.locator(".notice")).to_contain_text("2 answers have no report yet.")
    expect(page.locator(".facts")).to_contain_text("Not ended yet")
    assert accessibility_faults(page) == []
    with opened(seeded.running.data_folder) as service, service.database.writing() as session:
        answers = Answers(session, LOCAL_PERSON)
        row = answers.get(seeded.waiting)
        row.work_state, row.report_ready = "ready", True
        written = serialization.to_json(answer_with(fillers=21.0))
        session.add(StageResult(answer_id=row.id, stage="measure", analysis_version="1", result=written))
        answers.touch(row)
    expect(page.locator(".headline")).to_contain_text("This answer was inside 1–2 minutes.")
    expect(page.locator(".notice")).to_contain_text("1 answer has no report yet.")


def texts_of(page: Page, paper: str) -> list[str]:
    """The text of each sheet of paper."""
    pdf = pypdfium2.PdfDocument(page.pdf(format=paper))
    assert {tuple(round(side, 2) for side in sheet.get_size()) for sheet in pdf} == {PAPER[paper]}
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf]
    pdf.close()
    return texts


@pytest.mark.parametrize("paper", ["Letter", pytest.param("A4", marks=pytest.mark.long)])
def test_an_interview_of_twelve_questions_prints_on_two_pages(
    interview_page: Page, seeded: Seeded, paper: str
) -> None:
    page = interview_page
    page.goto(f"/api/interviews/{seeded.finished}/report.html")
    first, second = texts_of(page, paper)
    for part in (
        "All 17 answers were inside",
        "The one to do again",
        "Keep",
        "Over the interview",
        "Page 1 of 2",
    ):
        assert part in first, part
    for part in (
        "12. What would you do",
        "Your questions for them",
        "Nothing left this machine",
    ):
        assert part in second, part
    assert accessibility_faults(page) == []


def test_the_answers_of_a_short_interview_begin_a_page(interview_page: Page, tmp_path: Path) -> None:
    """Even where one of them could not be measured."""
    reports: list[Report] = [silent_report(), answer_with()]
    entries = [
        InterviewEntry(f"a{n}", QUESTION, "question", 60.0 * n, each) for n, each in enumerate(reports)
    ]
    report = interview_report(entries)
    row = Interview(name="Mock", format_name="MMI circuit", created_at=datetime(2026, 1, 2, tzinfo=UTC))
    file = tmp_path / "interview.html"
    viewed = ViewedInterview(**vars(report), view=interview_view(report))
    file.write_text(printed(row, viewed, now=datetime.now(UTC)))
    interview_page.goto(file.as_uri())
    expect(interview_page.get_by_text("No speech was heard in it.")).to_be_visible()
    first, second = texts_of(interview_page, "A4")
    assert "Answer by answer" in second and "Answer by answer" not in first
