"""A service with a history of practice in it, made up and of one's own, and what its progress page shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from analysis.trends.models import FAMILY, TakeFacts
from service.db.models import LOCAL_PERSON, Answer
from service.dependencies import Service
from service.progress.demo_data import add_demo_takes
from service.settings import Settings
from tests.service.made_takes import EARLIER, add_take, facts_of
from tests.service.running import RunningService

DEMO_TAG = "/progress?tag=made-up"
MADE_UP_TAKES = 70
"""More than have a link at once, and more than fit on one page of the table."""
OWN_TAKES = 13
SEED = 5


@contextmanager
def opened(folder: Path) -> Iterator[Service]:
    """The parts of a service on a data folder, in this process."""
    service = Service.open(Settings(data_folder=folder, free_space_floor=0))
    yield service
    service.database.close()


def fill(folder: Path) -> None:
    """A made-up history, and own takes: two days apart up to today, the first four of an older build."""
    with opened(folder) as service:
        add_demo_takes(service.database, LOCAL_PERSON, takes=MADE_UP_TAKES, seed=SEED, until=date.today())
        for number in range(OWN_TAKES):
            add_take(
                service,
                datetime.now(UTC) - timedelta(days=2 * (OWN_TAKES - 1 - number), minutes=1),
                title=f"Take {number + 1}",
                facts=_facts(number),
                question_id="why-medicine" if number % 3 == 0 else None,
                question=None if number % 3 == 0 else "What did you read last?",
                first_language="Hindi" if number < 6 else "Spanish",
                maximum=120.0 if number % 2 else None,
                session="Sunday" if number % 2 else "Evening",
            )


def few(folder: Path, takes: int) -> None:
    """Fewer takes than a middle needs."""
    with opened(folder) as service:
        for number in range(takes):
            add_take(service, datetime.now(UTC) - timedelta(days=takes - number), title=f"Take {number + 1}")


def outdate(folder: Path, answer: str) -> None:
    """Marks a report as that of an older build."""
    with opened(folder) as service, service.database.writing() as session:
        row = session.get_one(Answer, answer)
        row.facts = {
            **row.facts,
            "build": {**row.facts["build"], "analysis_version": EARLIER.analysis_version},
        }


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[RunningService]:
    """A service on a data folder."""
    running = RunningService(folder, **settings)
    yield running.start()
    running.kill()


def _facts(number: int) -> TakeFacts:
    facts = facts_of(
        answer_length=60.0 + 5 * number,
        speaking_rate=None if number == 7 else 120.0 + 3 * number,
        long_pause_rate=10.0 + number % 4,
        filler_rate=9.0 - 0.5 * number,
    )
    doubts = {"filler_rate": "low_signal_to_noise"} if number in {2, 9} else {}
    if number == 7:
        doubts["speaking_rate"] = "too_little_speech"
    build = EARLIER if number < 4 else facts.build
    return replace(facts, build=build, doubts=doubts)


def report_of(running: RunningService, **filters: str) -> dict[str, Any]:
    """What the service says of the takes together."""
    found: dict[str, Any] = running.client.get("/api/progress", params=filters).raise_for_status().json()
    report: dict[str, Any] = found["report"]
    return report


def show(page: Page, address: str) -> None:
    """Opens the page and waits for its charts."""
    page.goto(address)
    expect(page.locator(".trend-drawing")).to_have_count(len(FAMILY))


def chart(page: Page, measure: str) -> Locator:
    """The drawing of one measure."""
    return page.locator(f"[data-trend={measure}] svg[role=group]")


def value_of(label: str) -> float:
    """The number beside a chart; `1:30` are seconds."""
    minutes, _, rest = label.rpartition(":")
    return 60 * float(minutes or 0) + float(rest)


def walk(page: Page, measure: str) -> list[str]:
    """Names of the takes in a chart, oldest first, as the keyboard meets them."""
    chart(page, measure).locator("a[tabindex='0']").focus()
    page.keyboard.press("Home")
    names: list[str] = []
    while True:
        name = str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        if names and name == names[-1]:
            return names
        names.append(name)
        page.keyboard.press("ArrowRight")
