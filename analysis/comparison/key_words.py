"""The key words of an answer, and which of them another telling of it keeps.

Key words are content words: those said most often, and of those said equally often the longer ones, which are
rarer in English. Verbs in -ed and -ing come after others, because another telling often has another verb.
Forms of one word are one key word (`analysis.text.stems`). A form that differs by a letter or two counts as
that word as well, because the recogniser spells names and terms in several ways.
"""

from collections import Counter
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from analysis.comparison.wording import words_meant
from analysis.report import Report, State, Word
from analysis.text.common_words import is_common
from analysis.text.sentences import ends_sentence
from analysis.text.stems import stem
from analysis.text.words import bare

MOST_KEY_WORDS = 10
"""Key words that are looked for: an answer of a minute has 40 to 60 different content words."""
FEWEST_KEY_WORDS = 4
"""Content words that the first telling needs; fewer say too little about what was kept."""

_SHORTEST_WORD = 4
"""Letters of a key word at least. Shorter ones are seldom terms; initialisms ('ICU') are."""
_LEAST_PROBABILITY = 0.5
"""Probability of the recogniser, under which a word of the first telling is no key word."""
_VERBS_LOSE = 0.5
"""Mentions by which a verb in -ed or -ing comes after other words."""
_UNSURE_SHARE = 0.35
"""Share of the second telling's words under that probability, from which words can be missed in it."""
_SAME_SPELLING = 85.0
"""Likeness of two stems, of 100, from which they are one word: one letter of seven may differ."""
_SHORTEST_ALIKE = 6
"""Letters from which likeness counts; of shorter words, like ones are often different ones."""


@dataclass(frozen=True)
class KeyWords:
    """The key words of a first telling.

    Attributes:
        kept: those that the second telling has too, in order of the first, as they were said there.
        left_out: the others, likewise.
        state: `not_measurable` where there is nothing to compare.
        reason: stable code why the state is not `measured`: `too_little_speech`, `language_not_english` or
            `recogniser_uncertain`; None otherwise.
    """

    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    state: State
    reason: str | None = None

    @property
    def total(self) -> int:
        """Number of key words."""
        return len(self.kept) + len(self.left_out)


def compare_key_words(first: Report, second: Report) -> KeyWords:
    """Which key words of the first telling the second one keeps."""
    if first.transcript.language != "en" or second.transcript.language != "en":
        return KeyWords((), (), "not_measurable", "language_not_english")
    said, again = words_meant(first), words_meant(second)
    keys = key_words(said)
    if len(keys) < FEWEST_KEY_WORDS or not again:
        return KeyWords((), (), "not_measurable", "too_little_speech")
    stems = {stem(_plain(word)) for word in again}
    kept = tuple(text for text, root in keys.items() if _is_among(root, stems))
    left_out = tuple(text for text in keys if text not in kept)
    unsure = sum(word.probability < _LEAST_PROBABILITY for word in again) > _UNSURE_SHARE * len(again)
    if unsure:
        return KeyWords(kept, left_out, "low_confidence", "recogniser_uncertain")
    return KeyWords(kept, left_out, "measured")


def key_words(words: tuple[Word, ...]) -> dict[str, str]:
    """The key words of an answer in the order of their first mention: as they were said, and their stems.

    Args:
        words: without filled pauses and fragments.
    """
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for previous, word in zip((None, *words), words, strict=False):
        plain = _plain(word)
        if word.probability < _LEAST_PROBABILITY or is_common(plain) or not _is_long_enough(word, plain):
            continue
        root = stem(plain)
        if is_common(root):
            continue
        counts[root] += 1
        opens = previous is None or ends_sentence(previous.text)
        shown = _as_shown(word, opens=opens)
        if root not in found or (found[root].islower() and not shown.islower()):
            found[root] = shown  # A name has a capital within a sentence.

    def rank(root: str) -> tuple[float, int]:
        is_verb = found[root].endswith(("ed", "ing"))
        return counts[root] - (_VERBS_LOSE if is_verb else 0.0), len(root)

    ranked = sorted(found, key=rank, reverse=True)[:MOST_KEY_WORDS]
    return {text: root for root, text in found.items() if root in ranked}


def _plain(word: Word) -> str:
    return bare(word.text).strip("-'")


def _is_long_enough(word: Word, plain: str) -> bool:
    return len(plain) >= _SHORTEST_WORD or (len(plain) > 1 and _as_shown(word, opens=False).isupper())


def _as_shown(word: Word, *, opens: bool) -> str:
    """As it was written, without punctuation; a capital at the start of a sentence is not kept.

    Args:
        opens: whether it is the first word of a sentence.
    """
    text = word.text.strip(' \t\n.,;:!?…"“”()[]-').removesuffix("'s").removesuffix("’s")
    return text.lower() if opens and not text.isupper() else text


def _is_among(root: str, stems: set[str]) -> bool:
    if root in stems:
        return True
    return len(root) >= _SHORTEST_ALIKE and any(ratio(root, other) >= _SAME_SPELLING for other in stems)
