"""What a confined process does with a file; the other side is `analysis.audio.confined_decoder`.

Sound is sent on as it is decoded, so this process never holds more than a few seconds of it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.audio.decoding import Wanted, decode_part
from analysis.audio.media_decoder import FileTask
from analysis.audio.recording import Recording
from analysis.audio.sound_tracks import stated_tracks
from analysis.audio.streaming import StreamingDecoder
from analysis.audio.whole_av import import_all_of_av
from analysis.confinement.child import Call, Task
from analysis.confinement.frames import LONGEST, Kind
from analysis.progress import Progress

import_all_of_av()


class Sent(IntEnum):
    """Messages of these tasks."""

    SOUND = Kind.TASK
    """Samples, float32."""
    SILENCE = Kind.TASK + 1
    """Number of samples, as JSON."""
    PROGRESS = Kind.TASK + 2
    """Seconds done, and of how many or null, as JSON."""
    WANT = Kind.TASK + 3
    """Number of bytes of the stream, as JSON; answered with at most so many."""
    SO_FAR = Kind.TASK + 4
    """The gaps so far, as JSON."""
    ENDED = Kind.TASK + 5
    """The stream was read to its end; answered with the whole file."""
    LEVELS = Kind.TASK + 6
    """Levels of the channels, float32."""
    WORKING = Kind.TASK + 7
    """The work goes on."""


class _SentSound:
    """A sink that sends everything on and counts it."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._count = 0

    def sound(self, samples: NDArray[np.float32]) -> None:
        """Sends samples."""
        self._count += len(samples)
        _send_array(self._call, Sent.SOUND, samples)

    def silence(self, samples: int) -> None:
        """Sends the length of a gap."""
        self._count += samples
        self._call.tell(Sent.SILENCE, json.dumps(samples).encode())

    def view(self) -> NDArray[np.float32]:
        """As many zeros as samples were sent, which take no memory: only their number is of interest here."""
        return np.broadcast_to(np.float32(0.0), (self._count,))

    take = view


class _AskedStream:
    """The bytes of a stream that the other side has."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def read(self, size: int, /) -> bytes:
        """Waits for at most `size` bytes."""
        return self._call.ask(Sent.WANT, json.dumps(min(size, LONGEST)).encode())


def decode_file_part(call: Call) -> Mapping[str, Any]:
    """Decodes one part of a file."""
    (file,) = call.files
    gains = call.arguments["gains"]
    wanted = Wanted(**{**call.arguments, "gains": None if gains is None else tuple(gains)})

    def tell_progress(progress: Progress) -> None:
        call.tell(Sent.PROGRESS, json.dumps([progress.done, progress.total]).encode())

    recording, parts = decode_part(file, wanted, _SentSound(call), tell_progress)
    return {**_described(call, recording), "parts": parts}


def list_sound_tracks(call: Call) -> Mapping[str, Any]:
    """Lists the sound tracks of a file."""
    (file,) = call.files
    return {"tracks": [asdict(track) for track in stated_tracks(file, call.arguments["chosen"])]}


def decode_stream(call: Call) -> Mapping[str, Any]:
    """Decodes a stream; after its last byte the other side passes on the whole file."""
    sink = _SentSound(call)
    maximum: float = call.arguments["maximum_duration"]
    with StreamingDecoder(_AskedStream(call), maximum_duration=maximum, sink=sink) as decoder:
        for so_far in decoder.decode():
            call.tell(Sent.SO_FAR, json.dumps([[gap.start, gap.end] for gap in so_far.gaps]).encode())
        return _described(call, decoder.finish(call.ask_for_file(Sent.ENDED)))


def as_task(function: FileTask) -> Task:
    """A task that does other work on files than decoding."""

    def task(call: Call) -> Mapping[str, Any]:
        return function(call.arguments, call.files, lambda: call.tell(Sent.WORKING))

    return task


def _described(call: Call, recording: Recording) -> dict[str, Any]:
    """All of a recording but its samples, which were sent already."""
    levels = recording.channel_levels
    if levels is not None:
        _send_array(call, Sent.LEVELS, levels)
    return {
        "description": asdict(recording.description),
        "container": recording.container,
        "has_video": recording.has_video,
        "notices": [asdict(notice) for notice in recording.notices],
        "samples": len(recording.samples),
        "channels": None if levels is None else levels.shape[1],
    }


def _send_array(call: Call, kind: Sent, values: NDArray[np.float32]) -> None:
    content = np.ascontiguousarray(values, dtype=np.float32).tobytes()
    for start in range(0, len(content), LONGEST):
        call.tell(kind, content[start : start + LONGEST])


TASKS: Mapping[str, Task] = {
    "decode_file_part": decode_file_part,
    "list_sound_tracks": list_sound_tracks,
    "decode_stream": decode_stream,
}
