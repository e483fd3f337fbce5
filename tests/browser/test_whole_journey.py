"""Everything at once, with the real recogniser: record, lose the connection, close the tab, return, read."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE
from tests.browser.fake_microphone import given, stored
from tests.browser.practice_window import CHECKED, QUESTION, begin, practice_window, wait_until
from tests.service.running import RunningService, eventually


@pytest.mark.parametrize(
    "camera", [pytest.param(False, id="sound"), pytest.param(True, id="video", marks=pytest.mark.long)]
)
def test_a_take_survives_a_lost_connection_and_a_closed_tab(
    speaking_browser: Browser, service: RunningService, camera: bool
) -> None:
    with practice_window(speaking_browser, service.url, {**CHECKED, "camera": camera}) as page:
        page.goto("/")
        if camera:
            page.get_by_label("Camera too").check()
        begin(page)
        wait_until(page, 3)
        page.context.set_offline(True)
        wait_until(page, 6)
        page.context.set_offline(False)
        wait_until(page, 9)
        [live] = service.client.get("/api/answers?unfinished=true").json()["items"]
        eventually(lambda: service.answer(live["id"])["chunks"] >= 7)
        told = given(page, service.answer(live["id"])["chunks"])
        # As when the browser is closed: nobody is asked.
        page.close(run_before_unload=False)

        back = page.context.new_page()
        back.goto("/")
        offered = back.locator(".unfinished-row")
        expect(offered).to_contain_text(QUESTION)
        offered.get_by_role("button", name="Finish it").click()
        back.wait_for_url(f"**/answers/{live['id']}", timeout=PATIENCE)
        expect(back.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
        expect(back.locator(".transcript")).not_to_be_empty()
        expect(back.locator("video" if camera else "audio")).to_have_count(1, timeout=PATIENCE)

    answer = service.wait_for(live["id"], "ready")
    report = service.client.get(f"/api/answers/{live['id']}/report").json()
    assert answer["take"] is not None and answer["media_type"].startswith("video" if camera else "audio")
    # Nothing of it is missing, however much sound the browser got on a busy machine.
    recording = stored(service, live["id"])
    assert recording.content.startswith(told)
    assert report["recording"]["duration"] >= recording.seconds - 0.3
    assert len(report["transcript"]["words"]) > 10
    assert report["measures"]["response_latency"]["value"] is not None
    # Its question is that of the answer which the other files share: there it has one take.
    service.client.delete(f"/api/answers/{live['id']}").raise_for_status()
