"""Makes recordings with the faults that recorders, phones and programs leave in files, at several strengths.

Each kind takes speech and gives a file with the fault and its clean twin: the same sound in the same codec.
So a test knows what has to be heard, whatever the sound is.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.media_files import builders
from tests.media_files.builders import Samples
from tests.media_files.restamping import restamp_ogg, restamp_webm

RATE = 48_000
Make = Callable[[Path, Samples], Path]


@dataclass(frozen=True)
class Damage:
    """One kind of fault at one strength.

    Attributes:
        damaged, clean: write a file of speech (mono, `RATE`) with the fault and without.
        loses: sound is missing in the damaged file, so that something has to be said.
    """

    damaged: Make
    clean: Make
    loses: bool = False


def _write(path: Path, speech: Samples, container: str, codec: str, **options: Any) -> Path:
    return builders.write_sound(path, speech, RATE, container=container, codec=codec, **options)


def _opus(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "webm", "libopus")


def _ogg(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "ogg", "libopus")


def _wav(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "wav", "pcm_s16le")


def _m4a(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "ipod", "aac")


def _mp3(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "mp3", "libmp3lame")


def _flac(path: Path, speech: Samples) -> Path:
    return _write(path, speech, "flac", "flac")


def _restamped(change: Callable[[float], float]) -> Damage:
    return Damage(lambda path, speech: restamp_webm(_opus(path, speech), change), _opus)


def _jitter(most: float) -> Damage:
    late = np.random.default_rng(1).uniform(0, most, 10_000)
    return _restamped(lambda time: time + float(late[round(time * 50)]))


def _granules(factor: float) -> Damage:
    return Damage(lambda path, speech: restamp_ogg(_ogg(path, speech), lambda at: round(at * factor)), _ogg)


def _fragment_gaps(gap: float) -> Damage:
    def damaged(path: Path, speech: Samples) -> Path:
        return _write(
            path,
            speech,
            "mp4",
            "aac",
            options={"movflags": "empty_moov+default_base_moof+frag_keyframe", "frag_duration": "1000000"},
            stream=True,
            change_stamp=lambda time: time + int(time) * gap,
        )

    return Damage(damaged, builders.safari_mp4)


def _joined(make: Make, parts: int) -> Damage:
    def damaged(path: Path, speech: Samples) -> Path:
        content = [
            make(path, np.ascontiguousarray(part)).read_bytes() for part in np.array_split(speech, parts)
        ]
        path.write_bytes(b"".join(content))
        return path

    return Damage(damaged, make)


def _header(make: Make, mark: bytes, after: int, form: str, factor: float) -> Damage:
    """A number in the header, `after` bytes behind a mark, is wrong by a factor."""

    def damaged(path: Path, speech: Samples) -> Path:
        content = bytearray(make(path, speech).read_bytes())
        place = content.index(mark) + after
        (old,) = struct.unpack_from(form, content, place)
        struct.pack_into(form, content, place, old * factor if form[-1] == "d" else int(old * factor))
        path.write_bytes(content)
        return path

    return Damage(damaged, make)


def _hole(container: str, codec: str, length: float) -> Damage:
    return Damage(
        lambda path, speech: _write(path, speech, container, codec, hole=(1.0, length)),
        lambda path, speech: _write(path, speech, container, codec),
        loses=True,
    )


def _lost_microphone(container: str, codec: str, picture: str) -> Damage:
    return Damage(
        lambda path, speech: _write(path, speech, container, codec, picture=picture, hole=(3.0, 1e3)),
        lambda path, speech: _write(path, speech, container, codec, picture=picture),
        loses=True,
    )


def _cut(make: Make, share: float) -> Damage:
    return Damage(lambda path, speech: builders.cut(make(path, speech), path, share), make, loses=True)


def _amr(container: str) -> Damage:
    def sent(path: Path, speech: Samples, **options: str) -> Path:
        return builders.write_sound(
            path,
            np.ascontiguousarray(speech[::6]),
            8_000,
            container=container,
            codec="libopencore_amrnb",
            encoder_options=options,
        )

    return Damage(lambda path, speech: sent(path, speech, dtx="1"), sent)


DAMAGE: dict[str, Damage] = {
    **{f"stamps jitter by {most} s": _jitter(most) for most in (0.005, 0.02, 0.05, 0.1, 0.2)},
    **{
        f"{gap} s missing in the stamps of each second": _restamped(lambda t, gap=gap: t + gap * int(t))
        for gap in (0.005, 0.02, 0.05, 0.1)
    },
    **{f"clock of speed {speed}": _restamped(lambda t, s=speed: t * s) for speed in (0.33, 0.98, 1.02)},
    **{
        f"recorder started again each {length} s": _restamped(lambda t, n=length: t % n)
        for length in (0.5, 0.97, 2.0)
    },
    **{
        f"clock set back by {back} s": _restamped(lambda t, b=back: t - b if t > 3 else t)
        for back in (0.3, 0.9, 2.9)
    },
    **{f"Ogg granules times {factor}": _granules(factor) for factor in (0.25, 0.333, 0.5, 0.92)},
    **{f"fragments {gap} s apart": _fragment_gaps(gap) for gap in (0.005, 0.02, 0.05, 0.1)},
    **{f"{n} WAV files in one": _joined(_wav, n) for n in (2, 5)},
    **{f"{n} M4A files in one": _joined(_m4a, n) for n in (2, 5)},
    "2 MP3 files in one": _joined(_mp3, 2),
    "2 FLAC files in one": _joined(_flac, 2),
    "2 Ogg files in one": _joined(_ogg, 2),
    "2 WebM files in one": _joined(_opus, 2),
    "2 recorder files in one": _joined(builders.browser_webm, 2),
    "2 Safari files in one": _joined(builders.safari_mp4, 2),
    **{f"WebM duration times {f}": _header(_opus, b"\x44\x89\x88", 3, ">d", f) for f in (0.001, 10, 1000)},
    **{f"WAV byte rate times {f}": _header(_wav, b"fmt ", 16, "<I", f) for f in (0, 0.5, 1000)},
    "WAV length half": _header(_wav, b"data", 4, "<I", 0.5),
    "M4A edit of 0 s": _header(_m4a, b"elst", 12, ">I", 0),
    "AMR without silence": _amr("amr"),
    "3GP without silence": _amr("3gp"),
    **{f"gap of {length} s in WebM": _hole("webm", "libopus", length) for length in (0.3, 1.5, 4.0)},
    **{f"gap of {length} s in MP4": _hole("mp4", "aac", length) for length in (0.3, 1.5, 4.0)},
    "microphone lost in MP4": _lost_microphone("mp4", "aac", "h264"),
    "microphone lost in WebM": _lost_microphone("webm", "libopus", "libvpx-vp9"),
    **{
        f"{name} cut off": _cut(make, 0.6)
        for name, make in (("WAV", _wav), ("FLAC", _flac), ("MP3", _mp3), ("Ogg", _ogg), ("WebM", _opus))
    },
}
"""By name."""
