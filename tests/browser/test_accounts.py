"""People who sign in: from an invitation to a code, and two of them in one browser."""

from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.db.engine import Database
from service.people.accounts import AccountRole
from service.people.invitations import Invitations
from service.people.resets import Resets
from service.settings import Settings
from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import LONGEST_WAIT
from tests.service.running import RunningService, eventually
from tests.service.signed_in import SECRET_KEY

PASSWORD = "three warm otters"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with accounts."""
    folder = tmp_path_factory.mktemp("hosted") / "data"
    running = RunningService(folder, workers=0, accounts=True, secret_key=SECRET_KEY)
    yield running.start()
    running.kill()


@pytest.fixture
def context(browser: Browser, hosted: RunningService) -> Iterator[BrowserContext]:
    """A browser in which nobody is signed in."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=hosted.url)
    opened.set_default_timeout(LONGEST_WAIT)
    yield opened
    opened.close()


def invite(service: RunningService, email: str, name: str, role: AccountRole = "applicant") -> str:
    """The path of a new invitation."""
    database = Database(Settings(data_folder=service.data_folder).database_address)
    with database.writing() as session:
        token = Invitations(session).create(email=email, name=name, role=role, by=None)
    database.close()
    return f"/invitations/{token}"


def join(page: Page, service: RunningService, email: str, name: str) -> None:
    page.goto(invite(service, email, name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("link", name="Account")).to_be_visible()


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Sign out of this browser").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def no_fault(page: Page) -> None:
    """Neither an accessibility fault nor sideways scrolling on a phone."""
    assert accessibility_faults(page) == []
    size = page.viewport_size
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(size)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "check", [lambda page: None, pytest.param(no_fault, marks=pytest.mark.long)], ids=["journey", "faults"]
)
def test_from_an_invitation_to_a_code(
    page: Page, hosted: RunningService, check: Callable[[Page], None]
) -> None:
    email = f"ana.{check.__name__.strip('<>')}@example.org"
    page.goto(invite(hosted, email, "Ana"))
    expect(page.get_by_label("Time zone")).to_have_value(
        page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    )
    page.get_by_label("Your name").fill("Ana Lima")
    page.get_by_label("Password").fill("aaaaaaaaaaaa")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("alert")).to_contain_text("easy to guess")
    check(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("link", name="Account").click()

    page.get_by_role("button", name="Turn it on…").click()
    second_step = page.get_by_role("region", name="Second step")
    second_step.get_by_label("Password").fill("four cold otters")
    second_step.get_by_role("button", name="Go on").click()
    expect(second_step.get_by_role("alert")).to_contain_text("This is not your password.")
    check(page)
    second_step.get_by_label("Password").fill(PASSWORD)
    second_step.get_by_role("button", name="Go on").click()
    generator = pyotp.TOTP((page.locator(".account-secret").text_content() or "").replace(" ", ""))
    page.get_by_label("Code").fill(generator.now())
    check(page)
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".account-codes li")).to_have_count(10)
    recovery = page.locator(".account-codes li").first.text_content() or ""
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("You have 10 recovery codes left.")).to_be_visible()

    page.get_by_role("button", name="Sign out of this browser").click()
    # Leaving the page before would call the request off.
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/answers?tag=x")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    check(page)
    sign_in(page, email)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    # What happened to the account comes first, then what was asked for.
    expect(page.get_by_text("A second step was turned on")).to_be_visible()
    check(page)
    page.get_by_role("button", name="I know of this").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answers")
    assert page.url == f"{hosted.url}/answers?tag=x"


@pytest.mark.long
def test_what_a_browser_keeps_is_of_one_person(page: Page, hosted: RunningService) -> None:
    join(page, hosted, "first@example.org", "First")
    page.evaluate("localStorage.setItem('greenroom.draft', 'mine')")
    page.evaluate(
        """async () => {
          const { Backlog } = await import("/static/recording/backlog.js");
          const { personHere } = await import("/static/person.js");
          const details = { source: "recording", question: "Only mine?" };
          const startedAt = new Date().toISOString();
          const row = { id: "a".repeat(24), details, startedAt, person: personHere(),
            answerId: null, count: 0, acknowledged: 0, seconds: 0, pausedAt: [], discarded: false };
          const backlog = new Backlog(row);
          backlog.add(new Blob(["sound"]), 1);
          await backlog.close();
        }"""
    )
    page.goto("/")
    expect(page.get_by_text("Only mine?")).to_be_visible()
    page.goto("/account")
    page.get_by_role("button", name="Sign out of this browser").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    join(page, hosted, "second@example.org", "Second")
    page.goto("/")
    expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
    expect(page.get_by_text("Only mine?")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('greenroom.draft')") is None
    sign_out(page)
    sign_in(page, "first@example.org")
    expect(page.get_by_text("Only mine?")).to_be_visible()
    assert page.evaluate("localStorage.getItem('greenroom.draft')") == "mine"


@pytest.mark.long
def test_a_page_of_one_person_does_nothing_for_the_next(
    context: BrowserContext, hosted: RunningService
) -> None:
    page = context.new_page()
    join(page, hosted, "third@example.org", "Third")
    other = context.new_page()
    sign_out(other)
    join(other, hosted, "fourth@example.org", "Fourth")
    page.get_by_role("link", name="Answers").click()
    # Its requests are refused; the page that opens then is the next person's own.
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    context.close()


@pytest.mark.long
def test_a_new_password_by_a_link(page: Page, hosted: RunningService) -> None:
    join(page, hosted, "fifth@example.org", "Fifth")
    person = page.evaluate("fetch('/api/me').then((reply) => reply.json()).then(({ person }) => person)")
    database = Database(Settings(data_folder=hosted.data_folder).database_address)
    with database.writing() as session:
        token = Resets(session).start(person, by=None)
    database.close()
    page.goto(f"/reset/{token}")
    page.get_by_label("New password").fill("nine quiet herons")
    no_fault(page)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
    page.goto(f"/reset/{token}")
    expect(page.get_by_role("alert")).to_contain_text("used before")


@pytest.mark.long
def test_a_recording_goes_on_when_its_person_has_signed_in_again(
    context: BrowserContext, hosted: RunningService
) -> None:
    page = context.new_page()
    join(page, hosted, "sixth@example.org", "Sixth")
    page.evaluate(
        """async () => {
          const { Backlog } = await import("/static/recording/backlog.js");
          const { Delivery } = await import("/static/recording/delivery.js");
          const { newId } = await import("/static/api.js");
          const { personHere } = await import("/static/person.js");
          // As a take does while it is under way.
          addEventListener("greenroom:signed-out", (event) => event.preventDefault());
          const row = { id: newId(), details: { source: "recording" }, startedAt: new Date().toISOString(),
            person: personHere(), answerId: null, count: 0, acknowledged: 0, seconds: 0, pausedAt: [],
            discarded: false };
          window.backlog = new Backlog(row);
          window.delivery = new Delivery(window.backlog);
          window.delivery.start();
          window.say = (seconds) => window.backlog.add(new Blob([`sound ${seconds}`]), seconds);
          window.say(1);
        }"""
    )
    eventually(lambda: page.evaluate("window.backlog.row.acknowledged === 1"))
    page.evaluate("fetch('/api/sign-out', { method: 'POST' })")
    page.evaluate("window.say(2)")
    eventually(lambda: page.evaluate("window.delivery.trouble?.code === 'signed_out'"))
    other = context.new_page()
    join(other, hosted, "seventh@example.org", "Seventh")
    page.evaluate("window.say(3)")
    # Another person's sign-in does not send it.
    page.wait_for_timeout(2_000)
    assert page.evaluate("window.backlog.row.acknowledged") == 1
    sign_out(other)
    sign_in(other, "sixth@example.org")
    eventually(lambda: page.evaluate("window.backlog.row.acknowledged === 3"))
    assert page.evaluate("window.delivery.trouble") is None
    listed = other.evaluate("fetch('/api/answers').then((reply) => reply.json()).then(({ items }) => items)")
    assert [answer["chunks"] for answer in listed] == [3]
