"""A take, recorded by a real browser from a microphone that ticks once a second: every second must arrive."""

import socket
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.fake_microphone import given, stored, window
from tests.browser.recording_page import (
    kept_rows,
    now,
    record_until,
    start_take,
    stop,
    unfinished,
    wait_until_stored,
)
from tests.service.running import RunningService, eventually

PAUSE = 2_000
"""Milliseconds, so long that it could be told if it were recorded."""


@pytest.fixture
def recorder(microphone_browser: Browser, intake_service: RunningService) -> Iterator[Page]:
    """A page that can record."""
    with window(microphone_browser, intake_service.url) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        assert wrong == []


@pytest.mark.long
def test_every_second_of_a_paused_recording_arrives(recorder: Page, intake_service: RunningService) -> None:
    start_take(recorder, question="Why medicine?")
    # In the middle between two chunks, and not when Python comes to it.
    recorder.wait_for_function(
        """() => {
          if (window.take.elapsed >= 2.6) {
            window.take.pause();
            window.pausedSince = performance.now();
          }
          return window.take.state === "paused";
        }"""
    )
    paused = now(recorder)
    # What was said before the pause is stored during it: no chunk would come by itself.
    recorder.wait_for_function(
        "() => window.take.waiting === 0 && window.take.stored > window.take.elapsed - 0.5"
    )
    recorder.wait_for_function("(pause) => performance.now() - window.pausedSince >= pause", arg=PAUSE)
    assert now(recorder)["state"] == "paused" and now(recorder)["elapsed"] == paused["elapsed"]
    lasted = recorder.evaluate(
        """() => {
          const lasted = performance.now() - window.pausedSince;
          window.take.resume();
          return lasted / 1000;
        }"""
    )
    record_until(recorder, 5.0)
    # Chunks go out while it is recorded.
    recorder.wait_for_function("() => window.take.stored >= 3")
    assert now(recorder)["state"] == "recording"
    answer = stop(recorder)
    total = recorder.evaluate("(performance.now() - window.begun) / 1000")

    after = now(recorder)
    assert (after["state"], after["waiting"], after["error"]) == ("finished", 0, None)
    assert answer["question"] == "Why medicine?" and answer["source"] == "recording"
    assert answer["paused_at"] == pytest.approx([paused["elapsed"]], abs=0.01)
    assert answer["capture"] == recorder.evaluate("window.capture.granted")
    recording = stored(intake_service, answer["id"])
    assert recording.is_exactly(given(recorder))
    for measured in (after["elapsed"], recording.seconds):
        assert measured < total - lasted / 2, "the pause is not recorded"
    missing = recording.missing_ticks()
    # A pause may begin and end in the middle of a tick.
    assert not missing or missing[-1][0] <= missing[0][1], "nothing is missing but where it was paused"
    assert kept_rows(recorder) == []


@pytest.mark.long
def test_a_lost_connection_costs_nothing(recorder: Page, intake_service: RunningService) -> None:
    start_take(recorder)
    record_until(recorder, 1.5)
    recorder.context.set_offline(True)
    recorder.wait_for_function("() => window.take.connection === 'lost' && window.take.waiting >= 2")
    lost = now(recorder)
    assert lost["state"] == "recording" and lost["error"] == "connection_lost"
    recorder.context.set_offline(False)
    recorder.wait_for_function("() => window.take.connection === 'good' && window.take.waiting === 0")
    recording = stored(intake_service, stop(recorder)["id"])
    assert recording.is_exactly(given(recorder))
    assert recording.missing_ticks() == []


def test_a_recording_begun_without_connection_is_there_once_it_is_back(
    recorder: Page, intake_service: RunningService
) -> None:
    recorder.goto("/settings")
    # The modules are there already, as in a page that was open when the service went away.
    recorder.evaluate(
        "Promise.all(['microphone', 'take'].map((name) => import(`/static/recording/${name}.js`)))"
    )
    recorder.context.set_offline(True)
    start_take(recorder, question="And then?")
    record_until(recorder, 1.2)
    recorder.evaluate("() => { window.stopped = window.take.stop(); }")
    recorder.wait_for_function("() => window.take.state === 'stopping' && window.take.connection === 'lost'")
    recorder.context.set_offline(False)
    answer = recorder.evaluate("() => window.stopped")
    assert answer["question"] == "And then?"
    assert stored(intake_service, answer["id"]).is_exactly(given(recorder))


@pytest.mark.long
def test_a_killed_service_is_found_again(microphone_browser: Browser, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = RunningService(tmp_path / "data", workers=0, port=port).start()
    with window(microphone_browser, service.url) as context:
        page = context.new_page()
        start_take(page)
        record_until(page, 1.5)
        service.kill()
        page.wait_for_function("() => window.take.connection === 'lost'")
        service.start()
        page.evaluate("dispatchEvent(new Event('online'))")
        wait_until_stored(page)
        recording = stored(service, stop(page)["id"])
        assert recording.is_exactly(given(page))
        assert recording.missing_ticks() == []
    service.kill()


@pytest.mark.long
def test_a_closed_tab_is_offered_and_finished_on_return(
    recorder: Page, intake_service: RunningService
) -> None:
    start_take(recorder, question="Tell me about yourself.")
    record_until(recorder, 2.2)
    wait_until_stored(recorder)
    # What comes now does not get out any more: it is in this browser only.
    recorder.route("**/chunks/*", lambda route: None)
    arrived = kept_rows(recorder)[0]["acknowledged"]
    eventually(lambda: kept_rows(recorder)[0]["count"] >= arrived + 2)
    kept = given(recorder, kept_rows(recorder)[0]["count"])

    other = recorder.context.new_page()
    other.goto("/settings")
    assert unfinished(other) == [], "a recording that goes on in another tab is not offered"
    recorder.close()
    [left] = eventually(lambda: unfinished(other))
    assert left["question"] == "Tell me about yourself."
    answer = other.evaluate("window.unfinished[0].finish()")
    assert answer["id"] == left["id"] and answer["intake"] == "complete"
    recording = stored(intake_service, answer["id"])
    # Another chunk may have come before it was closed.
    assert recording.content.startswith(kept)
    assert recording.missing_ticks() == []
    assert unfinished(other) == [] and kept_rows(other) == []


@pytest.mark.long
def test_a_take_that_is_left_can_be_finished_in_the_same_page(
    recorder: Page, intake_service: RunningService
) -> None:
    start_take(recorder, question="Later.")
    record_until(recorder, 1.2)
    recorder.evaluate("window.take.leave()")
    [left] = eventually(lambda: unfinished(recorder))
    assert left["question"] == "Later." and 0 < left["seconds"] <= now(recorder)["elapsed"]
    answer = recorder.evaluate("window.unfinished[0].finish()")
    assert answer["intake"] == "complete"
    assert stored(intake_service, answer["id"]).is_exactly(given(recorder))
    assert unfinished(recorder) == []


def test_discarding_leaves_nothing_even_without_connection(
    recorder: Page, intake_service: RunningService
) -> None:
    def is_there(answer: str) -> bool:
        return intake_service.client.get(f"/api/answers/{answer}").status_code == 200

    start_take(recorder)
    wait_until_stored(recorder)
    answer = now(recorder)["answer"]["id"]
    assert is_there(answer)
    recorder.evaluate("window.take.discard()")
    assert not is_there(answer) and kept_rows(recorder) == []

    start_take(recorder)
    wait_until_stored(recorder)
    answer = now(recorder)["answer"]["id"]
    recorder.context.set_offline(True)
    recorder.evaluate("window.take.discard()")
    assert now(recorder)["state"] == "discarded"
    assert is_there(answer)
    recorder.context.set_offline(False)
    # Each look is a visit that clears away; the take's lock may still have been held at the first.
    eventually(lambda: unfinished(recorder) == [] and not is_there(answer))
    eventually(lambda: kept_rows(recorder) == [])


@pytest.mark.long
def test_video_with_its_sound(recorder: Page, intake_service: RunningService, tmp_path: Path) -> None:
    start_take(recorder, camera=True)
    record_until(recorder, 3.2)
    answer = stop(recorder)
    assert answer["capture"]["video"] is True
    path = tmp_path / "video"
    path.write_bytes(intake_service.client.get(f"/api/answers/{answer['id']}/original").content)
    with av.open(path) as container:
        pictures = [frame.time for frame in container.decode(video=0)]
    # How many depends on the machine.
    assert len(pictures) > 1 and pictures[-1] > pictures[0]
    recording = stored(intake_service, answer["id"])
    assert recording.is_exactly(given(recorder))
    assert recording.missing_ticks() == []


@pytest.mark.long
def test_an_unplugged_microphone_ends_the_take_and_keeps_it(
    recorder: Page, intake_service: RunningService
) -> None:
    start_take(recorder)
    record_until(recorder, 1.7)
    # A track that a page stops tells nobody; one whose device goes away does.
    recorder.evaluate("window.capture.track.stop(); window.capture.track.dispatchEvent(new Event('ended'))")
    recorder.wait_for_function("() => window.take.state === 'stopped_early'")
    assert now(recorder)["error"] == "device_lost"
    recorder.wait_for_function("() => window.take.waiting === 0")
    answer = stop(recorder)
    assert now(recorder)["state"] == "finished" and answer["intake"] == "complete"
    assert stored(intake_service, answer["id"]).is_exactly(given(recorder))


@pytest.mark.long
def test_an_answer_deleted_elsewhere_ends_the_take(recorder: Page, intake_service: RunningService) -> None:
    start_take(recorder)
    wait_until_stored(recorder)
    intake_service.client.delete(f"/api/answers/{now(recorder)['answer']['id']}").raise_for_status()
    recorder.wait_for_function("() => window.take.state === 'discarded'")
    assert now(recorder)["error"] == "answer_deleted"
    assert recorder.evaluate("window.take.stop().catch((error) => error.code)") == "answer_deleted"
    assert kept_rows(recorder) == []


@pytest.mark.long
def test_a_browser_that_keeps_nothing_still_sends_everything(
    recorder: Page, intake_service: RunningService
) -> None:
    recorder.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'InvalidStateError'); }")
    start_take(recorder)
    record_until(recorder, 2.3)
    recorder.wait_for_function("() => window.take.error?.code === 'memory_only'")
    assert unfinished(recorder) == []
    answer = stop(recorder)
    assert now(recorder)["state"] == "finished"
    assert stored(intake_service, answer["id"]).is_exactly(given(recorder))


@pytest.mark.long
def test_a_full_disk_is_told_and_waited_for(recorder: Page, intake_service: RunningService) -> None:
    full = True

    def maybe_full(route: Route) -> None:
        if full:
            route.fulfill(status=507, json={"code": "disk_full", "detail": "The disk is full."})
        else:
            route.continue_()

    recorder.route("**/chunks/*", maybe_full)
    start_take(recorder)
    recorder.wait_for_function("() => window.take.error?.code === 'storage_full'")
    told = now(recorder)
    assert (told["state"], told["error"], told["connection"]) == ("recording", "storage_full", "good")
    full = False
    wait_until_stored(recorder)
    recorder.wait_for_function("() => window.take.error === null")
    assert stored(intake_service, stop(recorder)["id"]).is_exactly(given(recorder))
