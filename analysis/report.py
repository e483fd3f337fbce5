"""The data model of a report, shared by the analysis, the API and the page.

Times are seconds from the start of the recording. Every dataclass is frozen;
`analysis.serialization` turns them into the JSON contract and back.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

State = Literal["measured", "low_confidence", "not_measurable"]
FillerKind = Literal["filled_pause", "discourse_marker"]
FillerSource = Literal["transcribed", "heard", "person"]
CorrectionKind = Literal["words", "filler", "not_filler"]
FillerState = Literal["filler", "not_filler", "unsure"]
PausePlace = Literal["boundary", "within"]
ObservationKind = Literal["keep", "try", "note"]
ObservationTopic = Literal["length", "pace", "pauses", "fillers", "unbroken_stretch", "unknown"]
Channel = Literal["left", "right", "both"]
SpanSource = Literal["detected", "person"]
FigureName = Literal["length", "pace", "pauses", "fillers"]
Standing = Literal["inside", "near", "outside", "unknown"]
Direction = Literal["low", "high"]
DrillName = Literal[
    "silent_pause",
    "stop_line",
    "slow_first_sentence",
    "finish_the_clause",
    "end_on_last_point",
    "key_words",
    "say_it_again",
    "reach_the_aim",
]


@dataclass(frozen=True)
class Span:
    """A stretch of time.

    Attributes:
        start: seconds.
        end: seconds, not before `start`.
    """

    start: float
    end: float

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start

    def overlap(self, other: "Span") -> float:
        """Seconds that both share, 0 or more."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True)
class Notice:
    """Something the person should know about the recording, for all of it or a stretch.

    Attributes:
        code: stable, for programs; for example `truncated`.
        text: one plain sentence.
        start, end: seconds, or None when it concerns the whole recording.
    """

    code: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class SoundTrack:
    """One of several sound tracks of a file.

    Attributes:
        number: from 1, in the order of the file.
        codec: FFmpeg's name of the sound codec; None where there is no decoder for it.
        language: as the file states it, for example `eng`; None if it states none.
        title: as the file states it; None if it states none.
        speech: seconds of speech in it; None where it cannot be decoded.
    """

    number: int
    codec: str | None
    language: str | None
    title: str | None
    speech: float | None


@dataclass(frozen=True)
class RecordingSide:
    """One channel of a recording whose two channels hold different voices.

    Attributes:
        channel: which one.
        speech: seconds of speech of its own voice.
        level: of that speech, dB re full scale.
        leak: seconds in which the voice of the other side is heard on this one.
    """

    channel: Literal["left", "right"]
    speech: float
    level: float
    leak: float = 0.0


@dataclass(frozen=True)
class RecordingDescription:
    """What the file was.

    Attributes:
        duration: seconds of sound on the presentation clock, gaps included.
        media_duration: seconds according to the container's header; None if it states none.
        codec: FFmpeg's name of the sound codec, for example `opus`.
        sample_rate: Hz, as recorded.
        channels: as recorded.
        gaps: stretches for which the file holds no sound.
        track: number of the sound track that was measured, from 1.
        tracks: all sound tracks where there are several; empty where there is one.
        channel: which channel of that track was measured; `both` where each holds a voice of its own; None
            where all channels were mixed as one voice.
        sides: left and right where they hold different voices; empty elsewhere.
    """

    duration: float
    media_duration: float | None
    codec: str
    sample_rate: int
    channels: int
    gaps: tuple[Span, ...] = ()
    track: int = 1
    tracks: tuple[SoundTrack, ...] = ()
    channel: Channel | None = None
    sides: tuple[RecordingSide, ...] = ()


def _is_empty(values: tuple[object, ...]) -> bool:
    return not values


def _is_english(language: str) -> bool:
    return language == "en"


@dataclass(frozen=True)
class Word:
    """One word as the recogniser wrote it.

    Attributes:
        text: without surrounding space, with its punctuation.
        start, end: seconds; can be off by 0.1 to 0.3 s.
        probability: the recogniser's own, 0 to 1.
        language: ISO 639-1 code of the language that it was written in; left out of the JSON for English.
    """

    text: str
    start: float
    end: float
    probability: float
    language: Annotated[str, Field(exclude_if=_is_english)] = "en"


@dataclass(frozen=True)
class Sentence:
    """A run of words up to a full stop, question or exclamation mark.

    Attributes:
        start, end: seconds.
        words: spoken words in it, fillers left out.
    """

    start: float
    end: float
    words: int


@dataclass(frozen=True)
class Transcript:
    """What was said.

    Attributes:
        language: ISO 639-1 code.
        words: in order of time, fillers included.
        sentences: in order of time.
    """

    language: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Filler:
    """A filled pause or a discourse marker.

    Attributes:
        text: lower case, for example `um`, `you know`.
        start, end: seconds.
        kind: what it is.
        source: the recogniser wrote it, it was detected in the sound, or the person added it.
        state: only `filler` counts; `unsure` is listed and widens the interval.
        confidence: probability that it is a filler, 0 to 1.
    """

    text: str
    start: float
    end: float
    kind: FillerKind
    source: FillerSource
    state: FillerState
    confidence: float


@dataclass(frozen=True)
class Pause:
    """A silence of at least 0.25 s inside the spoken span.

    Attributes:
        start, end: seconds.
        place: at the end of a sentence or clause, or within one.
    """

    start: float
    end: float
    place: PausePlace


@dataclass(frozen=True)
class PaceWindow:
    """Speaking rate over one window of 15 s.

    Attributes:
        start, end: seconds.
        words_per_minute: spoken words in the window, a minute.
    """

    start: float
    end: float
    words_per_minute: float


@dataclass(frozen=True)
class Guide:
    """A recommended range, with its source.

    Attributes:
        low, high: in the measure's unit; None is no bound.
        source: who published it, or why it was chosen.
    """

    low: float | None
    high: float | None
    source: str


@dataclass(frozen=True)
class Measure:
    """One figure.

    Attributes:
        value: best estimate, or None when not measurable.
        unit: of value, low and high.
        low, high: 95 % interval of the true value in this recording.
        state: how reliable it is.
        reason: stable code why the state is not `measured`, for example `no_speech`; None otherwise.
        guide: recommended range; None if there is none.
    """

    value: float | None
    unit: str
    low: float | None
    high: float | None
    state: State
    reason: str | None = None
    guide: Guide | None = None


@dataclass(frozen=True)
class Observation:
    """One sentence about the answer, with the moments to listen to.

    Attributes:
        kind: to keep, to try, or to know.
        text: the sentence.
        moments: where it can be heard.
        about: what it is about; `unknown` only where a stored report does not say.
    """

    kind: ObservationKind
    text: str
    moments: tuple[Span, ...] = ()
    about: ObservationTopic = field(kw_only=True)


_TOPICS_BY_BEGINNING: dict[str, ObservationTopic] = {
    "The length: ": "length",
    "The pace: ": "pace",
    "The pauses between sentences: ": "pauses",
    "Few fillers: ": "fillers",
    "The stretch from ": "unbroken_stretch",
    "Stop earlier: ": "length",
    "Add one concrete example: ": "length",
    "A silent pause where a filler comes: ": "fillers",
    "Plan the next point before you begin it: ": "pauses",
    "Slow down around ": "pace",
    "Slow down a little: ": "pace",
    "Leave one second of silence after a point: ": "unbroken_stretch",
    "A short silence instead of ": "fillers",
}
"""The beginning of every sentence of versions 1.0.0 to 1.3.0, and its topic."""


def _with_topic(stored: object) -> object:
    """An observation as it was stored, with its topic.

    Before 1.3.0 no observation had one, and in 1.3.0 those that begin 'Slow down around' had an empty one.
    """
    if not isinstance(stored, dict) or stored.get("about"):
        return stored
    text = str(stored.get("text", ""))
    topics = (topic for beginning, topic in _TOPICS_BY_BEGINNING.items() if text.startswith(beginning))
    return {**stored, "about": next(topics, "unknown")}


@dataclass(frozen=True)
class FigureStanding:
    """How one of the four main figures compares with its guide.

    Attributes:
        figure: which one.
        measure: the name of its measure.
        standing: `near`: the value is outside, but its interval reaches in. `unknown`: not measurable. None
            where the person wants no verdict on it.
        direction: to which side the value is outside; None where it is not.
        steps: how far outside, in the steps by which the figures are ranked; 0 where it is not.
    """

    figure: FigureName
    measure: str
    standing: Standing | None
    direction: Direction | None = None
    steps: float = 0.0


@dataclass(frozen=True)
class Drill:
    """One exercise for the next take.

    Attributes:
        name: code.
        figure: the figure that it is to change.
        title: a few words.
        change: the one change to make, to follow 'Record it again: '.
        steps: what to do, in order, a sentence or two each.
        evidence: why it may help, with the source.
        moments: where what it is about can be heard.
    """

    name: DrillName
    figure: FigureName
    title: str
    change: str
    steps: tuple[str, ...]
    evidence: str
    moments: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Correction:
    """A correction by the person. It applies to a stretch of time, so that it stays valid for another
    transcription of the same recording.

    Attributes:
        kind: `words`: in this stretch `text` was said (empty: nothing was). `filler`: there is a filler with
            this text that was not found. `not_filler`: what was found here is not a filler.
        start, end: seconds.
        text: see `kind`.
    """

    kind: CorrectionKind
    start: float
    end: float
    text: str = ""


@dataclass(frozen=True)
class SpokenSpan:
    """First speech onset to last speech end.

    Attributes:
        start, end: seconds.
        source: found in the sound, or marked by the person.
    """

    start: float
    end: float
    source: SpanSource


@dataclass(frozen=True)
class ModelDescription:
    """The recogniser that wrote the words.

    Attributes:
        name: for example `base`.
        sha256: of the weights file.
        options: with which it was run.
    """

    name: str
    sha256: str
    options: dict[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Report:
    """All that is known of one answer: the contract of `greenroom report --json` and of the API.

    Attributes:
        headline: the one sentence to read first.
        spoken_span: None if there is no speech.
        measures: by name; the names are listed in `analysis.measures.registry`.
        corrections: the person's corrections; the figures take them into account.
        figures: the standing of length, pace, pauses and fillers, in this order; empty as stored by builds
            that had none (`analysis.feedback.verdict.with_verdict` adds them).
        drill: the exercise for the next take; None if there is nothing to change.
        hidden: figures that an assignment does not show; left out of the JSON where all are shown.
    """

    schema: int
    analysis_version: str
    model: ModelDescription
    recording: RecordingDescription
    notices: tuple[Notice, ...]
    headline: str
    spoken_span: SpokenSpan | None
    transcript: Transcript
    fillers: tuple[Filler, ...]
    pauses: tuple[Pause, ...]
    pace: tuple[PaceWindow, ...]
    measures: dict[str, Measure]
    observations: tuple[Annotated[Observation, BeforeValidator(_with_topic)], ...]
    corrections: tuple[Correction, ...] = ()
    figures: tuple[FigureStanding, ...] = ()
    drill: Drill | None = None
    hidden: Annotated[tuple[FigureName, ...], Field(exclude_if=_is_empty)] = ()
