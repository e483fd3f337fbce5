"""Reports made by hand: what the terminal shows of them is known without any recording."""

from dataclasses import replace

from analysis.feedback.headline import silent_headline
from analysis.feedback.verdict import with_verdict
from analysis.report import (
    Filler,
    Guide,
    Measure,
    ModelDescription,
    Notice,
    Pause,
    RecordingDescription,
    Report,
    Sentence,
    SpokenSpan,
    State,
    Transcript,
    Word,
)

PACE_GUIDE = Guide(100.0, 165.0, "Microsoft Speaker Coach")
LENGTH_GUIDE = Guide(60.0, 120.0, "Usual advice for interview answers")
FILLER_GUIDE = Guide(None, 5.0, "Laske 2024: up to 5 a minute did not lower ratings")

_TEXT = (
    "Um, I decided to become a doctor after volunteering at a rural clinic for two summers. "
    "There was, like, one evening when the power went out. We kept working by torchlight, you know, "
    "and nobody complained. That taught me that calm is something you can uh practise, like any other skill. "
    "I think residency will ask for exactly that, and I am ready to keep learning it every day."
)


def words_of(text: str, *, start: float = 0.5, step: float = 1.3) -> tuple[Word, ...]:
    """The words of a text, each `step` seconds after the one before it and 0.3 s long."""
    return tuple(
        Word(word, round(start + number * step, 2), round(start + number * step + 0.3, 2), 0.9)
        for number, word in enumerate(text.split())
    )


def filler_of(words: tuple[Word, ...], first: int, count: int = 1, **changes: object) -> Filler:
    """The filler that `count` words from the number `first` are."""
    text = " ".join(word.text for word in words[first : first + count])
    filler = Filler(
        text=text.lower().rstrip(",."),
        start=words[first].start,
        end=words[first + count - 1].end,
        kind="filled_pause",
        source="transcribed",
        state="filler",
        confidence=0.9,
    )
    return replace(filler, **changes)  # type: ignore[arg-type]


def measured(
    value: float,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    *,
    guide: Guide | None = None,
    state: State = "measured",
    reason: str | None = None,
) -> Measure:
    """A measure with a value."""
    return Measure(value, unit, low, high, state, reason, guide)


def withheld(unit: str, reason: str) -> Measure:
    """A measure without one."""
    return Measure(None, unit, None, None, "not_measurable", reason)


def usual_report() -> Report:
    """An answer of 1 min 42 s with fillers of every kind, pauses of both kinds and one unsure um."""
    words = words_of(_TEXT)
    index = [word.text for word in words]
    fillers = (
        filler_of(words, 0),
        filler_of(words, index.index("like,"), kind="discourse_marker"),
        filler_of(words, index.index("you"), 2, kind="discourse_marker", state="unsure"),
        filler_of(words, index.index("uh")),
        filler_of(
            words, len(index) - index[::-1].index("like") - 1, kind="discourse_marker", state="not_filler"
        ),
        Filler("um", 63.2, 63.3, "filled_pause", "heard", "unsure", 0.55),
    )
    report = Report(
        schema=1,
        analysis_version="1.0.0",
        model=ModelDescription("base", "d01c", {"beam_size": 5}),
        recording=RecordingDescription(103.4, 103.4, "aac", 44_100, 2),
        notices=(),
        headline="",
        spoken_span=SpokenSpan(0.5, 102.4, "detected"),
        transcript=Transcript("en", words, (Sentence(0.5, 20.0, 15),)),
        fillers=fillers,
        pauses=(Pause(20.4, 21.2, "boundary"), Pause(38.3, 39.9, "boundary")),
        pace=(),
        measures={
            "answer_length": measured(101.9, "s", 101.8, 102.1, guide=LENGTH_GUIDE),
            "response_latency": withheld("s", "not_recorded_here"),
            "speaking_rate": measured(142.0, "words/min", 138.2, 146.1, guide=PACE_GUIDE),
            "filled_pause_count": measured(6.0, "count", 3.0, 10.0),
            "filler_rate": measured(8.1, "per min", 6.2, 11.3, guide=FILLER_GUIDE),
            "long_pause_count": measured(1.0, "count", 1.0, 2.0),
            "pause_median": measured(
                0.42, "s", 0.38, 0.47, state="low_confidence", reason="low_signal_to_noise"
            ),
            "speaking_share": measured(81.4, "%", 79.2, 83.1),
        },
        observations=(),
    )
    return with_verdict(report)


def silent_report() -> Report:
    """A recording in which nobody speaks."""
    usual = usual_report()
    report = replace(
        usual,
        headline=silent_headline(marked=False),
        notices=(
            Notice("no_speech", "Nobody speaks in this recording. Check the microphone and record again."),
        ),
        spoken_span=None,
        transcript=Transcript("en", (), ()),
        fillers=(),
        pauses=(),
        measures={
            name: withheld(measure.unit, measure.reason or "no_speech")
            if name == "response_latency"
            else withheld(measure.unit, "no_speech")
            for name, measure in usual.measures.items()
        },
        observations=(),
    )
    return with_verdict(report)


def short_report() -> Report:
    """Six seconds of speech: length and counts, no rates."""
    usual = usual_report()
    words = words_of("I want to help people.", step=0.5)
    report = replace(
        usual,
        headline="",
        notices=(
            Notice("too_little_speech", "This answer is very short, so its pace is left out.", 0.5, 6.5),
        ),
        spoken_span=SpokenSpan(0.5, 6.5, "person"),
        transcript=Transcript("en", words, ()),
        fillers=(),
        pauses=(),
        measures={
            "answer_length": measured(6.0, "s", guide=LENGTH_GUIDE),
            "speaking_rate": withheld("words/min", "too_little_speech"),
            "filler_rate": withheld("per min", "too_little_speech"),
            "filled_pause_count": measured(0.0, "count", 0.0, 0.0),
            "long_pause_count": measured(0.0, "count", 0.0, 1.0),
            "pause_median": withheld("s", "none_found"),
        },
        observations=(),
    )
    return with_verdict(report)
