"""Makes a small copy of a recording's sound, in a confined process: web nodes decode nothing themselves."""

import os
from collections.abc import Mapping
from typing import Any, BinaryIO

from analysis.audio.whole_av import import_all_of_av
from analysis.confinement.child import Call, Task
from analysis.confinement.process import ConfinedProcess, ConfinedProcessError
from analysis.errors import MediaError
from service.recordings.encoding import encode_sound

MEDIA_TYPE = "audio/mp4"

BYTES_A_SECOND = 12_200
"""Of the copy: 96 kbit/s, and a little for its index."""

LARGEST = 1 << 30
"""Bytes that the copy may have."""

_MODULE = "service.recordings.sound_alone"


def write_sound_alone(source: BinaryIO, target: BinaryIO) -> None:
    """Writes the sound of a recording as AAC.

    Args:
        source: a file that is open for reading.
        target: an empty file that is open for reading and writing.

    Raises:
        MediaError: it cannot be read; also `decoder_crashed`.
        OSError: the copy cannot be written.
    """
    if os.name != "posix":
        encode_sound(source, target)
        return
    try:
        with ConfinedProcess([_MODULE], written_bytes=LARGEST) as process:
            for _ in process.call("encode_sound_alone", {}, [source.fileno(), target.fileno()]):
                pass
    except ConfinedProcessError as error:
        raise MediaError("The sound of this recording cannot be read.", code="decoder_crashed") from error


def encode_sound_alone(call: Call) -> Mapping[str, Any]:
    """Encodes the first file into the second."""
    source, target = call.files
    encode_sound(source, target)
    target.flush()
    return {}


import_all_of_av()
TASKS: Mapping[str, Task] = {"encode_sound_alone": encode_sound_alone}
