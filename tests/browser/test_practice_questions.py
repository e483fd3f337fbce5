"""Choosing what to practise: the bank, favourites, questions of one's own, a surprise, another take."""

import pytest
from playwright.sync_api import Page, Route, expect

from service.practice.questions import bank
from tests.browser.accessibility import accessibility_faults
from tests.browser.practice_window import QUESTION, begin, button, heading
from tests.service.running import RunningService


@pytest.mark.long
def test_a_question_shows_what_it_is_about(practice_page: Page) -> None:
    practice_page.goto("/")
    expect(heading(practice_page)).to_have_text(QUESTION)
    chosen = practice_page.locator(".choose")
    expect(chosen).to_contain_text("About you")
    expect(chosen).to_contain_text("aim: 1–2 minutes")
    expect(chosen).to_contain_text("What they listen for:")
    chosen.get_by_text("A structure that fits it: Summary, past, future").click()
    expect(chosen.get_by_text("Who you are now", exact=False)).to_be_visible()


@pytest.mark.long
def test_the_aim_shown_is_that_of_the_format(practice_page: Page) -> None:
    practice_page.goto("/")
    practice_page.get_by_label("Format").select_option("MMI station")
    expect(practice_page.locator(".choose")).to_contain_text("aim: 4–8 minutes")
    expect(practice_page.locator(".arrangement-words")).to_contain_text("Aim: 4–8 minutes")
    button(practice_page, "Choose another").click()
    expect(practice_page.locator(".browse-row").first).to_contain_text("aim: 4–8 minutes")
    expect(practice_page.get_by_text("1–2 minutes")).to_have_count(0)


def test_surprise_me_brings_another_one_and_it_stays(practice_page: Page) -> None:
    practice_page.goto("/")
    button(practice_page, "Surprise me").click()
    expect(heading(practice_page)).not_to_have_text(QUESTION)
    drawn = heading(practice_page).inner_text()
    practice_page.reload()
    expect(heading(practice_page)).to_have_text(drawn)


@pytest.mark.long
def test_a_question_is_chosen_by_kind(practice_page: Page) -> None:
    practice_page.goto("/")
    button(practice_page, "Choose another").click()
    expect(heading(practice_page)).to_have_text("Choose a question")
    rows = practice_page.locator(".browse-row")
    everything = rows.count()
    assert everything >= 60
    practice_page.get_by_label("Which questions").select_option("Why medicine")
    assert 1 < rows.count() < everything
    headings = practice_page.locator(".browse-set-name")
    expect(headings).to_have_text(
        ["Why medicine 7", "What drives you 1", "Motivation 13", "Recorded video interview 1"]
    )
    text = rows.nth(1).locator(".browse-question").inner_text()
    rows.nth(1).locator(".browse-question").click()
    expect(heading(practice_page)).to_have_text(text)
    expect(heading(practice_page)).to_be_focused()


@pytest.mark.long
def test_questions_are_found_by_their_words(practice_page: Page) -> None:
    practice_page.goto("/")
    button(practice_page, "Choose another").click()
    assert practice_page.locator(".browse-set-name").count() >= 25
    field = practice_page.get_by_label("Find a question")
    field.fill("PROUD most")
    expect(practice_page.locator(".browse-question")).to_have_text(["What are you most proud of?"])
    found = practice_page.get_by_role("status").filter(has_text="questions")
    expect(found).to_have_text(f"1 of {len(bank().questions)} questions")
    # Also by what is read before the question.
    field.fill("herbs grandmother")
    expect(practice_page.locator(".browse-question")).to_have_text(
        ["The grandmother asks you to keep the drink to yourself. What do you do?"]
    )
    field.press("Enter")
    expect(practice_page.locator(".browse-question")).to_be_focused()
    practice_page.keyboard.press("Enter")
    expect(heading(practice_page)).to_contain_text("The grandmother asks you")
    expect(practice_page.locator(".choose")).to_contain_text("You help in a clinic.")


def test_a_case_is_read_before_and_can_be_read_again_while_recording(practice_page: Page) -> None:
    page = practice_page
    page.goto("/?question=mmi-envelope")
    case = page.get_by_text("The ward has a rule against gifts.")
    expect(case).to_be_visible()
    begin(page)
    expect(case).to_be_hidden()
    # Space opens it, and does not pause the recording.
    page.get_by_text("Read the case again").press(" ")
    expect(case).to_be_visible()
    expect(page.get_by_text("Recording", exact=True)).to_be_visible()
    button(page, "Stop").click()
    button(page, "Discard this take").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard it").click()
    expect(button(page, "Practise this question")).to_be_visible()


@pytest.mark.long
def test_words_that_are_in_no_question_are_told(practice_page: Page) -> None:
    practice_page.goto("/")
    button(practice_page, "Choose another").click()
    field = practice_page.get_by_label("Find a question")
    field.fill("nothing like this")
    expect(practice_page.get_by_text("No question has these words.")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
def test_a_set_is_gone_to_by_its_name(practice_page: Page, width: int) -> None:
    practice_page.set_viewport_size({"width": width, "height": 844})
    practice_page.goto("/")
    button(practice_page, "Choose another").click()
    if width < 1000:
        practice_page.get_by_text("Go to a set").click()
    sets = practice_page.get_by_role("navigation", name="Sets of questions")
    sets.get_by_role("button", name="Emergency medicine").click()
    title = practice_page.get_by_role("heading", name="Emergency medicine")
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    if width < 1000:
        expect(sets).to_be_hidden()
    assert practice_page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(practice_page) == []


@pytest.mark.long
def test_the_specialty_decides_which_questions_there_are(
    practice_page: Page, practice_service: RunningService
) -> None:
    page = practice_page
    page.goto("/")
    expect(page.get_by_label("Specialty")).to_have_count(0)
    page.get_by_label("You apply to").select_option("Residency")
    page.get_by_label("Specialty").select_option("Psychiatry")
    page.reload()
    expect(page.get_by_label("Specialty")).to_have_value("psychiatry")
    button(page, "Choose another").click()
    expect(page.get_by_role("heading", name="Psychiatry")).to_be_visible()
    expect(page.get_by_role("heading", name="Neurology")).to_have_count(0)
    page.get_by_label("Which questions").select_option("Psychiatry")
    expect(page.locator(".browse-set-name")).to_have_text(["Psychiatry 13"])
    button(page, "Back").click()
    button(page, "Surprise me (Psychiatry)").click()
    drawn = heading(page).inner_text()
    assert drawn in {each.text for each in bank().questions if each.set == "psychiatry"}
    cleared = {"applying_to": None, "specialty": None}
    practice_service.client.patch("/api/preferences", json=cleared).raise_for_status()


@pytest.mark.long
def test_favourites_are_found_again(practice_page: Page) -> None:
    page = practice_page
    page.goto("/")
    star = page.get_by_role("button", name=f"Favourite: {QUESTION}")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")
    button(page, "Choose another").click()
    page.get_by_label("Which questions").select_option("Favourites")
    expect(page.locator(".browse-question")).to_have_text([QUESTION])
    star.click()
    expect(page.locator(".browse-row")).to_have_count(0)
    expect(page.get_by_text("No favourites yet.")).to_be_visible()


@pytest.mark.long
def test_a_question_of_ones_own(practice_page: Page, practice_service: RunningService) -> None:
    page = practice_page
    page.goto("/")
    button(page, "Choose another").click()
    button(page, "Write your own").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The question").fill("Why <b>here</b>?")
    dialog.get_by_label("Kind").select_option("This specialty")
    dialog.get_by_label("How long").select_option("30 s to 1 min")
    dialog.get_by_role("button", name="Save").click()
    expect(heading(page)).to_have_text("Why <b>here</b>?")
    expect(page.locator(".choose")).to_contain_text("This specialty")
    expect(page.locator(".choose")).to_contain_text("aim: 30 s to 1 min")

    button(page, "Choose another").click()
    page.get_by_label("Which questions").select_option("Your own")
    page.get_by_role("button", name="Change: Why <b>here</b>?").click()
    dialog.get_by_label("The question").fill("Why here?")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".browse-question")).to_have_text(["Why here?"])
    own = [item for item in practice_service.client.get("/api/questions").json()["items"] if item["own"]]
    assert [(item["text"], item["kind"], item["aim"]) for item in own] == [
        ("Why here?", "this_specialty", {"low": 30, "high": 60})
    ]

    page.route("**/api/questions/*", lambda route: route.abort())
    page.get_by_role("button", name="Delete: Why here?").click()
    dialog.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(page.get_by_text("Deleted.")).to_have_count(0)
    page.unroute("**/api/questions/*")

    page.get_by_role("button", name="Delete: Why here?").click()
    dialog.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("No questions of your own yet.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(page, "Practise this question")).to_be_visible()


@pytest.mark.long
def test_a_report_leads_to_its_question_again_or_to_another_one_in_its_format(
    practice_page: Page, practice_service: RunningService
) -> None:
    known = {"question_id": "tell-me-about-yourself", "format_id": "video-interview", "source": "recording"}
    answer = practice_service.client.post("/api/answers", json=known).json()["id"]
    loose = practice_service.client.post("/api/answers", json={"question": "Asked elsewhere?"}).json()["id"]
    practice_page.goto(f"/?again={answer}")
    expect(heading(practice_page)).to_have_text(QUESTION)
    expect(practice_page.get_by_label("Format")).to_have_value("video-interview")
    practice_page.goto(f"/?next={answer}")
    expect(practice_page.get_by_label("Format")).to_have_value("video-interview")
    expect(heading(practice_page)).not_to_have_text(QUESTION)
    expect(practice_page).to_have_url("/")
    practice_page.goto(f"/?again={loose}")
    expect(heading(practice_page)).to_have_text("Asked elsewhere?")
    expect(practice_page).to_have_url("/")


def test_own_formats_that_are_wrong_are_told(practice_page: Page, practice_service: RunningService) -> None:
    formats = practice_service.data_folder / "formats.toml"
    kept = formats.read_text()
    formats.write_text(kept.replace("preparation = 300", 'preparation = "half a minute"'))
    practice_page.goto("/")
    expect(practice_page.locator(".arrangement .notice")).to_contain_text("preparation")
    assert practice_page.get_by_label("Format").locator("option").count() >= 6
    formats.write_text(kept)


def test_a_service_that_cannot_be_reached_can_be_asked_again(practice_page: Page) -> None:
    answers = iter([False, True])

    def second_time(route: Route) -> None:
        if next(answers):
            route.continue_()
        else:
            route.abort()

    practice_page.route("**/api/questions", second_time)
    practice_page.goto("/")
    expect(practice_page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    button(practice_page, "Try again").click()
    expect(heading(practice_page)).to_have_text(QUESTION)
