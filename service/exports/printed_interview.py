"""The report on an interview as one HTML file that stands alone, and prints on two pages.

The first page is for the evening after: what stands out. The second has every answer; where it has no room
for all of them, they begin on the first. Like the report on an answer it has no scripts and asks for nothing;
style and drawings lie in it.
"""

from datetime import datetime

from markupsafe import Markup

from analysis.formatting import number_of
from analysis.view.interview import AnswerView, ViewedInterview
from service.db.models import Interview
from service.exports.printed_report import TEMPLATES, date_words, environment, policy_for

_STYLE = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "interview.css"))
_POLICY = policy_for(_STYLE)

CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'none'"
"""For the header of the response. The file itself says the same, but for what only a header can say."""


_ROOM = 185.0
"""Millimetres that rows of answers have on a page of Letter beside their head and how it was measured."""
_ROW, _LINE = 5.8, 3.9
"""Millimetres of a row without its words, and of a line of them."""
_LETTERS = 56
"""Letters of such a line, counted narrowly: fonts differ between machines."""


def interview_page(interview: Interview, report: ViewedInterview, *, now: datetime) -> str:
    """The whole file.

    Args:
        interview: its row: name, format, time.
        report: as the person is to see it.
        now: when the page is made, in the time zone that dates are written in.
    """
    view = report.view
    began = interview.created_at.astimezone(now.tzinfo)
    facts = [f"{date_words(began)}, {began:%H:%M}"]
    if interview.format_name != interview.name:
        facts.append(interview.format_name)
    shown = sum(1 + len(answer.belonging) for answer in view.answers)
    facts.append(number_of(shown, "answer"))
    return environment.get_template("interview.html").render(
        style=Markup(_STYLE),
        policy=_POLICY,
        title=interview.name,
        facts=facts,
        report=report,
        view=view,
        flows_on=sum(_height(each) for top in view.answers for each in (top, *top.belonging)) > _ROOM,
        made_on=date_words(now),
    )


def _height(answer: AnswerView) -> float:
    """Millimetres of an answer's row on paper."""
    letters = sum(len(text) + 1 for text in (answer.title, answer.asked, answer.note) if text)
    return _ROW + _LINE * -(-letters // _LETTERS)
