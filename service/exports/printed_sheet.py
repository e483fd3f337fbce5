"""The sheet of a programme as one HTML file that stands alone, and prints on one page.

It is for the desk beside the screen: when it is, who is there, what to say, what to ask. The fuller it is,
the smaller it is set; what would still not fit stays in Greenroom, and the page says so.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from analysis.formatting import number_of
from service.exports.printed_report import TEMPLATES, date_words, environment, policy_for
from service.prepare.programme_sheet import ProgrammeSheet
from service.prepare.questions_to_ask import MOST_TO_ASK, QuestionToAsk, bank_to_ask
from service.prepare.schemas import ScheduledInterview

_STYLE = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "sheet.css"))
_POLICY = policy_for(_STYLE)

CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'none'"
"""For the header of the response. The file itself says the same, but for what only a header can say."""

MOST_INTERVIEWERS = 12
"""Names on the page: a day with more is rare."""

_LETTERS = 78
"""Letters of a line in the usual size, counted narrowly: fonts differ between machines."""
_ROOMY, _CLOSE, _DENSE = 28, 44, 90
"""Lines up to which the page has room for notes, the usual size fits, and a small one in two columns does."""

Density = Literal["roomy", "close", "dense", "fullest"]


@dataclass(frozen=True)
class AskedTogether:
    """Questions to ask about one topic."""

    topic: str
    questions: tuple[QuestionToAsk, ...]


def sheet_page(sheet: ProgrammeSheet, interview: ScheduledInterview, *, now: datetime) -> str:
    """The whole file.

    Args:
        sheet: what is to be said and asked.
        interview: when and where it is, and whom to call.
        now: when the page is made, in the time zone that dates are written in.
    """
    asked = sheet.questions_to_ask[:MOST_TO_ASK]
    left = len(sheet.questions_to_ask) - len(asked)
    names = sheet.interviewers[:MOST_INTERVIEWERS]
    without = len(sheet.interviewers) - len(names)
    return environment.get_template("sheet.html").render(
        style=Markup(_STYLE),
        policy=_POLICY,
        sheet=sheet,
        interview=interview,
        contact=_contact(interview),
        names=names,
        more_names=f"And {number_of(without, 'more person', 'more people')}." if without else "",
        topics=_by_topic(asked),
        more_questions=f"{number_of(left, 'more question')} in Greenroom." if left else "",
        density=_density(sheet, len(names), asked),
        made_on=date_words(now),
    )


def _by_topic(questions: list[QuestionToAsk]) -> tuple[AskedTogether, ...]:
    """In the order of the topics; within one, in the person's own order."""
    names = {topic.id: topic.name for topic in bank_to_ask().topics}
    order = list(names)
    known = sorted(questions, key=lambda each: order.index(each.topic) if each.topic in names else len(order))
    return tuple(
        AskedTogether(names.get(topic, "Others"), tuple(group))
        for topic, group in groupby(known, key=lambda each: each.topic)
    )


def _contact(interview: ScheduledInterview) -> str:
    coordinator = interview.coordinator
    if coordinator is None:
        return ""
    return " · ".join(filter(None, (coordinator.name, coordinator.phone, coordinator.email)))


def _density(sheet: ProgrammeSheet, names: int, asked: list[QuestionToAsk]) -> Density:
    lines = float(names)
    for text in (*(each.text for each in sheet.specifics), *(each.text for each in asked)):
        lines += -(-len(text) // _LETTERS) + 0.3
    lines += 1.5 * len({each.topic for each in asked}) + len(sheet.specifics)
    if lines <= _CLOSE:
        return "roomy" if lines <= _ROOMY else "close"
    return "dense" if lines <= _DENSE else "fullest"
