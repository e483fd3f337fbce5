"""Whether all that comes before the words fits on the first page of paper.

CSS can begin a page before the words or not; it cannot begin one only if there is room. So the height is
estimated here, from the lines that a report has beside what every report has. Where it fits, the words begin
a page of their own; else they follow the figures at once, and no page is left nearly empty.
"""

from analysis.view.report import ReportView

_ROOM = 57.0
"""Millimetres that are left with a question and a headline of one line each, no notice, nothing to keep or to
try, a timeline of the sound alone with a legend of one line, and every measure."""
_LANES = {"pace": 17.7, "fillers": 9.8}
"""Millimetres of the other lanes of the timeline."""
_LINE = 4.6
"""Millimetres of a line of text."""
_LETTERS = 95
"""Letters of a line across the page, counted narrowly: fonts differ between machines."""
_TITLE_LINE, _TITLE_LETTERS = 6.0, 72
_HEADLINE_LINE, _HEADLINE_LETTERS = 7.7, 58
_FEEDBACK_LETTERS, _STEP_LETTERS = 42, 60
"""Letters of a line of what to keep or to try, and of a line of the drill beside it."""
_BETWEEN_FEEDBACK = 1.5
"""Millimetres between what to keep and what to try."""
_LEGEND_LINE, _LEGEND_LETTERS, _LEGEND_SHAPE = 5.8, 120, 12
"""A shape and the space around it take the room of so many letters."""
_BOX = 10.0
"""Millimetres around all notices."""
_BETWEEN = 2.2
"""Millimetres between two notices."""


def fits(view: ReportView, title: str) -> bool:
    """Whether a page of A4 has room for everything down to the last measure.

    Args:
        view: what is shown.
        title: the question.
    """
    used = (_lines(title, _TITLE_LETTERS) - 1) * _TITLE_LINE
    notices = [f"{notice.text} ({notice.when})" if notice.when else notice.text for notice in view.notices]
    if notices:
        used += _BOX + _BETWEEN * (len(notices) - 1) + _LINE * sum(_lines(text, _LETTERS) for text in notices)
    used += (_lines(view.headline, _HEADLINE_LETTERS) - 1) * _HEADLINE_LINE
    used += _feedback(view)
    notes = [seen for seen in view.observations if seen.kind == "note"]
    used += sum(_BETWEEN + _LINE * _lines(f"{seen.text} {seen.listen}", _LETTERS) for seen in notes)
    lanes = {mark.lane for mark in view.timeline.marks}
    used += sum(height for lane, height in _LANES.items() if lane in lanes)
    letters = sum(len(entry.text) + _LEGEND_SHAPE for entry in view.timeline.legend)
    used += _LEGEND_LINE * max(0, letters // _LEGEND_LETTERS)
    return used <= _ROOM


def _feedback(view: ReportView) -> float:
    """Millimetres of what to keep and to try, or of the drill beside it, whichever is higher."""
    main = [seen for seen in view.observations if seen.kind != "note"]
    seen_lines = sum(_lines(f"{seen.title} {seen.text} {seen.listen}", _FEEDBACK_LETTERS) for seen in main)
    left = _LINE * seen_lines + _BETWEEN_FEEDBACK * max(0, len(main) - 1)
    steps = () if view.drill is None else view.drill.steps
    right = _LINE * (len(steps[:1]) + sum(_lines(step, _STEP_LETTERS) for step in steps))
    return max(left, right)


def _lines(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))
