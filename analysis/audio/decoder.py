"""Decodes one container in one pass: its packets in file order, and what has to be said about them.

Time 0 is the start of the audio, or of the video where that starts earlier: the audio then begins with a gap.
Timestamps that merely start late (the recorder was already running) are moved to 0. See `gaps`.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import av
import av.error
import numpy as np
from av.packet import Packet
from av.stream import Discard
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.amr import VARIANTS, AmrDecoder
from analysis.audio.containers import Media
from analysis.audio.gaps import SMALLEST_GAP, STAMP_TOLERANCE, PastLimitError
from analysis.audio.mixing import Gains
from analysis.audio.notices import (
    NOTICED_LAG,
    damage_notices,
    gap_notices,
    loss_notices,
    picture_notices,
    spoken_limit,
    stamp_notices,
)
from analysis.audio.recording import Recording
from analysis.audio.repeated_packets import RepeatedPackets
from analysis.audio.timeline import Sink, Timeline
from analysis.audio.unread_formats import CUT_OFF
from analysis.errors import MediaError
from analysis.report import Notice, RecordingDescription, Span

AnyPacket: TypeAlias = "Packet[Any]"

DURATION_GRACE = 0.5
"""Seconds over the limit that are accepted: codecs pad the end of a recording of exactly an hour."""

LONGEST_PADDING = 0.2
"""Seconds. More than the longest frame of a codec: 1,024 samples at 8 kHz are 0.128 s."""

PROGRESS_STEP = 1.0
"""Seconds of audio between two reports of progress."""

EXACT_CONTAINERS = ("wav", "flac", "mp3")
"""Their headers count samples or frames."""

NOTHING_LEFT = 1
"""Ticks that FFmpeg gives as the duration of an Ogg packet of which nothing is to be heard. An encoder's
padding ends within a packet; whole ones are only trimmed where the times in the file are wrong."""

MOST_CHANNELS = 64
"""Channels that FFmpeg's resampler takes. Damaged AAC claims more."""

WRONG_TOTAL = 20.0
"""A FLAC header that states more than so many times what is decoded is wrong. One that states less is right,
and the file is cut off: no recorder writes a number that is off by a small factor."""

READ_ERRORS = 1000
"""Read errors that are skipped before the rest of the file is abandoned."""

COUNTED_GAP = 0.001
"""Seconds. FLAC's timestamps count samples: even the shortest gap shows frames that FFmpeg left out."""

NOTHING_HEARD = "This recording holds no sound at all. Choose another recording, or record it again."


class Decoder:
    """Decodes one file, or one stream that is still being written.

    Args:
        media: opened.
        sink: receives the audio.
        maximum_duration: seconds, gaps included.
        before: seconds of them that other parts of the same file take.
        rate: sample rate of the audio for the sink, Hz.
        gains: of the channels; None mixes them as one voice.
    """

    def __init__(
        self,
        media: Media,
        sink: Sink,
        maximum_duration: float,
        *,
        before: float = 0.0,
        rate: int = SAMPLE_RATE,
        gains: Gains | None = None,
    ) -> None:
        self._media = media
        self._limit = maximum_duration + DURATION_GRACE - before
        self._maximum_duration = maximum_duration
        self._exact = media.container.format.name == "flac"
        self._timeline = Timeline(
            sink,
            rate=rate,
            smallest_gap=COUNTED_GAP if self._exact else SMALLEST_GAP,
            limit=self._limit,
            gains=gains,
        )
        self._repeats = RepeatedPackets()
        codec = media.sound.codec_context
        self._amr = AmrDecoder(codec) if codec.name in VARIANTS else None
        self._tick = float(media.sound.time_base or 0)
        # MP4 states a duration for each track, the others one for all.
        self._has_own_length = media.container.format.name.startswith("mov")
        self._has_stamps = media.has_stamps
        self._origin: float | None = None
        self._recorded_as: tuple[int, int] | None = None
        self._failing_since: float | None = None
        self._damaged: list[Span] = []
        self._last_picture = 0.0
        self._reported = 0.0
        if media.sound.codec_context.name == "flac":
            # Each frame has a checksum; without this option a damaged frame is decoded into noise.
            media.sound.codec_context.options = {"err_detect": "crccheck+explode"}

    @property
    def end(self) -> float:
        """Seconds of audio so far, gaps included."""
        return self._timeline.end

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Gaps so far, in order."""
        return self._timeline.gaps

    def run(self) -> Iterator[float]:
        """Decodes to the end and yields the seconds of audio so far after about each second.

        Raises:
            MediaError: `too_long`.
        """
        try:
            for packet in self._packets():
                if packet.stream_index != self._media.sound.index:
                    self._follow_picture(packet)
                    continue
                for new in self._repeats.without_repeats(packet):
                    for frame in self._decode(new):
                        self._add(frame)
                if self._timeline.end - self._reported >= PROGRESS_STEP:
                    self._reported = self._timeline.end
                    yield self._reported
            self._timeline.finish()
        except PastLimitError as error:
            raise too_long(self._maximum_duration) from error

    def _packets(self) -> Iterator[AnyPacket]:
        """Packets in file order, and last the empty one that flushes the decoder.

        Unreadable packets are skipped and noted. Where audio and video share one duration, the packets of the
        video are included: they show whether the file is complete.
        """
        media = self._media
        wanted = (
            [media.sound] if self._has_own_length or media.picture is None else [media.sound, media.picture]
        )
        for stream in media.container.streams:
            if stream not in wanted:
                stream.discard = Discard.all
        for _ in range(READ_ERRORS):
            try:
                yield from media.container.demux(wanted)
                return
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                self._note_failure()

    def _decode(self, packet: AnyPacket) -> list[av.AudioFrame]:
        if self._is_trimmed_away(packet):
            packet = _without_trimming(packet)
        try:
            frames = cast(list[av.AudioFrame], self._amr.decode(packet) if self._amr else packet.decode())
        except av.error.EOFError:
            return []
        except av.error.FFmpegError:
            self._note_failure()
            return []
        usable = [frame for frame in frames if frame.layout.nb_channels <= MOST_CHANNELS]
        if len(usable) < len(frames):
            self._note_failure()
        return usable

    def _is_trimmed_away(self, packet: AnyPacket) -> bool:
        """Whether FFmpeg drops a whole packet because the last page of an Ogg file states an earlier end."""
        is_ogg = self._media.container.format.name == "ogg"
        return is_ogg and packet.duration == NOTHING_LEFT and packet.has_sidedata("skip_samples")

    def _note_failure(self) -> None:
        if self._failing_since is None:
            self._failing_since = self._timeline.end

    def _follow_picture(self, packet: AnyPacket) -> None:
        if packet.pts is not None:
            end = (packet.pts + (packet.duration or 0)) * float(packet.time_base)
            self._last_picture = max(self._last_picture, end)

    def _picture_end(self) -> float:
        """Seconds from time 0 at which the picture ends; 0 where there is none."""
        picture = self._media.picture
        if picture is None or picture.time_base is None:
            return 0.0
        last = self._last_picture
        if self._has_own_length:
            # The index of an MP4 lists all pictures, so that they need not be read.
            entries = picture.index_entries
            last = float(entries[-1].timestamp * picture.time_base) if len(entries) else 0.0
        return max(0.0, last - (self._origin or 0.0) - self._timeline.lead)

    def _start(self, sound: float) -> float:
        """The timestamp that becomes time 0, given the first one of the audio."""
        stated, picture = self._media.sound.duration, self._media.picture
        if self._exact and stated is not None and sound < stated * self._tick:
            # Samples are counted from the start of the recording: what comes before was skipped as damaged.
            return 0.0
        if picture is None or picture.start_time is None or picture.time_base is None:
            return sound
        start = float(picture.start_time * picture.time_base)
        return start if sound - start > STAMP_TOLERANCE else sound

    def _add(self, frame: av.AudioFrame) -> None:
        stamp: float | None = None
        if frame.pts is not None:
            stamp = frame.pts * self._tick
            if self._origin is None:
                self._origin = self._start(stamp)
            # Derived timestamps still show how much was skipped where frames could not be decoded.
            trusted = self._has_stamps or self._failing_since is not None
            stamp = stamp - self._origin if trusted else None
        if self._recorded_as is None:
            self._recorded_as = (frame.sample_rate, frame.layout.nb_channels)
        if self._failing_since is not None:
            resumed = self._timeline.end if stamp is None else self._timeline.place(stamp)
            self._damaged.append(Span(self._failing_since, resumed))
            self._failing_since = None
        self._timeline.add(frame, stamp)
        if self._timeline.end > self._limit:
            raise too_long(self._maximum_duration)

    def _stated_end(self) -> float | None:
        """Seconds from time 0 at which the audio ends according to the header."""
        stated, sound = self._media.header_duration, self._media.sound
        if stated is None or self._origin is None:
            return stated
        if not self._has_own_length:
            # The duration of the file counts from timestamp 0, wherever its first timestamp is.
            return stated - max(0.0, self._origin)
        if sound.start_time is None:
            return stated
        return stated + max(0.0, sound.start_time * self._tick - self._origin)

    def _last_stamp(self) -> float | None:
        """Seconds from time 0 of the last timestamp that the file holds, as far as it is known."""
        if self._timeline.lag > NOTICED_LAG:
            return None
        last, sound = self._media.structure.last_stamp, self._media.sound
        if self._has_own_length and len(sound.index_entries):
            last = sound.index_entries[-1].timestamp * self._tick
        return None if last is None else last - (self._origin or 0.0) - self._timeline.lead

    def _without_padding(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Removes the encoder's padding of the last frame, where an MP4's header states the duration."""
        stated = self._stated_end()
        if stated is None or not self._has_own_length:
            return samples
        padding = len(samples) - round(stated * SAMPLE_RATE)
        return (
            samples[:-padding] if 0 < padding < min(len(samples), LONGEST_PADDING * SAMPLE_RATE) else samples
        )

    def describe(self, samples: NDArray[np.float32], media: Media) -> Recording:
        """The decoded recording.

        Args:
            samples: from the timeline's sink.
            media: the same file, with what is only known once it is complete.

        Raises:
            MediaError: `empty_file` or `unreadable_media`: there is not a single sample.
        """
        self._media = media
        samples = self._without_padding(samples)
        if self._recorded_as is None or len(samples) == 0:
            if self._failing_since is not None or media.structure.ends_early or media.header_duration:
                raise MediaError(CUT_OFF)
            raise MediaError(NOTHING_HEARD, code="empty_file")
        duration = len(samples) / SAMPLE_RATE
        sample_rate, channels = self._recorded_as
        # FLAC has no gaps of its own: what is missing was skipped by FFmpeg without an error.
        damaged = list(self._timeline.gaps) if media.container.format.name == "flac" else self._damaged
        return Recording(
            samples=samples,
            description=RecordingDescription(
                duration=duration,
                media_duration=media.header_duration,
                codec=media.sound.codec_context.codec.canonical_name,
                sample_rate=sample_rate,
                channels=channels,
                gaps=self._timeline.gaps,
                track=media.track,
            ),
            container=media.container.format.name,
            has_video=media.picture is not None,
            channel_levels=self._timeline.channel_levels,
            notices=(
                *gap_notices(self._timeline.gaps, beside_picture=media.picture is not None),
                *damage_notices(damaged, somewhere=media.structure.damaged),
                *stamp_notices(duration, lead=self._timeline.lead, lag=self._timeline.lag, exact=self._exact),
                *self._loss_notices(duration),
                *self._picture_notices(duration),
            ),
        )

    def _picture_notices(self, duration: float) -> list[Notice]:
        cut = self._media.structure.ends_early or self._failing_since is not None
        if cut or self._timeline.lag > NOTICED_LAG:
            return []
        return picture_notices(duration, self._picture_end())

    def _loss_notices(self, duration: float) -> list[Notice]:
        media = self._media
        name = media.container.format.name
        failed_at_end = self._failing_since is not None
        cut = media.structure.ends_early or failed_at_end
        stated = self._stated_end()
        wrong = name == "flac" and stated is not None and stated > WRONG_TOTAL * duration
        complete = (media.structure.complete or wrong) and not cut
        return loss_notices(
            duration,
            max(duration, self._picture_end()),
            self._last_stamp() if complete else stated,
            exact=name in EXACT_CONTAINERS,
            cut=cut,
        )


def _without_trimming(packet: AnyPacket) -> AnyPacket:
    """The same packet, all of which is decoded."""
    whole: AnyPacket = av.Packet(bytes(packet))
    whole.stream = packet.stream
    whole.pts, whole.dts, whole.time_base = packet.pts, packet.dts, packet.time_base
    return whole


def too_long(maximum_duration: float) -> MediaError:
    """The refusal of a recording that is too long."""
    text = (
        f"This recording is longer than {spoken_limit(maximum_duration)}, the longest that is analysed. "
        "Choose a shorter one, or cut it first."
    )
    return MediaError(text, code="too_long")
