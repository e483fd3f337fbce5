"""Labelled speech: a folder whose `manifest.jsonl` describes one clip a line.

Fields are read as the labelled speech of this project names them (`samples/README.md` lists them);
fields that are not known here are passed over.
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
"""The only discourse markers that labels name; others that are reported cannot be judged."""
_NEXT_SPEAKER = ";"
"""Stands between the accents of several speakers."""


class LabelsError(AnalysisError):
    """The labelled speech cannot be used. Codes: `no_labels`, `unreadable_labels`."""

    code = "unreadable_labels"


@dataclass(frozen=True)
class LabelledFiller:
    """A filler that is there.

    Attributes:
        text: um, uh, er, hmm, or like, you know, i mean.
        kind: filled pause or discourse marker.
        start, end: seconds; None where only its being there is known.
        doubtful: another reader may disagree.
        overlapped: another speaker talks at the same time.
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
    """A silence of 0.15 s or more.

    Attributes:
        start, end: seconds.
        exact: False for a stretch of low energy inside a phrase, which may or may not be a pause.
    """

    start: float
    end: float
    exact: bool = True

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class Clip:
    """One labelled recording.

    Attributes:
        id: its name, unique in the folder.
        audio: path of the sound, within the folder.
        duration: seconds.
        kind: spontaneous, read, spliced, synthetic, noise.
        speaker, accent: as labelled.
        text: what is said, fillers written out; None where not known.
        word_count: spoken words without filled pauses and fragments; None where not known.
        fillers: None where not labelled.
        pauses: None where not labelled.
        trust: exact, human, forced_alignment, text_only.
        variant: of degraded twins: clean, n20, n10, room.
        reader_wer: word error rate of a plain recogniser on this reader; None where not known.
        speech_start, speech_end: seconds; None where not known.
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
        """Kind, with the variant of degraded twins."""
        return f"{self.kind} {self.variant}" if self.variant else self.kind

    @property
    def accent_group(self) -> str | None:
        """The accent before its first comma, `mixed` for several speakers, None where nobody speaks."""
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
        """What is drawn as one when intervals are estimated: the speaker, or the clip where nobody speaks."""
        return self.speaker if self.has_speech else self.id

    @property
    def speech_duration(self) -> float | None:
        """Seconds of the spoken span."""
        if self.speech_start is None or self.speech_end is None:
            return None
        return self.speech_end - self.speech_start

    @property
    def markers_labelled(self) -> bool:
        """Whether `like`, `you know` and `I mean` are labelled where they are fillers.

        Not in sentences that were read, and not in machine transcripts, which have no word count.
        """
        listened_to = self.kind == "spontaneous" and self.word_count is not None
        return self.fillers is not None and (self.kind in ("synthetic", "spliced") or listened_to)

    def fillers_of(self, kind: FillerKind) -> tuple[LabelledFiller, ...]:
        """Labelled fillers of one kind."""
        return tuple(filler for filler in self.fillers or () if filler.kind == kind)


_clip = TypeAdapter(Clip)


def read_labels(folder: Path) -> tuple[Clip, ...]:
    """All clips of a labelled folder, in the order of its manifest.

    A spliced clip takes over the `reader_wer` that the same speaker's other clips state.

    Raises:
        LabelsError: `no_labels` where there is no manifest, `unreadable_labels` where a line of it is
            not a clip, two clips have one name, or a sound is missing.
    """
    manifest = folder / MANIFEST
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LabelsError(
            f"{folder} holds no {MANIFEST}. Name a folder with labelled speech, or none for the samples.",
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
            raise LabelsError(f"The sound of {clip.id} is missing: there is no {folder / clip.audio}.")
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
