"""How chunks get to the service: in order, one at a time, again when need be. No microphone is needed."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.fake_microphone import window
from tests.browser.recording_page import kept_chunks, kept_rows, unfinished
from tests.service.running import RunningService, eventually

_BEGIN = """async () => {
  const { Backlog } = await import("/static/recording/backlog.js");
  const { Delivery } = await import("/static/recording/delivery.js");
  window.row = {
    id: crypto.randomUUID(), details: { source: "recording" }, startedAt: new Date().toISOString(),
    answerId: null, count: 0, acknowledged: 0, seconds: 0, pausedAt: [0.5], discarded: false,
  };
  window.backlog = new Backlog(window.row);
  window.delivery = new Delivery(window.backlog);
  window.add = (count) => {
    for (let added = 0; added < count; added += 1) {
      window.total = (window.total ?? 0) + 1;
      window.backlog.add(new Blob([`<${window.total - 1}>`]), window.total);
    }
  };
  window.delivery.start();
}"""
_NEW_ID = '(await import("/static/api.js")).newId()'
"""As a take has it. Those that earlier versions of the page kept have others."""


def _whole(count: int) -> bytes:
    return "".join(f"<{number}>" for number in range(count)).encode()


def _stored(service: RunningService, answer: dict[str, Any]) -> bytes:
    return service.client.get(f"/api/answers/{answer['id']}/original").content


@pytest.fixture
def sender(browser: Browser, intake_service: RunningService) -> Iterator[Page]:
    """A page with a backlog and its delivery, which sends."""
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        page.evaluate(_BEGIN)
        yield page


@pytest.mark.long
def test_a_slow_service_gets_everything_in_order_and_memory_stays_small(
    sender: Page, intake_service: RunningService
) -> None:
    """Sixty chunks come while the first is on its way."""
    waiting: list[Route] = []
    numbers: list[int] = []

    def hold_the_first(route: Route) -> None:
        numbers.append(int(route.request.url.rsplit("/", 1)[1]))
        if len(numbers) == 1:
            waiting.append(route)
        else:
            route.continue_()

    sender.route("**/chunks/*", hold_the_first)
    sender.evaluate("window.add(60)")
    sender.wait_for_function("() => window.row.count === 60")
    # A chunk is kept in the browser before it is sent; asking the page lets its requests come in.
    eventually(lambda: sender.evaluate("true") and waiting)
    assert len(waiting) == 1 and numbers == [0], "one at a time"
    # The last chunk is in memory until it is kept.
    sender.wait_for_function("() => window.backlog.held === 30")
    assert sender.evaluate("window.backlog.waiting") == 60
    waiting[0].continue_()
    answer = sender.evaluate("window.delivery.finish()")
    assert numbers == list(range(60))
    assert _stored(intake_service, answer) == _whole(60)
    assert sender.evaluate("[window.backlog.held, window.backlog.waiting, window.backlog.stored]") == [
        0,
        0,
        60,
    ]
    assert kept_rows(sender) == []


@pytest.mark.long
def test_an_answer_whose_reply_is_lost_is_made_once(browser: Browser, intake_service: RunningService) -> None:
    made: list[str] = []

    def make_and_lose(route: Route) -> None:
        made.append(route.request.post_data_json["id"])
        if len(made) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        page.route("**/api/answers", make_and_lose)
        before = intake_service.client.get("/api/answers").json()["total"]
        page.evaluate(_BEGIN.replace("crypto.randomUUID()", _NEW_ID))
        page.evaluate("window.add(1)")
        answer = page.evaluate("window.delivery.finish()")
    assert made == [answer["id"]] * 2
    assert intake_service.client.get("/api/answers").json()["total"] == before + 1
    assert _stored(intake_service, answer) == _whole(1)


@pytest.mark.long
def test_a_lost_acknowledgement_is_asked_for_again(sender: Page, intake_service: RunningService) -> None:
    sent: list[str] = []

    def store_and_lose(route: Route) -> None:
        sent.append(route.request.url.rsplit("/", 1)[1])
        if len(sent) == 2:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    sender.route("**/chunks/*", store_and_lose)
    sender.evaluate("window.add(4)")
    answer = sender.evaluate("window.delivery.finish()")
    assert sent == ["0", "1", "1", "2", "3"]
    assert _stored(intake_service, answer) == _whole(4)


@pytest.mark.long
def test_a_busy_service_gets_everything_once_it_has_time(
    sender: Page, intake_service: RunningService
) -> None:
    busy = {"status": 503, "headers": {"Retry-After": "1"}, "body": json.dumps({"code": "busy"})}
    tries: list[float] = []

    def refuse_twice(route: Route) -> None:
        tries.append(time.monotonic())
        if len(tries) <= 2:
            route.fulfill(**busy)
        else:
            route.continue_()

    sender.route("**/chunks/*", refuse_twice)
    sender.evaluate("window.add(3)")
    sender.wait_for_function("() => window.delivery.trouble?.code === 'service_busy'")
    sender.wait_for_function("() => window.row.acknowledged === 3 && window.delivery.trouble === null")
    assert _stored(intake_service, sender.evaluate("window.delivery.finish()")) == _whole(3)
    assert tries[1] - tries[0] > 0.9 and tries[2] - tries[1] > 0.9, "as long as the service asks for"


def test_how_long_notes_were_shown_is_told_again_with_the_end(
    sender: Page, intake_service: RunningService
) -> None:
    sender.evaluate("window.row.notesSeconds = 12.5")
    tries: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    sender.route("**/api/answers/*", lose_the_first)
    sender.evaluate("window.add(2)")
    sender.wait_for_function("() => window.row.acknowledged === 2")
    answer = sender.evaluate("window.delivery.finish()")
    assert tries == ['{"bullets_seconds":12.5}'] * 2
    assert (answer["intake"], answer["bullets_seconds"]) == ("complete", 12.5)


def test_a_time_that_the_service_refuses_costs_no_recording(
    sender: Page, intake_service: RunningService
) -> None:
    sender.evaluate("window.row.notesSeconds = -1")
    sender.evaluate("window.add(2)")
    answer = sender.evaluate("window.delivery.finish()")
    assert (answer["intake"], answer["bullets_seconds"]) == ("complete", None)
    assert _stored(intake_service, answer) == _whole(2)


def test_other_content_under_a_number_does_not_stop_the_rest(
    sender: Page, intake_service: RunningService
) -> None:
    sender.wait_for_function("() => window.row.answerId")
    answer = sender.evaluate("window.row.answerId")
    intake_service.client.put(f"/api/answers/{answer}/chunks/1", content=b"<other>").raise_for_status()
    sender.evaluate("window.add(3)")
    assert sender.evaluate("window.delivery.finish()")["intake"] == "complete"
    assert intake_service.client.get(f"/api/answers/{answer}/original").content == b"<0><other><2>"


def test_chunks_that_the_service_lost_do_not_stop_the_end(sender: Page) -> None:
    """A service that was set back to an older copy: what is gone is gone, the rest is finished."""
    asked: list[dict[str, Any]] = []

    def forgetful(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or ""))
        if len(asked) == 1:
            route.fulfill(status=409, json={"code": "missing_chunks", "detail": "", "missing": [0]})
        else:
            route.continue_()

    sender.route("**/finish", forgetful)
    sender.evaluate("window.add(2)")
    assert sender.evaluate("window.delivery.finish()")["intake"] == "complete"
    assert asked == [{"chunks": 2, "paused_at": [0.5]}, {"chunks": None, "paused_at": [0.5]}]


def test_a_recording_finished_elsewhere_is_over(sender: Page, intake_service: RunningService) -> None:
    sender.evaluate("window.add(2)")
    sender.wait_for_function("() => window.row.acknowledged === 2")
    identifier = sender.evaluate("window.row.answerId")
    intake_service.client.post(f"/api/answers/{identifier}/finish", json={"chunks": 2}).raise_for_status()
    sender.evaluate("window.add(1)")
    sender.wait_for_function("() => window.delivery.refusal?.code === 'finished_elsewhere'")
    answer = sender.evaluate("window.delivery.finish()")
    assert (answer["id"], answer["chunks"]) == (identifier, 2)


@pytest.mark.long
def test_a_recording_that_is_as_large_as_may_be_is_finished_with_what_is_there(
    sender: Page, intake_service: RunningService
) -> None:
    def too_large(route: Route) -> None:
        if route.request.url.endswith("/2"):
            route.fulfill(status=413, json={"code": "too_large", "detail": ""})
        else:
            route.continue_()

    sender.route("**/chunks/*", too_large)
    sender.evaluate("window.add(5)")
    sender.wait_for_function("() => window.delivery.refusal?.code === 'too_large'")
    answer = sender.evaluate("window.delivery.finish()")
    assert answer["intake"] == "complete" and _stored(intake_service, answer) == _whole(2)


def test_a_question_that_is_gone_does_not_cost_the_recording(
    browser: Browser, intake_service: RunningService
) -> None:
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        details = '{ source: "recording", question: "Mine?", question_id: "no-such", format_id: "none" }'
        page.evaluate(_BEGIN.replace('{ source: "recording" }', details))
        page.evaluate("window.add(1)")
        assert page.evaluate("window.delivery.finish()")["question"] == "Mine?"


def test_an_interview_that_is_gone_costs_neither_recording_nor_question(
    browser: Browser, intake_service: RunningService
) -> None:
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        details = '{ source: "recording", question_id: "why-this-programme", scheduled_interview: "deleted" }'
        page.evaluate(_BEGIN.replace('{ source: "recording" }', details))
        page.evaluate("window.add(1)")
        answer = page.evaluate("window.delivery.finish()")
    assert (answer["question_id"], answer["scheduled_interview"]) == ("why-this-programme", None)


@pytest.mark.long
def test_no_room_in_the_browser_keeps_the_rest_in_memory(
    sender: Page, intake_service: RunningService
) -> None:
    """IndexedDB refuses after some chunks, and works again later: what it holds has no hole."""
    sender.wait_for_function("() => window.row.answerId")
    held: list[Route] = []
    sender.route("**/chunks/*", lambda route: route.continue_() if held else held.append(route))
    sender.evaluate("window.add(2)")
    # Counted is not kept yet: the database is to refuse what comes after these two.
    eventually(lambda: kept_chunks(sender) == [0, 1] and held)
    sender.evaluate(
        """() => {
          window.put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
          window.add(40);
        }"""
    )
    sender.wait_for_function("() => window.row.count === 42")
    assert sender.evaluate("[window.backlog.trouble.code, window.backlog.held]") == ["memory_only", 42]
    assert kept_chunks(sender) == [0, 1]
    # It is tried again by itself: no other chunk may come.
    sender.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    eventually(lambda: kept_rows(sender)[0]["count"] == 42)
    assert kept_chunks(sender) == list(range(42))
    assert sender.evaluate("window.backlog.trouble") is None
    held[0].continue_()
    assert _stored(intake_service, sender.evaluate("window.delivery.finish()")) == _whole(42)


@pytest.mark.long
def test_a_database_that_was_slow_to_open_keeps_what_came_before(
    browser: Browser, intake_service: RunningService
) -> None:
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.add_init_script(
            """
            const open = IDBFactory.prototype.open;
            IDBFactory.prototype.open = function (...given) {
              const request = open.apply(this, given);
              const listen = request.addEventListener;
              request.addEventListener = (name, listener) =>
                listen.call(request, name, (event) =>
                  name === "success" ? setTimeout(() => listener(event), 6_000) : listener(event));
              return request;
            };"""
        )
        page.route("**/api/answers", lambda route: route.abort())
        page.goto("/settings")
        page.evaluate(_BEGIN)
        page.evaluate("window.add(2)")
        page.wait_for_function("() => window.backlog.trouble?.code === 'memory_only'")
        page.wait_for_function("() => window.backlog.trouble === null")
        assert kept_chunks(page) == [0, 1]


def test_what_only_the_service_has_is_offered_too(browser: Browser, intake_service: RunningService) -> None:
    """Of another browser, or of one whose data were cleared."""
    answers = [
        {"id": "left", "source": "recording", "intake": "interrupted", "chunks": 3},
        {"id": "phone", "source": "recording", "intake": "receiving", "chunks": 3},
        {"id": "nothing", "source": "recording", "intake": "interrupted", "chunks": 0},
        {"id": "file", "source": "upload", "intake": "interrupted", "chunks": 3},
    ]
    common = {"question": "Why?", "duration": 3.0, "created_at": "2026-01-02T03:04:05Z"}
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        page.route(
            "**/api/answers?*", lambda route: route.fulfill(json={"items": [one | common for one in answers]})
        )
        assert unfinished(page) == [{"id": "left", "question": "Why?", "seconds": 3.0}]
