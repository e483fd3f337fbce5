"""The one sentence to read first: how long the answer was, beside what was aimed at."""

from analysis.measures.length import COMPLEX_STORY, FAR_TOO_LONG, LENGTH_GUIDE
from analysis.report import Guide, Measure


def spoken_duration(seconds: float) -> str:
    """A duration for people.

    >>> spoken_duration(102.4), spoken_duration(60), spoken_duration(8.2)
    ('1 min 42 s', '1 min', '8 s')
    """
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def clock(seconds: float) -> str:
    """A moment for people.

    >>> clock(62.7)
    '1:02'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def headline(
    length: Measure,
    target: Guide | None,
    *,
    longest_stretch: float | None = None,
    heard_in: str = "this recording",
) -> str:
    """The headline of a report.

    Args:
        length: the measure `answer_length`.
        target: the question's own target; None for the usual 1 to 2 minutes.
        longest_stretch: seconds of the longest stretch without a long pause.
        heard_in: what was listened to: the recording, or the part that the person marked.
    """
    if length.value is None:
        return f"No speech was heard in {heard_in}."
    said = spoken_duration(length.value)
    guide = target or LENGTH_GUIDE
    low, high = guide.low or 0.0, guide.high or float("inf")
    aim = "1–2 minute aim" if target is None else f"aim of {_bounds(guide)}"
    # Both are compared as they are written, so that '1 min' is never short of one minute.
    shown = round(length.value)
    if shown < round(low):
        return f"{said}, {spoken_duration(low - shown)} short of the {aim}."
    if shown <= high:
        return f"{said}, inside the {aim}."
    if shown >= FAR_TOO_LONG:
        beside = (
            ""
            if longest_stretch is None
            else f" The longest stretch without a pause of 1 s: {spoken_duration(longest_stretch)}."
        )
        return f"{said}, far over the {aim}.{beside}"
    if target is None and shown <= COMPLEX_STORY:
        return f"{said}, a little over the {aim}; a complex story may take up to 3 minutes."
    return f"{said}, {spoken_duration(shown - high)} over the {aim}."


def _bounds(guide: Guide) -> str:
    if guide.low is None or guide.low <= 0:
        return f"up to {spoken_duration(guide.high or 0.0)}"
    if guide.high is None:
        return f"at least {spoken_duration(guide.low)}"
    return f"{spoken_duration(guide.low)} to {spoken_duration(guide.high)}"
