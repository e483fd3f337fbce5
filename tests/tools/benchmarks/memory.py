"""Peak memory of a fresh process that analyses one answer as a worker does.

Run as a program (`python -m tests.tools.benchmarks.memory FILE MODEL`) it analyses the file and
prints its own peak; `measure_memory` starts that program and reads what it prints.
"""

import json
import random
import resource
import subprocess
import sys
import wave
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from tests.tools.benchmarks.figures import Memory

_SEED = 2
"""Seed, so that the long recording is always the same."""


def measure_memory(file: Path, model: str) -> Memory:
    """Analyses a file in a fresh process.

    Raises:
        subprocess.CalledProcessError: the process failed; what it wrote to standard error was passed on.
    """
    command = [sys.executable, "-m", "tests.tools.benchmarks.memory", str(file), model]
    root = Path(__file__).resolve().parents[3]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=root)
    return Memory(**json.loads(finished.stdout))


def write_long_recording(files: Sequence[Path], target: Path, seconds: float) -> None:
    """A 16 kHz mono WAV of `seconds`, the recordings one after another in ever different order.

    Raises:
        ValueError: none of the recordings has any sound.
    """
    from analysis.audio.decoding import decode

    sounds: list[NDArray[np.float32]] = [decode(file).samples for file in files]
    if not any(len(sound) for sound in sounds):
        raise ValueError("there is no sound to repeat")
    order = random.Random(_SEED)
    left = round(seconds * SAMPLE_RATE)
    with wave.open(str(target), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(SAMPLE_RATE)
        while left > 0:
            for sound in order.sample(sounds, len(sounds)):
                part = sound[:left]
                left -= len(part)
                stream.writeframes((np.clip(part, -1.0, 1.0) * 32767).astype("<i2").tobytes())


def _own_peak() -> int:
    """Bytes. On Linux from VmHWM: ru_maxrss there begins with the peak of the starting process."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _main(file: Path, model: str) -> None:
    from analysis.pipeline import analyse
    from analysis.serialization import to_json
    from analysis.transcription.whisper import WhisperEngine

    engine = WhisperEngine.load(model)
    begun = perf_counter()
    analysis = analyse(file, lambda: engine)
    for result in (analysis.activity, analysis.transcription, analysis.report):
        to_json(result)  # a worker saves each
    seconds = perf_counter() - begun
    figures = {"duration": analysis.recording.duration, "peak": _own_peak(), "seconds": seconds}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2])
