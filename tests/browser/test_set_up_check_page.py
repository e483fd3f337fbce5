"""The set-up check in a real Chromium whose camera and microphone are files."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.fake_camera import BEHIND, FRONT, camera_arguments, picture, write_camera
from tests.browser.fake_microphone import speech, with_microphone, write_microphone
from tests.browser.practice_window import button, practice_window
from tests.service.running import PATIENCE, RunningService

ADDRESS = "/prepare/set-up"

_DRAWN_CAMERA = """() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 360];
  const context = canvas.getContext("2d");
  const scenes = [];
  let shown = 0;
  window.addScene = (grey) => {
    const scene = new ImageData(640, 360);
    [...atob(grey)].forEach((value, at) => {
      scene.data.fill(value.charCodeAt(0), 4 * at, 4 * at + 3);
      scene.data[4 * at + 3] = 255;
    });
    scenes.push(scene);
  };
  window.show = (scene) => {
    shown = scene;
  };
  setInterval(() => scenes.length && context.putImageData(scenes[shown], 0, 0), 40);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(25);
}"""
"""In place of a camera: a canvas, so that a sheet comes into the picture when the test wants it."""


@pytest.fixture(autouse=True)
def nothing_checked(service: RunningService) -> None:
    """The check of the shared service as it is at first."""
    for item in service.client.get("/api/set-up-check").json()["items"]:
        service.client.delete(f"/api/set-up-check/{item['id']}").raise_for_status()
    for still in service.client.get("/api/set-up-check/stills").json()["items"]:
        service.client.delete(f"/api/set-up-check/stills/{still['id']}").raise_for_status()


@pytest.fixture(scope="module")
def equipped(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium with a camera in good light and a microphone that somebody speaks into."""
    folder = tmp_path_factory.mktemp("devices")
    camera = write_camera(folder / "camera.mjpeg", FRONT)
    microphone = write_microphone(folder / "microphone.wav", speech(8))
    also = [argument for argument in camera_arguments(camera) if "video" in argument]
    with with_microphone(browser, microphone, also=also) as launched:
        yield launched


@contextmanager
def opened(browser: Browser, service: RunningService, script: str = "", **options: Any) -> Iterator[Page]:
    """The page in a window of its own, without script errors."""
    with practice_window(browser, service.url, **options) as page:
        if script:
            page.add_init_script(f"({script})()")
        page.goto(ADDRESS)
        expect(item(page, "microphone")).to_be_visible()
        yield page


def item(page: Page, identifier: str) -> Locator:
    """The row of an item."""
    return page.locator(f"[data-item={identifier}]")


def state_of(service: RunningService, identifier: str) -> str:
    """What the service keeps of an item."""
    items = service.client.get("/api/set-up-check").json()["items"]
    return next(str(each["state"]) for each in items if each["id"] == identifier)


@pytest.mark.long
def test_what_can_be_measured_is_measured_and_kept(equipped: Browser, service: RunningService) -> None:
    with opened(equipped, service) as page:
        # Both take three seconds, side by side.
        button(page, "Open the camera").click()
        button(page, "Test the microphone").click()
        item(page, "water").get_by_label("Done").focus()
        page.keyboard.press("Space")
        expect(item(page, "water")).to_have_attribute("data-state", "ok")
        page.get_by_label("Upload").fill("9,5")
        page.get_by_label("Download").fill("40")
        page.keyboard.press("Tab")
        expect(item(page, "speed")).to_contain_text("9.5 up, 40 down.")
        expect(item(page, "speed")).to_have_attribute("data-state", "look_again")
        expect(item(page, "microphone")).to_contain_text("You can be heard well.", timeout=PATIENCE * 1000)
        expect(item(page, "camera")).to_contain_text("1280 × 720 pixels", timeout=PATIENCE * 1000)
        button(page, "Measure the light").click()
        button(page, "Hold the sheet still").wait_for()
        expect(item(page, "light")).to_contain_text("Light comes from the front.", timeout=PATIENCE * 1000)
        button(page, "Take a still").click()
        expect(page.locator(".still")).to_have_count(1)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert accessibility_faults(page) == []
        page.reload()
        expect(item(page, "light")).to_have_attribute("data-state", "ok")
        expect(item(page, "microphone")).to_contain_text("Checked today at")
        expect(page.get_by_label("Upload")).to_have_value("9.5")
        page.locator(".still").scroll_into_view_if_needed()
        expect(page.locator(".still img")).to_have_js_property("naturalWidth", 1280)


@pytest.mark.long
def test_a_sheet_that_is_held_up_tells_light_from_behind(browser: Browser, service: RunningService) -> None:
    with opened(browser, service, _DRAWN_CAMERA) as page:
        # Both at once: the sheet has to come into the picture while it is counted down.
        for scene in (replace(BEHIND, sheet=None), BEHIND):
            grey = picture(scene, 640, 360)[:, :, 0].tobytes()
            page.evaluate("(grey) => window.addScene(grey)", base64.b64encode(grey).decode())
        button(page, "Open the camera").click()
        expect(item(page, "camera")).to_contain_text("640 × 360 pixels", timeout=PATIENCE * 1000)
        button(page, "Measure the light").click()
        expect(item(page, "light")).to_contain_text("No sheet of white paper", timeout=PATIENCE * 1000)
        button(page, "Measure the light").click()
        page.evaluate("window.show(1)")
        expect(item(page, "light")).to_contain_text("Light comes from behind you", timeout=PATIENCE * 1000)
        expect(item(page, "light")).to_have_attribute("data-state", "look_again")
        button(page, "Close the camera").click()
        expect(button(page, "Open the camera")).to_be_focused()


@pytest.mark.long
def test_the_reason_is_said_where_there_is_no_camera(browser: Browser, service: RunningService) -> None:
    with with_microphone(browser, None, allowed=False) as bare, opened(bare, service) as page:
        button(page, "Open the camera").click()
        expect(page.get_by_role("alert")).to_contain_text("No camera was found.")
        assert state_of(service, "camera") == "open"
        assert accessibility_faults(page) == []


@pytest.mark.long
def test_a_browser_that_tells_nothing_of_the_device_is_answered_for(
    equipped: Browser, service: RunningService
) -> None:
    silent = "() => { delete Navigator.prototype.getBattery; delete Navigator.prototype.wakeLock; }"
    with opened(equipped, service, silent) as page:
        for identifier, name, words in (
            ("battery", "Read the battery", "This browser does not tell about the battery."),
            ("screen", "Try it", "This browser cannot keep the screen on."),
        ):
            row = item(page, identifier)
            expect(row.get_by_label("Done")).to_have_count(0)
            row.get_by_role("button", name=name).click()
            expect(row).to_contain_text(words)
            row.get_by_label("Done").check()
            expect(row).to_have_attribute("data-state", "ok")
    with opened(equipped, service) as page:
        item(page, "battery").get_by_role("button", name="Read the battery").click()
        expect(item(page, "battery")).to_contain_text("Connected to power.")


@pytest.mark.long
def test_stills_stand_beside_each_other_and_are_deleted(
    equipped: Browser, service: RunningService, tmp_path: Path
) -> None:
    with opened(equipped, service) as page:
        button(page, "Open the camera").click()
        expect(item(page, "camera")).to_contain_text("1280 × 720", timeout=PATIENCE * 1000)
        for note in ("Blue shirt", "Grey jacket", "Dark jacket"):
            page.get_by_label("Note for the next still").fill(note)
            page.keyboard.press("Tab")
            button(page, "Take a still").click()
            expect(page.locator(".still").first).to_contain_text(note)
        expect(page.locator(".still:visible")).to_have_count(2)
        page.get_by_text("Older stills").click()
        expect(page.locator(".still:visible")).to_have_count(3)
        assert accessibility_faults(page) == []
        button(page, "Delete Blue shirt").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
        expect(page.get_by_text("Blue shirt")).to_have_count(0)
        wrong = tmp_path / "still.png"
        wrong.write_bytes(b"no picture")
        page.locator("input[type=file]").set_input_files(wrong)
        expect(page.get_by_role("alert")).to_contain_text("This file is no picture")
        taken = service.client.get("/api/set-up-check/stills").json()["items"]
        wrong.write_bytes(service.client.get(f"/api/set-up-check/stills/{taken[0]['id']}").content)
        page.locator("input[type=file]").set_input_files(wrong)
        expect(page.locator(".still")).to_have_count(3)


@pytest.mark.long
def test_the_test_of_the_microphone_in_practise_counts_too(
    equipped: Browser, service: RunningService
) -> None:
    with practice_window(equipped, service.url, {"checked": False}) as page:
        page.goto("/")
        button(page, "Practise this question").click()
        button(page, "Test for 3 seconds").click()
        expect(button(page, "Listen to the test")).to_be_visible(timeout=PATIENCE * 1000)
        page.goto(ADDRESS)
        expect(item(page, "microphone")).to_contain_text("Checked today at")
    assert state_of(service, "microphone") == "ok"


@pytest.mark.long
def test_a_group_session_has_items_of_its_own_and_drills_are_a_link_away(
    equipped: Browser, service: RunningService
) -> None:
    with opened(equipped, service) as page:
        expect(item(page, "name_label")).to_be_hidden()
        page.locator("summary", has_text="Only for a group session").press("Enter")
        item(page, "muted").get_by_label("Not yet").check()
        expect(item(page, "muted")).to_contain_text("Set the meeting program to mute you")
        expect(page.get_by_role("link", name="Choose questions to ask")).to_have_attribute(
            "href", "/prepare/questions-to-ask"
        )
        page.get_by_role("link", name="Practise that the connection drops").click()
        expect(page.get_by_label("Format")).to_have_value("drill-connection")
        page.go_back()
        page.get_by_role("link", name="Practise that you did not hear the question").click()
        expect(page.get_by_label("Format")).to_have_value("drill-repeat")


@pytest.mark.long
def test_figures_that_are_no_numbers_are_not_kept(equipped: Browser, service: RunningService) -> None:
    with opened(equipped, service) as page:
        page.get_by_label("Upload").fill("fast")
        page.get_by_label("Download").fill("40")
        page.keyboard.press("Tab")
        expect(item(page, "speed")).to_contain_text("Type a number")
        assert state_of(service, "speed") == "open"
        expect(page.get_by_label("Upload")).to_have_value("fast")
