"""Plays mock interviews in a real Chromium against a real service, with faults at random moments.

The person answers every question, goes on with an interview that broke off, and finishes recordings that were
left behind. What the recorders of all pages gave is noted outside the browser, and compared at the end with
what the service has.
"""

import base64
import json
import random
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.browser_paths import find_browser
from tests.browser.fake_microphone import ARGUMENTS
from tests.service.running import RunningService

Kind = Literal["tab", "reload", "browser", "service", "worker", "network", "disk"]
KINDS: tuple[Kind, ...] = ("tab", "reload", "browser", "service", "worker", "network", "disk")
ENDS_A_PAGE = frozenset({"tab", "reload", "browser"})

FORMAT = """
[[formats]]
id = "played"
name = "Played"
summary = "Three questions and a few words about each."
answer = 60
questions = 3

[formats.interview]
greeting = "greeting-traditional"
goodbye = "goodbye-traditional"
closing = true
follow_ups = 2
repeat = true
"""
"""A short interview with everything that is recorded in one."""

NOTE_TIME = 1.0
"""Seconds: a chunk that a recorder gave this long before its page died was kept by then. One that was just
given may be lost, like the sound that the recorder still holds."""
_ANSWERS = 0.7, 2.2
"""Seconds of an answer."""
_FAULTS_LAST = 0.2, 2.5
_LOOK_EVERY = 0.04
_PATIENCE = 60.0
_IN_AN_INTERVIEW = frozenset({"asking", "preparation", "recording", "afterwards"})

_NOTE = """
  window.MediaRecorder = class extends MediaRecorder {
    constructor(...details) {
      super(...details);
      const recorder = crypto.randomUUID();
      let count = 0;
      this.addEventListener("dataavailable", ({ data }) => {
        if (data.size > 0) {
          const [number, at] = [count++, Date.now() / 1000];
          const reader = new FileReader();
          reader.onload = () => window.noteChunk({ recorder, number, at, data: reader.result.split(",")[1] });
          reader.readAsDataURL(data);
        }
      });
    }
  };
"""
_CHOSEN = {"checked": True, "format": "played", "spoken": False}
_CHOOSE = """(chosen) => {
  const chosenOn = new Date().toDateString();
  localStorage.setItem("greenroom.practice", JSON.stringify({ chosenOn, ...chosen }));
}"""
_LOOK = """() => ({
  path: location.pathname,
  step: document.querySelector(".step > section, .step > .empty")?.classList[0] ?? "",
  heading: document.querySelector("h1")?.innerText ?? "",
  unfinished: document.querySelectorAll(".unfinished-row").length,
  open: document.querySelector("#interview-unfinished-title") !== null,
})"""

_COUNT_UNFINISHED = """async () => {
  const { listUnfinished } = await import("/static/recording/unfinished.js");
  return (await listUnfinished()).length;
}"""


@dataclass(frozen=True)
class Fault:
    """A fault: what happens, how long it lasts, and the time until the next one, in seconds."""

    kind: Kind
    lasts: float
    wait: float


@dataclass
class Recorder:
    """What one recorder of a page gave.

    Attributes:
        chunks: (when it was given in seconds since 1970, bytes) by number.
        died: when its page died; None if it did not.
    """

    chunks: dict[int, tuple[float, bytes]] = field(default_factory=dict)
    died: float | None = None

    @property
    def surely(self) -> bytes:
        """What must be stored."""
        latest = float("inf") if self.died is None else self.died - NOTE_TIME
        return b"".join(data for _, (at, data) in sorted(self.chunks.items()) if at <= latest)

    @property
    def everything(self) -> bytes:
        """Everything that was given."""
        return b"".join(data for _, (_, data) in sorted(self.chunks.items()))


@dataclass
class Played:
    """What came of the interviews.

    Attributes:
        faults: those that happened, with the step that went on.
        answers: number that were recorded.
        interviews: number that were played to their end.
        problems: what should not be; none in a good run.
    """

    faults: list[tuple[Kind, str]] = field(default_factory=list)
    answers: int = 0
    interviews: int = 0
    problems: list[str] = field(default_factory=list)


def plan(
    seed: int, faults: int, kinds: tuple[Kind, ...] = KINDS, every: tuple[float, float] = (0.3, 4.0)
) -> list[Fault]:
    """The faults of a run.

    Args:
        seed: of everything that is chance.
        faults: how many.
        kinds: each comes before one comes twice.
        every: least and most seconds from one to the next.
    """
    rng = random.Random(seed)
    chosen: list[Kind] = []
    while len(chosen) < faults:
        more = list(kinds)
        rng.shuffle(more)
        chosen += more
    return [Fault(kind, rng.uniform(*_FAULTS_LAST), rng.uniform(*every)) for kind in chosen[:faults]]


class InterviewPlay:
    """A person, their browser, and what happens to both.

    Args:
        playwright: that runs.
        service: started; its formats have `FORMAT`.
        profile: folder of the browser's data.
        sound: what the microphone hears.
        seed: of everything that is chance.
        ballast: a file that fills the disk of the service while it exists; None where that cannot be tried.
    """

    def __init__(
        self,
        playwright: Playwright,
        service: RunningService,
        profile: Path,
        sound: Path,
        *,
        seed: int,
        ballast: Path | None = None,
    ) -> None:
        self._playwright = playwright
        self._service = service
        self._profile = profile
        self._sound = sound
        self._ballast = ballast
        self._rng = random.Random(seed)
        self._recorders: dict[str, Recorder] = {}
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._due: list[Fault] = []
        self._next = 0.0
        self._over_at: dict[Kind, float] = {}
        self._since = 0.0
        self._goes_on = ("", "")
        self._act_after = 0.0
        self.played = Played()

    def play(self, faults: list[Fault], *, to_the_end: bool = True) -> Played:
        """Plays interviews until all faults have happened, and checks what is stored.

        Args:
            faults: in order.
            to_the_end: of the last interview; else it is left soon after the last fault.
        """
        self._due = list(faults)
        self._open_browser()
        self._schedule()
        finished = False
        deadline = time.monotonic() + _PATIENCE * (1 + len(faults))
        while not finished:
            self._happen()
            with suppress(Error):
                over = self._act() or not to_the_end
                finished = over and not self._due and not self._over_at
            time.sleep(_LOOK_EVERY)
            if time.monotonic() > deadline:
                self.played.problems.append(f"still at {self._goes_on} after all that time")
                break
        self._settle()
        self._check()
        self.close()
        return self.played

    def close(self) -> None:
        """Ends the browser."""
        if self._context is not None:
            with suppress(Error):
                self._context.close()
            self._context = None

    # What the person does.

    def _act(self) -> bool:
        """One look at the page, and what a person would do; True where an interview is over."""
        page = self._page
        assert page is not None
        seen = page.evaluate(_LOOK)
        now = time.monotonic()
        where = (seen["path"], seen["step"], seen["heading"])
        if where != self._goes_on:
            self._goes_on = where
            self._since = now
            self._act_after = now + self._rng.uniform(
                *(_ANSWERS if seen["step"] == "recording" else (0.1, 0.5))
            )
        if now < self._act_after:
            return False
        if seen["path"].startswith("/interviews/"):
            self.played.interviews += 1
            if self._due:
                page.goto("/")
            return True
        if seen["path"] != "/":
            page.goto("/")
            return False
        match seen["step"]:
            case "asking" | "preparation" | "recording":
                page.keyboard.press("Enter")
            case "afterwards":
                again = page.get_by_role("button", name="Send it again")
                (again if again.count() else page.get_by_role("button", name="See the report")).click(
                    timeout=500
                )
            case "empty":  # something is wrong, and said
                page.reload()
            case _:
                self._choose(page, seen)
        self._act_after = now + 0.5
        return False

    def _choose(self, page: Page, seen: dict[str, Any]) -> None:
        if seen["unfinished"] and (not seen["open"] or self._rng.random() < 0.5):
            page.get_by_role("button", name="Finish it").first.click(timeout=500)
        elif seen["open"]:
            page.get_by_role("button", name="Go on with it").click(timeout=500)
        else:
            # Over, or left before its first answer was there: then it is not offered again.
            page.get_by_role("button", name="Start the interview").click(timeout=500)

    # What happens.

    def _schedule(self) -> None:
        self._next = time.monotonic() + (self._due[0].wait if self._due else 0.0)

    def _happen(self) -> None:
        now = time.monotonic()
        for kind in [kind for kind, over in self._over_at.items() if over <= now]:
            del self._over_at[kind]
            self._end(kind)
        if self._goes_on[1] not in _IN_AN_INTERVIEW:
            # So soon after it has begun, or was gone on with.
            self._schedule()
        if not self._due or now < self._next or self._due[0].kind in self._over_at:
            return
        fault = self._due.pop(0)
        self.played.faults.append((fault.kind, f"{self._goes_on[1]}"))
        self._make(fault)
        self._schedule()

    def _make(self, fault: Fault) -> None:
        assert self._context is not None and self._page is not None
        match fault.kind:
            case "tab":
                self._page_dies()
                # First a new one: a browser without a window ends.
                other = self._context.new_page()
                self._page.close(run_before_unload=False)
                self._page = other
                self._visit()
            case "reload":
                self._page_dies()
                with suppress(Error):
                    self._page.reload(wait_until="commit")
            case "browser":
                self._page_dies()
                self._kill_browser()
                self._open_browser()
            case "service":
                self._service.kill()
                self._over_at["service"] = time.monotonic() + fault.lasts
            case "worker":
                if "service" not in self._over_at:
                    for worker in self._service.workers():
                        with suppress(psutil.NoSuchProcess):
                            worker.kill()
            case "network":
                self._context.set_offline(True)
                self._over_at["network"] = time.monotonic() + fault.lasts
            case "disk":
                assert self._ballast is not None
                fill(self._ballast)
                self._over_at["disk"] = time.monotonic() + fault.lasts

    def _end(self, kind: Kind) -> None:
        match kind:
            case "service":
                self._service.start()
            case "network":
                assert self._context is not None
                self._context.set_offline(False)
            case "disk":
                assert self._ballast is not None
                self._ballast.unlink()
            case _:
                raise AssertionError(kind)

    def _page_dies(self) -> None:
        now = time.time()
        for recorder in self._recorders.values():
            recorder.died = recorder.died or now

    def _open_browser(self) -> None:
        self._context = self._playwright.chromium.launch_persistent_context(
            self._profile,
            executable_path=find_browser(),
            args=[
                *ARGUMENTS,
                "--mute-audio",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={self._sound}",
            ],
            base_url=self._service.url,
        )
        self._context.set_default_timeout(20_000)
        self._context.expose_function("noteChunk", self._note)
        self._context.add_init_script(_NOTE)
        self._context.add_init_script(f"({_CHOOSE})({json.dumps(_CHOSEN)})")
        if "network" in self._over_at:
            self._context.set_offline(True)
        self._page = self._context.pages[0]
        self._visit()

    def _visit(self) -> None:
        assert self._page is not None
        self._page.on("dialog", lambda dialog: dialog.accept())
        with suppress(Error):
            self._page.goto("/", wait_until="commit")
        self._goes_on = ("", "", "")

    def _kill_browser(self) -> None:
        marked = f"--user-data-dir={self._profile}"
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if marked in process.cmdline():
                    process.kill()
                    process.wait(10)
        with suppress(Error):
            assert self._context is not None
            self._context.close()
        for lock in self._profile.glob("Singleton*"):
            lock.unlink()

    def _note(self, chunk: dict[str, Any]) -> None:
        recorder = self._recorders.setdefault(chunk["recorder"], Recorder())
        recorder.chunks[chunk["number"]] = chunk["at"], base64.b64decode(chunk["data"])

    # What came of it.

    def _settle(self) -> None:
        """Finishes everything that was left behind."""
        assert self._page is not None
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with suppress(Error):
                self._page.goto("/")
                self._page.wait_for_selector(".choose")
                if not self._page.evaluate(_COUNT_UNFINISHED):
                    if not self._incomplete():
                        return
                    # Until the service takes it for interrupted.
                    time.sleep(0.5)
                    continue
                self._page.get_by_role("button", name="Finish it").first.click(timeout=10_000)
                self._page.wait_for_url("**/answers/*")
        self.played.problems.append("not everything could be finished")

    def _incomplete(self) -> list[str]:
        return [each["id"] for each in self._answers() if each["intake"] != "complete" and each["chunks"]]

    def _answers(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._service.client.get("/api/answers?limit=200").json()["items"]
        return items

    def _check(self) -> None:
        problems = self.played.problems
        answers = self._answers()
        kept = {each["id"]: self._original(each) for each in answers}
        found: dict[str, str] = {}
        for name, recorder in self._recorders.items():
            # One that gave less than a header gave nothing.
            surely, everything = recorder.surely, recorder.everything
            same = [
                identifier
                for identifier, content in kept.items()
                if content
                and content.startswith(surely or everything[:200])
                and (everything.startswith(content) or content.startswith(everything))
            ]
            if len(same) > 1:
                problems.append(f"one recording is {len(same)} answers")
            elif not same and surely:
                problems.append(f"{len(surely)} bytes of a recording are lost: {self._shape(recorder)}")
            for identifier in same:
                found[identifier] = name
        self.played.answers = len(found)
        by_id = {each["id"]: each for each in answers}
        for answer in answers:
            self._check_place(answer, by_id, empty=not kept[answer["id"]])
            if answer["id"] not in found and kept[answer["id"]]:
                problems.append(f"an answer holds what no recorder gave, or only a part: {short(answer)}")
        self._check_interviews(answers)

    def _shape(self, recorder: Recorder) -> str:
        first = min(at for at, _ in recorder.chunks.values())
        times = [round(at - first, 2) for at, _ in recorder.chunks.values()]
        died = None if recorder.died is None else round(recorder.died - first, 2)
        return f"chunks at {times} s, page ended at {died}"

    def _check_place(self, answer: dict[str, Any], by_id: dict[str, Any], *, empty: bool) -> None:
        problems = self.played.problems
        if empty:
            problems.append(f"an answer without a recording: {short(answer)}")
            return
        if answer["interview"] is None or answer["part"] is None:
            problems.append(f"no place in an interview: {short(answer)}")
        elif answer["part"] in {"follow_up", "repeat"}:
            main = by_id.get(answer["follow_up_of"])
            if main is None or main["part"] != "question" or main["interview"] != answer["interview"]:
                problems.append(f"belongs to no answer: {short(answer)}")
        if answer["part"] == "follow_up" and not answer["asked"]:
            problems.append(f"what was asked is lost: {short(answer)}")
        ready = self._service.wait_for(answer["id"], "ready", "failed")
        if (ready["work"]["error"] or {}).get("code") == "disk_full":
            # As the page says: with room again, it can be tried again.
            self._service.client.post(f"/api/answers/{answer['id']}/retry").raise_for_status()
            ready = self._service.wait_for(answer["id"], "ready", "failed")
        if ready["work"]["state"] != "ready":
            problems.append(f"no report: {short(ready)}")

    def _check_interviews(self, answers: list[dict[str, Any]]) -> None:
        problems = self.played.problems
        for identifier in {each["interview"] for each in answers if each["interview"]}:
            own = [each for each in answers if each["interview"] == identifier]
            for part in ("question", "repeat"):
                asked = [each["question_id"] for each in own if each["part"] == part]
                if len(asked) != len(set(asked)):
                    problems.append(f"{part} asked twice: {[short(each) for each in own]}")
            interview = self._service.client.get(f"/api/interviews/{identifier}")
            report = self._service.client.get(f"/api/interviews/{identifier}/report")
            if interview.status_code != 200 or report.status_code != 200:
                problems.append(f"interview {interview.status_code}, its report {report.status_code}")
            elif sum(each["chunks"] > 0 for each in interview.json()["answers"]) != len(own):
                there = [each["id"] for each in interview.json()["answers"] if each["chunks"]]
                problems.append(f"the interview has {there}, not {[short(each) for each in own]}")

    def _original(self, answer: dict[str, Any]) -> bytes:
        response = self._service.client.get(f"/api/answers/{answer['id']}/original")
        return response.content if response.status_code == 200 else b""


def short(answer: dict[str, Any]) -> str:
    """What tells an answer from others, in a line."""
    names = (
        "id",
        "part",
        "question_id",
        "question",
        "follow_up_of",
        "interview",
        "intake",
        "chunks",
        "created_at",
    )
    return str({name: answer.get(name) for name in names} | {"work": answer["work"]})


def fill(ballast: Path) -> None:
    """Leaves less room on a disk than the service wants to have."""
    free = shutil.disk_usage(ballast.parent).free
    with ballast.open("wb") as file:
        block = b"\0" * (1024 * 1024)
        for _ in range(free // len(block) - 1):
            file.write(block)
