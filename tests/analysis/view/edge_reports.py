"""Reports with values at which texts used to differ: halves, full minutes, intervals with equal ends."""

from dataclasses import replace

from analysis.feedback.verdict import with_verdict
from analysis.report import Filler, Guide, Measure, PaceWindow, Pause, Report, Span, SpokenSpan
from tests.analysis.cli.example_reports import PACE_GUIDE, measured, silent_report, usual_report, withheld

FILLER_GUIDE = Guide(None, 5.0, "one study")


def edge_report(
    seconds: float, aim: tuple[float | None, float | None] = (60.0, 120.0), **measures: Measure
) -> Report:
    """A report of an answer of this length, with this aim and these measures."""
    usual = usual_report()
    guide = Guide(aim[0], aim[1], "an aim")
    length = measured(seconds, "s", seconds, seconds, guide=guide)
    end = max(seconds, 1.0) + 0.5
    report = replace(
        usual,
        spoken_span=SpokenSpan(0.5, end, "detected"),
        recording=replace(usual.recording, duration=max(end, usual.recording.duration)),
        pace=(PaceWindow(5.0, 20.0, 142.5), PaceWindow(10.0, 25.0, 98.4)),
        measures={**usual.measures, "answer_length": length, **measures},
    )
    return with_verdict(report)


EDGE_REPORTS: dict[str, Report] = {
    "halves": edge_report(
        59.5,
        speaking_rate=measured(142.5, "words/min", 138.5, 146.5, guide=PACE_GUIDE),
        filled_pause_count=measured(2.5, "count", 1.5, 4.5),
        filler_rate=measured(2.25, "per min", 1.25, 3.45, guide=FILLER_GUIDE),
        spoken_words=measured(168.5, "words", 160.5, 175.5),
        speaking_share=measured(82.5, "%", 80.5, 84.5),
        pause_median=measured(0.425, "s", 0.375, 0.475),
        signal_to_noise=measured(22.5, "dB", guide=Guide(20.0, None, "ours")),
        clipping=measured(0.045, "%", guide=Guide(None, 0.1, "ours")),
    ),
    "full minute": edge_report(60.0, pause_longest=measured(9.95, "s", 9.4, 10.4)),
    "just under two minutes": edge_report(119.6, response_latency=measured(59.5, "s", 58.2, 64.0)),
    "equal ends": edge_report(
        81.4,
        filled_pause_count=measured(6.0, "count", 6.0, 6.0),
        speaking_rate=measured(142.0, "words/min", 141.6, 142.4, guide=PACE_GUIDE),
    ),
    "less sure": edge_report(
        81.4,
        speaking_rate=measured(
            120.0,
            "words/min",
            100.0,
            140.0,
            guide=PACE_GUIDE,
            state="low_confidence",
            reason="too_little_speech",
        ),
        filler_rate=withheld("per min", "too_little_speech"),
        pause_longest=withheld("s", "none_found"),
    ),
    "own aim, 45 to 105 s": edge_report(81.4, (45.0, 105.0)),
    "own aim, 75 to 150 s": edge_report(74.5, (75.0, 150.0)),
    "own aim, 48 to 108 s": edge_report(110.0, (48.0, 108.0)),
    "own aim, up to 45 s": edge_report(81.4, (None, 45.0)),
    "over an hour": edge_report(3720.0),
    "no speech": silent_report(),
    "marks": replace(
        edge_report(81.4),
        pauses=(
            Pause(20.0, 20.25, "within"),
            Pause(25.0, 25.995, "boundary"),
            Pause(30.0, 31.0, "boundary"),
            Pause(40.0, 49.96, "within"),
        ),
        fillers=(
            *usual_report().fillers,
            Filler("uh", 70.0, 70.125, "filled_pause", "person", "filler", 1.0),
            Filler("like", 72.0, 72.3, "discourse_marker", "heard", "unsure", 0.5),
        ),
        recording=replace(usual_report().recording, gaps=(Span(75.0, 77.5),)),
    ),
}
