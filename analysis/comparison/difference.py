"""Says in one sentence what differs between two takes, and in another whether that may be chance.

The difference is what a person asks first: `Take 2: 12 s shorter, 19 fewer fillers a minute.` It names the
main figures that differ notably, whether or not that can be told from chance; the second sentence says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.comparison.models import ComparedMeasure
from analysis.feedback.headline import NOUNS
from analysis.feedback.retake import intervals_apart
from analysis.feedback.standing import MAIN_FIGURES, MainFigure
from analysis.formatting import capitalised, duration, listed, rounded, whole
from analysis.report import FigureName
from analysis.trends.models import Verdict

NOTABLE = 1 / 3
"""Steps from which a difference is named: 10 s, 7 words, 2 fillers or 3 long pauses a minute. Two takes in
which nothing has changed often differ by less."""

MOST_NAMED = 3
"""Figures in the sentence, those that differ most; more are not kept in mind."""

_SURE = "More than measuring error and chance"
_LIKELY = "Probably more than measuring error and chance"
_MEASURED = "More than measuring error, but it may be chance."
_CHANCE = "This may be chance."


@dataclass(frozen=True)
class _Part:
    """One figure that differs: its words, by how many steps, whether that is more than measuring error, and
    the verdict on its measure."""

    figure: FigureName
    words: str
    steps: float
    measured: bool
    verdict: Verdict | None


@dataclass(frozen=True)
class PlainDifference:
    """How the later take differs.

    Attributes:
        sentence: `Take 2: 12 s shorter, 19 fewer fillers a minute.`
        chance: whether that is more than chance; empty where nothing differs notably, or where no verdicts
            are wanted on what differs.
    """

    sentence: str
    chance: str


def plain_difference(measures: Sequence[ComparedMeasure], earlier: str, later: str) -> PlainDifference:
    """How the later take differs from the earlier one in the four main figures.

    Args:
        measures: of a comparison of two takes that were measured by the same build.
        earlier, later: names within a sentence: `take 1`, `take 2`.
    """
    by_name = {measure.name: measure for measure in measures}
    compared = [
        (figure, by_name[figure.measure])
        for figure in MAIN_FIGURES
        if figure.measure in by_name and _measured(by_name[figure.measure])
    ]
    name = capitalised(later)
    if not compared:
        return PlainDifference(f"{name} cannot be compared with {earlier}: one of them has no figures.", "")
    parts = [part for figure, measure in compared if (part := _part(figure, measure)) is not None]
    if not parts:
        same = listed([NOUNS[figure.name] for figure, _ in compared])
        return PlainDifference(f"{name}: about the same {same} as {earlier}.", "")
    most = sorted(parts, key=lambda part: -part.steps)[:MOST_NAMED]
    named = [part for part in parts if part in most]
    return PlainDifference(f"{name}: {', '.join(part.words for part in named)}.", _chance(named))


def _measured(measure: ComparedMeasure) -> bool:
    return measure.first.value is not None and measure.second.value is not None


def _part(figure: MainFigure, measure: ComparedMeasure) -> _Part | None:
    before, now = measure.first.value or 0.0, measure.second.value or 0.0
    steps = rounded(abs(now - before) / figure.step, 3)
    # The difference of the figures as they are shown, so that it can be checked.
    difference = whole(now) - whole(before)
    if steps < rounded(NOTABLE, 3) or difference == 0:
        return None
    return _Part(
        figure.name,
        _words(figure.name, difference),
        steps,
        intervals_apart(measure.first, measure.second),
        measure.verdict,
    )


def _words(figure: FigureName, difference: int) -> str:
    size, more = abs(difference), difference > 0
    match figure:
        case "length":
            return f"{duration(size)} {'longer' if more else 'shorter'}"
        case "pace":
            return f"{size} {'word' if size == 1 else 'words'} a minute {'faster' if more else 'slower'}"
        case "pauses" | "fillers":
            noun = {"pauses": "long pause", "fillers": "filler"}[figure]
            return f"{size} {'more' if more else 'fewer'} {noun}{'' if size == 1 else 's'} a minute"


def _chance(parts: Sequence[_Part]) -> str:
    judged = [part for part in parts if part.verdict != "not_given"]
    if not judged:
        return ""
    groups = {
        words: [part.figure for part in judged if part.verdict == verdict]
        for verdict, words in (("clear_change", _SURE), ("probably", _LIKELY))
    }
    for words, figures in groups.items():
        if len(figures) == len(parts):
            return f"{words}."
    told = [
        f"{capitalised(listed([NOUNS[figure] for figure in figures]))}: {words[0].lower()}{words[1:]}."
        for words, figures in groups.items()
        if figures
    ]
    if not told and len(judged) < len(parts):
        return f"The difference in {listed([NOUNS[part.figure] for part in judged])} may be chance."
    if not told:
        return _MEASURED if all(part.measured for part in parts) else _CHANCE
    doubted = [part for part in judged if part.verdict not in {"clear_change", "probably"}]
    return " ".join([*told, *(["The rest may be chance."] if doubted else [])])
