"""Whether all that comes before the words fits on the first page of paper.

CSS can begin a page before the words or not; it cannot begin one only if there is room. So the height is
estimated here, from the lines that a report has beside what every report has. Where it fits, the words begin
a page of their own; else they follow the figures at once, and no page is left nearly empty.
"""

from analysis.view.report import ReportView

_ROOM = 22.0
"""Millimetres that are left with a question of one line, no notice, observations of two lines, a legend of
one line, and every measure."""
_LINE = 4.6
"""Millimetres of a line of text."""
_LETTERS = 95
"""Letters of a line across the page, counted narrowly: fonts differ between machines."""
_COLUMN_LETTERS = 46
_TITLE_LINE, _TITLE_LETTERS = 6.0, 72
_LEGEND_LINE, _LEGEND_LETTERS, _LEGEND_SHAPE = 5.8, 120, 12
"""A shape and the space around it take the room of so many letters."""
_BOX = 10.0
"""Millimetres around all notices."""
_BETWEEN = 2.2
"""Millimetres between two notices."""
_USUAL_LINES = 2
"""Lines of an observation that every report has room for."""


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
    main = [seen for seen in view.observations if seen.kind != "note"]
    longest = max((_lines(f"{seen.text} {seen.listen}", _COLUMN_LETTERS) for seen in main), default=0)
    used += _LINE * max(0, longest - _USUAL_LINES)
    notes = [seen for seen in view.observations if seen.kind == "note"]
    used += sum(_BETWEEN + _LINE * _lines(f"{seen.text} {seen.listen}", _LETTERS) for seen in notes)
    letters = sum(len(entry.text) + _LEGEND_SHAPE for entry in view.timeline.legend)
    used += _LEGEND_LINE * max(0, letters // _LEGEND_LETTERS)
    return used <= _ROOM


def _lines(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))
