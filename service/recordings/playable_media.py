"""A copy of a recording that every browser plays, with seeking, on the clock of the report.

Made in the worker, never in the web process. Three ways, the first that does:

1. *As it is*: what Chromium, Firefox and Safari play and can seek in.
2. *Packed anew*, no sound decoded: a recorder's WebM gets its duration and cues, a phone's MOV becomes
   an MP4 with its index first, a bare AAC stream an M4A. Holes in Opus are filled with Opus's own
   silence, since players join the two sides of a hole and everything after would come early.
3. *Sound only, encoded anew*: AAC in M4A, mono at 48 kHz, with holes as silence.

Films keep their picture where browsers show it (H.264 in MP4; VP8, VP9 and AV1 in WebM); others lose it.
Nothing is ever encoded as H.264 or H.265.
"""

import errno
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
from av.stream import Stream

from analysis.audio.containers import UNREADABLE, Media, open_media
from analysis.audio.decoding import STAMPLESS_CONTAINERS
from analysis.audio.timeline import STAMP_TOLERANCE
from analysis.errors import MediaError
from service.recordings.encoding import encode_sound
from service.recordings.remuxing import Remux, read_packets, remux

SOUND_CONTAINERS: dict[str, tuple[str, frozenset[str]]] = {
    "wav": ("audio/wav", frozenset(("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"))),
    "flac": ("audio/flac", frozenset(("flac",))),
    "mp3": ("audio/mpeg", frozenset(("mp3",))),
    "ogg": ("audio/ogg", frozenset(("opus", "vorbis", "flac"))),
}
"""Containers of sound alone: their type, and the codecs that browsers play in them."""

MP4_SOUND = frozenset(("aac", "mp3", "opus"))
WEBM_SOUND = frozenset(("opus", "vorbis"))
WEBM_PICTURE = frozenset(("vp8", "vp9", "av1"))
EIGHT_BIT_PIXELS = frozenset(("yuv420p", "yuvj420p"))
QUICKTIME_BRAND = "qt  "


@dataclass(frozen=True)
class Playable:
    """What the browser is given.

    Attributes:
        path: the original, or a new file in the folder that was named.
        media_type: the one to serve it under; never what the person's browser claimed.
    """

    path: Path
    media_type: str


@dataclass(frozen=True)
class Clock:
    """What a file's stamps are like, seen from its packets.

    Attributes:
        start: seconds, the stamp that is time 0 of the report.
        starts_late: whether the picture starts before the sound.
        holes: whether sound is missing somewhere after its start.
        turns_back: whether stamps go back.
    """

    start: float
    starts_late: bool = False
    holes: bool = False
    turns_back: bool = False

    @property
    def is_plain(self) -> bool:
        """A player that gets the file as it is keeps the report's time."""
        return not self.holes and not self.turns_back and abs(self.start) <= STAMP_TOLERANCE

    def survives(self, plan: Remux) -> bool:
        """A player that gets the file packed anew keeps the report's time."""
        if self.turns_back:
            return False
        return plan.fills_holes or not (self.holes or (self.starts_late and not plan.with_picture))


def make_playable(source: Path, folder: Path) -> Playable:
    """Decide what to serve, and make it where needed.

    Args:
        source: what was handed in; it is left as it is.
        folder: where a new file goes; it must exist. The file appears there complete or not at all.

    Raises:
        analysis.errors.MediaError: the file cannot be read as a recording.
        OSError: the disk is full, or the like.
    """
    with open_media(source) as media:
        as_is, plan, clock = media_type_as_is(media), plan_remux(media), read_clock(media)
    if as_is is not None and clock.is_plain:
        return Playable(source, as_is)
    if plan is not None and clock.survives(plan):
        target = folder / f"playable.{plan.suffix}"
        try:
            with _complete(target) as part, open_media(source) as media:
                remux(media, part, plan, start=clock.start)
            return Playable(target, plan.media_type)
        except (av.error.FFmpegError, ValueError) as error:
            _raise_if_disk_full(error)
            # A container that does not take this sound after all: it is encoded anew.
    target = folder / "playable.m4a"
    try:
        with _complete(target) as part:
            encode_sound(source, part)
    except av.error.FFmpegError as error:
        _raise_if_disk_full(error)
        raise MediaError(UNREADABLE) from error
    return Playable(target, "audio/mp4")


def media_type_as_is(media: Media) -> str | None:
    """The type under which browsers play the file as it is; None where some do not, or cannot seek."""
    container, sound, structure = media.container.format.name, _codec(media.sound), media.structure
    if structure.ends_early or not structure.seekable:
        return None
    if container.startswith("mov"):
        return None if structure.brand == QUICKTIME_BRAND else _mp4_type(media)
    if container.startswith("matroska"):
        return _webm_type(media)
    media_type, codecs = SOUND_CONTAINERS.get(container, (None, frozenset()))
    return media_type if sound in codecs and media.picture is None else None


def plan_remux(media: Media) -> Remux | None:
    """How the file can be packed anew for browsers; None where its sound must be encoded anew."""
    sound, picture = _codec(media.sound), _codec(media.picture)
    if media.container.format.name == "mp3":
        return Remux("mp3", "audio/mpeg", "mp3")
    if sound in MP4_SOUND and _is_plain_h264(media):
        return Remux("mp4", "video/mp4", "mp4", with_picture=True)
    if sound in WEBM_SOUND:
        with_picture = picture in WEBM_PICTURE
        media_type = "video/webm" if with_picture else "audio/webm"
        return Remux("webm", media_type, "webm", with_picture, fills_holes=sound == "opus")
    if sound in MP4_SOUND:
        return Remux("mp4", "audio/mp4", "m4a")
    return None


def read_clock(media: Media) -> Clock:
    """Read all stamps of the sound, by the rules that `analysis.audio.timeline` decodes by."""
    if media.container.format.name in STAMPLESS_CONTAINERS:
        return Clock(0.0)
    tick = float(media.sound.time_base or 1)
    start = (media.sound.start_time or 0) * tick
    starts_late = False
    if media.picture is not None and media.picture.start_time is not None:
        picture = float(media.picture.start_time * (media.picture.time_base or 1))
        starts_late = start - picture > STAMP_TOLERANCE
        start = picture if starts_late else start
    codec = media.sound.codec_context
    # In MP4 a packet before a hole lasts until the hole's end, if one believes its header.
    longest = codec.frame_size / codec.sample_rate if codec.frame_size else math.inf
    end: float | None = None
    holes = turns_back = False
    for packet in read_packets(media, [media.sound]):
        time = (packet.pts or 0) * tick
        if end is not None:
            holes = holes or time - end > STAMP_TOLERANCE
            turns_back = turns_back or end - time > STAMP_TOLERANCE
        end = time + min((packet.duration or 0) * tick, longest)
    return Clock(start, starts_late, holes, turns_back)


def _codec(stream: Stream | None) -> str | None:
    if stream is None or stream.codec_context is None:
        return None
    name: str = stream.codec_context.codec.canonical_name
    return name


def _is_plain_h264(media: Media) -> bool:
    """Browsers decode 8 bits a colour with halved chroma; phones and cameras can write more."""
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


@contextmanager
def _complete(target: Path) -> Iterator[Path]:
    """A path to write to; what was written becomes `target` when all went well, else it is removed."""
    part = target.with_name(target.name + ".part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _raise_if_disk_full(error: Exception) -> None:
    if isinstance(error, av.error.FFmpegError) and error.errno == errno.ENOSPC:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
