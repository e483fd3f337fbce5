"""Tables of figures as text, for the terminal and the accuracy page.

A share is written '0.93 (0.82-0.98)': the figure and its 95 % interval. A dash means that there is too little
to measure.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.evaluation.clip_scores import Detectors
from analysis.evaluation.comparison import Difference
from analysis.evaluation.summary import FEWEST_EVENTS, EventFigures, GroupFigures
from analysis.evaluation.uncertainty import Figure
from analysis.measures.registry import DEFINITIONS

NO_FIGURE = "–"
_Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        title: title of the table.
        columns: headers; the first column contains the group.
        rows: cells, one per column.
        note: how to read it; may be empty.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]
    note: str = ""


def tables(groups: Sequence[GroupFigures]) -> Iterator[Table]:
    """All tables with at least one row."""
    for table in (
        _event_table(
            "'Um' and 'uh', sure and unsure",
            groups,
            lambda group: group.filled_pauses,
            "Found within 0.25 s, one to one; start and end: the median error. Doubtful ones, and ones that "
            "another speaker talks over, are ignored.",
        ),
        _event_table("'Um' and 'uh', sure ones only", groups, lambda group: group.sure, ""),
        _false_table(groups),
        _event_table(
            "'Like', 'you know', 'I mean' as fillers",
            groups,
            lambda group: group.markers,
            "Only clips in which they are labelled: synthetic answers, spliced ones (which have none), and "
            "spontaneous talk transcribed by a person.",
        ),
        _like_table(groups),
        _pause_table(groups),
        _word_table(groups),
        _silence_table(groups),
        _interval_table(groups),
        _state_table(groups),
        _time_table(groups),
    ):
        if table.rows:
            yield table


_DETECTORS: dict[Detectors, str] = {
    "out_of_fold": "judged out-of-fold: by detectors that were trained without them and their twins",
    "not_trained_on": "judged by the shipped detectors, none of which was trained on them",
    "own_training_clip": "judged by the shipped detectors, which were trained on these very clips: "
    "error on other recordings is larger",
}


def about_detectors(everything: GroupFigures) -> str:
    """A sentence or two on whether the detectors were trained on the clips."""
    return " ".join(
        f"{everything.detectors[which]} of {everything.clips} clips are {words}."
        for which, words in _DETECTORS.items()
        if everything.detectors.get(which)
    )


def share(figure: Figure) -> str:
    """A share such as '0.93 (0.82–0.98)'."""
    return _with_interval(figure, lambda value: f"{value:.2f}")


def percent(figure: Figure) -> str:
    """A percentage such as '2.9 % (1.8–4.1)'."""
    return _with_interval(figure, lambda value: f"{100 * value:.1f}", " %")


def milliseconds(figure: Figure) -> str:
    """A time such as '26 ms (20–31)'."""
    return _with_interval(figure, lambda value: f"{1000 * value:.0f}", " ms")


def rate_a_minute(figure: Figure) -> str:
    """A rate per minute such as '0.18 (0.06–0.41)'."""
    return _with_interval(figure, lambda value: f"{value:.2f}")


def _with_interval(figure: Figure, write: Callable[[float], str], unit: str = "") -> str:
    if figure.value is None:
        return NO_FIGURE
    value = write(figure.value) + unit
    if figure.low is None or figure.high is None:
        return value
    return f"{value} ({write(figure.low)}–{write(figure.high)})"


def _detection(events: EventFigures) -> tuple[str, str, str]:
    """Precision, recall and F1; with few events counts, which say how few."""
    if events.true >= FEWEST_EVENTS or events.hits is None:
        return share(events.precision), share(events.recall), share(events.f1)
    return _of(events.hits, events.found), _of(events.hits, events.true), NO_FIGURE


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else NO_FIGURE


def comparison_table(differences: Iterable[Difference]) -> Table:
    """The table that compares two builds on the same clips."""
    rows = [
        (
            difference.group,
            difference.figure,
            str(difference.difference.n),
            f"{difference.before:.3f}",
            f"{difference.after:.3f}",
            _with_interval(difference.difference, lambda value: f"{value:+.3f}"),
        )
        for difference in differences
    ]
    columns = ("", "measure", "clips", "before", "after", "difference")
    note = "On the clips that both analysed. A difference with an interval that contains 0 may be chance."
    return Table("Compared", columns, tuple(rows), note)


def _event_table(
    title: str,
    groups: Sequence[GroupFigures],
    events_of: Callable[[GroupFigures], EventFigures | None],
    note: str,
) -> Table:
    rows = [
        (
            group.name,
            f"{events.true:,}",
            f"{events.found:,}",
            *_detection(events),
            milliseconds(events.start_error),
            milliseconds(events.end_error),
        )
        for group in groups
        if (events := events_of(group)) is not None
    ]
    columns = ("", "true", "found", "precision", "recall", "F1", "start", "end")
    return Table(title, columns, tuple(rows), note)


def _false_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            f"{group.silent_minutes:.1f}",
            f"{group.false_sure.n}",
            rate_a_minute(group.false_sure),
            f"{group.false_filled_pauses.n}",
            rate_a_minute(group.false_filled_pauses),
        )
        for group in groups
        if group.silent_minutes > 0
    ]
    columns = ("", "minutes", "sure", "a minute", "sure and unsure", "a minute")
    return Table("'Um' and 'uh' reported in recordings that have none", columns, tuple(rows))


def _like_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            str(like.filler_found),
            str(like.filler_missed),
            str(like.ordinary_called_filler),
            str(like.ordinary_left),
        )
        for group in groups
        if (like := group.like) is not None and any(vars(like).values())
    ]
    columns = ("", "found", "missed", "false", "left alone")
    note = "Fillers that were found and missed; ordinary uses that were called fillers, and that were not."
    return Table("The word 'like'", columns, tuple(rows), note)


def _pause_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            f"{pauses.true:,}",
            f"{pauses.found:,}",
            *_detection(pauses),
            milliseconds(pauses.edge_error),
            milliseconds(pauses.edge_error_90),
        )
        for group in groups
        if (pauses := group.pauses) is not None
    ]
    columns = (
        "",
        "true",
        "found",
        "precision",
        "recall",
        "F1",
        "edges",
        "90 % within",
    )
    note = (
        "Pauses of 0.25 s and more; edges: the median error of both ends. "
        "Low-energy stretches inside a phrase, and pauses labelled up to 20 ms "
        "too short, are ignored, because the labels are no more accurate."
    )
    return Table("Pauses", columns, tuple(rows), note)


def _word_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            f"{words.words:,}",
            percent(words.count_error),
            percent(words.word_error_rate),
            percent(words.speaking_rate_error),
            str(words.speaking_rate_error.n or NO_FIGURE),
            str(words.left_out),
        )
        for group in groups
        if (words := group.words) is not None
    ]
    columns = ("", "words", "count", "word errors", "pace", "answers", "left out")
    note = (
        "Sums of absolute errors as a share of the true sum: of the number of words, of single words, and of "
        "words a minute. Left out are clips of readers with more than a quarter of their words wrong in "
        "plain Whisper."
    )
    return Table("Words and pace", columns, tuple(rows), note)


def _silence_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (group.name, str(group.clips), f"{group.minutes:.1f}", str(group.words_without_speech))
        for group in groups
        if group.words_without_speech is not None and group.by == "kind"
    ]
    return Table(
        "Words transcribed in recordings without speech", ("", "clips", "minutes", "words"), tuple(rows)
    )


def _interval_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            DEFINITIONS[reliability.measure].label,
            f"{reliability.inside.n}",
            share(reliability.inside),
            _width(reliability.width),
            _with_interval(reliability.relative_width, lambda value: f"{100 * value:.0f}", " %"),
        )
        for group in groups
        for reliability in group.reliability
    ]
    columns = ("", "measure", "clips", "inside", "width", "of the value")
    note = (
        "How often the interval of the report contains the true value (the aim is 0.95), and the median "
        "width of the interval."
    )
    return Table("Intervals", columns, tuple(rows), note)


def _width(figure: Figure) -> str:
    return NO_FIGURE if figure.value is None else f"{figure.value:.3g}"


def _state_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (
            group.name,
            DEFINITIONS[reliability.measure].label,
            f"{reliability.errors['measured'].n}",
            percent(reliability.errors["measured"]),
            f"{reliability.errors['low_confidence'].n}",
            percent(reliability.errors["low_confidence"]),
            str(reliability.withheld),
        )
        for group in groups
        for reliability in group.reliability
    ]
    columns = ("", "measure", "measured", "off by", "less sure", "off by", "withheld")
    note = (
        "Sum of absolute errors as a share of the sum of true values; the numbers are clips. Less sure: "
        "`low_confidence`; withheld: `not_measurable` although there is a true value."
    )
    return Table("Error by state", columns, tuple(rows), note)


def _time_table(groups: Sequence[GroupFigures]) -> Table:
    rows = [
        (group.name, f"{group.minutes:.1f}", f"{group.real_time_factor:.2f}")
        for group in groups
        if group.real_time_factor is not None and group.by in ("all", "kind")
    ]
    note = "Seconds of analysis per second of sound, on the machine of the run and under its other load."
    return Table("Time", ("", "minutes", "of real time"), tuple(rows), note)
