"""A mock interview that an adviser assigns, in a real Chromium: from its page to what the adviser sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service.people.sign_in_sessions import cookie_name
from tests.browser.advised import APPLICANT, Advised, advised
from tests.browser.interview_window import FORMATS, answer, go_on, interview_of
from tests.browser.practice_window import button, heading, practice_window

TITLE = "Week 3: a mock interview"
FORMAT = "plain"

pytestmark = pytest.mark.long


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Advised]:
    """A hosted service with short interviews."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "formats.toml").write_text(FORMATS)
    with advised(folder) as made:
        yield made


def test_an_assigned_interview_is_played_and_submitted(speaking_browser: Browser, office: Advised) -> None:
    path = f"/api/cohorts/{office.cohort}/assignments"
    assigned = {
        "title": TITLE,
        "kind": "interview",
        "format_id": FORMAT,
        "attempts": 1,
        "figures": ["length"],
    }
    assignment = office.adviser.client.post(path, json=assigned).raise_for_status().json()["id"]
    chosen = {"checked": True, "spoken": False}
    with practice_window(speaking_browser, office.running.url, chosen, reduced_motion="reduce") as page:
        name, token = cookie_name(secure=False), office.applicant.token
        page.context.add_cookies([{"name": name, "value": token, "url": office.running.url}])
        page.goto(f"/assignments/{assignment}")
        page.get_by_role("link", name="Go to the interview").click()
        expect(page.get_by_role("link", name=TITLE)).to_be_visible()
        button(page, "Start the interview").click()
        go_on(page, "Continue", "Hello")
        go_on(page, "Start your answer")
        answer(page)
        # Taken up again after a reload, it is still for its assignment.
        expect(page.get_by_text("Question 2 of 2")).to_be_visible()
        page.reload()
        page.get_by_role("button", name="Go on with it").click()
        go_on(page, "Start your answer")
        answer(page)
        go_on(page, "Go to the end", "Thank you")
        button(page, "See the report").click()
        page.wait_for_url("**/interviews/*")
        office.running.client.cookies.set(name, token)
        interview = interview_of(office.running, page.url.rpartition("/")[2], 2)

        page.goto(f"/assignments/{assignment}")
        expect(heading(page)).to_have_text(TITLE)
        shown = office.applicant.client.get(f"/api/assignments/{assignment}").json()
        assert {each["id"] for each in shown["answers"]} == {each["id"] for each in interview["answers"]}
        assert shown["attempts_left"] == 0
        expect(page.get_by_role("link", name="interview again")).to_have_count(0)
    for each in interview["answers"]:
        office.submit(each["id"])
    overview = office.adviser.client.get(f"{path}/{assignment}").json()
    assert [each["name"] for each in overview["applicants"] if each["submitted"]] == [APPLICANT]
    queue = office.adviser.client.get("/api/reviews").json()
    assert len(queue) == 2
