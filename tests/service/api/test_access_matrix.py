"""Who may do what: every operation of the API description, asked by every kind of person.

A new operation fails these tests until `GROUPS` says whom it is for, and `BODIES` what to send to it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.people.invitations import Invitations
from service.people.resets import Resets
from tests.analysis.cli.example_reports import usual_report
from tests.service.advising.office import Office, add_answer, comment, submit
from tests.service.in_process import client_of, shared_application
from tests.service.signed_in import SignedIn, another_browser, sign_in_as

PUBLIC, ACCOUNT, OWN, SUBMITTING, ADVISING, OFFICE = (
    "public",
    "account",
    "own",
    "submitting",
    "advising",
    "office",
)

GROUPS: dict[str, str] = {
    # Anybody, signed in or not; tokens in the address are secrets.
    "/health": PUBLIC,
    "/ready": PUBLIC,
    "/metrics": PUBLIC,
    "/api/sign-in": PUBLIC,
    "/api/sign-out": PUBLIC,
    "/api/invitations": PUBLIC,
    "/api/resets": PUBLIC,
    "/api/privacy": PUBLIC,
    # What comes with Greenroom and is the same for everybody.
    "/api/about": PUBLIC,
    "/api/follow-ups": PUBLIC,
    "/api/formats": PUBLIC,
    "/api/measures": PUBLIC,
    "/api/resources": PUBLIC,
    "/api/time-zones": PUBLIC,
    # Whoever is signed in.
    "/api/me": ACCOUNT,
    "/api/account": ACCOUNT,
    "/api/events": ACCOUNT,
    # What a person has, and what they practise with. Administrators have nothing of that.
    "/api/answers": OWN,
    "/api/application-lines": OWN,
    "/api/comments": OWN,
    "/api/everything": OWN,
    "/api/export": OWN,
    "/api/focus": OWN,
    "/api/interviews": OWN,
    "/api/labelled-speech": OWN,
    "/api/preferences": OWN,
    "/api/preparation": OWN,
    "/api/progress": OWN,
    "/api/questions": OWN,
    "/api/questions-to-ask": OWN,
    "/api/rank-list": OWN,
    "/api/readiness": OWN,
    "/api/reanalysis": OWN,
    "/api/scheduled-interviews": OWN,
    "/api/search": OWN,
    "/api/sessions": OWN,
    "/api/set-up-check": OWN,
    "/api/tags": OWN,
    "/api/uploads": OWN,
    "/api/work": OWN,
    # What a person gives to advisers, where there are any.
    "/api/advisers": SUBMITTING,
    "/api/answers/{answer}/submissions": SUBMITTING,
    "/api/assignments": SUBMITTING,
    "/api/submissions": SUBMITTING,
    # An adviser's.
    "/api/canned-comments": ADVISING,
    "/api/cohorts": ADVISING,
    "/api/reviews": ADVISING,
    "/api/rubrics": ADVISING,
    # An administrator's.
    "/api/office": OFFICE,
}
"""Whom an operation is for, by the longest beginning of its address."""

SECRET = "Only the owner knows this"
TOPIC = "support"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636000000000"
    "0500010d0a2db40000000049454e44ae426082"
)
"""A PNG of one pixel."""
LEVELS = ["Not yet", "A little", "Half of it", "Mostly", "All of it"]
RUBRIC = {"name": SECRET, "criteria": [{"name": "Answers the question", "levels": LEVELS}]}

NO_OBJECTS = {"number", "step", "item", "week", "specific", "token"}
"""Parameters of addresses that name nothing which somebody has. A token is a secret of its own."""

BODIES: dict[str, Any] = {
    "POST /api/interviews/{interview}/commands": {"id": "0" * 24, "kind": "next"},
    "POST /api/interviews": {"format_id": "traditional"},
    "PUT /api/reviews/{review}/comments/{comment}/voice": b"RIFF",
    "POST /api/cohorts/{cohort}/members": {"email": "uma.other@example.org"},
    "PUT /api/answers/{answer}/chunks/{number}": b"sound",
    "POST /api/set-up-check/stills": b"",
}
"""What is sent to an operation, as JSON or as bytes, where the schema alone does not tell."""

QUERIES = {"GET /api/answers/{answer}/comparison": "?with=none"}

ALSO = {
    # Who takes part in it.
    ("POST /api/comments/{comment}/replies", "adviser"),
    ("GET /api/comments/{comment}/voice", "adviser"),
    ("GET /api/assignments/{assignment}", "adviser"),
}
"""Operations on the owner's things that somebody else may do, too."""

NAMES_ANOTHER = {
    # The body names something that is not there.
    "POST /api/interviews/{interview}/follow-up",
    "POST /api/answers/{answer}/submissions",
    "PUT /api/answers/{answer}/specifics/{specific}",
    "PUT /api/scheduled-interviews/{interview}/plan/{step}",
    "DELETE /api/scheduled-interviews/{interview}/plan/{step}",
    "GET /api/answers/{answer}/comparison",
    "GET /api/comments/{comment}/voice",
}


@dataclass
class World:
    """An office in which everybody has something.

    Attributes:
        people: by the name of their part: owner, adviser, other_applicant, other_adviser, administrator.
        objects: what stands in an address, by the beginning of the address and the parameter.
    """

    service: Service
    people: dict[str, SignedIn] = field(default_factory=dict)
    objects: dict[str, str] = field(default_factory=dict)

    def client(self, part: str) -> TestClient:
        """The browser of a person; a new one for each request, as some end their own session."""
        if part == "nobody":
            return client_of(self.service)
        return another_browser(self.service, self.people[part].person).client


def make_world(service: Service) -> World:
    """Two applicants and two advisers, each pair in a cohort of its own, and an administrator."""
    office = Office(service)
    world = World(service)
    people = world.people
    people["adviser"] = office.adviser
    people["owner"] = office.add("applicant", "Ola Owner")
    other = Office(service)
    people["other_adviser"] = other.adviser
    people["other_applicant"] = other.add("applicant", "Uma Other")
    people["administrator"] = sign_in_as(service, "administrator", "Ada Office")

    def made(part: str, method: str, path: str, body: Any = None, key: str = "id") -> str:
        response = people[part].client.request(method, path, json=body).raise_for_status()
        return str(response.json()[key])

    owner = people["owner"]
    new = {"title": SECRET, "question": SECRET, "session": SECRET, "tags": [SECRET]}
    answer = add_answer(service, owner, report=usual_report(), length=60.0, **new)
    # Its session outlives it.
    add_answer(service, owner, session=SECRET)
    session = owner.client.get(f"/api/answers/{answer}").json()["session"]["id"]
    question = made("owner", "POST", "/api/questions", {"text": SECRET})
    scheduled = made(
        "owner",
        "POST",
        "/api/scheduled-interviews",
        {
            "applying_to": "residency",
            "programme": SECRET,
            "date": "2027-01-12",
            "time_zone": "America/Chicago",
            "own_time_zone": "Europe/Lisbon",
            "coordinator": {"name": SECRET, "email": "office@example.org"},
        },
    )
    confirmed = owner.client.post(
        f"/api/scheduled-interviews/{scheduled}/confirmations", json={"way": "portal", "on": "2026-11-01"}
    )
    message = made(
        "owner",
        "POST",
        f"/api/scheduled-interviews/{scheduled}/messages",
        {"kind": "question", "text": SECRET},
    )
    lines = owner.client.post("/api/application-lines", json={"text": SECRET}).raise_for_status()
    interview = made("owner", "POST", "/api/interviews", {"format_id": "traditional"})
    to_ask = owner.client.post(
        "/api/questions-to-ask", json={"topic": TOPIC, "text": SECRET}
    ).raise_for_status()
    still = owner.client.post(
        "/api/set-up-check/stills", content=PICTURE, headers={"content-type": "image/png"}
    ).raise_for_status()
    remark = made("owner", "POST", f"/api/answers/{answer}/remarks", {"at": 1.0, "text": SECRET})
    assignment = office.assign(title=SECRET)
    review = submit(owner, answer, office.adviser)
    reviewed = comment(office.adviser, review, text=SECRET)
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    canned = made("adviser", "POST", "/api/canned-comments", {"text": SECRET})
    rubric = made("adviser", "POST", "/api/rubrics", RUBRIC)
    with service.database.writing() as database:
        reset = Resets(database).start(owner.person, by=None)
        token = Invitations(database).create(
            email="new@example.org", name="New", role="applicant", by=people["administrator"].person
        )
    invitation = people["administrator"].client.get("/api/office/invitations").json()["items"][0]["id"]
    signed_in = owner.client.get("/api/account/sign-in-sessions").json()["items"][0]["id"]
    world.objects = {
        "answers/answer": answer,
        "answers/remark": remark,
        "sessions/session": session,
        "questions/question": question,
        "scheduled-interviews/interview": scheduled,
        "scheduled-interviews/confirmation": confirmed.raise_for_status().json()["confirmations"][0]["id"],
        "scheduled-interviews/message": message,
        "application-lines/line": lines.json()["items"][0]["id"],
        "interviews/interview": interview,
        "questions-to-ask/question": to_ask.json()["id"],
        "set-up-check/still": still.json()["id"],
        "submissions/submission": review,
        "comments/comment": reviewed,
        "assignments/assignment": assignment,
        "reviews/review": review,
        "reviews/comment": reviewed,
        "canned-comments/canned": canned,
        "rubrics/rubric": rubric,
        "cohorts/cohort": office.cohort,
        "cohorts/assignment": assignment,
        "cohorts/person": owner.person,
        "office/person": people["other_applicant"].person,
        "office/invitation": invitation,
        "account/identifier": signed_in,
        "invitations/token": token,
        "resets/token": reset,
        "number": "0",
        "step": "record-first-takes",
        "item": "battery",
        "week": "2026-W48",
        "specific": "none",
        "token": "no such token",
    }
    return world


@pytest.fixture
def world(hosted: Service) -> World:
    """An office in which everybody has something."""
    return make_world(hosted)


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """A small valid value for a schema of the API description."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], schemas)
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            required = schema.get("required", ())
            return {name: example_of(schema["properties"][name], schemas) for name in required}
        case "array":
            return [example_of(schema["items"], schemas)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return {"date": "2026-11-02", "time": "10:00", "date-time": "2026-11-02T10:00:00Z"}.get(
        schema.get("format", ""), "Words of somebody else"
    )


@dataclass(frozen=True)
class Operation:
    """One method of one address.

    Attributes:
        group: whom it is for.
        parameters: of the address, in order, without those that name nothing.
    """

    method: str
    path: str
    group: str
    parameters: tuple[str, ...]
    body: Any

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def request(self, client: TestClient, world: World) -> httpx.Response:
        """Asks for the object that is in the world."""
        path = re.sub(r"\{(\w+)\}", lambda match: world.objects[object_key(self.path, match[1])], self.path)
        sent: dict[str, Any] = {}
        if isinstance(self.body, bytes):
            sent = {"content": self.body}
        elif self.body is not None:
            sent = {"json": self.body}
        # An event stream of somebody who may read it never ends.
        if path == "/api/events":
            with client.stream(self.method, path) as response:
                if response.status_code != 200:
                    response.read()
            return response
        return client.request(self.method, path + QUERIES.get(str(self), ""), **sent)


def object_key(path: str, parameter: str) -> str:
    """Where the world has the object that a parameter of an address names."""
    return parameter if parameter in NO_OBJECTS else f"{path.split('/')[2]}/{parameter}"


def operations() -> list[Operation]:
    """All that the API description lists."""
    described = shared_application().openapi()
    found = []
    for path, methods in described["paths"].items():
        beginning = max((each for each in GROUPS if _begins(path, each)), key=len, default=None)
        assert beginning is not None, f"say in GROUPS whom {path} is for"
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            body = BODIES.get(name)
            content = operation.get("requestBody", {}).get("content", {})
            if body is None and "application/json" in content:
                body = example_of(content["application/json"]["schema"], described["components"]["schemas"])
            names = [each for each in re.findall(r"\{(\w+)\}", path) if each not in NO_OBJECTS]
            found.append(Operation(method.upper(), path, GROUPS[beginning], tuple(names), body))
    return found


def _begins(path: str, beginning: str) -> bool:
    return path == beginning or path.startswith((f"{beginning}/", f"{beginning}."))


ROLES = {
    "nobody": "nobody",
    "owner": "applicant",
    "other_applicant": "applicant",
    "adviser": "adviser",
    "other_adviser": "adviser",
    "administrator": "administrator",
}
MAY = {
    PUBLIC: {"nobody", "applicant", "adviser", "administrator"},
    ACCOUNT: {"applicant", "adviser", "administrator"},
    OWN: {"applicant", "adviser"},
    SUBMITTING: {"applicant", "adviser"},
    ADVISING: {"adviser"},
    OFFICE: {"administrator"},
}
HAS = {
    ACCOUNT: {"owner"},
    OWN: {"owner"},
    SUBMITTING: {"owner"},
    ADVISING: {"adviser"},
    OFFICE: {"administrator"},
}
"""Who has the objects of the world that a group's addresses name."""

ENDS_EVERYTHING = {"DELETE /api/everything"}


def expected(operation: Operation, part: str) -> str:
    """What a request gets: `401`, `403`, `404`, or `allowed`."""
    if ROLES[part] not in MAY[operation.group]:
        return "401" if part == "nobody" else "403"
    has = operation.group == PUBLIC or part in HAS[operation.group] or (str(operation), part) in ALSO
    if operation.parameters and not has:
        return "404"
    return "allowed"


def got(response: httpx.Response) -> str:
    """The same of a response."""
    if response.status_code >= 500:
        return str(response.status_code)
    refusals = {(401, "not_signed_in"), (403, "not_for_this_role"), (404, "not_found")}
    code = response.json()["code"] if response.status_code in {401, 403, 404} else ""
    return str(response.status_code) if (response.status_code, code) in refusals else "allowed"


def faults(world: World, asked: Iterator[tuple[Operation, str]]) -> list[str]:
    """The requests that got something else than they should."""
    found = []
    for operation, part in asked:
        response = operation.request(world.client(part), world)
        want = expected(operation, part)
        if got(response) != want and not (want == "allowed" and str(operation) in NAMES_ANOTHER):
            found.append(f"{operation} by {part}: {want}, not {response.status_code} {response.text[:200]}")
        is_other = part in {"other_applicant", "other_adviser"} and operation.path != "/api/events"
        if is_other and SECRET in response.text:
            found.append(f"{operation} by {part}: shows what the owner wrote")
    return found


def test_everybody_else_is_refused(world: World) -> None:
    asked = [
        (operation, part)
        for operation in operations()
        for part in ROLES
        if expected(operation, part) in {"401", "403", "404"}
    ]
    assert len(asked) > 500
    found = faults(world, iter(asked))
    assert not found, "\n".join(found)
    # And nothing of it was changed by all of that.
    reading = [
        (operation, part)
        for operation in operations()
        for part in ROLES
        if operation.method == "GET" and expected(operation, part) == "allowed" and operation.parameters
    ]
    found = faults(world, iter(reading))
    assert not found, "\n".join(found)


@pytest.mark.long
def test_lists_hold_nothing_of_others(world: World) -> None:
    asked = [
        (operation, part)
        for operation in operations()
        for part in ("other_applicant", "other_adviser", "owner", "adviser", "administrator")
        if operation.method == "GET"
        and operation.group != PUBLIC
        and not operation.parameters
        and expected(operation, part) == "allowed"
    ]
    found = faults(world, iter(asked))
    assert not found, "\n".join(found)


@pytest.mark.long
def test_whoever_it_is_for_may_do_it(world: World) -> None:
    """Each person does everything to what they have; what deletes it comes last."""

    def order(operation: Operation) -> tuple[int, int]:
        if operation.method != "DELETE":
            return 0, 0
        # What hangs on a comment before the comment, and an answer before its session.
        ranks = {"/api/comments": 1, "/api/reviews": 2, "/api/sessions": 4}
        rank = next((ranks[each] for each in ranks if operation.path.startswith(each)), 3)
        return rank, -len(operation.path)

    asked = [
        (operation, part)
        for operation in sorted(operations(), key=order)
        for part in ("owner", "adviser", "administrator")
        if operation.method != "GET"
        and expected(operation, part) == "allowed"
        and operation.group != PUBLIC
        and str(operation) not in ENDS_EVERYTHING
    ]
    found = faults(world, iter(asked))
    assert not found, "\n".join(found)


def reviewing(world: World, part: str) -> set[str]:
    """What all operations of a review answer to somebody."""
    return {
        got(operation.request(world.client(part), world))
        for operation in operations()
        if "{review}" in operation.path and operation.method != "DELETE"
    }


def taken_back(world: World) -> None:
    submission = world.objects["submissions/submission"]
    world.people["owner"].client.delete(f"/api/submissions/{submission}").raise_for_status()


def answer_deleted(world: World) -> None:
    world.people["owner"].client.delete(f"/api/answers/{world.objects['answers/answer']}").raise_for_status()


def account_deleted(world: World) -> None:
    administrator = world.people["administrator"].client
    administrator.delete(f"/api/office/people/{world.people['owner'].person}").raise_for_status()


@pytest.mark.parametrize("ending", [taken_back, answer_deleted, account_deleted])
def test_nothing_of_a_review_is_left_once_it_has_ended(world: World, ending: Callable[[World], None]) -> None:
    assert reviewing(world, "adviser") == {"allowed"}
    ending(world)
    assert reviewing(world, "adviser") == {"404"}
    assert SECRET not in world.client("adviser").get("/api/reviews").text
