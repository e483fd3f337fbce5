"""The words that people are shown, where they are written: also those that need a rare error to appear."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.reading import javascript_texts, python_texts
from tests.reading.html_texts import texts_of_html
from tests.reading.readability import faults_of

REPOSITORY = Path(__file__).parents[2]

NOT_SHOWN = {
    "analysis/evaluation/accuracy_page.py": "ACCURACY.md is for whoever judges the methods",
    "analysis/evaluation/tables.py": "the same",
    "analysis/filled_pauses/training": "for whoever trains the detector",
    "analysis/report.py": "how the sentences of earlier versions begin",
    "analysis/trends/demo_data.py": "what a made-up person says",
    "analysis/text": "lists of words to recognise",
    "service/db/migrations": "for whoever changes the database",
    "service/people/requirements.py": "for whoever hosts Greenroom for others: names of settings",
    "web/vendor": "not written here",
}
"""Files and folders without words for people who practise, each with the reason."""

_READERS: dict[str, Callable[[Path], list[str]]] = {
    ".py": python_texts.texts_of_module,
    ".js": javascript_texts.texts_of_module,
    ".html": lambda path: texts_of_html(path.read_text(encoding="utf-8")),
}


def _files(*suffixes: str) -> Iterable[Path]:
    for folder in ("analysis", "service", "web"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.suffix in suffixes and not any(
                _name(path).startswith(left_out) for left_out in NOT_SHOWN
            ):
                yield path


def _name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@pytest.mark.parametrize("suffix", _READERS)
def test_what_is_written_for_people_is_plain(suffix: str) -> None:
    found = {_name(path): faults_of(_READERS[suffix](path)) for path in _files(suffix)}
    assert len(found) > 1 or suffix == ".html"
    faults = [f"{name}: {fault}" for name, of_file in found.items() for fault in of_file]
    assert not faults, "\n".join(faults)


def test_the_words_of_the_practice_files_are_plain() -> None:
    practice = REPOSITORY / "service" / "practice"

    def tables(path: Path) -> dict[str, list[dict[str, str]]]:
        return tomllib.loads(path.read_text(encoding="utf-8"))

    steps = [
        step for structure in tables(practice / "questions.toml")["structures"] for step in structure["steps"]
    ]
    asked = [
        each
        for path in sorted((practice / "question_sets").glob("*.toml"))
        for each in tables(path)["questions"]
    ]
    assert len(asked) > 50
    assert faults_of(step["hint"] for step in steps) == []
    assert faults_of(f"What they listen for: {question['listens_for']}" for question in asked) == []
    assert (
        faults_of(
            question[field] for question in asked for field in ("text", "scenario") if field in question
        )
        == []
    )
    assert faults_of(one["summary"] for one in tables(practice / "formats.toml")["formats"]) == []
    spoken = tables(practice / "follow_ups.toml")["follow_ups"]
    assert faults_of(one[field] for one in spoken for field in ("text", "caption") if field in one) == []
    lines = tables(practice / "interview_lines.toml")["lines"]
    assert faults_of(line["text"] for line in lines) == []


def test_the_words_of_the_set_up_check_are_plain() -> None:
    path = REPOSITORY / "service" / "prepare" / "set_up_check.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    items = tables["items"]
    assert len(items) > 20
    assert (
        faults_of(item[field] for item in items for field in ("why", "how", "advice") if field in item) == []
    )
    answers = [answer for item in items for answer in item.get("answers", [])]
    assert faults_of(answer["words"] for answer in answers if "words" in answer) == []
    assert faults_of(group["summary"] for group in tables["groups"] if "summary" in group) == []


def test_the_words_of_guides_and_resources_are_plain() -> None:
    prepare = REPOSITORY / "service" / "prepare"
    guides = tomllib.loads((prepare / "guides.toml").read_text(encoding="utf-8"))
    assert faults_of(one["words"] for kind in ("timing", "advice") for one in guides[kind]) == []
    resources = tomllib.loads((prepare / "resources.toml").read_text(encoding="utf-8"))
    assert faults_of(one["finds"] for one in resources["resources"]) == []


def test_the_words_of_plans_are_plain() -> None:
    steps = tomllib.loads((REPOSITORY / "service" / "prepare" / "plan_steps.toml").read_text())["steps"]
    assert len(steps) > 20
    assert faults_of(step[field] for step in steps for field in ("what", "why")) == []


def test_what_is_left_out_exists() -> None:
    assert [name for name in NOT_SHOWN if not (REPOSITORY / name).exists()] == []
