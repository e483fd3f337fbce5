"""Drills: the one exercise that fits what is to change, as data, each with the evidence for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.feedback.headline import slowed_by_long_pauses
from analysis.feedback.moments import (
    counted_fillers,
    ending,
    fast_moments,
    filler_moments,
    long_pauses,
    pause_moments,
    slow_moments,
)
from analysis.formatting import clock, duration, precise_clock
from analysis.report import Drill, DrillName, FigureStanding, Report, Span
from analysis.text.end_signals import EndSignal
from analysis.text.sentences import ends_sentence
from analysis.text.spacing import running

LEAST_TALK_AFTER_END = 10.0
"""Seconds of talk after a signal of the end from which it is pointed out: two or three sentences."""

_WITHIN_CLAUSES = 0.5
"""Share of long pauses within a clause from which the drill is about finishing clauses. Place has no labelled
truth, so it chooses between drills and is never judged."""

_QUOTED_WORDS = 7


@dataclass(frozen=True)
class DrillText:
    """What a drill says. Braces stand for what the answer fills in.

    Attributes:
        title: a few words.
        change: the one change to make, to follow 'Record it again: '.
        steps: what to do, in order.
        evidence: why it may help, with its source.
    """

    title: str
    change: str
    steps: tuple[str, ...] = field(default=())
    evidence: str = ""


DRILLS: dict[DrillName, DrillText] = {
    "silent_pause": DrillText(
        "A silent pause in place of '{filler}'",
        "stay silent instead of '{filler}'",
        (
            "Listen to three of your own.",
            "Play your answer once more, and tap the table at each one.",
            "Record again. When you feel one coming, close your mouth and wait.",
        ),
        "Nine people described their fillers and trained a silent pause. "
        "They at least halved their fillers (Ortiz 2022).",
    ),
    "stop_line": DrillText(
        "A stop line at {line}",
        "stop by {line}",
        (
            "You passed {line} at these words: “{words}”.",
            "What after them does the listener need? Keep one thing at most.",
            "Record again, and stop at the line.",
        ),
        "Reviewing your own answer helps when you also get feedback on it (Hammoud 2012).",
    ),
    "end_on_last_point": DrillText(
        "End on your last point",
        "end on your last point",
        (
            "At {at} you said “{signal}”. You then spoke for {after} more.",
            "Choose your last sentence before you start.",
            "Say it, then stop.",
        ),
        "Many speakers talk on after they have said that they are done. "
        "By then a listener has stopped waiting for more.",
    ),
    "slow_first_sentence": DrillText(
        "A slower first sentence",
        "say the first sentence slowly",
        (
            "Listen to three fast moments.",
            "Say your first sentence out loud, slowly, then stop for a breath.",
            "Record again. Start at that pace, and stop after each point.",
        ),
        "Speed and pauses shape most of how fluent speech sounds (Suzuki 2021, 263 results).",
    ),
    "finish_the_clause": DrillText(
        "Finish the thought, then pause",
        "finish the thought, then pause",
        (
            "Listen to three long pauses.",
            "Many of them stop a thought in the middle.",
            "Record again. Say each thought to its end, and pause there.",
        ),
        "A pause inside a thought counts for more than one between thoughts (Suzuki 2021).",
    ),
    "key_words": DrillText(
        "Three key words before you start",
        "plan three key words first",
        (
            "Listen to three long pauses.",
            "Write one key word for each point, three at most.",
            "Record again. Look at the next word while you finish a point.",
        ),
        "Learners who had time to plan made fewer pauses (Foster and Skehan 1996).",
    ),
    "say_it_again": DrillText(
        "Say it twice",
        "say it once out loud first",
        (
            "Listen to three slow moments.",
            "Say the whole answer out loud once, without recording.",
            "Then record it at once.",
        ),
        "Speech gains speed over the first three times of telling the same thing (Lambert 2017).",
    ),
    "reach_the_aim": DrillText(
        "Reach {line}",
        "speak for at least {line}",
        (
            "Write down one more thing that you want to say.",
            "Record again. Do not stop before {line}.",
        ),
        "The aim for the length is the question's own, or Greenroom's for most answers.",
    ),
}


def drill_for(report: Report, figure: FigureStanding, signal: EndSignal | None) -> Drill:
    """The drill for the figure that is to change.

    Args:
        report: of the answer.
        figure: outside or near; `length` that is inside means talk after a signal of the end.
        signal: of the end; None without one.
    """
    name = _name(report, figure, signal)
    text = DRILLS[name]
    filled = _filled(report, figure, signal)
    return Drill(
        name=name,
        figure=figure.figure,
        title=text.title.format_map(filled),
        change=text.change.format_map(filled),
        steps=tuple(step.format_map(filled) for step in text.steps),
        evidence=text.evidence,
        moments=moments_of(report, figure, signal),
    )


def ends_too_late(signal: EndSignal | None) -> bool:
    """Whether there is enough talk after a signal of the end to point it out."""
    return signal is not None and signal.talk_after >= LEAST_TALK_AFTER_END


def _name(report: Report, figure: FigureStanding, signal: EndSignal | None) -> DrillName:
    match figure.figure, figure.direction:
        case "fillers", _:
            return "silent_pause"
        case "length", "low":
            return "reach_the_aim"
        case "length", _:
            return "end_on_last_point" if ends_too_late(signal) else "stop_line"
        case "pace", "high":
            return "slow_first_sentence"
        case "pace", _ if not slowed_by_long_pauses(report):
            return "say_it_again"
    long = long_pauses(report)
    within = sum(pause.place == "within" for pause in long)
    return "finish_the_clause" if long and within >= _WITHIN_CLAUSES * len(long) else "key_words"


def moments_of(report: Report, figure: FigureStanding, signal: EndSignal | None) -> tuple[Span, ...]:
    """Where what is to change can be heard: at most three moments."""
    match figure.figure, figure.direction:
        case "fillers", _:
            return filler_moments(report)
        case "pauses", _:
            return pause_moments(report)
        case "pace", "high":
            return fast_moments(report)
        case "pace", _:
            return pause_moments(report) if slowed_by_long_pauses(report) else slow_moments(report)
        case "length", "low":
            return ending(report)
    if signal is not None and ends_too_late(signal):
        return (Span(signal.start, signal.end),)
    return _after_aim(report)


def _after_aim(report: Report) -> tuple[Span, ...]:
    """Where the aim is passed, and the last two sentences that begin after it."""
    span, line = report.spoken_span, aim_end(report)
    if span is None or line is None:
        return ()
    passed = span.start + line
    words = report.transcript.words
    starts = [
        word.start
        for before, word in pairwise(words)
        if ends_sentence(before.text) and word.start > passed + 1.0
    ]
    return tuple(Span(at, span.end) for at in [passed, *starts[-2:]])


def aim_end(report: Report) -> float | None:
    """Seconds of answer at which its aim ends."""
    guide = report.measures["answer_length"].guide
    return None if guide is None else guide.high


def most_often(report: Report) -> str:
    """The most frequent filler as text, a filled pause among equally frequent ones; 'um' without any."""
    fillers = counted_fillers(report)
    texts = [filler.text for filler in fillers]
    filled = {filler.text for filler in fillers if filler.kind == "filled_pause"}
    return max(sorted(set(texts)), key=lambda text: (texts.count(text), text in filled), default="um")


def _filled(report: Report, figure: FigureStanding, signal: EndSignal | None) -> dict[str, str]:
    guide = report.measures["answer_length"].guide
    bound = None if guide is None else guide.low if figure.direction == "low" else guide.high
    start = report.spoken_span.start if report.spoken_span else 0.0
    return {
        "filler": most_often(report),
        "line": "" if bound is None else spoken_minutes(bound),
        "words": "" if bound is None else _words_at(report, start + bound),
        "at": "" if signal is None else clock(signal.start),
        "signal": "" if signal is None else signal.text,
        "after": "" if signal is None else duration(signal.talk_after),
    }


def spoken_minutes(seconds: float) -> str:
    """A round length of time as one says it: `2 minutes`, `1 minute`, else `1 min 45 s`.

    >>> spoken_minutes(120), spoken_minutes(60), spoken_minutes(105)
    ('2 minutes', '1 minute', '1 min 45 s')
    """
    minutes, rest = divmod(seconds, 60.0)
    if rest or not minutes:
        return duration(seconds)
    return "1 minute" if minutes == 1 else f"{minutes:.0f} minutes"


def _words_at(report: Report, seconds: float) -> str:
    after: Sequence[str] = [word.text for word in report.transcript.words if word.end > seconds]
    quoted = running(after[:_QUOTED_WORDS]).rstrip(".,;:!? ")
    return quoted or f"the ones at {precise_clock(seconds)}"
