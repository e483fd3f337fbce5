"""The labelled sentences, and how the matcher does on them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.report import Word
from analysis.specifics.matching import Heard, specifics_in

FILE = Path(__file__).with_name("labelled.toml")


@dataclass(frozen=True)
class Labelled:
    """A specific, a sentence, and what kind of sentence it is for it."""

    specific: str
    sentence: str
    kind: str
    held_out: bool


def labelled(*, held_out: bool) -> Iterator[Labelled]:
    """The pairs of one half; for each specific also what is said of all others in it, as not said."""
    entries = [
        entry
        for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["specifics"]
        if entry["held_out"] == held_out
    ]
    for entry in entries:
        for kind in ("said", "in_other_words", "not_said"):
            for sentence in entry.get(kind, ()):
                yield Labelled(entry["text"], sentence, kind, held_out)
        for other in entries:
            if other is not entry:
                for sentence in (*other["said"], *other["not_said"]):
                    yield Labelled(entry["text"], sentence, "of_another", held_out)


def spoken(text: str, *, probability: float = 0.9) -> tuple[Word, ...]:
    """The words of a text, one every 0.4 s."""
    return tuple(
        Word(word, round(0.4 * place, 2), round(0.4 * place + 0.35, 2), probability)
        for place, word in enumerate(text.split())
    )


def heard(pair: Labelled) -> Heard:
    return specifics_in(spoken(pair.sentence), [pair.specific])[0].heard
