"""The file of rules is validated, and its phrases mean what it says they mean."""

from pathlib import Path

import pytest

from analysis.follow_ups.rules import RULES_FILE, compile_phrases, load_rules


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("in the end", " so in the end it ", ["in the end"]),
        ("in the end", " within the end ", []),
        ("one|two days", " one days two days three days ", ["one days", "two days"]),
        ("{number} days", " after fourteen days and 14 days ", ["fourteen days", "14 days"]),
        ("my {any?} part", " my part my small part my very small part ", ["my part", "my small part"]),
        ("the {any} one", " the other one the one ", ["the other one"]),
        ("{pet}s", " cats and dogs and cat ", ["cats", "dogs"]),
    ],
)
def test_phrases(phrase: str, text: str, found: list[str]) -> None:
    assert compile_phrases([phrase], {"pet": "cat|dog"}).findall(text) == found


@pytest.mark.parametrize("phrase", ["In the end", "one {animal}"])
def test_a_phrase_that_would_never_match_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"rules\.toml"):
        compile_phrases([phrase], {"pet": "cat"})


@pytest.mark.parametrize(
    ("line", "changed", "sentence"),
    [
        ("fewest_words = 15", "", "fewest_words"),
        ("fewest_words = 15", "fewest_words = 15\nmost_words = 3", "most_words"),
        ("[claims]", "[claimed]", "claims"),
    ],
)
def test_a_file_that_lacks_something_is_refused(
    line: str, changed: str, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "rules.toml"
    text = RULES_FILE.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, changed), encoding="utf-8")
    with pytest.raises(ValueError, match=sentence):
        load_rules(file)
