"""The machine on which a benchmark was run."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

_BUSY = 0.5
"""Load per processor from which other work affects the timings."""


@dataclass(frozen=True)
class Machine:
    """A machine and the versions that matter to speed.

    Attributes:
        system: operating system and its version.
        processor: model name as the system gives it.
        processors: logical processors that this process may use.
        memory: bytes.
        load: processes that wanted a processor over the last minute, before the benchmark.
        python, faster_whisper, ctranslate2, onnxruntime: versions.
    """

    system: str
    processor: str
    processors: int
    memory: int
    load: float
    python: str
    faster_whisper: str
    ctranslate2: str
    onnxruntime: str


def this_machine() -> Machine:
    """The current machine."""
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        processor=_processor_name(),
        processors=_usable_processors(),
        memory=psutil.virtual_memory().total,
        load=round(psutil.getloadavg()[0], 2),
        python=platform.python_version(),
        faster_whisper=version("faster-whisper"),
        ctranslate2=version("ctranslate2"),
        onnxruntime=version("onnxruntime"),
    )


def other_work(machine: Machine) -> str | None:
    """A warning sentence if other load affects the timings; None otherwise."""
    if machine.load < _BUSY * machine.processors:
        return None
    return (
        f"Other work is running here (load {machine.load:.1f} on {machine.processors} processors): "
        "seconds are longer and ratios scatter more than on a quiet machine."
    )


def _processor_name() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(errors="replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def _usable_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
