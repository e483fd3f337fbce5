"""The headline: one sentence on the length of the answer compared with its aim."""

from analysis.formatting import aim, duration, whole
from analysis.measures.length import COMPLEX_STORY, FAR_TOO_LONG, LENGTH_GUIDE
from analysis.report import Guide, Measure


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
        heard_in: what was analysed: `this recording`, or the part that the person marked.
    """
    if length.value is None:
        return f"No speech was heard in {heard_in}."
    length_text = duration(length.value)
    guide = target or LENGTH_GUIDE
    low, high = guide.low or 0.0, guide.high or float("inf")
    goal = "1–2 minute aim" if target is None else f"aim of {aim(guide.low, guide.high)}"
    # Compared as they are shown, so that '1 min' is never reported as short of one minute.
    shown = whole(length.value)
    if shown < whole(low):
        return f"{length_text}, {duration(low - shown)} short of the {goal}."
    if shown <= high:
        return f"{length_text}, inside the {goal}."
    if shown >= FAR_TOO_LONG:
        beside = (
            ""
            if longest_stretch is None
            else f" The longest stretch without a pause of 1 s: {duration(longest_stretch)}."
        )
        return f"{length_text}, far over the {goal}.{beside}"
    if target is None and shown <= COMPLEX_STORY:
        return f"{length_text}, a little over the {goal}; a complex story may take up to 3 minutes."
    return f"{length_text}, {duration(shown - high)} over the {goal}."
