"""Mock interviews in a real Chromium, from the greeting to the report, and what may come between."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.interview_window import (
    FORMATS,
    NOTE_WHAT_SOUNDS,
    answer,
    go_on,
    going_on,
    interview_of,
    patiently,
    see_report,
    sounds,
    start,
    with_voices,
)
from tests.browser.practice_window import button, heading, practice_window
from tests.service.running import RunningService

PHONE = 390


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with short interviews and a recogniser that always writes the same."""
    running = RunningService(tmp_path_factory.mktemp("interviews") / "data", interrupted_after=2)
    running.data_folder.mkdir()
    (running.data_folder / "formats.toml").write_text(FORMATS)
    yield running.start()
    running.kill()


@contextmanager
def window(browser: Browser, service: RunningService, format: str, **chosen: Any) -> Iterator[Page]:
    """A window of somebody who takes interviews of one format."""
    preferences = {"checked": True, "format": format, **chosen}
    with practice_window(browser, service.url, preferences, reduced_motion="reduce") as page:
        page.add_init_script(NOTE_WHAT_SOUNDS)
        yield page


def parts(interview: dict[str, Any]) -> list[str]:
    return [each["part"] for each in interview["answers"]]


def questions(interview: dict[str, Any]) -> list[str]:
    return [step["text"] for step in interview["steps"] if step["kind"] == "question"]


def test_a_whole_interview_is_asked_aloud_and_answered_by_keyboard(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "talk") as page:
        with_voices(page)
        patiently(page)
        page.goto("/")
        button(page, "Start the interview").focus()
        page.keyboard.press("Enter")
        expect(heading(page)).to_contain_text("Hello, and welcome.")
        for _ in range(4):
            # The first question, a follow-up, the second question, and one's own question.
            answer(page)
        expect(heading(page)).to_have_text("The interview is over.")
        button(page, "See the report").focus()
        heard = sounds(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/interviews/*")
        interview = interview_of(service, page.url.rpartition("/")[2], 4)

        assert heard["overlaps"] == []
        first, second = questions(interview)
        said = heard["said"]
        assert said[0].startswith("Hello, and welcome.") and said[1:3] == [first, "Thank you."]
        closing = "Those were all of our questions. Do you have any questions for us?"
        assert said[4:7] == [second, "Thank you.", closing]
        assert "Thank you for" in said[7] and len(said) == 8, said
        assert parts(interview) == ["question", "follow_up", "question", "closing"]
        assert interview["ended_at"] is not None
        stored = [service.answer(each["id"]) for each in interview["answers"]]
        assert [each["interview"] for each in stored] == [interview["id"]] * 4
        assert {each["session"]["id"] for each in stored} == {interview["session"]["id"]}
        assert [each["question"] for each in stored] == [first, said[3], second, closing]
        assert stored[1]["follow_up_of"] == stored[0]["id"] and stored[1]["asked"]["text"] == said[3]
        for question in (first, second):
            expect(page.locator("ol").get_by_role("link", name=question)).to_be_visible()


@pytest.mark.long
def test_an_interview_is_taken_up_after_a_reload(speaking_browser: Browser, service: RunningService) -> None:
    with window(speaking_browser, service, "plain", spoken=False) as page:
        start(page)
        go_on(page, "Continue", "Hello")
        first = go_on(page, "Start your answer")
        answer(page)
        expect(heading(page)).not_to_have_text(first)
        second = heading(page).inner_text()
        going_on(service, 1)
        page.reload()
        notice = page.get_by_role("region", name="Your interview is not finished.")
        expect(notice).to_contain_text("You were at question 2 of 2.")
        notice.get_by_role("button", name="Go on with it").click()
        expect(page.get_by_text("Question 2 of 2")).to_be_visible()
        assert go_on(page, "Start your answer") == second
        answer(page)
        go_on(page, "Go to the end", "Thank you")
        interview = interview_of(service, see_report(page), 2)
        assert parts(interview) == ["question", "question"]
        page.goto("/")
        expect(button(page, "Start the interview")).to_be_visible()
        expect(notice).to_have_count(0)


@pytest.mark.long
def test_an_interview_that_was_left_can_be_ended_where_it_stopped(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "plain", spoken=False) as page:
        start(page)
        go_on(page, "Continue")
        go_on(page, "Start your answer")
        answer(page)
        expect(button(page, "Start your answer")).to_be_visible()
        going_on(service, 1)
        page.reload()
        button(page, "End it, and see its report").click()
        page.wait_for_url("**/interviews/*")
        interview = interview_of(service, page.url.rpartition("/")[2], 1)
        assert interview["ended_at"] is not None


@pytest.mark.long
def test_an_interview_that_was_taken_up_can_be_ended_before_another_answer(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "plain", spoken=False) as page:
        start(page)
        go_on(page, "Continue")
        go_on(page, "Start your answer")
        answer(page)
        expect(button(page, "Start your answer")).to_be_visible()
        going_on(service, 1)
        page.reload()
        button(page, "Go on with it").click()
        button(page, "End the interview here").click()
        page.wait_for_url("**/interviews/*")
        interview_of(service, page.url.rpartition("/")[2], 1)


@pytest.mark.long
def test_an_answer_is_told_again_and_tied_to_the_first_telling(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "drill-repeat", spoken=False) as page:
        start(page)
        question = go_on(page, "Start your answer")
        answer(page)
        go_on(page, "Say it again", "Could you repeat that?")
        expect(heading(page)).to_have_text(question)
        answer(page)
        interview = interview_of(service, see_report(page), 2)
        first, again = interview["answers"]
        assert parts(interview) == ["question", "repeat"]
        assert again["follow_up_of"] == first["id"] and again["question_id"] == first["question_id"]


@pytest.mark.long
def test_the_connection_drops_and_the_question_is_asked_again(
    speaking_browser: Browser, service: RunningService
) -> None:
    contact = {"name": "Interview office", "phone": "+44 20 7946 0000", "email": "office@example.org"}
    service.client.patch("/api/preferences", json={"contact": contact}).raise_for_status()
    with window(speaking_browser, service, "drill-connection") as page:
        with_voices(page)
        start(page)
        expect(heading(page)).to_have_text("The connection has dropped.")
        expect(page.get_by_text("the picture stands still")).to_be_visible()
        expect(page.locator(".drop-contact")).to_have_count(0)
        page.keyboard.press("j")
        expect(page.get_by_text("Joining again")).to_be_visible()
        expect(page.get_by_text("Still not connected. Try once more")).to_be_visible()
        button(page, "Skip to one minute").click()
        expect(heading(page)).to_be_focused()
        for detail in contact.values():
            expect(page.locator(".drop-contact")).to_contain_text(detail)
        button(page, "I have written or called").click()
        expect(heading(page)).to_have_text(
            "Say a short sorry and thank you, then go on. Under 15 seconds is enough."
        )
        answer(page)
        answer(page)
        heard = sounds(page)
        interview = interview_of(service, see_report(page), 2)
        assert heard["overlaps"] == []
        [question] = questions(interview)
        assert [caption for caption in heard["said"] if caption == question] == [question, question]
        apology, told = [service.answer(each["id"]) for each in interview["answers"]]
        assert [apology["part"], told["part"]] == ["apology", "question"]
        assert apology["question_id"] is None and told["question"] == question


@pytest.mark.long
def test_without_a_voice_everything_is_text_and_waits(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "talk", spoken=False) as page:
        with_voices(page)
        patiently(page)
        page.goto("/")
        announced = page.locator(".choose .facts").inner_text()
        start(page)
        go_on(page, "Continue", "Hello")
        first = go_on(page, "Start your answer")
        answer(page)
        # What is asked about stands above it.
        expect(page.locator(".asking-about")).to_have_text(first)
        go_on(page, "Start your answer")
        answer(page)
        go_on(page, "Start your answer")
        answer(page)
        go_on(page, "Ask your question")
        answer(page)
        go_on(page, "Go to the end")
        expect(heading(page)).to_have_text("The interview is over.")
        assert sounds(page)["said"] == []
        interview = interview_of(service, see_report(page), 4)
        assert f"up to {math.ceil(interview['longest'] / 60)} min in all" in announced


@pytest.mark.long
def test_stations_are_read_and_begin_and_end_with_a_bell(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "stations") as page:
        with_voices(page)
        start(page)
        bells = []
        for _ in range(2):
            expect(page.get_by_text("to read and think")).to_be_visible()
            bells.append(sounds(page)["bells"])
            expect(page.get_by_text("Recording", exact=True)).to_be_visible()
            bells.append(sounds(page)["bells"])
        heard = sounds(page)
        interview = interview_of(service, see_report(page), 2)
        assert heard["overlaps"] == []
        # Each rings with three partials, as a station begins and as it ends.
        assert bells == [0, 3, 6, 9]
        for step in interview["steps"]:
            if step["kind"] == "question":
                assert step["text"] in heard["said"]


@pytest.mark.long
@pytest.mark.parametrize(("extension", "maximum"), [(2, 120), (None, None)])
def test_times_are_extended_or_without_limits(
    speaking_browser: Browser, service: RunningService, extension: int | None, maximum: int | None
) -> None:
    with window(speaking_browser, service, "plain", spoken=False, extension=extension) as page:
        start(page)
        go_on(page, "Continue")
        go_on(page, "Start your answer")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        expect(page.get_by_text("Stops by itself at 2 min")).to_have_count(0 if maximum is None else 1)
        expect(page.get_by_text("left", exact=False)).to_have_count(0 if maximum is None else 1)
        answer(page)
        button(page, "End the interview here").click()
        interview = interview_of(service, see_report(page), 1)
        timing = service.answer(interview["answers"][0]["id"])["timing"]
        assert timing == {"extension": extension, "preparation": None, "maximum": maximum}


@pytest.mark.long
def test_an_interview_goes_on_while_the_service_is_away(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "talk", spoken=False, followUps=False) as page:
        start(page)
        go_on(page, "Continue")
        first = go_on(page, "Start your answer")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        page.context.set_offline(True)
        answer(page, 2)
        second = heading(page)
        expect(second).not_to_have_text("Thank you.")
        expect(second).not_to_have_text(first)
        go_on(page, "Start your answer")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        page.context.set_offline(False)
        answer(page, 3)
        go_on(page, "Ask your question", "Those were all of our questions.")
        answer(page)
        go_on(page, "Go to the end")
        interview = interview_of(service, see_report(page), 3)
        assert parts(interview) == ["question", "question", "closing"]
        assert interview["position"] == len(interview["steps"]) - 1
        for each in interview["answers"]:
            service.wait_for(each["id"], "ready")


@pytest.mark.long
def test_an_interview_that_is_left_in_an_answer_offers_both(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "plain", spoken=False) as page:
        page.goto("/answers")
        page.get_by_role("link", name="Practise", exact=True).click()
        button(page, "Start the interview").click()
        go_on(page, "Continue")
        question = go_on(page, "Start your answer")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        page.wait_for_timeout(2500)
        page.go_back()
        offered = page.locator(".unfinished-row").filter(has_text=question)
        expect(offered).to_have_count(1)
        expect(page.get_by_role("region", name="Your interview is not finished.")).to_be_visible()
        offered.get_by_role("button", name="Finish it").click()
        page.wait_for_url("**/answers/*")
        stored = service.answer(page.url.rpartition("/")[2])
        assert stored["part"] == "question" and stored["interview"] is not None


@pytest.mark.long
def test_answers_can_be_deleted_while_the_interview_goes_on(
    speaking_browser: Browser, service: RunningService
) -> None:
    with window(speaking_browser, service, "talk", spoken=False) as page:
        patiently(page)
        start(page)
        go_on(page, "Continue")
        go_on(page, "Start your answer")
        answer(page, 1.5)
        go_on(page, "Start your answer")
        # The follow-up is being recorded: what it belongs to is deleted, and then the follow-up itself.
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        for each in going_on(service, 2)["answers"]:
            service.client.delete(f"/api/answers/{each['id']}").raise_for_status()
        go_on(page, "Start your answer")
        answer(page, 1.5)
        # Neither counts any more.
        go_on(page, "Start your answer")
        answer(page, 1.5)
        go_on(page, "Ask your question")
        answer(page, 1.5)
        go_on(page, "Go to the end")
        interview = interview_of(service, see_report(page), 3)
        assert parts(interview) == ["question", "follow_up", "closing"]


@pytest.mark.long
def test_every_step_is_without_accessibility_faults_and_fits_a_phone(
    speaking_browser: Browser, service: RunningService
) -> None:
    faults: list[Any] = []
    wide: list[str] = []

    def look(page: Page, step: str) -> None:
        faults.extend((step, *fault) for fault in accessibility_faults(page))
        page.set_viewport_size({"width": PHONE, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > PHONE:
            wide.append(step)
        page.set_viewport_size({"width": 1280, "height": 860})

    with window(speaking_browser, service, "slow-stations") as page:
        with_voices(page)
        page.goto("/")
        page.get_by_text("What may happen").click()
        page.get_by_text("Kinds of question").click()
        look(page, "choice")
        button(page, "Start the interview").click()
        expect(heading(page)).to_contain_text("Hello, and welcome.")
        look(page, "greeting")
        expect(page.get_by_text("to read and think")).to_be_visible()
        look(page, "reading")
        button(page, "I have read it").click()
        answer(page)
        expect(heading(page)).to_have_text("Walk to the next station.")
        look(page, "between stations")
        page.reload()
        expect(button(page, "Go on with it")).to_be_visible()
        look(page, "not finished")
        button(page, "Go on with it").click()
        expect(page.get_by_text("to read and think")).to_be_visible()
        button(page, "End the interview here").click()
        page.wait_for_url("**/interviews/*")
    with window(speaking_browser, service, "drill-connection", spoken=False) as page:
        start(page)
        expect(heading(page)).to_have_text("The connection has dropped.")
        look(page, "connection")
        button(page, "Skip to one minute").click()
        look(page, "contact")
        button(page, "I have written or called").click()
        go_on(page, "Say your short apology")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        look(page, "apology")
        answer(page)
        go_on(page, "Continue")
        look(page, "asked as text")
        go_on(page, "Start your answer")
        answer(page)
        expect(heading(page)).to_have_text("That was the drill.")
        look(page, "end")
    assert faults == []
    assert wide == []
