"""Makes a copy of a recording that every browser plays and seeks in, with the same times as the report.

It is made for the worker, never for the web process, and in a confined process where there is one. It is made
in the first of three ways that works:

1. *Unchanged*: a file that Chromium, Firefox and Safari play and can seek in.
2. *Remuxed*, without decoding the sound: WebM from a browser's recorder gets its duration and cues, MOV from
   a phone becomes an MP4 with its index first, a bare AAC stream becomes an M4A. Gaps in Opus are filled with
   silent Opus packets, because players join the two sides of a gap, so that all later sound would come early.
   Timestamps that do not fit the sound are replaced.
3. *Encoded again, sound only*: AAC in M4A, mono at 48 kHz, with gaps as silence.

Only the sound track that was measured is in it: a player would choose one by itself. Sound whose channels
were not mixed as one voice is always encoded again, so that one hears what was measured; but a video that
browsers show keeps its sound as it was recorded.

Videos keep their picture if browsers show it (H.264 in MP4; VP8, VP9 and AV1 in WebM); others lose it.
Nothing is ever encoded as H.264 or H.265.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, Self

import av
import av.error
from av.stream import Stream
from pydantic import BaseModel, model_validator

from analysis.audio.containers import Media, open_media, open_regular
from analysis.audio.gaps import STAMP_TOLERANCE, GapFinder
from analysis.audio.media_decoder import IN_THIS_PROCESS, MediaDecoder
from analysis.audio.mixing import Gains
from analysis.audio.repeated_packets import RepeatedPackets
from analysis.audio.unread_formats import UNREADABLE
from analysis.errors import MediaError
from service.recordings.encoding import encode_sound
from service.recordings.remuxing import Remux, packet_length, read_packets, remux

SOUND_CONTAINERS: dict[str, tuple[str, frozenset[str]]] = {
    "wav": ("audio/wav", frozenset(("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"))),
    "flac": ("audio/flac", frozenset(("flac",))),
    "mp3": ("audio/mpeg", frozenset(("mp3",))),
    "ogg": ("audio/ogg", frozenset(("opus", "vorbis", "flac"))),
}
"""Containers that hold only sound, with their media type and the codecs that browsers play in them."""

ENCODED_AGAIN = ("avi", "aiff", "caf", "amr")
"""Containers whose timestamps or codecs are not fit for remuxing."""

MP4_SOUND = frozenset(("aac", "mp3", "opus"))
WEBM_SOUND = frozenset(("opus", "vorbis"))
WEBM_PICTURE = frozenset(("vp8", "vp9", "av1"))
EIGHT_BIT_PIXELS = frozenset(("yuv420p", "yuvj420p"))
QUICKTIME_BRAND = "qt  "

TASK_MODULE = "service.recordings.playable_tasks"
"""Has `write_playable` as a task of a confined process."""

SUFFIXES = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "audio/webm": "webm",
    "video/webm": "webm",
}
"""File name suffixes of new files."""


MediaType = Literal[
    "audio/wav",
    "audio/flac",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "video/mp4",
    "audio/webm",
    "video/webm",
]


class Made(BaseModel):
    """What was made; checked, because it comes from a process that a hostile file may have taken over.

    Attributes:
        unchanged: the original is played, and nothing was written.
        media_type: with which it is served; never the one that the person's browser sent.
    """

    unchanged: bool
    media_type: MediaType

    @model_validator(mode="after")
    def _is_a_kind_that_is_made(self) -> Self:
        if not self.unchanged and self.media_type not in SUFFIXES:
            raise ValueError("no file of this type is made")
        return self


@dataclass(frozen=True)
class Playable:
    """A file for the browser.

    Attributes:
        path: the original, or a new file in the given folder.
        media_type: media type to serve it with.
    """

    path: Path
    media_type: str


@dataclass(frozen=True)
class Clock:
    """Properties of the timestamps of a file's sound packets.

    Attributes:
        start: timestamp that is time 0 of the report, in seconds.
        starts_late: whether the picture starts before the sound.
        has_gaps: whether sound is missing somewhere after its start.
        fits: whether all timestamps are those of the sound before them, gaps aside.
        lag: seconds by which they fall behind it.
    """

    start: float
    starts_late: bool = False
    has_gaps: bool = False
    fits: bool = True
    lag: float = 0.0

    @property
    def is_plain(self) -> bool:
        """Whether a player has the same times as the report when it plays the unchanged file."""
        return not self.has_gaps and self.fits and abs(self.start) <= STAMP_TOLERANCE

    def survives(self, plan: Remux) -> bool:
        """Whether a player has the same times as the report when it plays the remuxed file."""
        # Pictures whose timestamps start again cannot be placed.
        if plan.with_picture and self.lag > STAMP_TOLERANCE:
            return False
        return plan.fills_gaps or not (self.has_gaps or (self.starts_late and not plan.with_picture))


def make_playable(
    source: Path,
    folder: Path,
    *,
    track: int | None = None,
    gains: Gains | None = None,
    decoder: MediaDecoder = IN_THIS_PROCESS,
) -> Playable:
    """Chooses the file to serve, and makes it if needed.

    Args:
        source: the uploaded file; it is not changed.
        folder: existing folder for a new file, which appears there complete or not at all.
        track: number of the sound track, from 1; None for the one that a player would choose.
        gains: of its channels; None where they hold one voice.
        decoder: does the work. One that is confined has `TASK_MODULE`.

    Raises:
        analysis.errors.MediaError: the file cannot be read as a recording; also `decoder_crashed`.
        OSError: the file cannot be written, for example because the disk is full.
    """
    part = folder / "playable.part"
    try:
        with open_regular(source) as original, part.open("w+b") as target:
            made = decoder.work(write_playable, {"track": track, "gains": gains}, [original, target], Made)
        if made.unchanged:
            return Playable(source, made.media_type)
        return Playable(part.rename(folder / f"playable.{SUFFIXES[made.media_type]}"), made.media_type)
    finally:
        part.unlink(missing_ok=True)


def write_playable(
    arguments: Mapping[str, Any], files: Sequence[BinaryIO], on_headway: Callable[[], None]
) -> dict[str, Any]:
    """Writes the file to serve, unless it is the original; a task, see `analysis.audio.media_decoder`.

    Args:
        arguments: `track` and `gains` as for `make_playable`.
        files: the recording, and a new file that is open for reading and writing.
        on_headway: called now and then while the work goes on.

    Returns:
        The fields of `Made`.

    Raises:
        analysis.errors.MediaError: the file cannot be read as a recording.
        OSError: the file cannot be written.
    """
    source, target = files
    track: int | None = arguments["track"]
    gains = None if arguments["gains"] is None else tuple(arguments["gains"])
    with open_media(source, track=track) as media:
        as_is, plan, clock = media_type_as_is(media), plan_remux(media), read_clock(media)
        if gains is not None and media.picture is None:
            as_is = plan = None
    if as_is is not None and clock.is_plain:
        return {"unchanged": True, "media_type": as_is}
    if plan is not None and clock.survives(plan):
        try:
            with open_media(source, track=track) as media:
                remux(media, target, plan, start=clock.start, on_headway=on_headway)
            return {"unchanged": False, "media_type": plan.media_type}
        except (av.error.FFmpegError, ValueError):
            # The container does not support this sound after all, so it is encoded again.
            pass
    try:
        encode_sound(source, target, track=track, gains=gains, on_headway=on_headway)
    except av.error.FFmpegError as error:
        raise MediaError(UNREADABLE) from error
    return {"unchanged": False, "media_type": "audio/mp4"}


def media_type_as_is(media: Media) -> str | None:
    """The media type with which all browsers play the unchanged file and seek in it; None if some cannot."""
    container, sound, structure = media.container.format.name, _codec(media.sound), media.structure
    if structure.ends_early or not structure.seekable or len(media.sound_tracks) > 1 or not media.unchanged:
        return None
    if container.startswith("mov"):
        return None if structure.brand == QUICKTIME_BRAND else _mp4_type(media)
    if container.startswith("matroska"):
        return _webm_type(media)
    media_type, codecs = SOUND_CONTAINERS.get(container, (None, frozenset()))
    return media_type if sound in codecs and media.picture is None else None


def plan_remux(media: Media) -> Remux | None:
    """How the file can be remuxed for browsers; None if its sound must be encoded again."""
    sound, picture = _codec(media.sound), _codec(media.picture)
    if media.parts > 1 or media.container.format.name in ENCODED_AGAIN:
        return None
    if media.container.format.name == "mp3":
        return Remux("mp3", "audio/mpeg")
    if sound in MP4_SOUND and _is_plain_h264(media):
        return Remux("mp4", "video/mp4", with_picture=True)
    if sound in WEBM_SOUND:
        with_picture = picture in WEBM_PICTURE
        media_type = "video/webm" if with_picture else "audio/webm"
        return Remux("webm", media_type, with_picture, fills_gaps=sound == "opus")
    if sound in MP4_SOUND:
        return Remux("mp4", "audio/mp4")
    return None


def read_clock(media: Media) -> Clock:
    """Reads all timestamps of the sound, by the same rules as `analysis.audio.timeline`."""
    if not media.has_stamps:
        return Clock(0.0)
    tick = float(media.sound.time_base or 1)
    start = (media.sound.start_time or 0) * tick
    starts_late = False
    if media.picture is not None and media.picture.start_time is not None:
        picture = float(media.picture.start_time * (media.picture.time_base or 1))
        starts_late = start - picture > STAMP_TOLERANCE
        start = picture if starts_late else start
    finder: GapFinder[None] = GapFinder()
    repeats = RepeatedPackets()
    ahead: list[float] = []
    priming: float | None = None
    for packet in read_packets(media, [media.sound]):
        for new in repeats.without_repeats(packet):
            stamp = (new.pts or 0) * tick - start
            priming = min(0.0, stamp) if priming is None else priming
            list(finder.add(None, packet_length(media, new), stamp - priming))
            ahead.append(abs(stamp - priming + packet_length(media, new) - finder.heard))
    list(finder.finish())
    return Clock(
        start,
        starts_late,
        has_gaps=any(gap.start > 0 for gap in finder.gaps),
        fits=max(ahead, default=0.0) <= STAMP_TOLERANCE,
        lag=finder.lag,
    )


def _codec(stream: Stream | None) -> str | None:
    if stream is None or stream.codec_context is None:
        return None
    name: str = stream.codec_context.codec.canonical_name
    return name


def _is_plain_h264(media: Media) -> bool:
    """Whether browsers can decode it: 8 bits per colour, 4:2:0. Phones and cameras can write more."""
    picture = media.picture
    return (
        isinstance(picture, av.VideoStream)
        and _codec(picture) == "h264"
        and picture.codec_context.pix_fmt in EIGHT_BIT_PIXELS
    )


def _mp4_type(media: Media) -> str | None:
    if _codec(media.sound) not in MP4_SOUND:
        return None
    if media.picture is None:
        return "audio/mp4"
    return "video/mp4" if _is_plain_h264(media) else None


def _webm_type(media: Media) -> str | None:
    if _codec(media.sound) not in WEBM_SOUND:
        return None
    if media.picture is None:
        return "audio/webm"
    return "video/webm" if _codec(media.picture) in WEBM_PICTURE else None
