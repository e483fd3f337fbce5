"""What a report and the list of answers say of takes that were recorded here."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.practice_window import button, heading
from tests.service.running import RunningService, eventually
from tests.service.speech_files import write_speech


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_speech(tmp_path_factory.mktemp("speech") / "answer.wav").read_bytes()


def _recorded(service: RunningService, content: bytes, *, finished: bool, **details: str) -> str:
    new = {"source": "recording", "format_id": "video-interview", **details}
    answer: str = service.client.post("/api/answers", json=new).json()["id"]
    service.client.put(f"/api/answers/{answer}/chunks/0", content=content).raise_for_status()
    if finished:
        service.client.post(f"/api/answers/{answer}/finish", json={"chunks": 1}).raise_for_status()
        service.wait_for(answer, "ready")
    return answer


@pytest.mark.long
def test_a_report_says_which_take_it_is_and_how_it_felt(
    practice_page: Page, practice_service: RunningService, recording: bytes
) -> None:
    question = {"question": "What would you change?"}
    _recorded(practice_service, recording, finished=True, **question)
    answer = _recorded(practice_service, recording, finished=True, **question)
    felt = {"reflection": {"length": "too_long", "fillers": "often"}}
    practice_service.client.patch(f"/api/answers/{answer}", json=felt)
    practice_page.goto(f"/answers/{answer}")
    facts = practice_page.locator(".report-head")
    expect(facts).to_contain_text("Take 2")
    expect(facts).to_contain_text("Video interview")
    rows = practice_page.locator(".how-it-felt tbody tr")
    view = practice_service.client.get(f"/api/answers/{answer}/report/view").json()
    length, _, _, fillers = [figure["summary"] for figure in view["figures"]]
    expect(rows).to_have_text([re.compile(rf"Too long\s+{length}"), re.compile(rf"Often\s+{fillers}")])


@pytest.mark.long
def test_notes_are_saved_as_they_are_typed(
    practice_page: Page, practice_service: RunningService, recording: bytes
) -> None:
    answer = _recorded(practice_service, recording, finished=True)
    practice_page.goto("/answers")
    practice_page.locator(f"a[href='/answers/{answer}']").click()
    practice_page.get_by_label("Notes").press_sequentially("Slower at the start.")
    # Where the keys come slowly, the first of them are saved before the last.
    eventually(lambda: practice_service.answer(answer)["notes"] == "Slower at the start.")
    expect(practice_page.get_by_text("Saved.")).to_be_visible()
    practice_page.reload()
    expect(practice_page.get_by_label("Notes")).to_have_value("Slower at the start.")
    practice_page.get_by_label("Notes").fill("")
    # Leaving saves what was typed last, even where the field was not left before.
    practice_page.evaluate("history.back()")
    expect(heading(practice_page)).to_have_text("Answers")
    practice_page.wait_for_function(
        "async (id) => (await (await fetch(`/api/answers/${id}`)).json()).notes === null", arg=answer
    )


@pytest.mark.long
def test_an_interrupted_recording_is_finished_from_the_list(
    practice_page: Page, practice_service: RunningService, recording: bytes
) -> None:
    answer = _recorded(practice_service, recording, finished=False, question_id="tell-me-about-yourself")
    practice_page.goto("/answers")
    row = practice_page.locator(".answer-row").filter(
        has=practice_page.locator(f"a[href='/answers/{answer}']")
    )
    expect(row).to_contain_text("Interrupted: what you recorded is safe", timeout=PATIENCE)
    row.get_by_role("button", name="Finish").click()
    expect(row).to_contain_text("aim", timeout=PATIENCE)
    assert practice_service.answer(answer)["intake"] == "complete"


@pytest.mark.long
def test_an_interrupted_recording_is_finished_on_its_page(
    practice_page: Page, practice_service: RunningService, recording: bytes
) -> None:
    answer = _recorded(practice_service, recording, finished=False, question_id="tell-me-about-yourself")
    practice_page.goto(f"/answers/{answer}")
    expect(practice_page.get_by_text("This recording was interrupted.")).to_be_visible(timeout=PATIENCE)
    button(practice_page, "Finish it").click()
    expect(practice_page.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
    expect(practice_page.get_by_text("This recording was interrupted.")).to_have_count(0)


@pytest.mark.long
def test_an_interrupted_recording_is_offered_before_the_question(
    practice_page: Page, practice_service: RunningService, recording: bytes
) -> None:
    question = {"question": "Offered before the question?"}
    with practice_page.expect_response("**/api/events"):
        practice_page.goto("/")
    expect(heading(practice_page)).to_be_visible()
    # It breaks off after two seconds in which nothing comes, while the page is open and listens.
    answer = _recorded(practice_service, recording, finished=False, **question)
    row = practice_page.locator(".unfinished-row").filter(has_text=question["question"])
    row.get_by_role("button", name="Discard").click()
    practice_page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    row.get_by_role("button", name="Discard").click()
    practice_page.get_by_role("dialog").get_by_role("button", name="Discard it").click()
    expect(row).to_have_count(0)
    assert practice_service.client.get(f"/api/answers/{answer}").status_code == 404


@pytest.mark.long
def test_a_session_follows_its_answers(
    practice_page: Page, practice_service: RunningService, recording: bytes, tmp_path: Path
) -> None:
    waiting = practice_service.client.post(
        "/api/answers", json={"source": "recording", "question": "First?", "session": "Evening round"}
    ).json()
    session = waiting["session"]["id"]
    practice_page.goto(f"/sessions/{session}")
    expect(heading(practice_page)).to_have_text("Evening round")
    notice = practice_page.get_by_role("region", name="Without a report")
    expect(notice).to_contain_text("First?")
    # Nothing arrives: two seconds later it counts as interrupted.
    expect(notice).to_contain_text(re.compile("still arriving|interrupted"))
    _recorded(practice_service, recording, finished=True, question="Second?", session="Evening round")
    expect(practice_page.locator(".session-row")).to_contain_text("Second?")
    expect(practice_page.locator(".headline")).to_contain_text("This answer was")
    practice_page.get_by_role("link", name="See them as a list").click()
    practice_page.get_by_role("link", name="Session report").click()
    expect(heading(practice_page)).to_have_text("Evening round")


def test_a_session_that_is_not_there_is_said(practice_page: Page) -> None:
    practice_page.goto("/sessions/none")
    expect(heading(practice_page)).to_have_text("This session is not here.")
