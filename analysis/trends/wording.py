"""Sentences on changes: their direction, figures and certainty. They never say whether a change is good."""

from dataclasses import dataclass

from analysis import formatting
from analysis.trends.models import Change, Estimate

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True)
class Directions:
    """Words for one measure.

    Attributes:
        more, less: the directions, for the start of a sentence.
        unit: unit after the figure, with a leading space; empty if the figure includes it.
        decimals: decimals of the figure on the pages.
    """

    more: str
    less: str
    unit: str
    decimals: int


_LENGTH = "answer_length"
DIRECTIONS = {
    _LENGTH: Directions("Longer answers", "Shorter answers", "", 0),
    "speaking_rate": Directions("Faster", "Slower", " words a minute", 0),
    "long_pause_rate": Directions("More long pauses", "Fewer long pauses", " a minute", 1),
    # Measure of a focus that was chosen with an earlier build.
    "pause_rate": Directions("More pauses", "Fewer pauses", " a minute", 1),
    "filler_rate": Directions("More fillers", "Fewer fillers", " a minute", 1),
}


def figure(value: float, measure: str) -> str:
    """A figure as on the pages, without its unit: `1 min 42 s`, `142`, `3.8`."""
    if measure == _LENGTH:
        return formatting.duration(value)
    return formatting.number(value, DIRECTIONS[measure].decimals)


def number(count: int) -> str:
    """A count in a sentence: in words up to twelve."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def number_of_takes(count: int) -> str:
    """`one take`, `three takes`."""
    return f"{number(count)} {'take' if count == 1 else 'takes'}"


def direction(change: Change, measure: str) -> str:
    """The direction of a change, such as `Fewer fillers`; empty if nothing was compared."""
    if change.before is None or change.after is None:
        return ""
    words = DIRECTIONS[measure]
    return words.more if change.after.value > change.before.value else words.less


def probable_direction(change: Change, measure: str) -> str:
    """The direction of a probable change, such as `Probably fewer fillers`."""
    way = direction(change, measure)
    return f"Probably {way[:1].lower()}{way[1:]}"


def from_to(change: Change, measure: str) -> str:
    """The figures of a change: `6.1 to 3.8 a minute`, or `still 7.3 a minute` if both are written alike."""
    if change.before is None or change.after is None:
        return ""
    unit = DIRECTIONS[measure].unit
    before, after = figure(change.before.value, measure), figure(change.after.value, measure)
    if before != after:
        return f"{before} to {after}{unit}"
    if change.verdict not in ("clear_change", "probably"):
        return f"still {before}{unit}"
    before, after = _finer(change.before, measure), _finer(change.after, measure)
    return f"{before} to {after}{unit}"


def _finer(estimate: Estimate, measure: str) -> str:
    """A figure with one more decimal, for a change that the usual rounding would hide."""
    if measure == _LENGTH:
        return f"{formatting.number(estimate.value, 1)} s"
    return formatting.number(estimate.value, DIRECTIONS[measure].decimals + 1)


def change_sentence(change: Change, measure: str) -> str:
    """The sentence above a chart, on the earlier and the later half of the takes."""
    return _sentence(change, measure, over=f"over {change.looked_at:,} takes")


def focus_change_sentence(change: Change, measure: str) -> str:
    """The sentence on a week's focus: takes before it was chosen, compared with those since."""
    if change.verdict == "too_few" and not change.takes_needed:
        return "There are fewer than five takes from before, so there is nothing to compare with."
    return _sentence(change, measure, over=f"over the {number_of_takes(change.looked_at)} since")


def _sentence(change: Change, measure: str, *, over: str) -> str:
    if change.before is None or change.after is None:
        return f"Cannot tell yet: {more_takes(change.takes_needed)}."
    figures = f"{from_to(change, measure)} {over}"
    next_look = f"Compared again after {more_takes(change.takes_needed)}."
    match change.verdict:
        case "clear_change":
            return f"{direction(change, measure)}: {figures}, a clear change."
        case "probably":
            return f"{probable_direction(change, measure)}: {figures}. {next_look}"
        case "not_given":
            return f"{figures[:1].upper()}{figures[1:]}."
        case _:
            return f"Cannot tell yet: {figures}. {next_look}"


def more_takes(count: int) -> str:
    """`one more take`, `three more takes`."""
    return "one more take" if count == 1 else f"{number(count)} more takes"


def headline(changes: dict[str, Change], takes: int) -> str:
    """The headline over all measures.

    Args:
        changes: changes by measure, for measures with verdicts.
        takes: number of takes of the build that is compared.
    """
    clear = [direction(change, name) for name, change in changes.items() if change.verdict == "clear_change"]
    probable = [direction(change, name) for name, change in changes.items() if change.verdict == "probably"]
    if len(clear) == 1:
        (name,) = (name for name, change in changes.items() if change.verdict == "clear_change")
        return f"{clear[0]}, a clear change: {from_to(changes[name], name)}."
    if clear:
        return f"Clear changes: {_in_sentence(clear)}."
    if probable:
        return f"Probably {_in_sentence(probable)}; no clear change yet."
    return f"No clear change yet over {number_of_takes(takes)}."


def _in_sentence(parts: list[str]) -> str:
    """Joins directions within a sentence, such as `fewer fillers and more pauses`."""
    return formatting.listed([part[:1].lower() + part[1:] for part in parts])
