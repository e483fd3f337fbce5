"""A class with two advisers plays through an assignment, in a real Chromium, on two web nodes.

    python -m tests.hosting.class_play --applicants 30 --json OUT --pictures FOLDER

An adviser makes the assignment on the page. Each applicant signs in with a password, records an answer with
a microphone that hears speech, says how it felt, sees the report without the figure that is hidden, and
submits to one of the advisers. A node is stopped and started again meanwhile. One applicant takes the answer
back. The advisers comment by key while the others play, score and return them; the applicants read and reply.
"""

import argparse
import json
import queue
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import select

from service.advising.members import add_member
from service.db.advising_models import Cohort
from service.db.engine import Database
from service.db.models import Answer, Job
from service.people.accounts import AccountRole, Accounts
from tests.browser.fake_microphone import decoded, speech, with_microphone, write_microphone
from tests.hosting import class_steps as steps
from tests.hosting.class_pictures import Pictures
from tests.hosting.class_steps import PASSWORD, PATIENCE, Person, Recorded, window
from tests.hosting.setup import CohortSetup

COHORT = "Applicants of 2031"
ANSWER_SECONDS = 12
"""Longer than the 10 seconds of speech without which no figure a minute is given."""
AWAY_SECONDS = 5.0
"""How long the stopped node stays away."""
SETTINGS = {"engine": "tests.service.engines:of_fixed_cost", "log_format": "json"}


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        applicants: how many there were.
        minutes: in all, without the start of the set-up.
        recording_minutes: until the last answer was submitted.
        median_wait, longest_wait: seconds from 'Stop' to the report on the page.
        median_work, longest_work: seconds from the last chunk to the report, by the database's clock.
        median_review, longest_review: seconds from the open page of a review to 'Returned'.
        stopped: exit status of the node that was stopped.
        requests: answered by each node, without streams of events and what the log leaves out.
        refused: requests that the nodes answered with 500 or more, by route and status.
        submitted: as the cohort's page says it at the end.
        wrong: what is lost, what one person sees of another, and whatever else should not be.
        errors: what the consoles of pages said, by text.
    """

    applicants: int
    minutes: float = 0.0
    recording_minutes: float = 0.0
    median_wait: float = 0.0
    longest_wait: float = 0.0
    median_work: float = 0.0
    longest_work: float = 0.0
    median_review: float = 0.0
    longest_review: float = 0.0
    stopped: int | None = None
    requests: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    submitted: str = ""
    wrong: list[str] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)


@dataclass
class ClassPlay:
    """The course of it.

    Attributes:
        cohort: the set-up, running.
        microphone: what the microphones of the applicants hear.
        advisers, applicants: the people.
        browsers: that run at once.
        pictures: taken on the way.
    """

    cohort: CohortSetup
    microphone: Path
    advisers: Sequence[Person]
    applicants: Sequence[Person]
    browsers: int
    pictures: Pictures
    assignment: str = ""
    recorded: dict[str, Recorded] = field(default_factory=dict)
    reviews: list[float] = field(default_factory=list)

    def play(self) -> Outcome:
        """Plays all of it, and looks at what is left."""
        outcome = Outcome(len(self.applicants))
        began = time.monotonic()
        self._assign()
        half_way = threading.Event()
        with ThreadPoolExecutor(1) as executor:
            recording = executor.submit(self._record_all, half_way)
            half_way.wait()
            outcome.stopped = self.cohort.stop("node-1")
            time.sleep(AWAY_SECONDS)
            self.cohort.start("node-1")
            recording.result()
        outcome.recording_minutes = round((time.monotonic() - began) / 60, 1)
        _say(f"recorded and submitted after {outcome.recording_minutes} minutes")
        self._in_browsers([self.applicants[-1]], self._take_back)
        self._picture_queue()
        self._in_browsers(self.advisers, self._review)
        _say(f"reviewed {len(self.reviews)}")
        self._in_browsers(self._kept, self._read)
        outcome.minutes = round((time.monotonic() - began) / 60, 1)
        self._in_browsers(
            self.advisers[:1], lambda browser, person: self._look_at_cohort(browser, person, outcome)
        )
        self._look_at_answers(outcome)
        self._look_at_others(outcome)
        self._count(outcome)
        return outcome

    @property
    def _kept(self) -> Sequence[Person]:
        """Those who did not take their answer back."""
        return self.applicants[:-1]

    def _in_browsers(self, people: Sequence[Person], does: Callable[[Browser, Person], None]) -> None:
        """Lets people do something, each in a window of their own, some browsers at a time."""
        waiting: queue.SimpleQueue[Person] = queue.SimpleQueue()
        for person in people:
            waiting.put(person)
        failed: list[BaseException] = []

        def work() -> None:
            # Each thread has a Playwright of its own: it belongs to the thread that started it.
            with (
                sync_playwright() as playwright,
                with_microphone(playwright.chromium, self.microphone) as browser,
            ):
                while not failed:
                    try:
                        person = waiting.get_nowait()
                    except queue.Empty:
                        return
                    try:
                        does(browser, person)
                        _say(f"{does.__name__.strip('_')}: {person.name}")
                    except Exception as error:
                        error.add_note(f"of {person.name}, whose pages said {person.errors}")
                        failed.append(error)
                        raise

        threads = [threading.Thread(target=work) for _ in range(min(self.browsers, len(people)))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]

    # What people do ------------------------------------------------------------------------------

    def _assign(self) -> None:
        def assign(browser: Browser, adviser: Person) -> None:
            with window(browser, self.cohort.origin, adviser) as page:
                steps.assign(page, COHORT)
                self.pictures.take(page, "new-assignment")
                steps.finish_assigning(page)

        self._in_browsers(self.advisers[:1], assign)
        with self.advisers[0].client(self.cohort.origin) as client:
            [known] = client.get("/api/cohorts").raise_for_status().json()
            self.assignment = known["assignments"][0]["id"]

    def _record_all(self, half_way: threading.Event) -> None:
        middle = self.applicants[len(self.applicants) // 2]

        def record(browser: Browser, person: Person) -> None:
            with window(browser, self.cohort.origin, person) as page:
                if person is middle:
                    half_way.set()
                self.recorded[person.id] = steps.record(page, ANSWER_SECONDS)
                steps.submit(page, person, self.assignment)
                if person.number == 1:
                    self.pictures.take(page, "assignment-of-applicant")

        try:
            self._in_browsers(self.applicants, record)
        finally:
            half_way.set()

    def _take_back(self, browser: Browser, person: Person) -> None:
        with window(browser, self.cohort.origin, person) as page:
            steps.take_back(page)
            self.pictures.take(page, "taken-back")

    def _picture_queue(self) -> None:
        def queue_page(browser: Browser, adviser: Person) -> None:
            with window(browser, self.cohort.origin, adviser) as page:
                page.goto("/review")
                expect(page.locator(".queue-row").first).to_be_visible()
                self.pictures.take(page, "queue")

        self._in_browsers(self.advisers[:1], queue_page)

    def _review(self, browser: Browser, adviser: Person) -> None:
        with window(browser, self.cohort.origin, adviser) as page:
            while steps.open_next(page):
                began = time.monotonic()
                steps.review(page)
                if not self.reviews:
                    seconds = time.monotonic() - began
                    self.pictures.take(page, "review")
                    began = time.monotonic() - seconds
                steps.give_back(page)
                self.reviews.append(time.monotonic() - began)

    def _read(self, browser: Browser, person: Person) -> None:
        with window(browser, self.cohort.origin, person) as page:
            steps.read_comments(page, person, self.assignment)
            if person.number == 1:
                self.pictures.take(page, "report-with-comments")

    # What is left --------------------------------------------------------------------------------

    def _look_at_cohort(self, browser: Browser, adviser: Person, outcome: Outcome) -> None:
        with window(browser, self.cohort.origin, adviser) as page:
            page.goto("/cohorts")
            page.get_by_role("link", name=COHORT).click()
            row = page.locator(".assignment-row")
            row.locator("summary").click()
            expect(row.locator(".who-table tbody tr")).to_have_count(len(self.applicants))
            outcome.submitted = row.locator(".facts span").first.inner_text()
            cells = row.locator(".who-table tbody td:nth-of-type(2)").all_inner_texts()
            figures = page.locator(".main-figure, .figure-value").count()
            if figures:
                outcome.wrong.append(f"{figures} figures on the page of the cohort")
            if sum("Returned" in cell for cell in cells) != len(self._kept):
                outcome.wrong.append(f"the page of the cohort says {cells}")
            self.pictures.take(page, "cohort")

    def _look_at_answers(self, outcome: Outcome) -> None:
        for person in self.applicants:
            mine = self.recorded[person.id]
            with person.client(self.cohort.origin) as client:
                kept = client.get(f"/api/answers/{mine.answer}/original").raise_for_status().content
                if kept != mine.content:
                    outcome.wrong.append(f"{person.name}: the recording differs from what was sent")
                report = client.get(f"/api/answers/{mine.answer}/report").raise_for_status().json()
                lasts = decoded(mine.content).seconds
                if abs(report["recording"]["duration"] - lasts) > 0.1 or lasts < ANSWER_SECONDS - 1:
                    outcome.wrong.append(f"{person.name}: {report['recording']['duration']} s of {lasts:.1f}")
                said = (
                    client.get(f"/api/answers/{mine.answer}/comments").raise_for_status().json()["comments"]
                )
                texts = [comment["text"] for comment in said]
                wanted = [steps.comment_for(person.name, number) for number in (1, 2)]
                if texts != (wanted if person in self._kept else []):
                    outcome.wrong.append(f"{person.name}: was told {texts}")
                elif (
                    said
                    and person.number % 2
                    and [each["text"] for each in said[0]["replies"]] != [steps.REPLY]
                ):
                    outcome.wrong.append(f"{person.name}: the reply is lost")
                elif said and person.number % 2 == 0 and not said[0]["done"]:
                    outcome.wrong.append(f"{person.name}: 'done' is lost")
                [one] = client.get("/api/assignments").raise_for_status().json()
                if one["state"] != ("returned" if person in self._kept else "open"):
                    outcome.wrong.append(f"{person.name}: the assignment is {one['state']}")

    def _look_at_others(self, outcome: Outcome) -> None:
        """Whether anybody sees what is another's."""
        answers = {person.id: self.recorded[person.id].answer for person in self.applicants}
        reviews = {}
        for adviser in self.advisers:
            with adviser.client(self.cohort.origin) as client:
                found = client.get("/api/reviews", params={"state": "returned"}).raise_for_status().json()
                reviews[adviser.id] = [item["id"] for item in found]
                own = [person.name for person in self._kept if person.adviser is adviser]
                if sorted(item["applicant"] for item in found) != sorted(own):
                    outcome.wrong.append(f"{adviser.name} has reviews of others than their own applicants")
        for person in self.applicants:
            with person.client(self.cohort.origin) as client:
                listed = [
                    item["id"] for item in client.get("/api/answers").raise_for_status().json()["items"]
                ]
                if listed != [answers[person.id]]:
                    outcome.wrong.append(f"{person.name} lists {len(listed)} answers")
                others = [answer for owner, answer in answers.items() if owner != person.id]
                paths = [
                    f"/api/answers/{each}{part}"
                    for each in others
                    for part in ("", "/report/view", "/comments")
                ]
                outcome.wrong += [
                    f"{person.name}: {path}" for path in paths if client.get(path).status_code != 404
                ]
        for adviser in self.advisers:
            with adviser.client(self.cohort.origin) as client:
                others = [each for owner, ids in reviews.items() if owner != adviser.id for each in ids]
                outcome.wrong += [
                    f"{adviser.name}: review {each}"
                    for each in others
                    if client.get(f"/api/reviews/{each}").status_code != 404
                ]

    def _count(self, outcome: Outcome) -> None:
        waits = [recorded.wait for recorded in self.recorded.values()]
        outcome.median_wait, outcome.longest_wait = _median_and_longest(waits)
        outcome.median_work, outcome.longest_work = _median_and_longest(self._work_seconds())
        outcome.median_review, outcome.longest_review = _median_and_longest(self.reviews)
        for node in self.cohort.nodes:
            events = [json.loads(line) for line in self.cohort.log(node).splitlines() if line.startswith("{")]
            requests = [event for event in events if "route" in event]
            outcome.requests[node] = len(requests)
            for request in requests:
                if request["status"] >= 500:
                    which = f"{request['method']} {request['route']} {request['status']}"
                    outcome.refused[which] = outcome.refused.get(which, 0) + 1
        for person in (*self.advisers, *self.applicants):
            for text in person.errors:
                outcome.errors[text] = outcome.errors.get(text, 0) + 1

    def _work_seconds(self) -> list[float]:
        """From the last chunk to the report, by the database's clock."""
        database = Database(self.cohort.database_url)
        with database.reading() as session:
            rows = session.execute(
                select(Job.finished_at, Answer.received_at)
                .join(Answer, Answer.id == Job.answer_id)
                .where(Job.finished_at.is_not(None), Answer.report_ready)
            ).all()
        database.close()
        return [finished - received.timestamp() for finished, received in rows]


def play(folder: Path, *, applicants: int, browsers: int = 3, pictures: Path | None = None) -> Outcome:
    """Brings up the set-up, lets the class play, and ends the set-up."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE * 1000)
    # Heard from when a page opens the microphone: over the test of it, and over a slow page.
    microphone = write_microphone(folder / "speech.wav", np.tile(speech(30.0), 4))
    with CohortSetup(folder / "cohort", nodes=2, workers=2, settings=SETTINGS) as cohort:
        database = Database(cohort.database_url)
        advisers, people = _make_class(database, applicants)
        database.close()
        return ClassPlay(cohort, microphone, advisers, people, browsers, Pictures(pictures)).play()


def _make_class(database: Database, applicants: int) -> tuple[list[Person], list[Person]]:
    """The people and their cohort. Two of three applicants are the first adviser's."""
    advisers = [_person(database, "adviser", number) for number in (1, 2)]
    people = [_person(database, "applicant", number) for number in range(1, applicants + 1)]
    for person in people:
        person.adviser = advisers[1 if person.number % 3 == 0 else 0]
    with database.writing() as session:
        cohort = Cohort(name=COHORT)
        session.add(cohort)
        session.flush()
        for person in (*advisers, *people):
            add_member(session, cohort.id, person.id)
    return advisers, people


def _person(database: Database, role: AccountRole, number: int) -> Person:
    name, email = f"{role.capitalize()} {number:02d}", f"{role}{number:02d}@example.org"
    with database.writing() as session:
        account = Accounts(session).create(email=email, name=name, role=role, password=PASSWORD)
        return Person(number, name, account.person_id, email)


def _median_and_longest(seconds: Sequence[float]) -> tuple[float, float]:
    return round(statistics.median(seconds), 1), round(max(seconds), 1)


def _say(text: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--applicants", type=int, default=30)
    parser.add_argument("--browsers", type=int, default=3, help="that run at once")
    parser.add_argument("--folder", type=Path, help="for the set-up and its logs")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the pages")
    parser.add_argument("--json", type=Path)
    given: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        outcome = play(folder, applicants=given.applicants, browsers=given.browsers, pictures=given.pictures)
    written = json.dumps(asdict(outcome), indent=2)
    _say(written)
    if given.json:
        given.json.write_text(written)


if __name__ == "__main__":
    main()
