"""A report as one HTML file that stands alone: to print, to keep, to hand to an adviser.

No scripts and no requests: style and drawings lie in the file, and its own Content-Security-Policy
allows nothing but that one style, by its hash. So does the header it is served with.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.formatting import duration
from analysis.report import Report
from analysis.text.spacing import running
from analysis.view.measures import MeasureGroupView, MeasureRow
from analysis.view.remarks import RemarksView
from analysis.view.report import report_view
from analysis.view.transcript import Paragraph, TextLegendEntry, TranscriptItem, TranscriptView
from service.answers.presentation import planned_of
from service.db.models import Answer
from service.exports.first_page import fits
from service.exports.printed_timeline import draw
from service.recordings.peaks import Peaks

TEMPLATES = Path(__file__).parent / "templates"


def source_of(content: str) -> str:
    """How a policy names a style sheet or script that is written in the page itself."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def policy_for(style: str) -> str:
    """The policy of a page that has nothing but this style sheet, as it is written in the page itself."""
    return "; ".join(
        (
            "default-src 'none'",
            # The empty icon that keeps browsers from asking for one.
            "img-src data:",
            f"style-src {source_of(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


STYLE = (TEMPLATES / "report.css").read_text(encoding="utf-8")
_POLICY = policy_for(STYLE)

CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'none'"
"""For the header of the response. The file itself says the same, but for what only a header can say."""

_REASON_MARKS = "abcdefghijklmnop"
_COLUMN_WORDS = 150
"""Words of a transcript that is printed in two columns: three minutes then fit on a page."""

environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.filters.update(percent=lambda fraction: round(100 * fraction, 2))

_TEXT_MARKS = frozenset({"dot", "ringed-dot", "diamond", "ringed-diamond", "heard", "person", "long-pause"})
"""Marks of the running text that are drawn on paper."""


@dataclass(frozen=True)
class _Note:
    """A remark below the measures, and what stands for it in their rows."""

    mark: str
    text: str


class _Notes:
    """Texts with their marks, in the order in which they are first needed."""

    def __init__(self, marks: Sequence[str]) -> None:
        self._marks = marks
        self._texts: list[str] = []

    def mark(self, text: str) -> str:
        """What stands for a text; nothing for no text."""
        if not text:
            return ""
        if text not in self._texts:
            self._texts.append(text)
        return self._marks[min(self._texts.index(text), len(self._marks) - 1)]

    def notes(self) -> tuple[_Note, ...]:
        """Each text with its mark."""
        return tuple(_Note(self.mark(text), text) for text in self._texts)


def report_page(
    report: Report,
    answer: Answer,
    peaks: Peaks | None,
    *,
    now: datetime,
    previous: Report | None = None,
    remarks: RemarksView | None = None,
) -> str:
    """The whole file.

    Args:
        report: as the person is to see it.
        answer: its row: question, date, take, format.
        peaks: the shape of the sound, where it is known.
        now: when the page is made, in the time zone that dates are written in.
        previous: of the take of the same question before this one; None for a first take.
        remarks: of a person who listened. They follow the words, so that the first page has room for the
            figures.
    """
    values = report_values(report, answer, peaks, now=now, previous=previous, remarks=remarks)
    return environment.get_template("report.html").render(style=Markup(STYLE), policy=_POLICY, **values)


def report_values(
    report: Report,
    answer: Answer,
    peaks: Peaks | None,
    *,
    now: datetime,
    previous: Report | None,
    remarks: RemarksView | None,
) -> dict[str, Any]:
    """What the template of the page says, but for its style and policy; arguments as for `report_page`."""
    title = answer.question or answer.title
    view = report_view(report, first_language=answer.first_language, previous=previous)
    reasons, sources = _Notes(_REASON_MARKS), _Notes([str(number) for number in range(1, 20)])
    groups = [_marked(group, reasons, sources) for group in view.groups]
    return {
        "view": view,
        "title": title,
        "facts": _facts(answer, report, now),
        "bar": view.length_bar,
        "main_observations": [seen for seen in view.observations if seen.kind != "note"],
        "other_observations": [seen for seen in view.observations if seen.kind == "note"],
        "timeline": draw(view.timeline, peaks),
        "table": sorted(view.timeline.marks, key=lambda mark: mark.start),
        "groups": [group for group in groups if group.rows],
        "reasons": reasons.notes(),
        "sources": sources.notes(),
        "paragraphs": [_drawn(paragraph, view.transcript) for paragraph in view.transcript.paragraphs],
        "in_columns": view.transcript.words > _COLUMN_WORDS,
        "remarks": () if remarks is None else remarks.marks,
        "planned": planned_of(answer),
        "text_legend": _legend(view.transcript.legend),
        "flows_on": not fits(view, title),
        "recording": report.recording,
        "made_on": date_words(now),
    }


def date_words(moment: datetime) -> str:
    """`20 November 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def _facts(answer: Answer, report: Report, now: datetime) -> list[str]:
    """The line under the question: date, take, format, what it is called, how much was recorded."""
    created = answer.created_at.astimezone(now.tzinfo)
    facts = [f"{date_words(created)}, {created:%H:%M}"]
    if answer.take is not None:
        facts.append(f"Take {answer.take}")
    if answer.format_name is not None:
        facts.append(answer.format_name)
    if answer.question is not None and answer.title not in {answer.question, ""}:
        facts.append(answer.title)
    facts.append(f"{duration(report.recording.duration)} recorded")
    return facts


@dataclass(frozen=True)
class _MarkedRow:
    """A row with the marks of the remarks below the table."""

    row: MeasureRow
    reason_mark: str
    source_mark: str


@dataclass(frozen=True)
class _MarkedGroup:
    title: str
    rows: tuple[_MarkedRow, ...]


def _marked(group: MeasureGroupView, reasons: _Notes, sources: _Notes) -> _MarkedGroup:
    """The rows that have a value."""
    return _MarkedGroup(
        group.title,
        tuple(
            _MarkedRow(row, reasons.mark(row.reason), sources.mark(row.source))
            for row in group.rows
            if row.value
        ),
    )


@dataclass(frozen=True)
class _DrawnParagraph:
    """A part of the running text: the time at which it begins, and what is drawn."""

    clock: str
    items: tuple[dict[str, str | bool], ...]


def _drawn(paragraph: Paragraph, transcript: TranscriptView) -> _DrawnParagraph:
    """Only long pauses are drawn, and a filler of several words in one."""
    items: list[dict[str, str | bool]] = []
    filler_items: list[TranscriptItem] = []
    for item in paragraph.items:
        if item.filler is not None:
            filler_items.append(item)
            if item.closes:
                filler = transcript.fillers[item.filler]
                items.append(
                    {
                        "kind": "filler",
                        "text": running(each.text for each in filler_items),
                        "joined": filler_items[0].joined,
                        "shape": filler.shape,
                        "source": filler.source,
                        "note": filler.note,
                    }
                )
                filler_items = []
        elif item.kind != "pause" or item.long:
            items.append({"kind": item.kind, "text": item.text, "joined": item.joined, "note": item.note})
    return _DrawnParagraph(paragraph.clock, tuple(items))


def _legend(entries: Sequence[TextLegendEntry]) -> list[TextLegendEntry]:
    return [entry for entry in entries if entry.mark in _TEXT_MARKS]
