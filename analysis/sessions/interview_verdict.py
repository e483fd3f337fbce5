"""The verdict on an interview: how long the answers were, what changed while it went on, what stands out.

Only what holds up is said. That nothing is said of a change does not mean that there was none.
"""

from collections.abc import Mapping, Sequence

from analysis.feedback.headline import NOUNS
from analysis.formatting import aim, capitalised, number, number_of
from analysis.measures.pooling import PooledMeasure
from analysis.report import FigureName
from analysis.sessions.lengths import Lengths
from analysis.sessions.over_time import OverTime
from analysis.sessions.session_report import others

_UNITS: dict[FigureName, str] = {"pace": "words a minute", "fillers": "a minute"}


def interview_verdict(
    counted: int,
    lengths: Lengths,
    pooled: Mapping[str, PooledMeasure],
    times: Sequence[OverTime],
    *,
    fluency_verdicts: bool,
) -> str:
    """What to read first.

    Args:
        counted: number of answers with a report that count.
        lengths: how many were inside their aims.
        pooled: measures over all of them.
        times: pace and fillers over the interview's time.
        fluency_verdicts: False speaks of the length alone.
    """
    if not counted:
        return "No answer has a report yet."
    if not lengths.answers:
        heard = "this answer" if counted == 1 else f"these {number_of(counted, 'answer')}"
        return f"No speech was heard in {heard}."
    sentences = [_lengths(lengths)]
    if fluency_verdicts:
        changes = [change_sentence(each) for each in times if each.course in ("rose", "fell")]
        # What changed is the thing to know; what holds for all of it comes where nothing did.
        sentences += changes or [others(pooled)]
        sentences += ["Your pace held." for each in times if each.course == "held"]
    return " ".join(filter(None, sentences))


def _lengths(lengths: Lengths) -> str:
    goal = "their aim" if lengths.aim is None else aim(*lengths.aim)
    if lengths.answers == 1:
        goal = "its aim" if lengths.aim is None else goal
        return f"This answer was {'inside' if lengths.inside else 'not inside'} {goal}."
    if lengths.inside == lengths.answers:
        return f"All {lengths.answers} answers were inside {goal}."
    if not lengths.inside:
        return f"None of {lengths.answers} answers was inside {goal}."
    return f"{lengths.inside} of {lengths.answers} answers were inside {goal}."


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
    return f"{name} {change} from {before} to {after} {unit} in the last third."


def _value(value: float) -> str:
    return number(value, 1) if 0 < value < 1 else number(value)
