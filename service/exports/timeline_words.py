"""The timeline of a report in words: a sentence and a table, for those who do not see the drawing."""

from dataclasses import dataclass

from analysis.cli.wording import clock, duration, quantity
from analysis.report import Filler, Report


@dataclass(frozen=True)
class Moment:
    """A line of the timeline as a table."""

    start: float
    what: str
    amount: str


def moments_of(report: Report) -> tuple[Moment, ...]:
    """All that is drawn but the sound, in order of time."""
    found = [
        *(
            Moment(
                pause.start,
                "pause at the end of a sentence or clause"
                if pause.place == "boundary"
                else "pause within a clause",
                duration(pause.end - pause.start),
            )
            for pause in report.pauses
        ),
        *(
            Moment(
                filler.start, f"“{filler.text}”: {filler_words(filler)}", duration(filler.end - filler.start)
            )
            for filler in report.fillers
            if filler.state != "not_filler"
        ),
        *(
            Moment(
                window.start,
                f"pace until {clock(window.end)}",
                quantity(window.words_per_minute, "words/min"),
            )
            for window in report.pace
        ),
    ]
    return tuple(sorted(found, key=lambda moment: moment.start))


def summary_of(report: Report) -> str:
    """All that is drawn in a sentence."""
    shown = [filler for filler in report.fillers if filler.state != "not_filler"]
    parts = []
    within = sum(pause.place == "within" for pause in report.pauses)
    parts.append(
        _counted(len(report.pauses), "pause") + (f", {within} of them within a clause" if within else "")
    )
    for kind, name in (("filled_pause", "filled pause"), ("discourse_marker", "discourse marker")):
        of_kind = [filler for filler in shown if filler.kind == kind]
        unsure = sum(filler.state == "unsure" for filler in of_kind)
        if of_kind:
            parts.append(_counted(len(of_kind), name) + (f", {unsure} of them unsure" if unsure else ""))
    if report.pace:
        rates = [window.words_per_minute for window in report.pace]
        parts.append(f"pace between {min(rates):.0f} and {max(rates):.0f} words a minute")
    return f"Timeline of {clock(report.recording.duration)}: {'; '.join(parts)}."


def filler_words(filler: Filler) -> str:
    """What a filler is, for those who do not see its shape: 'filled pause, heard in the sound, unsure'."""
    words = [filler.kind.replace("_", " ")]
    if filler.source == "heard":
        words.append("heard in the sound")
    if filler.source == "person":
        words.append("put there by you")
    if filler.state == "unsure":
        words.append("unsure")
    return ", ".join(words)


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
