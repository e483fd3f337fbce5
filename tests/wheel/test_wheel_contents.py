"""The wheel holds everything that Greenroom reads while it runs, and says what it needs."""

import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.wheel.building import REPOSITORY, build_wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(build_wheel(tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


def files_of(folder: str) -> set[str]:
    """Paths of a folder's files, from the checkout's."""
    return {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def metadata_of(wheel: zipfile.ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


@pytest.mark.parametrize(
    "needed",
    [
        "analysis/evaluation/published.json",
        "analysis/filled_pauses/trained.json",
        "analysis/filled_pauses/trained.npy",
        "service/db/migrations/script.py.mako",
        "service/db/migrations/versions/0001_first_tables.py",
        "service/exports/templates/report.css",
        "service/exports/templates/report.html",
        "service/practice/follow_ups.toml",
        "service/practice/formats.toml",
        "service/practice/interview_lines.toml",
        "service/practice/question_sets/about_you.toml",
        "service/practice/questions.toml",
        "service/web/index.html",
        "service/web/speech/manifest.json",
        "service/web/vendor/lit-html-3.3.3/LICENSE.txt",
        "service/web/vendor/lit-html-3.3.3/lit-html.js",
    ],
)
def test_the_wheel_holds_a_file_without_which_it_would_not_serve(wheel: zipfile.ZipFile, needed: str) -> None:
    assert needed in wheel.namelist()


@pytest.mark.parametrize("package", ["analysis", "service"])
def test_the_wheel_holds_every_file_of_a_package(wheel: zipfile.ZipFile, package: str) -> None:
    assert files_of(package) <= set(wheel.namelist())


def test_the_pages_and_the_samples_are_inside_the_packages_that_read_them(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert {f"service/{path}" for path in files_of("web")} <= names
    for folder in ("samples/audio", "samples/analysed"):
        files = {f"analysis/{path}" for path in files_of(folder)}
        assert len(files) == 6
        assert files <= names
    assert "analysis/samples/manifest.jsonl" in names


def test_the_wheel_puts_nothing_else_into_site_packages(wheel: zipfile.ZipFile) -> None:
    tops = {Path(name).parts[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"analysis", "service"}
    samples = [name for name in wheel.namelist() if name.startswith("analysis/samples/")]
    assert not [name for name in samples if name.endswith(".py") or "interviewer" in name]


def test_every_dependency_is_bounded_and_the_tested_version_is_within(wheel: zipfile.ZipFile) -> None:
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tested = {
        canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)
    }
    stated = [Requirement(text) for text in metadata_of(wheel).get_all("Requires-Dist", [])]
    needed = [each for each in stated if each.marker is None or not each.marker.evaluate({"extra": "test"})]
    assert len(needed) > 25
    for requirement in needed:
        operators = {each.operator for each in requirement.specifier}
        assert operators == {">=", "<"}, f"{requirement} is not bounded on both sides"
        assert requirement.specifier.contains(tested[canonicalize_name(requirement.name)]), requirement
