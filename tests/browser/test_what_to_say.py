"""What to say, in a real Chromium: sheet, questions to ask, application lines, and specifics in a report."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from service.dependencies import Service
from service.prepare.questions_to_ask import bank_to_ask
from service.settings import Settings
from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import LONGEST_WAIT
from tests.browser.practice_history import serving
from tests.reading.page_text import blocks_of
from tests.reading.readability import faults_of
from tests.service.prepare.invitations import INVITATION
from tests.service.running import RunningService
from tests.service.spoken_answers import say

SAID = "I like that every resident leads a quality improvement project. And my family is near."
PHONE = {"width": 360, "height": 780}
PAPERS = ("A4", "Letter")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningService, str]]:
    """A service that analyses nothing, with an answer to 'Why our programme?', and the answer's id."""
    folder = tmp_path_factory.mktemp("say") / "data"
    opened = Service.open(Settings(data_folder=folder, free_space_floor=0))
    answer = say(opened, SAID, question="Why our programme?")
    opened.database.close()
    with serving(folder, workers=0) as running:
        yield running, answer


@pytest.fixture
def saying(browser: Browser, answered: tuple[RunningService, str]) -> Iterator[Page]:
    """A page onto that service."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=answered[0].url)
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def added(running: RunningService, **fields: Any) -> str:
    """A scheduled interview far ahead."""
    invitation = {**INVITATION, "date": "2099-12-01", **fields}
    response = running.client.post("/api/scheduled-interviews", json=invitation).raise_for_status()
    return str(response.json()["id"])


def theirs(running: RunningService) -> list[str]:
    """What a person wrote, in whose words nothing is to be found."""
    topics = running.client.get("/api/questions-to-ask").json()["topics"]
    own = [question["text"] for topic in topics for question in topic["questions"] if question["own"]]
    interviews = running.client.get("/api/scheduled-interviews").json()["items"]
    names = sorted({each["programme"] for each in interviews}, key=len, reverse=True)
    return [SAID, "Why our programme?", *own, *names]


def printed(page: Page, paper: str) -> list[str]:
    """The text of each page of paper."""
    pdf = pypdfium2.PdfDocument(page.pdf(format=paper, prefer_css_page_size=False))
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf]
    pdf.close()
    return texts


@pytest.mark.long
def test_from_the_sheet_to_what_was_named(saying: Page, answered: tuple[RunningService, str]) -> None:
    running, answer = answered
    interview = added(running, interviewers=[{"name": "Dr Osei", "role": "Programme director"}])
    saying.goto(f"/prepare/interviews/{interview}/sheet")
    fields = saying.get_by_label("What it is")
    fields.nth(0).fill("QI project for every resident")
    saying.get_by_label("Kind of number 2").select_option("place")
    fields.nth(1).fill("Close to my sister in Boston")
    expect(saying.get_by_text("2 things so far: aim for 3 or 4. Saved.")).to_be_visible()
    saying.locator(".specific-row").first.get_by_role("button", name="Down").click()
    expect(fields.nth(1)).to_have_value("QI project for every resident")

    saying.get_by_role("link", name="Choose questions").click()
    saying.get_by_label("Who has been a mentor to you here").check()
    expect(saying.get_by_text("1 question chosen.")).to_be_visible()
    saying.get_by_label("The question").fill("Who teaches on the night shift?")
    saying.get_by_role("button", name="Add it").click()
    expect(saying.get_by_text("2 questions chosen.")).to_be_visible()
    saying.get_by_role("link", name="See the sheet").click()
    # Both came back from the service, in the order that was chosen.
    expect(fields.nth(0)).to_have_value("Close to my sister in Boston")
    expect(saying.locator(".chosen-text")).to_have_count(2)
    saying.locator(".chosen-row").last.get_by_role("button", name="Up").click()
    expect(saying.locator(".chosen-text").first).to_have_text("Who teaches on the night shift?")

    saying.goto(f"/api/scheduled-interviews/{interview}/sheet.html")
    (paper,) = printed(saying, "A4")
    for part in ("Lakeside Hospital", "Dr Osei", "QI project", "Who teaches on the night shift?"):
        assert part in paper

    saying.goto(f"/answers/{answer}")
    saying.get_by_label("This answer is for").select_option(interview)
    expect(saying.locator(".specifics-summary")).to_have_text("You named 1 of 2 things on your sheet.")
    expect(saying.locator(".specifics-moments q")).to_have_text(
        "resident leads a quality improvement project"
    )
    saying.locator(".specifics-item").first.get_by_role("button", name="I did say it").click()
    expect(saying.locator(".specifics-summary")).to_have_text("You named 2 of 2 things on your sheet.")
    saying.get_by_role("button", name="Undo").click()
    expect(saying.locator(".specifics-summary")).to_have_text("You named 1 of 2 things on your sheet.")
    assert running.answer(answer)["scheduled_interview"] == interview


@pytest.mark.long
def test_every_line_of_an_application(saying: Page, answered: tuple[RunningService, str]) -> None:
    saying.goto("/prepare/application")
    field = saying.get_by_label("Paste or type lines")
    field.fill("Research:\n• Stroke registry\nPoster in Vienna")
    saying.reload()
    expect(field).to_have_value("Research:\n• Stroke registry\nPoster in Vienna")
    saying.get_by_role("button", name="Add these lines").click()
    expect(saying.get_by_text("2 lines added.")).to_be_visible()
    expect(field).to_have_value("")
    expect(saying.get_by_text("You practised 0 of 2 lines.")).to_be_visible()
    saying.locator(".application-line").last.get_by_role("button", name="Change").click()
    saying.get_by_label("The line").fill("Talk in Vienna")
    saying.get_by_role("button", name="Save").click()
    line = saying.locator(".application-line", has_text="Talk in Vienna")
    expect(line.get_by_role("button", name="Change")).to_be_focused()
    line.get_by_role("link", name="Practise").click()
    expect(saying.locator("#question")).to_have_text("Tell me about “Talk in Vienna”.")
    saying.get_by_role("button", name="Choose another").click()
    expect(saying.get_by_role("heading", name="Your application")).to_be_visible()
    expect(saying.get_by_role("heading", name="Research 2")).to_be_visible()
    saying.goto("/prepare/application")
    line.get_by_role("button", name="Delete").click()
    saying.get_by_role("button", name="Delete it").click()
    expect(saying.locator(".application-line")).to_have_count(1)


@pytest.mark.long
def test_an_answer_is_for_the_interview_that_is_chosen_before(
    practice_page: Page, practice_service: RunningService
) -> None:
    later = added(practice_service, date="2099-12-20", programme="Later Hospital")
    added(practice_service, date="2099-12-02", programme="Sooner Hospital")
    practice_page.goto(f"/?question=why-this-programme&programme={later}")
    expect(practice_page.get_by_label("You answer for")).to_have_value(later)
    practice_page.get_by_role("button", name="Surprise me").click()
    expect(practice_page.get_by_label("You answer for")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("filled", ["little", "usual", "much", "as much as there can be"])
def test_the_sheet_prints_on_one_page(
    saying: Page, answered: tuple[RunningService, str], paper: str, filled: str
) -> None:
    running, _ = answered
    interview = added(
        running, programme="A hospital with quite a long name " * (5 if filled.startswith("as") else 1)
    )
    people, specifics, questions, length = {
        "little": (1, 2, 2, 30),
        "usual": (4, 4, 10, 60),
        "much": (8, 6, 15, 100),
        "as much as there can be": (20, 8, 30, 200),
    }[filled]
    client = running.client
    names = [
        {"name": f"Dr Number {number}", "role": "Associate programme director"} for number in range(people)
    ]
    client.patch(f"/api/scheduled-interviews/{interview}", json={"interviewers": names}).raise_for_status()
    own = [
        client.post(
            "/api/questions-to-ask",
            json={
                "topic": bank_to_ask().topics[number % 5].id,
                "text": (f"{filled} {paper} {number}: " + "how does it go on the ward? " * length)[
                    : length + 80
                ],
            },
        )
        .raise_for_status()
        .json()["id"]
        for number in range(questions)
    ]
    content = {
        "specifics": [{"kind": "place", "text": ("what is special here " * 10)[:length]}] * specifics,
        "questions_to_ask": own,
    }
    client.put(f"/api/scheduled-interviews/{interview}/sheet", json=content).raise_for_status()
    saying.goto(f"/api/scheduled-interviews/{interview}/sheet.html")
    (text,) = printed(saying, paper)
    assert text.count("Dr Number") == min(people, 12)
    assert text.count(f"{filled} {paper}") == min(questions, 15)
    assert text.count("what is special") >= specifics
    assert ("15 more questions in Greenroom." in text) == (questions > 15)
    assert text.count("Nothing left this machine.") == 1


@pytest.mark.long
@pytest.mark.parametrize("name", ["sheet", "questions", "application", "report", "print"])
def test_plain_words_no_accessibility_fault_and_no_sideways_scrolling(
    saying: Page, answered: tuple[RunningService, str], name: str
) -> None:
    running, answer = answered
    interview = added(running, interviewers=[{"name": "Dr Osei"}])
    kinds = [{"kind": "research", "text": "QI project for every resident"}] * 3
    chosen = [question.id for question in bank_to_ask().questions[:8]]
    content = {"specifics": kinds, "questions_to_ask": chosen}
    running.client.put(f"/api/scheduled-interviews/{interview}/sheet", json=content).raise_for_status()
    running.client.patch(f"/api/answers/{answer}", json={"scheduled_interview": interview}).raise_for_status()
    running.client.post(
        "/api/application-lines", json={"text": "Work:\nA line\nAnother line"}
    ).raise_for_status()
    pages = {
        "sheet": (f"/prepare/interviews/{interview}/sheet", ".specific-row"),
        "questions": (f"/prepare/questions-to-ask?interview={interview}", ".ask-row"),
        "application": ("/prepare/application", ".application-line"),
        "report": (f"/answers/{answer}", ".specifics-item"),
        "print": (f"/api/scheduled-interviews/{interview}/sheet.html", ".topic"),
    }
    address, part = pages[name]
    saying.emulate_media(reduced_motion="reduce")
    saying.goto(address)
    expect(saying.locator(part).first).to_be_visible()
    assert accessibility_faults(saying) == []
    assert faults_of(blocks_of(saying, left_out=theirs(running))) == []
    saying.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert saying.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
