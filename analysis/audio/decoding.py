"""Decodes a file into a `Recording`.

See `decoder` for the decoding of a container, `gaps` and `timeline` for timestamps, `mixing` for channels,
`joined_files` for files of several parts and `containers` for what is accepted.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.audio.containers import Media, Source, open_media
from analysis.audio.decoder import DURATION_GRACE, Decoder, too_long
from analysis.audio.mixing import Gains
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording, join_recordings
from analysis.audio.timeline import SampleBuffer, Sink
from analysis.errors import MediaError
from analysis.progress import Progress, ProgressListener, ignore_progress


@dataclass(frozen=True)
class Wanted:
    """Which sound of a file is to be decoded.

    Attributes:
        track, gains, maximum_duration: as for `decode`.
        part: number of the part of a file that was joined, from 0.
        before: seconds that the parts before it take.
    """

    track: int | None = None
    gains: Gains | None = None
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION
    part: int = 0
    before: float = 0.0


class TakingSink(Sink, Protocol):
    """A sink that gives up its samples at the end."""

    def take(self) -> NDArray[np.float32]:
        """All samples, shape (n,)."""


PartDecoder: TypeAlias = Callable[[Path, Wanted, ProgressListener], tuple[Recording, int]]
"""Decodes one part of a file, and counts its parts."""


def decode(
    path: Path,
    *,
    track: int | None = None,
    gains: Gains | None = None,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    progress: ProgressListener = ignore_progress,
    decode_part: PartDecoder | None = None,
) -> Recording:
    """Decodes the audio of a file.

    Args:
        path: of any name; the format is detected from the content.
        track: number of the audio track, from 1; None for the one that a player would choose.
        gains: of its channels; None mixes them as one voice.
        maximum_duration: seconds, gaps included.
        progress: called after each second of audio.
        decode_part: decodes one part of it; None to do it in this process.

    Raises:
        MediaError: `too_long`, or as for `analysis.audio.containers.open_media`.
        OSError: the file does not exist or cannot be read.
    """
    decode_one = decode_part or _decode_part
    wanted = Wanted(track, gains, maximum_duration)
    path = Path(path)
    first, parts = decode_one(path, wanted, progress)
    recordings, unread = [first], 0
    for part in range(1, parts):
        before = sum(recording.duration for recording in recordings)
        try:
            following, _ = decode_one(path, replace(wanted, part=part, before=before), progress)
        except MediaError as error:
            if error.code == "too_long":
                raise
            unread += 1
        else:
            recordings.append(following)
    recording = join_recordings(recordings, unread) if parts > 1 else first
    progress(Progress("decode", recording.duration, recording.duration))
    return recording


def _decode_part(path: Path, wanted: Wanted, progress: ProgressListener) -> tuple[Recording, int]:
    return decode_part(path, wanted, SampleBuffer(), progress)


def decode_part(
    source: Source, wanted: Wanted, sink: TakingSink, progress: ProgressListener
) -> tuple[Recording, int]:
    """One part of a file that was joined, and how many parts there are.

    Raises:
        MediaError, OSError: as for `decode`.
    """
    with open_media(source, track=wanted.track, part=wanted.part) as media:
        if wanted.part == 0:
            refuse_long_header(media, wanted.maximum_duration)
        decoder = Decoder(media, sink, wanted.maximum_duration, before=wanted.before, gains=wanted.gains)
        for done in decoder.run():
            progress(Progress("decode", wanted.before + done, media.probable_duration))
        return decoder.describe(sink.take(), media), media.parts


def decode_into(
    sink: Sink,
    source: Source,
    *,
    rate: int,
    maximum_duration: float,
    track: int | None = None,
    gains: Gains | None = None,
) -> None:
    """Decodes the audio of a file as `decode` does, on the same clock, into a sink with another sample rate.

    Args:
        sink: receives the audio as it is decoded.
        source: as for `decode`.
        rate: sample rate of the audio for the sink, Hz.
        maximum_duration: seconds, gaps included.
        track, gains: as for `decode`.

    Raises:
        MediaError: as for `decode`, except that a file without a sample leaves the sink empty.
        OSError: the file does not exist or cannot be read.
    """
    part, parts, before = 0, 1, 0.0
    while part < parts:
        try:
            with open_media(source, track=track, part=part) as media:
                parts = media.parts
                decoder = Decoder(media, sink, maximum_duration, before=before, rate=rate, gains=gains)
                for _ in decoder.run():
                    pass
                before += decoder.end
        except MediaError as error:
            # As for `decode`, a later part that cannot be read costs nothing of the first.
            if part == 0 or error.code == "too_long":
                raise
        part += 1


def refuse_long_header(media: Media, maximum_duration: float) -> None:
    """Rejects a file of plain samples by its size, which is certain and needs no decoding.

    The durations in headers are often wrong, by a factor of 1000 where milliseconds were given as seconds, so
    they reject nothing: decoding stops at the limit.

    Raises:
        MediaError: `too_long`.
    """
    codec = media.sound.codec_context
    if not codec.name.startswith("pcm_") or media.container.format.name != "wav":
        return
    byte_rate = codec.sample_rate * codec.channels * codec.format.bits / 8
    stated = media.header_duration
    if stated is None or byte_rate <= 0:
        return
    if min(stated, media.size / byte_rate) > maximum_duration + DURATION_GRACE:
        raise too_long(maximum_duration)
