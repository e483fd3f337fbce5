"""Where a person stands: the last five answers in one sentence."""

from collections.abc import Sequence
from datetime import tzinfo

from analysis.feedback.headline import COUNTED_NOUNS
from analysis.feedback.standing import FIGURES_BY_NAME, MAIN_FIGURES, standings
from analysis.formatting import aim, capitalised, number
from analysis.measures.length import LENGTH_GUIDE
from analysis.report import FigureName, Standing
from analysis.trends.models import Take

LATEST_ANSWERS = 5
"""Answers that the sentence is about: about a week of practice."""

_RANKED: tuple[FigureName, ...] = ("fillers", "pauses", "pace")
"""Figures beside the length: of those equally far outside, or all inside, the first one is named."""

_UNITS: dict[FigureName, str] = {
    "pace": "words a minute",
    "pauses": "a minute",
    "fillers": "a minute",
}
_MEASURES: dict[str, FigureName] = {figure.measure: figure.name for figure in MAIN_FIGURES} | {
    "pause_rate": "pauses"
}


def where_you_stand(
    takes: Sequence[Take], *, focus: str | None = None, verdicts: bool = True, zone: tzinfo | None = None
) -> str:
    """The length of the last answers, and the figure that matters most now.

    Args:
        takes: oldest first.
        focus: the measure that the person works on this week; None to take the figure furthest outside.
        verdicts: False speaks of the length alone.
        zone: in which days begin; None for that of this machine.

    Returns:
        A sentence such as `4 of your last 5 answers were inside 1–2 minutes; fillers 4.1 a minute, inside
        since 3 November.`; empty without a take whose figures are known.
    """
    known = [take for take in takes if take.facts.figures]
    if not known:
        return ""
    latest = known[-LATEST_ANSWERS:]
    parts = [_length(latest)]
    if verdicts:
        parts.append(_figure(known, latest, _MEASURES.get(focus or ""), zone))
    said = "; ".join(part for part in parts if part)
    return f"{capitalised(said)}." if said else ""


def _length(latest: Sequence[Take]) -> str:
    # The length of an answer is not known where its assignment does not show it.
    known = [take for take in latest if "answer_length" in take.facts.figures]
    if not known:
        return ""
    measured = [take for take in known if take.facts.figures["answer_length"].value is not None]
    if not measured:
        return "no speech was heard in your last answer" + ("s" if len(known) > 1 else "")
    inside = sum(_standing_of(take, "length") == "inside" for take in measured)
    guides = {
        (guide.low, guide.high)
        for take in measured
        for guide in [take.facts.figures["answer_length"].guide or LENGTH_GUIDE]
    }
    goal = aim(*guides.pop()) if len(guides) == 1 else "their aim"
    if len(measured) == 1:
        return f"your last answer was {'inside' if inside else 'not inside'} {goal.replace('their', 'its')}"
    return f"{inside} of your last {len(measured)} answers were inside {goal}"


def _figure(
    known: Sequence[Take], latest: Sequence[Take], wanted: FigureName | None, zone: tzinfo | None
) -> str:
    pooled: dict[FigureName, float] = {}
    for figure in MAIN_FIGURES:
        value = _pooled(latest, figure.measure)
        if figure.name != "length" and value is not None:
            pooled[figure.name] = value
    if not pooled:
        return ""
    furthest = max(_RANKED, key=lambda each: _beyond(each, pooled[each]) if each in pooled else -1.0)
    name = wanted if wanted in pooled else furthest
    value = pooled[name]
    figure = FIGURES_BY_NAME[name]
    decimals = 0 if name == "pace" or value >= 10 else 1
    said = f"{COUNTED_NOUNS[name]} {number(value, decimals)} {_UNITS[name]}"
    if _beyond(name, value) > 0:
        if figure.low is not None and value < figure.low:
            return said
        return f"{said}, aim for {number(figure.high or 0.0)} or fewer"
    since = _inside_since(known, name)
    if since is None:
        return f"{said}, inside the guide"
    day = since.at.astimezone(zone)
    year = "" if day.year == known[-1].at.astimezone(zone).year else f" {day.year}"
    return f"{said}, inside since {day.day} {day:%B}{year}"


def _pooled(latest: Sequence[Take], measure: str) -> float | None:
    """The rate over several takes: all events over all minutes."""
    values = [
        (take.facts.recorded, value)
        for take in latest
        if measure in take.facts.figures and (value := take.facts.figures[measure].value) is not None
    ]
    seconds = sum(recorded for recorded, _ in values)
    return sum(recorded * value for recorded, value in values) / seconds if seconds > 0 else None


def _beyond(name: FigureName, value: float) -> float:
    """How far outside, in steps; 0 inside."""
    figure = FIGURES_BY_NAME[name]
    high = value - figure.high if figure.high is not None else 0.0
    low = figure.low - value if figure.low is not None else 0.0
    return max(0.0, high, low) / figure.step


def _inside_since(known: Sequence[Take], name: FigureName) -> Take | None:
    """The first take of the run up to now with this figure inside or near; None for a run of one take."""
    run: list[Take] = []
    for take in reversed(known):
        standing = _standing_of(take, name)
        if standing == "outside":
            break
        if standing in ("inside", "near"):
            run.append(take)
    return run[-1] if len(run) > 1 else None


def _standing_of(take: Take, name: FigureName) -> Standing | None:
    return next(each.standing for each in standings(take.facts.figures) if each.figure == name)
