"""What a person who listened noted down about an answer, as marks on its timeline and as a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.formatting import clock, number_of
from analysis.view.marks import LegendEntry
from analysis.view.timeline import TimelineMark


@dataclass(frozen=True)
class NotedRemark:
    """A remark. `at` is in seconds of the recording."""

    id: str
    at: float
    text: str


@dataclass(frozen=True)
class RemarksView:
    """The remarks on an answer.

    Attributes:
        label: name of their lane of the timeline.
        summary: `3 remarks`; empty without any.
        marks: in order of time, in a lane of their own. Their `key` ends with the id of the remark.
        legend: what their shape means; empty without any.
    """

    label: str
    summary: str
    marks: tuple[TimelineMark, ...]
    legend: tuple[LegendEntry, ...]


def remarks_view(remarks: Sequence[NotedRemark], length: float | None = None) -> RemarksView:
    """The remarks on an answer, for its report.

    Args:
        remarks: in any order.
        length: seconds of the recording; None while it is not known. A remark that came just after the
            recording had ended is shown at its end.
    """
    marks = tuple(
        _mark(remark, remark.at if length is None else min(remark.at, length))
        for remark in sorted(remarks, key=lambda remark: remark.at)
    )
    return RemarksView(
        label="Remarks",
        summary=number_of(len(marks), "remark") if marks else "",
        marks=marks,
        legend=(LegendEntry("flag", "", "Remark of your interviewer", len(marks)),) if marks else (),
    )


def _mark(remark: NotedRemark, at: float) -> TimelineMark:
    return TimelineMark(
        f"remarks-{remark.id}",
        "remarks",
        "flag",
        "",
        at,
        at,
        clock(at),
        f"{remark.text}, a remark at {clock(at)}",
        remark.text,
        "",
        "",
    )
