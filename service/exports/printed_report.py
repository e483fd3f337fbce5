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

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.cli import wording
from analysis.evaluation.published import errors_of_recording, published_evaluation
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Filler, Report
from analysis.text.running_text import Piece, paragraphs, pieces
from service.db.models import Answer
from service.exports.first_page import fits
from service.exports.length_bar import length_bar
from service.exports.measure_groups import MeasureGroup, measure_groups, withheld_measures
from service.exports.printed_timeline import filler_shape, timeline_of
from service.exports.timeline_words import filler_words, moments_of
from service.schemas import Peaks

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = "; ".join(
    (
        "default-src 'none'",
        # The empty icon that keeps browsers from asking for one.
        "img-src data:",
        f"style-src 'sha256-{_STYLE_HASH}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'none'"
"""For the header of the response. The file itself says the same, but for what only a header can say."""

_REASON_MARKS = "abcdefghijklmnop"
_COLUMN_WORDS = 150
"""Words of a transcript that is printed in two columns: three minutes then fit on a page."""

_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(
    clock=wording.clock,
    duration=wording.duration,
    moments=wording.moments,
)


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


def report_page(report: Report, answer: Answer, peaks: Peaks | None, *, now: datetime) -> str:
    """The whole file.

    Args:
        report: as the person is to see it.
        answer: its row: question, date, take, format.
        peaks: the shape of the sound, where it is known.
        now: when the page is made, in the time zone that dates are written in.
    """
    title = answer.question or answer.title
    groups = measure_groups(report.measures)
    reasons, sources = _Notes(_REASON_MARKS), _Notes([str(number) for number in range(1, 20)])
    marked = _marked(groups, reasons, sources)
    timeline = timeline_of(report, peaks)
    main = [seen for seen in report.observations if seen.kind != "note"]
    others = [seen for seen in report.observations if seen.kind == "note"]
    return _environment.get_template("report.html").render(
        style=Markup(_STYLE),
        policy=_POLICY,
        report=report,
        title=title,
        facts=_facts(answer, report, now),
        bar=length_bar(report.measures.get("answer_length")),
        main_observations=main,
        other_observations=others,
        timeline=timeline,
        groups=marked,
        withheld=withheld_measures(report.measures),
        reasons=reasons.notes(),
        sources=sources.notes(),
        passages=[_passage(paragraph) for paragraph in paragraphs(pieces(report))],
        in_columns=len(report.transcript.words) > _COLUMN_WORDS,
        legend=_words_of_marks(report.fillers),
        has_long_pauses=any(pause.end - pause.start >= LONG_PAUSE for pause in report.pauses),
        moments=moments_of(report),
        errors=errors_of_recording(report) if report.spoken_span is not None else (),
        evaluation=published_evaluation().made,
        flows_on=not fits(report, title, [words for _, words, _ in timeline.legend]),
        made_on=_date(now),
    )


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _facts(answer: Answer, report: Report, now: datetime) -> list[str]:
    """The line under the question: date, take, format, what it is called, how much was recorded."""
    created = answer.created_at.astimezone(now.tzinfo)
    facts = [f"{_date(created)}, {created:%H:%M}"]
    if answer.take is not None:
        facts.append(f"Take {answer.take}")
    if answer.format_name is not None:
        facts.append(answer.format_name)
    if answer.question is not None and answer.title not in {answer.question, ""}:
        facts.append(answer.title)
    facts.append(f"{wording.duration(round(report.recording.duration))} recorded")
    return facts


@dataclass(frozen=True)
class _MarkedGroup:
    title: str
    rows: tuple[dict[str, str | bool], ...]


def _marked(groups: Sequence[MeasureGroup], reasons: _Notes, sources: _Notes) -> list[_MarkedGroup]:
    """The rows with the marks of the remarks below them."""
    return [
        _MarkedGroup(
            group.title,
            tuple(
                {
                    **vars(row),
                    "reason_mark": reasons.mark(row.reason),
                    "source_mark": sources.mark(row.source),
                }
                for row in group.rows
            ),
        )
        for group in groups
    ]


@dataclass(frozen=True)
class _Passage:
    """A part of the transcript, with the time at which it begins."""

    start: float
    items: tuple[dict[str, str], ...]


def _passage(paragraph: Sequence[Piece]) -> _Passage:
    items = [_item(piece) for piece in paragraph if piece.spoken or _is_shown(piece)]
    return _Passage(paragraph[0].start, tuple(items))


def _is_shown(piece: Piece) -> bool:
    return piece.kind == "gap" or piece.end - piece.start >= LONG_PAUSE


def _item(piece: Piece) -> dict[str, str]:
    length = wording.duration(piece.end - piece.start)
    match piece.kind:
        case "pause":
            return {"kind": "pause", "text": length}
        case "gap":
            return {"kind": "gap", "text": f"no sound for {length}"}
    if piece.filler is None:
        return {"kind": "word", "text": piece.text}
    return {
        "kind": "filler",
        "text": piece.text,
        "shape": filler_shape(piece.filler),
        "source": piece.filler.source,
        "words": filler_words(piece.filler),
    }


def _words_of_marks(fillers: Sequence[Filler]) -> list[dict[str, str]]:
    """What the transcript's marks mean, those that are in it."""
    shown = [filler for filler in fillers if filler.state != "not_filler"]
    meanings = (
        ("dot", "", "filled pause"),
        ("ringed-dot", "", "filled pause, unsure"),
        ("diamond", "", "discourse marker"),
        ("ringed-diamond", "", "discourse marker, unsure"),
    )
    found = [
        {"shape": shape, "source": source, "words": words}
        for shape, source, words in meanings
        if any(filler_shape(filler) == shape for filler in shown)
    ]
    sources = (("heard", "heard in the sound, not in the text"), ("person", "put there by you"))
    found += [
        {"shape": "", "source": source, "words": words}
        for source, words in sources
        if any(filler.source == source for filler in shown)
    ]
    return found
