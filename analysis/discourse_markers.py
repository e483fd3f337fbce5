"""Whether 'like', 'you know', 'I mean' and their kind fill time or carry meaning.

'I would like to' is no filler, 'it was, like, hard' is. The words around it decide most: taggers of parts
of speech are known to fail on these words. Each rule gives a probability that the marker is a filler;
where the words do not decide, the commas that the recogniser set and a pause beside the marker do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.sentences import ends_clause, ends_sentence
from analysis.vocabulary import Pause, Word
from analysis.words import bare, is_filled_pause

_PAUSE_NEAR = 0.25
"""Seconds between a marker and a pause that belongs to it; word times are that uncertain."""


@dataclass(frozen=True)
class Context:
    """A marker among its neighbours.

    Attributes:
        before: bare words before it, nearest last, filled pauses left out.
        after: bare words after it, nearest first, filled pauses left out.
        opens: it starts a sentence or the answer.
        set_off_before: a comma, a pause or a filled pause lies right before it.
        set_off_after: likewise right after it.
        closes: it ends a sentence.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    opens: bool
    set_off_before: bool
    set_off_after: bool
    closes: bool


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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WISHING = _words("would i'd we'd you'd they'd he'd she'd who'd to not don't didn't doesn't wouldn't")
"""Before 'like' as a verb: 'I would like', 'they don't like'."""
_LIKING_SUBJECTS = _words(
    """
    i you we they he she who people patients students really also always might may should do did does
    never still both all most
    """
)
_COMPARING = _words(
    """
    feel feels felt feeling look looks looked looking sound sounds sounded seem seems seemed taste smell
    something nothing anything things exactly more much act acts acted treat treated
    """
)
"""Before 'like' as a comparison: 'it felt like', 'something like'."""
_COPULAS = _words("is are was were it's that's be been i'm you're we're they're he's she's")
_BEFORE_FILLER = _words("and but so because was were is just then it's that's be")
_DETERMINERS = _words(
    """
    a an the this that these those my your his her our their some any every what which no another same all
    one each certain different other new right best worst only many two three
    """
)
_CLAUSE_OPENERS = _words(
    """
    i we it it's that's you he she they there there's i'm we're and but so because if when then
    """
)
_ASKING = _words(
    """
    do did does don't didn't if that as would will let to should could can might may what how before until
    than sure
    """
)
"""Before 'you know' with its meaning: 'as you know', 'do you know'."""
_KNOWN = _words("what how why who where when that the about of")
_MEANING = _words("what know that whatever if when which")
"""Before 'I mean' with its meaning: 'what I mean'."""


def _like(c: Context) -> float:
    previous, following = _last(c.before), _first(c.after)
    alone = c.set_off_before and c.set_off_after
    if previous in _WISHING:
        return 0.6 if alone else 0.03
    if following == "to" and not c.set_off_after:
        return 0.05
    if alone:
        return 0.95
    if previous in _COMPARING and not c.set_off_before:
        return 0.1
    if previous in _LIKING_SUBJECTS and not c.set_off_before:
        return 0.55 if following in _CLAUSE_OPENERS else 0.08
    if c.opens:
        return 0.85 if following in _CLAUSE_OPENERS else 0.6
    if c.set_off_after:
        return 0.85
    if c.set_off_before:
        # 'small things, like holding a hand' gives an example; 'and, like, we had' fills.
        return 0.8 if following in _CLAUSE_OPENERS else 0.5
    if previous in _COPULAS and following in _DETERMINERS:
        return 0.15
    return 0.75 if previous in _BEFORE_FILLER else 0.2


def _you_know(c: Context) -> float:
    previous, following = _last(c.before), _first(c.after)
    if previous in _ASKING and not c.set_off_before:
        return 0.05
    if following in _KNOWN and not c.set_off_after:
        return 0.5 if c.set_off_before else 0.12
    return 0.95 if c.set_off_before or c.set_off_after or c.closes else 0.75


def _i_mean(c: Context) -> float:
    previous, following = _last(c.before), _first(c.after)
    if previous in _MEANING and not c.set_off_before:
        return 0.05
    if following in {"by", "that", "what", "to", "the"} and not (c.set_off_after or c.set_off_before):
        return 0.3
    return 0.93 if c.set_off_after or c.set_off_before else 0.8


def _sort_of(c: Context) -> float:
    if _last(c.before) in _DETERMINERS and not c.set_off_before:
        return 0.05
    return 0.85


def _adverb(c: Context) -> float:
    if c.set_off_after and (c.opens or c.set_off_before):
        return 0.8
    return 0.45


def _so(c: Context) -> float:
    if c.opens and c.set_off_after:
        return 0.65
    return 0.45 if c.opens else (0.6 if c.closes or (c.set_off_before and c.set_off_after) else 0.05)


def _right(c: Context) -> float:
    if c.closes and c.set_off_before:
        return 0.8
    return 0.7 if c.opens and c.set_off_after else 0.05


def _well(c: Context) -> float:
    return 0.65 if c.opens and c.set_off_after else (0.35 if c.opens else 0.04)


_RULES: dict[tuple[str, ...], Callable[[Context], float]] = {
    ("like",): _like,
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
    """Every marker in the text with the probability that it is a filler."""
    texts = [bare(word.text) for word in words]
    found: list[Occurrence] = []
    for index in range(len(words)):
        for marker, rule in _RULES.items():
            if tuple(texts[index : index + len(marker)]) != marker:
                continue
            if any(ends_clause(word.text) for word in words[index : index + len(marker) - 1]):
                continue
            last = index + len(marker) - 1
            context = _context(words, texts, index, last, pauses)
            found.append(Occurrence(" ".join(marker), words[index].start, words[last].end, rule(context)))
    return tuple(found)


def _context(
    words: Sequence[Word], texts: Sequence[str], first: int, last: int, pauses: Sequence[Pause]
) -> Context:
    before = [i for i in range(max(0, first - 6), first) if not is_filled_pause(words[i].text)]
    after = [i for i in range(last + 1, min(len(words), last + 7)) if not is_filled_pause(words[i].text)]
    filled_before = first > 0 and is_filled_pause(words[first - 1].text)
    filled_after = last + 1 < len(words) and is_filled_pause(words[last + 1].text)
    opens = not before or ends_sentence(words[before[-1]].text)
    return Context(
        before=tuple(texts[i] for i in before[-3:]),
        after=tuple(texts[i] for i in after[:3]),
        opens=opens,
        set_off_before=opens
        or filled_before
        or ends_clause(words[first - 1].text)
        or any(abs(p.end - words[first].start) < _PAUSE_NEAR for p in pauses),
        set_off_after=ends_clause(words[last].text)
        or filled_after
        or any(abs(p.start - words[last].end) < _PAUSE_NEAR for p in pauses),
        closes=ends_sentence(words[last].text),
    )


def _last(texts: tuple[str, ...]) -> str:
    return texts[-1] if texts else ""


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""
