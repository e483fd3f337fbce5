"""Requests made by schemathesis from the API description, on both databases: none is answered with 5xx.

They are valid as far as the description tells, and wrong in the ways that it forbids.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode

from service.app import create_application
from service.dependencies import Service
from service.people.sign_in_sessions import cookie_name, start_session
from tests.service.in_process import new_database
from tests.service.signed_in import hosted_service, sign_in_as

EXAMPLES = 3
"""Valid ones for each operation, and as many wrong ones."""

NEVER_ENDS = {"/api/events"}
ENDS_THE_ACCOUNT = {"/api/everything"}


@schemathesis.serializer(
    "audio/webm", "audio/ogg", "audio/mp4", "audio/wav", "image/jpeg", "image/png", "image/webp"
)
def send_as_it_is(context: object, value: object) -> bytes:
    """Bodies that are files."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A service with accounts on an empty database of each kind."""
    address = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        template = request.getfixturevalue("migrated_template")
        address = new_database(server, f"generated_{tmp_path.name}", template)
    with hosted_service(tmp_path / "data", address) as service:
        yield service


def _ask_each(cases: SearchStrategy[Case], ask: Callable[[Case], None]) -> None:
    """The same ones in every run: a failure can be repeated."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def each(case: Case) -> None:
        ask(case)

    try:
        each()
    except (Unsatisfiable, SkipTest):
        # Nothing that could be sent to this operation is wrong.
        return


@pytest.mark.parametrize("role", ["applicant", "adviser", "administrator"])
def test_no_generated_request_is_answered_with_a_fault_of_the_service(hosted: Service, role: str) -> None:
    application = create_application(hosted)
    person = sign_in_as(hosted, role).person  # type: ignore[arg-type]
    # What ends a sign-in session of this person does not end the next request's.
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", application, headers={"host": "localhost"})
    wrong: set[str] = set()
    count = 0

    def ask(case: Case) -> None:
        nonlocal count
        with hosted.database.writing() as session:
            token = start_session(session, person, browser=None)
        headers = {"host": "localhost", "cookie": f"{cookie_name(secure=False)}={token}"}
        response = case.call(headers=headers)
        count += 1
        kind = response.headers.get("content-type", [""])[0]
        if response.status_code >= 500:
            wrong.add(f"{case.method} {case.formatted_path}: {response.status_code}")
        elif response.status_code >= 400 and not kind.startswith("application/problem+json"):
            wrong.add(f"{case.method} {case.formatted_path}: {response.status_code} {kind}")

    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in NEVER_ENDS | ENDS_THE_ACCOUNT:
            continue
        for mode in GenerationMode:
            _ask_each(operation.as_strategy(generation_mode=mode), ask)
    assert wrong == set()
    assert count > 500
