"""Sentences on two takes, a second telling, and an apology. They never call anything better or worse."""

from collections.abc import Sequence
from typing import Literal

from analysis.comparison.spread import DEFAULT_SPREAD, Spread
from analysis.formatting import duration, listed, whole
from analysis.report import Measure, Report
from analysis.trends.models import Verdict
from analysis.trends.wording import DIRECTIONS, figure

_NAMES = {
    "answer_length": "Length",
    "speaking_rate": "Pace",
    "long_pause_rate": "Long pauses",
    "filler_rate": "Fillers",
}
_CHANGES = {"clear_change": "a clear change", "probably": "probably a change"}

_UNKNOWN = {
    "build": "not compared, because the two takes were measured in different ways",
    "missing": "cannot tell, because one take has no figure",
    "less_sure": "cannot tell, because a figure is less sure",
}


def change_sentence(name: str, first: Measure, second: Measure, verdict: Verdict) -> str:
    """A sentence on a measure of the family, if both takes have a figure.

    >>> rate = Measure(8.2, "per min", 6.0, 10.0, "measured")
    >>> change_sentence("filler_rate", rate, Measure(3.1, "per min", 2.0, 5.0, "measured"), "probably")
    'Fewer fillers: 8.2 to 3.1 a minute, probably a change.'
    """
    match verdict:
        case "clear_change" | "probably":
            return (
                f"{_direction(name, first, second)}: {_pair(name, first, second, 'to')}, {_CHANGES[verdict]}."
            )
        case "not_given":
            return f"{_NAMES[name]}: {_pair(name, first, second, 'and')}."
    return f"{_NAMES[name]}: cannot tell yet from two takes."


def unknown_sentence(name: str, why: Literal["build", "missing", "less_sure"]) -> str:
    """A sentence on why there is no verdict."""
    return f"{_NAMES[name]}: {_UNKNOWN[why]}."


def _direction(name: str, first: Measure, second: Measure) -> str:
    more = (second.value or 0.0) > (first.value or 0.0)
    if name == "answer_length":
        return "Longer" if more else "Shorter"
    return DIRECTIONS[name].more if more else DIRECTIONS[name].less


def _pair(name: str, first: Measure, second: Measure, between: str) -> str:
    one, other = (figure(measure.value or 0.0, name) for measure in (first, second))
    return f"{one} {between} {other}{DIRECTIONS[name].unit}"


OTHER_BUILD = (
    "These two takes were measured by different versions of the analysis, so their figures are not compared. "
    "Only the wording is. Analyse both again to compare the figures too."
)


def method(spread: Spread) -> str:
    """Explains how a change is distinguished from chance."""
    if spread.takes:
        yours = f"How much your takes differ was learned from {spread.takes} other takes."
    else:
        length, pace, events = (
            whole(100 * DEFAULT_SPREAD[name] ** 0.5)
            for name in ("answer_length", "speaking_rate", "filler_rate")
        )
        yours = (
            "How much your takes differ is not known yet, so cautious values are used. "
            f"They are about {length} % for length, {pace} % for pace and {events} % for pauses and fillers."
        )
    return (
        f"Two takes of one answer differ even when nothing has changed. {yours} "
        "By chance alone, at most 1 of 20 pairs of takes shows a clear change in any measure. "
        "For one measure alone, at most 1 of 20 pairs shows a probable change. "
        "If you look at many pairs, some will differ by chance."
    )


APOLOGY_MOST = 15.0
"""Seconds that an apology for a lost connection needs at most: sorry, thanks, and on."""

_MOST_LEFT_OUT = 5
"""Words that are named where they were left out."""

Direction = Literal["less", "same", "more"] | None


def retelling_sentences(
    *,
    length: tuple[Measure, Measure, Direction],
    pace: tuple[Measure, Measure, Direction],
    kept: Sequence[str],
    left_out: Sequence[str],
    sure: bool,
    verdicts: bool = True,
) -> tuple[str, ...]:
    """What there is to say about a second telling, the most important first.

    Args:
        length, pace: of the first and the second telling, and how the second differs; None if it is unknown.
        kept, left_out: key words of the first telling; none where they could not be compared.
        sure: whether all of it was measured reliably.
        verdicts: False if the person wants no verdicts on fluency: the pace then has figures only.
    """
    sentences = [_retold(length, kept, left_out), _retold_pace(pace, verdicts), _left_out(kept, left_out)]
    if not sure and any(sentences):
        sentences.append("Some of this is less sure.")
    return tuple(sentence for sentence in sentences if sentence) or (
        "The two times cannot be compared: too little was heard.",
    )


def _retold(length: tuple[Measure, Measure, Direction], kept: Sequence[str], left_out: Sequence[str]) -> str:
    first, second, direction = length
    total = len(kept) + len(left_out)
    words = f"kept {len(kept)} of {total} key words" if total else ""
    if direction is None:
        return f"The second time {words}." if words else ""
    how = {"less": "shorter", "same": "about as long", "more": "longer"}[direction]
    took = f"was {how} ({duration(second.value or 0.0)} after {duration(first.value or 0.0)})"
    return f"The second time {took} and {words}." if words else f"The second time {took}."


def _retold_pace(pace: tuple[Measure, Measure, Direction], verdicts: bool) -> str:
    first, second, direction = pace
    if direction is not None and not verdicts:
        return f"Pace: {whole(first.value or 0.0)} and {whole(second.value or 0.0)} words a minute."
    figures = f"{whole(second.value or 0.0)} words a minute after {whole(first.value or 0.0)}"
    match direction:
        case "less":
            return f"You spoke more slowly: {figures}."
        case "same":
            return f"You kept your pace: {figures}."
        case "more":
            return f"You spoke faster: {figures}. A listener who missed it needs it no faster."
    return ""


def _left_out(kept: Sequence[str], left_out: Sequence[str]) -> str:
    if not left_out or not kept:
        return ""
    named = listed([f"'{word}'" for word in left_out[:_MOST_LEFT_OUT]])
    more = len(left_out) - _MOST_LEFT_OUT
    return f"Left out: {named}." if more <= 0 else f"Left out: {named}, and {more} more."


def apology_sentence(report: Report) -> str:
    """A sentence on the length of the apology after a lost connection.

    >>> apology_sentence(report)  # doctest: +SKIP
    'Your apology took 9 s: short, and on to the answer.'
    """
    length = report.measures["answer_length"]
    if length.value is None:
        return "No apology was heard."
    about = "" if length.state == "measured" else "about "
    if whole(length.value) <= APOLOGY_MOST:
        return f"Your apology took {about}{duration(length.value)}: short, and on to the answer."
    return (
        f"Your apology took {about}{duration(length.value)}. "
        f"{whole(APOLOGY_MOST)} s are enough: sorry, thanks, and on."
    )
