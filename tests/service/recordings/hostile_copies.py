"""What a hostile file might do while its playable copy is made; the file says which."""

import ctypes
import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from analysis.audio.confined_tasks import as_task
from tests.analysis.confinement.attempts import attempt

MOST_BYTES = 100_000
"""That it may write to a file."""

ANSWERS: Mapping[bytes, dict[str, Any]] = {
    b"a page": {"unchanged": True, "media_type": "text/html"},
    b"a kind that is not made": {"unchanged": False, "media_type": "audio/wav"},
    b"a path": {"path": "/etc/passwd"},
}


def write_playable(
    arguments: Mapping[str, Any], files: Sequence[BinaryIO], on_headway: Callable[[], None]
) -> dict[str, Any]:
    """Takes the place of the task with this name."""
    source, target = files
    wish = source.read()
    if wish in ANSWERS:
        return ANSWERS[wish]
    if wish == b"crash":
        os.write(target.fileno(), b"half a file")
        ctypes.string_at(0)
    beside, others = json.loads(wish)
    descriptors: dict[str, Callable[[], object]] = {
        "read another file": lambda: os.open(others, os.O_RDONLY),
        "write another file": lambda: os.open(others, os.O_WRONLY),
        "make a file beside the copy": lambda: os.open(beside, os.O_CREAT | os.O_WRONLY),
        "open the copy again": lambda: os.open(f"/proc/self/fd/{target.fileno()}", os.O_RDWR),
        "change the recording": lambda: os.pwrite(source.fileno(), b"x", 0),
        "write too much": lambda: os.pwrite(target.fileno(), b"x", MOST_BYTES),
        "write as much as it may": lambda: os.pwrite(target.fileno(), b" ", MOST_BYTES - 1),
    }
    outcomes = {name: attempt(action) for name, action in descriptors.items()}
    os.pwrite(target.fileno(), json.dumps(outcomes).encode().ljust(MOST_BYTES), 0)
    return {"unchanged": False, "media_type": "audio/webm"}


TASKS = {"write_playable": as_task(write_playable)}
