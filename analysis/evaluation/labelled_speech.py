"""Labelled speech: a folder with a `manifest.jsonl` that describes one clip per line.

`samples/README.md` lists the fields; unknown fields are ignored.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from analysis.errors import AnalysisError
from analysis.report import FillerKind

MANIFEST = "manifest.jsonl"
MIXED_ACCENT = "mixed"
MARKERS = ("like", "you know", "i mean")
"""The discourse markers that are labelled; others that are reported cannot be scored."""
_NEXT_SPEAKER = ";"
"""Separates the accents of several speakers."""


class LabelsError(AnalysisError):
    """The labelled speech cannot be used. Codes: `no_labels`, `unreadable_labels`."""

    code = "unreadable_labels"


@dataclass(frozen=True)
class LabelledFiller:
    """A labelled filler.

    Attributes:
        text: um, uh, er, hmm, or like, you know, i mean.
        kind: filled pause or discourse marker.
        start, end: times in seconds; None if unknown.
        doubtful: whether another annotator may disagree.
        overlapped: whether another speaker talks at the same time.
    """

    text: str
    kind: FillerKind
    start: float | None = None
    end: float | None = None
    doubtful: bool | None = None
    overlapped: bool | None = None

    @property
    def certain(self) -> bool:
        """Whether missing it is an error."""
        return not (self.doubtful or self.overlapped)


@dataclass(frozen=True)
class LabelledPause:
    """A labelled silence of 0.15 s or more.

    Attributes:
        start, end: times in seconds.
        exact: False for a stretch of low energy inside a phrase, which may or may not be a pause.
    """

    start: float
    end: float
    exact: bool = True

    @property
    def duration(self) -> float:
        """Duration in seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class Clip:
    """One labelled recording.

    Attributes:
        id: its name, unique in the folder.
        audio: path of the sound, relative to the folder.
        duration: duration in seconds.
        kind: spontaneous, read, spliced, synthetic, noise.
        speaker, accent: as labelled.
        text: the spoken text, including fillers; None if unknown.
        word_count: number of spoken words without filled pauses and fragments; None if unknown.
        fillers: None if not labelled.
        pauses: None if not labelled.
        trust: exact, human, forced_alignment, text_only.
        variant: variant of a clip with degraded copies: clean, n20, n10, room.
        reader_wer: word error rate of a plain recogniser on this reader; None if unknown.
        speech_start, speech_end: times in seconds; None if unknown.
    """

    id: str
    audio: str
    duration: float
    kind: Literal["spontaneous", "read", "spliced", "synthetic", "noise"]
    speaker: str
    accent: str
    text: str | None = None
    word_count: int | None = None
    fillers: tuple[LabelledFiller, ...] | None = None
    pauses: tuple[LabelledPause, ...] | None = None
    trust: str = "exact"
    variant: str | None = None
    reader_wer: float | None = None
    speech_start: float | None = None
    speech_end: float | None = None

    @property
    def group(self) -> str:
        """The kind, with the variant if there is one."""
        return f"{self.kind} {self.variant}" if self.variant else self.kind

    @property
    def accent_group(self) -> str | None:
        """The accent up to its first comma, `mixed` for several speakers, None without speech."""
        if not self.has_speech:
            return None
        if _NEXT_SPEAKER in self.accent:
            return MIXED_ACCENT
        return self.accent.partition(",")[0].strip()

    @property
    def has_speech(self) -> bool:
        """False for noise and silence."""
        return self.kind != "noise"

    @property
    def cluster(self) -> str:
        """The unit of the bootstrap: the speaker, or the clip itself without speech."""
        return self.speaker if self.has_speech else self.id

    @property
    def speech_duration(self) -> float | None:
        """Duration of the spoken span in seconds; None if unknown."""
        if self.speech_start is None or self.speech_end is None:
            return None
        return self.speech_end - self.speech_start

    @property
    def markers_labelled(self) -> bool:
        """Whether `like`, `you know` and `I mean` are labelled as fillers.

        They are not labelled in read sentences and in machine transcripts, which have no word count.
        """
        transcribed_by_hand = self.kind == "spontaneous" and self.word_count is not None
        return self.fillers is not None and (self.kind in ("synthetic", "spliced") or transcribed_by_hand)

    def fillers_of(self, kind: FillerKind) -> tuple[LabelledFiller, ...]:
        """Labelled fillers of one kind."""
        return tuple(filler for filler in self.fillers or () if filler.kind == kind)


_clip = TypeAdapter(Clip)


def read_labels(folder: Path) -> tuple[Clip, ...]:
    """Reads all clips of a labelled folder, in the order of its manifest.

    A clip without `reader_wer` gets that of the same speaker's other clips.

    Raises:
        LabelsError: `no_labels` if there is no manifest; `unreadable_labels` if a line of it is not a clip,
            two clips have the same id, or a sound is missing.
    """
    manifest = folder / MANIFEST
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LabelsError(
            f"{folder} has no {MANIFEST}. Name a folder with labelled speech, or none for the samples.",
            code="no_labels",
        ) from error
    except UnicodeDecodeError as error:
        raise LabelsError(f"{manifest} is not text in UTF-8. Nothing was analysed.") from error
    clips: dict[str, Clip] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        clip = _read_line(line, f"Line {number} of {manifest}")
        if clip.id in clips:
            raise LabelsError(f"Line {number} of {manifest} names {clip.id} a second time.")
        if not (folder / clip.audio).is_file():
            raise LabelsError(f"The sound of {clip.id} is missing: {folder / clip.audio} does not exist.")
        clips[clip.id] = clip
    if not clips:
        raise LabelsError(f"{manifest} names no clip.", code="no_labels")
    return _with_reader_error(tuple(clips.values()))


def _read_line(line: str, where: str) -> Clip:
    try:
        return _clip.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LabelsError(f"{where} is not a labelled clip: {field or 'JSON'}: {first['msg']}.") from error


def _with_reader_error(clips: tuple[Clip, ...]) -> tuple[Clip, ...]:
    stated = {clip.speaker: clip.reader_wer for clip in clips if clip.reader_wer is not None}
    return tuple(
        replace(clip, reader_wer=stated.get(clip.speaker)) if clip.reader_wer is None else clip
        for clip in clips
    )
