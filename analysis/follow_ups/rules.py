"""The rules of follow-ups, as they stand in `rules.toml`: phrases and thresholds, validated and compiled.

Phrases are matched in running text of bare words with one space between them, and a space at both ends.
"""

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

RULES_FILE = Path(__file__).parent / "rules.toml"

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|many|several)"
)
_PLACES = {"{number}": _NUMBER, "{any}": r"\S+", "{digits}": r"\d\d"}


@dataclass(frozen=True)
class Thresholds:
    """Numbers at which a rule applies; `rules.toml` explains each."""

    fewest_words: int
    short_of_aim: float
    unsure_probability: float
    most_unsure_words: float
    word_probability: float
    acts_with_anchor: int
    acts_without_anchor: int
    acts_per_100_words: float
    fewest_acts: int
    past_of_told_per_100_words: float
    most_acts_per_100_words: float
    most_past_per_100_words: float
    acts_of_no_event: int
    general_for_each_past: float
    least_we: int
    least_we_in_the_past: int
    we_for_each_i: float
    most_own_acts: int
    least_claims: int
    end_begins: float
    last_words: int


@dataclass(frozen=True)
class Rules:
    """Everything that the text of an answer is searched for.

    Attributes:
        thresholds: see there.
        past_acts, present_acts: verbs that tell of an act.
        no_act_after: words after which a past form tells of none.
        doers: subjects of an act.
        between: words that may come between a subject and its verb.
        anchors: phrases that place an event in time.
        settings: phrases that place an event in time, or a habit.
        general: phrases of what always holds or would hold.
        we, i: the words that are counted against each other.
        no_own_act: what follows 'I' without being an act of one's own.
        own_part_told: phrases that tell of one's own part.
        outcomes, outcomes_at_the_end: phrases of what came of it.
        open_ends: phrases with which a telling breaks off.
        coda_subjects, coda_verbs, coda_contracted: a telling comes back to the present with one of the
            first and one of the second, or with one of the third.
        no_outcome_after: words after which it did not come about.
        claims, shown, supposed: claims about oneself, what shows them, and what would be done.
        event_questions: phrases of a question that asks for an event.
        topics: nouns that may be taken up in a question.
        articles: words before such a noun, and what they become in the question.
        before_a_topic: words that such a noun may follow without an article.
        no_topic_after: words after which it is not taken up.
    """

    thresholds: Thresholds
    past_acts: frozenset[str]
    present_acts: frozenset[str]
    no_act_after: frozenset[str]
    doers: frozenset[str]
    between: frozenset[str]
    anchors: re.Pattern[str]
    settings: re.Pattern[str]
    general: re.Pattern[str]
    we: frozenset[str]
    i: frozenset[str]
    no_own_act: frozenset[str]
    own_part_told: re.Pattern[str]
    outcomes: re.Pattern[str]
    outcomes_at_the_end: re.Pattern[str]
    open_ends: re.Pattern[str]
    coda_subjects: frozenset[str]
    coda_verbs: frozenset[str]
    coda_contracted: frozenset[str]
    no_outcome_after: frozenset[str]
    claims: re.Pattern[str]
    shown: re.Pattern[str]
    supposed: re.Pattern[str]
    event_questions: re.Pattern[str]
    topics: frozenset[str]
    articles: dict[str, str]
    before_a_topic: frozenset[str]
    no_topic_after: frozenset[str]


@cache
def rules() -> Rules:
    """The rules of this installation, read once.

    Raises:
        ValueError: the file has a phrase that cannot be compiled, or lacks a table, a list or a threshold.
    """
    return load_rules(RULES_FILE)


def load_rules(path: Path) -> Rules:
    """Reads, validates and compiles rules.

    Raises:
        ValueError: see `rules`.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _compiled(tables)
    except KeyError as error:
        raise ValueError(f"{path.name}: {error.args[0]} is missing.") from error


def _compiled(tables: dict[str, dict[str, object]]) -> Rules:
    lists = {name: str(words) for name, words in tables["lists"].items()}

    def phrases(table: str, name: str) -> re.Pattern[str]:
        return compile_phrases([str(phrase) for phrase in _entries(tables[table][name])], lists)

    def words(table: str, name: str) -> frozenset[str]:
        return frozenset(str(tables[table][name]).split())

    topics = tables["topics"]
    articles = topics["articles"]
    if not isinstance(articles, dict):
        raise ValueError("rules.toml: 'articles' should be a table.")
    return Rules(
        thresholds=_thresholds(tables["thresholds"]),
        past_acts=words("events", "past_acts"),
        present_acts=words("events", "present_acts"),
        no_act_after=words("events", "no_act_after"),
        doers=frozenset(lists["doer"].split("|")),
        between=frozenset(lists["between"].split("|")),
        anchors=phrases("events", "anchors"),
        settings=phrases("events", "settings"),
        general=phrases("events", "general"),
        we=frozenset(str(word) for word in _entries(tables["own_part"]["we"])),
        i=frozenset(str(word) for word in _entries(tables["own_part"]["i"])),
        no_own_act=words("own_part", "no_own_act"),
        own_part_told=phrases("own_part", "told"),
        outcomes=phrases("outcomes", "anywhere"),
        outcomes_at_the_end=phrases("outcomes", "at_the_end"),
        open_ends=phrases("outcomes", "open"),
        coda_subjects=words("outcomes", "coda_subjects"),
        coda_verbs=words("outcomes", "coda_verbs"),
        coda_contracted=words("outcomes", "coda_contracted"),
        no_outcome_after=words("outcomes", "not_after"),
        claims=phrases("claims", "self"),
        shown=phrases("claims", "shown"),
        supposed=phrases("claims", "supposed"),
        event_questions=phrases("questions", "event"),
        topics=words("topics", "nouns"),
        articles={str(word): str(shown) for word, shown in articles.items()},
        before_a_topic=words("topics", "before"),
        no_topic_after=words("topics", "not_after"),
    )


def _thresholds(table: dict[str, object]) -> Thresholds:
    names = {field.name for field in fields(Thresholds)}
    if unknown := set(table) - names:
        raise ValueError(f"rules.toml: there is no threshold '{min(unknown)}'.")
    return Thresholds(**{name: table[name] for name in names})  # type: ignore[arg-type]


def _entries(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("rules.toml: phrases should be a list.")
    return value


def compile_phrases(phrases: list[str], lists: dict[str, str]) -> re.Pattern[str]:
    """One pattern for all phrases.

    Each match ends before the space that follows it, so that two in a row are both found.

    Args:
        phrases: as `rules.toml` explains.
        lists: alternatives by name, for the names in braces.

    Raises:
        ValueError: a phrase names a list that does not exist, or is not in lower case.
    """
    return re.compile(rf"(?<= )(?:{'|'.join(_pattern(phrase, lists) for phrase in phrases)})(?= )")


def _pattern(phrase: str, lists: dict[str, str]) -> str:
    if phrase != phrase.lower():
        raise ValueError(f"rules.toml: write '{phrase}' in lower case.")
    parts = []
    for part in phrase.split():
        if part == "{any?}":
            parts.append(r"(?:\S+ )?")
            continue
        parts.append(f"(?:{'|'.join(_word(word, lists, phrase) for word in part.split('|'))}) ")
    return "".join(parts).rstrip(" ")


def _word(word: str, lists: dict[str, str], phrase: str) -> str:
    pattern = ""
    for piece in re.split(r"(\{[^}]*\})", word):
        if piece in _PLACES:
            pattern += _PLACES[piece]
        elif piece.startswith("{"):
            if piece[1:-1] not in lists:
                raise ValueError(
                    f"rules.toml: '{phrase}' names the list '{piece[1:-1]}', which does not exist."
                )
            pattern += f"(?:{lists[piece[1:-1]]})"
        else:
            pattern += re.escape(piece)
    return pattern
