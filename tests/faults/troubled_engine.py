"""Makes the stages of a worker stop, fail, crash or eat memory, as files in a folder say.

Named as the `engine` of a service under test: the worker imports it, and the real stages get a gate
before them. The folder is in the environment as TROUBLE_FOLDER; its files are named `<trouble>-<stage>`.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis import pipeline
from analysis.transcription.fake import FakeEngine
from service.jobs import derived_media, stages

FOLDER = Path(os.environ["TROUBLE_FOLDER"])
_WORK = {
    "decode": (stages, "decode_chosen"),
    "playable": (derived_media, "make_playable"),
    "activity": (pipeline, "detect_activity"),
    "transcribe": (pipeline, "transcribe"),
    "measure": (pipeline, "measure_acoustics"),
}
"""For each stage, the module and the function in it that runs it."""


def fake(model: str) -> FakeEngine:
    """The fake engine; faults are injected into the functions of the stages."""
    return FakeEngine()


def _gated(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def gated(*arguments: Any, **options: Any) -> Any:
        (FOLDER / f"reached-{stage}").touch()
        if (FOLDER / f"crash-{stage}").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        if (FOLDER / f"fail-{stage}").exists():
            raise RuntimeError("trouble with a secret title")
        if (FOLDER / f"full-{stage}").exists():
            raise OSError(28, "No space left on device")
        if (FOLDER / f"eat-{stage}").exists():
            # More than a test allows, but no more than a test machine has: the supervisor may check late.
            eaten = [b"x" * (64 * 1024 * 1024) for _ in range(24)]
            while eaten and (FOLDER / f"eat-{stage}").exists():
                time.sleep(0.02)
        while (FOLDER / f"hold-{stage}").exists():
            time.sleep(0.02)
        return work(*arguments, **options)

    return gated


for _stage, (_module, _name) in _WORK.items():
    setattr(_module, _name, _gated(_stage, getattr(_module, _name)))
