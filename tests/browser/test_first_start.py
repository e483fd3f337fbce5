"""The first start: what this is, a finished report to look at, and a first question."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service.settings import Settings
from tests.browser.accessibility import accessibility_faults
from tests.browser.practice_window import heading
from tests.service.running import RunningService


@pytest.mark.long
def test_a_first_start_shows_a_report_until_there_is_an_answer_of_ones_own(
    browser: Browser, tmp_path: Path
) -> None:
    engine = Settings.model_fields["engine"].default
    # Without a worker nothing is analysed: what is ready came with Greenroom.
    service = RunningService(tmp_path / "data", "--samples", engine=engine, workers=0).start()
    window = browser.new_context(viewport={"width": 390, "height": 844}, base_url=service.url)
    page = window.new_page()
    try:
        page.goto("/")
        expect(heading(page)).to_have_text("Tell me about yourself.")
        welcome = page.get_by_role("region", name="How it works")
        expect(welcome).to_contain_text("Everything stays on this machine")
        # The samples come while one looks.
        expect(welcome).to_contain_text("fillers a minute")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert accessibility_faults(page) == []
        welcome.get_by_role("link", name="Open this report").click()
        expect(page.get_by_text("fillers a minute").first).to_be_visible()
        page.go_back()
        expect(welcome).to_be_visible()
        made = service.client.post("/api/answers", json={"source": "upload", "title": "Mine"})
        expect(welcome).to_have_count(0)
        service.client.delete(f"/api/answers/{made.json()['id']}").raise_for_status()
        expect(welcome).to_be_visible()
    finally:
        window.close()
        service.kill()
