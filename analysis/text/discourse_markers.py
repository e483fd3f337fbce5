"""Whether 'like', 'you know', 'I mean' and their kind fill time or carry meaning.

'I would like to' is not a filler, 'it was, like, hard' is. Most cases are decided by the words around it:
part-of-speech taggers are known to fail on these words. Each rule gives a probability that it is a filler;
where the words do not decide, the recogniser's commas and a pause next to the marker do.
The rules for 'like' are in `analysis.text.like`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.report import Pause, Word
from analysis.text import word_classes as kinds
from analysis.text.like import like
from analysis.text.marker_context import Context, context_of
from analysis.text.sentences import ends_clause
from analysis.text.words import bare


@dataclass(frozen=True)
class Occurrence:
    """A marker in the text.

    Attributes:
        text: the marker, lower case.
        start, end: seconds.
        probability: that it is a filler, 0 to 1.
    """

    text: str
    start: float
    end: float
    probability: float


_ASKING = kinds.listed(
    """
    do did does don't didn't if as would will let who should can could might may must what how before
    until than sure when once unless whether while hope bet only wish
    """
)
"""Before 'you know' with its meaning: 'as you know', 'do you know', 'when you know'."""
_HOLDING = kinds.listed(
    """
    everything anything all more less people person one someone things thing much
    """
)
"""What can be known: 'the people you know'."""
_WHAT = kinds.listed("what how why who where when if whether about of")
_NAMED = kinds.listed(
    """
    the my your yours mine his our their this these those him them me us more nothing everything well as
    each
    """
)
"""After 'you know', what is known: 'you know the answer'; unless it has a verb of its own."""
_HOW_MUCH = kinds.listed("more less better best exactly perfectly very")
"""After 'you know', how well it is known: 'you know more than I do'."""
_MEANING = kinds.listed("what know whatever if when which that how")
"""Before 'I mean' with its meaning: 'what I mean'."""
_VERB_WITHIN = 4
"""Words in which a clause shows its verb: 'you know, my old teacher was'."""


def _you_know(c: Context) -> float:
    previous, following = c.back(), c.ahead()
    if c.comma_after and not c.closes and previous == "so" and c.back(2) == "just":
        return 0.05
    if previous in _ASKING and not c.comma_before:
        return 0.3 if c.set_off_after and previous in {"if", "when", "what"} else 0.05
    if c.comma_after:
        return 0.95 if c.set_off_before else (0.3 if previous in _HOLDING else 0.75)
    if previous in _HOLDING and not c.set_off_before:
        return 0.1
    if following in kinds.AUXILIARIES and previous.endswith("s") and previous not in kinds.AUXILIARIES:
        return 0.5  # 'the doctors you know are'
    if following in _HOW_MUCH and not c.halt_before:
        return 0.15
    if following in _WHAT:
        return 0.5 if c.halt_before else 0.12
    if following in {"it", "her", "that"}:
        if not _clause_follows(c, 2):
            return 0.1
        return 0.55 if c.opens and not c.halt_after else 0.9  # 'you know it is hard' may be meant
    if following in _NAMED:
        return 0.85 if _clause_follows(c, _VERB_WITHIN) else (0.5 if c.halt_before else 0.15)
    return 0.95 if c.set_off_before or c.halt_after else 0.75


def _i_mean(c: Context) -> float:
    previous, following = c.back(), c.ahead()
    if previous in _MEANING and not c.comma_before:
        return 0.05
    if c.comma_after and not c.closes:
        return 0.93
    if previous == "by" or (not c.comma_before and "by" in c.before[-4:]):
        return 0.1
    if any(word in {"say", "said"} for word in c.before[-6:]):
        return 0.3
    if following in {"it", "that"}:
        return 0.9 if _clause_follows(c, 2) else 0.1
    if following == "what" and c.ahead(2) in {"i", "we"} and not c.set_off_after:
        return 0.3  # 'I mean what I say'
    if following in {"every", "business", "harm", "no"} and not _clause_follows(c, _VERB_WITHIN):
        return 0.1
    if following == "well" and c.clause == 1:
        return 0.3
    if following == "to" and c.ahead(2) not in {"be", "tell", "say", "answer"}:
        return 0.15
    if following in kinds.DETERMINERS and c.opens and not _clause_follows(c, len(c.after)):
        return 0.4
    return 0.93 if c.set_off_after or c.set_off_before else 0.8


def _clause_follows(c: Context, within: int) -> bool:
    """Whether a finite verb follows within so many words of the marker, but not immediately."""
    clause = c.after[: min(within, c.clause)]
    if clause and clause[0].endswith(("'s", "'re")):
        return True
    return any(word in kinds.FINITE or word.endswith("'s") or kinds.is_past(word) for word in clause[1:])


_KIND_OF = kinds.listed(
    """
    a an the this that these those my your his her our their some any every what which no another same
    all one each certain different other new right best worst only many two three
    """
)
"""Before 'kind of' with its meaning: 'the kind of'."""


def _sort_of(c: Context) -> float:
    if c.back() in _KIND_OF and not c.set_off_before:
        return 0.05
    return 0.85


def _adverb(c: Context) -> float:
    if c.set_off_after and (c.opens or c.set_off_before):
        return 0.8
    return 0.45


_BELIEVED = kinds.listed("think hope say said believe guess suppose do did even if not more less ever is was")
"""Before 'so' with its meaning: 'I think so', 'even so'."""


def _so(c: Context) -> float:
    if c.back() in _BELIEVED and not c.set_off_before:
        return 0.05
    if c.opens and c.set_off_after:
        return 0.65
    return 0.45 if c.opens else (0.6 if c.closes or (c.set_off_before and c.set_off_after) else 0.05)


def _right(c: Context) -> float:
    if c.closes and c.set_off_before:
        return 0.8
    return 0.7 if c.opens and c.set_off_after else 0.05


def _well(c: Context) -> float:
    inside = not c.opens and not c.closes and c.set_off_before and c.set_off_after
    if inside and c.back() in kinds.AUXILIARIES:
        return 0.65
    return 0.65 if c.opens and c.set_off_after else (0.35 if c.opens else 0.04)


_RULES: dict[tuple[str, ...], Callable[[Context], float]] = {
    ("like",): like,
    ("you", "know"): _you_know,
    ("i", "mean"): _i_mean,
    ("sort", "of"): _sort_of,
    ("kind", "of"): _sort_of,
    ("basically",): _adverb,
    ("actually",): _adverb,
    ("so",): _so,
    ("right",): _right,
    ("well",): _well,
}


def find_discourse_markers(words: Sequence[Word], pauses: Sequence[Pause]) -> tuple[Occurrence, ...]:
    """Every marker in the text, in order, with the probability that it is a filler."""
    texts = [bare(word.text) for word in words]
    found: list[Occurrence] = []
    for index in range(len(words)):
        for marker, rule in _RULES.items():
            if tuple(texts[index : index + len(marker)]) != marker:
                continue
            if any(ends_clause(word.text) for word in words[index : index + len(marker) - 1]):
                continue
            last = index + len(marker) - 1
            context = context_of(words, texts, index, last, pauses)
            found.append(Occurrence(" ".join(marker), words[index].start, words[last].end, rule(context)))
    return tuple(found)
