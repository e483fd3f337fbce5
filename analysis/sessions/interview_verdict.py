"""The verdict on an interview: how long the answers were, what changed while it went on, what stands out.

Only what holds up is said. That nothing is said of a change does not mean that there was none.
"""

from collections.abc import Mapping, Sequence

from analysis.feedback.headline import NOUNS
from analysis.feedback.standing import standings
from analysis.formatting import aim, capitalised, number, number_of
from analysis.measures.pooling import PooledMeasure
from analysis.report import FigureName
from analysis.sessions.lengths import Lengths
from analysis.sessions.over_time import OverTime
from analysis.sessions.session_report import others

_IN_THE_LAST_THIRD = " in the last third"
_UNITS: dict[FigureName, str] = {"pace": "words a minute", "fillers": "a minute"}


def interview_verdict(
    lengths: Lengths,
    pooled: Mapping[str, PooledMeasure],
    times: Sequence[OverTime],
    *,
    fluency_verdicts: bool,
) -> str:
    """What to read first.

    Args:
        lengths: how many of the answers that count were inside their aims.
        pooled: measures over all of them.
        times: pace and fillers over the interview's time.
        fluency_verdicts: False speaks of the length alone.
    """
    if not lengths.answers:
        return "No answer has a report yet."
    if lengths.unheard == lengths.answers:
        heard = "this answer" if lengths.answers == 1 else f"these {number_of(lengths.answers, 'answer')}"
        return f"No speech was heard in {heard}."
    sentences = [_lengths(lengths)]
    if fluency_verdicts:
        # What changed is the thing to know; what holds for all of it comes where nothing did.
        sentences += _changes(times) or [others(pooled)]
        sentences += ["Your pace held." for each in times if each.course == "held" and _is_fine(pooled)]
    return " ".join(filter(None, sentences))


def _lengths(lengths: Lengths) -> str:
    goal = "their aim" if lengths.aim is None else aim(*lengths.aim)
    if lengths.answers == 1:
        goal = "its aim" if lengths.aim is None else goal
        return f"This answer was {'inside' if lengths.inside else 'not inside'} {goal}."
    if lengths.inside == lengths.answers:
        return f"All {lengths.answers} answers were inside {goal}."
    how_many = lengths.inside or "None"
    verb = "was" if lengths.inside <= 1 else "were"
    said = f"{how_many} of {lengths.answers} answers {verb} inside {goal}."
    return f"{said} No speech was heard in {lengths.unheard}." if lengths.unheard else said


def _changes(times: Sequence[OverTime]) -> list[str]:
    """The changes that hold up, where two of them do with the time said once."""
    sentences = [change_sentence(each) for each in times if each.course in ("rose", "fell")]
    return [*sentences[:1], *(sentence.replace(_IN_THE_LAST_THIRD, "") for sentence in sentences[1:])]


def _is_fine(pooled: Mapping[str, PooledMeasure]) -> bool:
    """Whether the pace is not outside its guide: that it held is no praise where it is."""
    pace = standings({name: each.measure for name, each in pooled.items()})[1]
    return pace.standing != "outside"


def change_sentence(series: OverTime) -> str:
    """Whether a figure changed, with its values in the first and in the last third.

    Empty where nothing holds up: with few answers, without verdicts, or where it cannot be told.
    """
    if series.course == "held":
        return f"{capitalised(NOUNS[series.figure])}: about the same from the first third to the last."
    if series.course not in ("rose", "fell") or series.first is None or series.last is None:
        return ""
    before, after = (_value(each.value or 0.0) for each in (series.first, series.last))
    name, unit = capitalised(NOUNS[series.figure]), _UNITS[series.figure]
    change = series.course if series.clear else f"probably {series.course}"
    return f"{name} {change} from {before} to {after} {unit}{_IN_THE_LAST_THIRD}."


def _value(value: float) -> str:
    return number(value, 1) if 0 < value < 1 else number(value)
