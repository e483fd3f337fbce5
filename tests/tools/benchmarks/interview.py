"""The times of a mock interview that a person waits for, in seconds.

- Question to sound: from when a step asks until its sound plays, in a real Chromium.
- Stop to follow-up: from the end of an answer until the service has decided what is asked about it.
- Goodbye to reports: from the end of the goodbye until every answer of an interview has its report.
"""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.tools.benchmarks.browser_recording import as_browser_sends_it
from tests.tools.benchmarks.first_paint import chromium
from tests.tools.benchmarks.live import REAL_TIME_END, STOP_STEP, send_live, wait_for_report
from tests.tools.benchmarks.served import Served

SOUND_LIMIT = 0.3
FOLLOW_UP_LIMIT = 2.0
REPORTS_LIMIT = 2.0
"""Seconds."""
LINES = 20
"""Lines that are timed: prepared, and again as they come."""

_FORMAT = "mock-interview"
_LOOK_EVERY = 0.15
"""Seconds between two requests for the follow-up, as `web/interview/follow-up.js` makes them."""
_PATIENCE = 60.0
_GOODBYE = "line:goodbye-residency"
_HEARD = 1.0
"""Seconds of each line that is heard before the next one is asked."""

_TIME_LINES = """async ([count, heard]) => {
  const { voices, lines } = await (await fetch("/static/speech/manifest.json")).json();
  const { InterviewerVoice } = await import("/static/interview/voice.js");
  let playing = () => {};
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener("playing", () => playing(performance.now()), { once: true });
    return play.call(this);
  };
  // From all kinds of lines, each in the voice of an interviewer.
  const names = Object.keys(lines);
  const every = names.length / count;
  const chosen = Array.from({ length: count }, (_, index) => names[Math.floor(index * every)]);
  const time = async (voice) => {
    const seconds = [];
    for (const [index, line] of chosen.entries()) {
      const began = performance.now();
      const heardAt = new Promise((resolve) => (playing = resolve));
      const said = voice.say({ line, text: lines[line].text, interviewer: index % voices.length });
      seconds.push(((await heardAt) - began) / 1000);
      await new Promise((resolve) => setTimeout(resolve, heard * 1000));
      voice.stop();
      await said;
    }
    voice.close();
    return seconds;
  };
  const loaded = new InterviewerVoice({ spoken: true, speed: 1 });
  await loaded.prepare(chosen);
  const prepared = await time(loaded);
  return { prepared, unprepared: await time(new InterviewerVoice({ spoken: true, speed: 1 })) };
}"""


@dataclass(frozen=True)
class SoundTimes:
    """Seconds from when a line is asked until it is heard.

    Attributes:
        prepared: of lines that were fetched before, as those of the plan are.
        unprepared: of lines that are fetched when they are asked.
    """

    prepared: tuple[float, ...]
    unprepared: tuple[float, ...]


@dataclass(frozen=True)
class FollowUpTime:
    """One answer.

    Attributes:
        duration: seconds of it.
        seconds: from its last chunk until it was decided what is asked.
        processor: seconds of processor time of the service and its worker until then. Other work on the
            machine does not change it as it changes `seconds`.
        asked: whether a follow-up came.
    """

    duration: float
    seconds: float
    processor: float
    asked: bool


@dataclass(frozen=True)
class WholeInterview:
    """One interview.

    Attributes:
        answers: how many.
        duration: seconds from its begin to the end of the goodbye.
        after_stop: seconds from the last chunk of the last answer until every report was there.
        after_goodbye: seconds from the end of the goodbye until then; 0 where they were there before.
        follow_ups: seconds from the last chunk of each answer until it was decided what is asked.
    """

    answers: int
    duration: float
    after_stop: float
    after_goodbye: float
    follow_ups: tuple[float, ...]


@contextmanager
def serving(model: str) -> Iterator[Served]:
    """A service for these figures, with its recogniser loaded."""
    with (
        tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder,
        Served(Path(folder) / "data", model=model) as served,
    ):
        yield served


def time_sounds(served: Served) -> SoundTimes:
    """Times `LINES` lines.

    Raises:
        NoBrowserError: Playwright or a Chromium is missing.
    """
    # In a separate thread: Playwright refuses one in which another instance is running.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_time_sounds, str(served.client.base_url)).result()


def _time_sounds(address: str) -> SoundTimes:
    with chromium("--autoplay-policy=no-user-gesture-required", "--mute-audio") as browser:
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE * 1000)
        page.goto(f"{address}/settings")
        times = page.evaluate(_TIME_LINES, [LINES, _HEARD])
    return SoundTimes(tuple(times["prepared"]), tuple(times["unprepared"]))


def time_follow_ups(
    served: Served, file: Path, *, duration: float, runs: int, hurry: bool
) -> Iterator[FollowUpTime]:
    """Plays answers of an interview live, one after the other.

    Args:
        file: the recorded speech; played again from its start where it is too short.
        duration: seconds of the longest.
        runs: how many; each stops at another time. A short one before them loads the recogniser.
        hurry: all but the last minute is played faster.
    """
    interview = _begin(served)
    warm, _ = send_live(served, as_browser_sends_it(file, 25.0), real_time_end=0.0)
    wait_for_report(served, warm)
    for number in range(runs):
        recording = as_browser_sends_it(file, duration - number * STOP_STEP)
        end = REAL_TIME_END if hurry else recording.duration
        question = _questions(interview)[number % len(_questions(interview))]
        answer, stopped = send_live(served, recording, real_time_end=end, new=_place(interview, question))
        used = served.processor_time()
        seconds, asked = _wait_for_follow_up(served, interview, answer, stopped)
        processor = served.processor_time() - used
        wait_for_report(served, answer)
        yield FollowUpTime(recording.duration, seconds, processor, asked)


def time_interview(
    served: Served, file: Path, *, answers: int, duration: float, pause: float
) -> WholeInterview:
    """Plays an interview in real time.

    Args:
        file: the recorded speech.
        answers: how many.
        duration: seconds of each.
        pause: seconds between two, in which a question is asked.
    """
    interview = _begin(served)
    began = time.perf_counter()
    given: list[str] = []
    waits = []
    stopped = began
    for number in range(answers):
        recording = as_browser_sends_it(file, duration - (number % 5) * STOP_STEP)
        question = _questions(interview)[number % len(_questions(interview))]
        answer, stopped = send_live(
            served, recording, real_time_end=recording.duration, new=_place(interview, question)
        )
        given.append(answer)
        waits.append(_wait_for_follow_up(served, interview, answer, stopped)[0])
        if number < answers - 1:
            time.sleep(max(0.0, stopped + pause - time.perf_counter()))
    for answer in given:
        wait_for_report(served, answer)
    served.client.get(f"/api/interviews/{interview['id']}/report").raise_for_status()
    ready = time.perf_counter()
    goodbye = stopped + _goodbye_seconds(served)
    return WholeInterview(
        answers=answers,
        duration=goodbye - began,
        after_stop=ready - stopped,
        after_goodbye=max(0.0, ready - goodbye),
        follow_ups=tuple(waits),
    )


def _begin(served: Served) -> dict[str, Any]:
    new = {"format_id": _FORMAT, "choices": {"repeat": False}}
    begun: dict[str, Any] = served.client.post("/api/interviews", json=new).raise_for_status().json()
    return begun


def _questions(interview: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for step in interview["steps"] if step["kind"] == "question"]


def _place(interview: dict[str, Any], question: dict[str, Any]) -> dict[str, object]:
    return {
        "interview": interview["id"],
        "part": "question",
        "question_id": question["question_id"],
        "format_id": _FORMAT,
    }


def _wait_for_follow_up(
    served: Served, interview: dict[str, Any], answer: str, stopped: float
) -> tuple[float, bool]:
    deadline = time.perf_counter() + _PATIENCE
    while time.perf_counter() < deadline:
        response = served.client.post(f"/api/interviews/{interview['id']}/follow-up", json={"answer": answer})
        if response.status_code == httpx.codes.OK:
            return time.perf_counter() - stopped, response.json()["follow_up"] is not None
        if response.json()["code"] != "not_ready":
            response.raise_for_status()
        time.sleep(_LOOK_EVERY)
    raise httpx.HTTPError(f"no follow-up was decided for {answer}")


def _goodbye_seconds(served: Served) -> float:
    lines = served.client.get("/static/speech/manifest.json").raise_for_status().json()["lines"]
    return min(float(file["seconds"]) for file in lines[_GOODBYE]["files"].values())
