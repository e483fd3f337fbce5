"""Compares the wording of two takes.

Words are compared in lower case and without punctuation; filled pauses, discourse markers used as fillers,
fragments and bare punctuation are left out. A number is the same if the recogniser wrote it in the same way.
The takes are aligned by their longest common subsequence. Only runs of at least `SAME_RUN` words count as the
same wording, because shorter ones ('and I', 'of the') occur in any two texts.

Over 156 pairs of texts of different answers (those of 40 words and more in the samples and in the labelled
synthetic speech) the share of the same wording was 0 in half of the pairs, under 0.02 in nine of ten, and
0.05 at most. Transcripts of the same text in three synthetic voices had shares from 0.75 to 1.00: each
misheard word breaks a run, so 0.8 may well mean word for word.

Text that moved to another place counts as changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from analysis.comparison.models import ComparedTake, Passage, PassageKind, Said, Wording
from analysis.formatting import whole
from analysis.report import Filler, Report, Word
from analysis.text.sentences import ends_sentence
from analysis.text.spacing import running
from analysis.text.words import bare, is_filled_pause, is_fragment

_SPEAKABLE = re.compile(r"[^\W_]")
"""A letter or a digit."""

SAME_RUN = 3
"""Fewest words in a row that count as the same wording rather than common language."""

LONG_RUN = 10
"""Fewest words of a long run: about the length of a sentence."""

LEAST_WORDS = 40
"""Fewest words of each take for a share; in shorter takes one common phrase would be a large part."""

_NEARLY_ALL, _HARDLY_ANY = 0.95, 0.06
_BY_HEART = 0.7
"""Share in long runs from which an answer may have been learnt by heart, allowing for misheard words."""
_STEP = 5
"""Step, in per cent, to which a share is rounded in sentences; it is not more accurate."""

_TWO_LANGUAGES = "The two takes are in different languages, so their wording is not compared."
_HINT = "If you did not mean to learn it by heart, try a take from three key words alone."


@dataclass(frozen=True)
class _Run:
    """A run of `length` words that are the same in both takes, with its start indices."""

    first: int
    second: int
    length: int


def compare_wording(first: ComparedTake, second: ComparedTake) -> Wording:
    """Compares the wording of two takes."""
    one, other = words_meant(first.report), words_meant(second.report)
    same_language = first.report.transcript.language == second.report.transcript.language
    runs = tuple(_same_runs(one, other)) if same_language else ()
    passages = tuple(_passages(one, other, runs))
    if not same_language:
        return Wording(None, _TWO_LANGUAGES, None, passages)
    if min(len(one), len(other)) < LEAST_WORDS:
        return Wording(None, "Too little was said to compare the wording.", None, passages)
    share = sum(run.length for run in runs) / len(other)
    long = _mostly_long(runs)
    hint = _HINT if long and share >= _BY_HEART else None
    return Wording(round(share, 3), _sentence(share, long, first.name), hint, passages)


def words_meant(report: Report) -> tuple[Word, ...]:
    """The content words without the discourse markers that were used as fillers."""
    markers = [f for f in report.fillers if f.kind == "discourse_marker" and f.state == "filler"]
    return tuple(word for word in content_words(report) if not _is_within(word, markers))


def content_words(report: Report) -> tuple[Word, ...]:
    """All words except filled pauses, fragments and bare punctuation.

    `analysis.text.words.spoken_forms` leaves out the same, but it loads `inflect` to spell numbers, which
    takes seconds.
    """
    return tuple(
        word
        for word in report.transcript.words
        if _SPEAKABLE.search(word.text)
        and not is_filled_pause(word.text, word.language)
        and not is_fragment(word.text)
    )


def _is_within(word: Word, fillers: Sequence[Filler]) -> bool:
    middle = (word.start + word.end) / 2
    return any(filler.start <= middle <= filler.end for filler in fillers)


def _same_runs(one: Sequence[Word], other: Sequence[Word]) -> Iterator[_Run]:
    keys = [[bare(word.text).strip("-'") for word in words] for words in (one, other)]
    for block in Indel.opcodes(*keys).as_matching_blocks():
        if block.size >= SAME_RUN:
            yield _Run(block.a, block.b, block.size)


def _passages(one: Sequence[Word], other: Sequence[Word], runs: Sequence[_Run]) -> Iterator[Passage]:
    at_first = at_second = 0
    for run in (*runs, _Run(len(one), len(other), 0)):
        changed = range(at_first, run.first), range(at_second, run.second)
        if any(changed):
            yield _passage("changed", one, other, *changed)
        yield from _same(one, other, run)
        at_first, at_second = run.first + run.length, run.second + run.length


def _same(one: Sequence[Word], other: Sequence[Word], run: _Run) -> Iterator[Passage]:
    """Splits a run where a sentence ends in both takes."""
    begin = 0
    for end in range(1, run.length + 1):
        if end == run.length or (_closed(one, run.first + end) and _closed(other, run.second + end)):
            first, second = (range(start + begin, start + end) for start in (run.first, run.second))
            yield _passage("same", one, other, first, second)
            begin = end


def _passage(
    kind: PassageKind, one: Sequence[Word], other: Sequence[Word], first: range, second: range
) -> Passage:
    closes = _closed(one, first.stop) and _closed(other, second.stop)
    return Passage(kind, _said(one, first), _said(other, second), closes)


def _closed(words: Sequence[Word], place: int) -> bool:
    """Whether a sentence ends before this place."""
    return place in {0, len(words)} or ends_sentence(words[place - 1].text)


def _said(words: Sequence[Word], places: range) -> tuple[Said, ...]:
    """The words at these places, split into sentences."""
    pieces: list[list[Word]] = [[]]
    for word in words[places.start : places.stop]:
        pieces[-1].append(word)
        if ends_sentence(word.text):
            pieces.append([])
    return tuple(_piece(piece) for piece in pieces if piece)


def _piece(words: Sequence[Word]) -> Said:
    return Said(running(word.text for word in words), words[0].start, words[-1].end)


def _mostly_long(runs: Sequence[_Run]) -> bool:
    same = sum(run.length for run in runs)
    return sum(run.length for run in runs if run.length >= LONG_RUN) >= same / 2


def _sentence(share: float, long: bool, earlier: str) -> str:
    if share < _HARDLY_ANY:
        return f"Hardly any of the wording is the same as in {earlier}."
    how = "word for word in long stretches" if long else "in short pieces"
    much = "Nearly all" if share >= _NEARLY_ALL else f"About {_STEP * whole(100 * share / _STEP)} %"
    return f"{much} of the wording is the same as in {earlier}, {how}."
