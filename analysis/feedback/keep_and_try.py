"""One thing to keep and one to try, never about the same figure, each with moments to listen to.

What to keep is inside its guide, what to try is the one thing that the headline names. Nothing is said about
the content of an answer, which is not read, and nothing judges a voice or an accent.
"""

from collections.abc import Sequence

from analysis.feedback.drills import aim_end, ends_too_late, moments_of, most_often, spoken_minutes
from analysis.feedback.headline import about, good_beside, slowed_by_long_pauses
from analysis.feedback.moments import ending
from analysis.feedback.standing import FIGURES_BY_NAME, near_ones, ranked
from analysis.formatting import duration, number, number_of, whole
from analysis.report import FigureName, FigureStanding, Observation, Report, Span
from analysis.text.end_signals import EndSignal

_KEEP_MOMENTS = 3


def main_change(figures: Sequence[FigureStanding], signal: EndSignal | None) -> FigureStanding | None:
    """The one figure to change; None if there is nothing to change.

    The first one outside its guide; if none is, the nearest to it; if none is near, the length where somebody
    talks on after a signal of the end.
    """
    first = next(iter((*ranked(figures), *near_ones(figures))), None)
    if first is not None or not ends_too_late(signal):
        return first
    return next((figure for figure in figures if figure.figure == "length"), None)


def keep(
    report: Report, figures: Sequence[FigureStanding], change: FigureStanding | None
) -> Observation | None:
    """The first figure inside its guide that is not the one to change; None if there is none."""
    names = good_beside(figures, change)
    return _kept(report, names[0]) if names else None


def _kept(report: Report, name: FigureName) -> Observation:
    measure = report.measures[FIGURES_BY_NAME[name].measure]
    value = measure.value or 0.0
    match name:
        case "length":
            text = f"The length: {duration(value)} is inside the aim."
        case "pace":
            text = f"The pace: about {whole(value)} words a minute is easy to follow."
        case "pauses":
            text = f"The pauses: {_long_ones(value)}."
        case "fillers":
            text = f"Few fillers: {_few(value)}."
    return Observation("keep", text, _keep_moments(report, name), about=name)


def _long_ones(value: float) -> str:
    if not whole(value):
        return "few long ones" if value else "no long ones"
    return f"about {number_of(whole(value), 'long one')} a minute, inside the guide"


def _few(value: float) -> str:
    return f"about {number(value)} a minute" if whole(value) else "less than 1 a minute"


def _keep_moments(report: Report, name: FigureName) -> tuple[Span, ...]:
    if name == "pauses":
        boundary = [pause for pause in report.pauses if pause.place == "boundary"]
        return tuple(Span(pause.start, pause.end) for pause in boundary[:_KEEP_MOMENTS])
    if name == "pace" and report.pace:
        definition = FIGURES_BY_NAME["pace"]
        low, high = definition.low or 0.0, definition.high or float("inf")
        inside = [window for window in report.pace if low <= window.words_per_minute <= high]
        return tuple(Span(window.start, window.end) for window in inside[:1])
    return ending(report)


def attempt(report: Report, change: FigureStanding, signal: EndSignal | None) -> Observation:
    """The one change to try in the next take."""
    moments = moments_of(report, change, signal)
    return Observation("try", _tried(report, change, signal), moments, about=change.figure)


def _tried(report: Report, change: FigureStanding, signal: EndSignal | None) -> str:
    measure = report.measures[change.measure]
    bound = FIGURES_BY_NAME[change.figure].high
    near = change.standing == "near"
    match change.figure, change.direction:
        case "fillers", _:
            seen = f"About {about(measure, bound)} fillers a minute"
            close = f", close to the guide of {number(bound or 0.0)}" if near else ""
            return f"A short silence where you would say '{most_often(report)}'. {seen}{close}."
        case "pauses", _:
            return "Plan the next point before you begin it, so that fewer pauses reach 1 s."
        case "pace", "high":
            return "Slow down a little. A pause after each point does it."
        case "pace", _ if slowed_by_long_pauses(report):
            return "Shorter pauses. They take up the time, not your words."
        case "pace", _:
            return "Say the answer once out loud before you record it. The words then come faster."
        case "length", "low":
            guide = measure.guide
            least = spoken_minutes(guide.low) if guide is not None and guide.low else "the aim"
            return f"Say more. Aim for at least {least}."
    if signal is not None and ends_too_late(signal):
        return f"Stop at “{signal.text}”. You spoke for {duration(signal.talk_after)} after it."
    line = aim_end(report)
    return f"Stop by {spoken_minutes(line)}." if line else "Stop earlier."
