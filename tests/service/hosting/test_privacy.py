"""The page 'Privacy and accessibility' says nothing that no test proves."""

import ast
import re
from pathlib import Path

from fastapi.testclient import TestClient

from analysis.measures.registry import DEFINITIONS
from service.dependencies import Service
from service.frontend.pages import PAGES
from service.hosting.privacy import statement
from tests.reading.readability import faults_of
from tests.service.in_process import client_of
from tests.service.running import REPOSITORY
from tests.service.signed_in import hosted_service

BROWSER = REPOSITORY / "tests" / "browser"


def functions_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_point_names_a_test_that_exists() -> None:
    points = statement().points
    assert len(points) >= 15
    for point in points:
        if point.proof == "advice":
            continue
        file, _, name = point.proof.partition("::")
        assert name.startswith("test_")
        assert name in functions_of(REPOSITORY / file), point.proof
    assert sum(point.proof == "advice" for point in points) <= 4


def test_each_page_that_is_claimed_is_asked_by_axe() -> None:
    addresses = {module: address for address, module in PAGES.items()}
    for page in statement().pages:
        source = (BROWSER / page.proof).read_text(encoding="utf-8")
        assert "accessibility_faults(page) == []" in source
        # Its address, with any id in place of a parameter, is one that the test opens.
        address = re.sub(r"\\\{[a-z]+\\\}", r"[^/\"]+", re.escape(addresses[page.module]))
        assert re.search(rf"\"{address}\"", source), page.name


def test_every_section_says_something_on_both_kinds_of_set_up() -> None:
    said = statement()
    for section in said.sections:
        for accounts in (False, True):
            texts = said.texts(section, accounts=accounts)
            assert texts
            assert faults_of([section.title, *texts]) == []
    assert {point.section for point in said.points} == {section.id for section in said.sections}


def test_no_measure_is_of_accent_feeling_or_character() -> None:
    judged = re.compile(
        r"accent|native|emotion|feeling|mood|nervous|stress|personality|character|confidence|score"
    )
    assert len(DEFINITIONS) > 15
    assert [name for name in DEFINITIONS if judged.search(name)] == []


def test_the_page_is_open_to_whoever_is_not_signed_in(client: TestClient, tmp_path: Path) -> None:
    own = client.get("/api/privacy").json()
    assert "Nobody signs in here." in str(own)
    with hosted_service(tmp_path / "office") as hosted:
        office = client_of(hosted).get("/api/privacy")
        assert office.status_code == 200
        assert "your office" in str(office.json())
        assert "Nobody signs in here." not in str(office.json())
        assert [each["id"] for each in office.json()["sections"]] == [each["id"] for each in own["sections"]]


def test_it_is_part_of_the_open_service(service: Service) -> None:
    assert client_of(service).get("/privacy").status_code == 200
