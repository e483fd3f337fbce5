"""Decodes an uploaded file to a clip of labelled speech, in a separate process.

An uploaded file may be broken or hostile. Therefore neither the service nor a command decodes it itself: they
start this module as a program with limited time and memory, and continue without the clip if it fails. The
program holds the sound; a confined process that it starts reads the file.
"""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from analysis.report import Span
from analysis.signal.sound_choice import NO_CHOICE, SoundChoice
from service.jobs.headway import Headway, processor_time

_THIS = "service.exports.clip_decoding"
_POLL_SECONDS = 0.1
_UNREADABLE_STATUS = 2


class ClipError(Exception):
    """The sound could not be decoded. The message is part of a sentence that says why."""


def decode_clip(
    source: Path,
    target: Path,
    *,
    span: Span | None,
    choice: SoundChoice = NO_CHOICE,
    maximum_duration: float,
    seconds: float,
    memory: int,
) -> None:
    """Writes the sound of a file as FLAC, mono at 16 kHz.

    Args:
        source: the uploaded file.
        target: the new file.
        span: the part to write; None for all of it.
        choice: which sound of the file to write.
        maximum_duration: longest duration of the recording, in seconds.
        seconds: most processor time that decoding may take, and most time that it may stand still.
        memory: most memory that decoding may use, in bytes; both of all processes together.

    Raises:
        ClipError: the file could not be decoded within these limits.
    """
    part = [] if span is None else [repr(span.start), repr(span.end)]
    sound = [str(choice.track or ""), choice.channel or ""]
    child = subprocess.Popen(
        [sys.executable, "-m", _THIS, str(source), str(target), repr(maximum_duration), *sound, *part],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        # Messages of FFmpeg may quote the file.
        stderr=subprocess.DEVNULL,
    )
    try:
        _watch(child, seconds, memory)
    except ClipError:
        target.unlink(missing_ok=True)
        raise
    finally:
        child.kill()
        child.wait()


def _watch(child: "subprocess.Popen[bytes]", seconds: float, memory: int) -> None:
    headway = Headway()
    while (status := child.poll()) is None:
        processes = _processes(child.pid)
        headway.look(now=time.monotonic(), processor=sum(map(processor_time, processes)))
        if headway.is_over(seconds):
            raise ClipError("decoding it took too long")
        if sum(map(_resident_bytes, processes)) > memory:
            raise ClipError("decoding it took too much memory")
        time.sleep(_POLL_SECONDS)
    if status != 0:
        raise ClipError("its sound could not be decoded")


def _processes(pid: int) -> list[int]:
    """A process and those that it has started."""
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return [pid]


def _resident_bytes(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def main(arguments: list[str]) -> int:
    """Decodes in this process and returns the exit status."""
    import soundfile

    from analysis import SAMPLE_RATE
    from analysis.audio.confined_decoder import best_decoder
    from analysis.errors import AnalysisError
    from analysis.signal.sound_choice import SoundChoice, decode_chosen

    source, target, maximum_duration, track, channel, *part = arguments
    choice = SoundChoice(int(track) if track else None, channel or None)  # type: ignore[arg-type]
    try:
        with best_decoder() as decoder:
            samples = decode_chosen(
                Path(source), choice, maximum_duration=float(maximum_duration), decoder=decoder
            ).samples
    except AnalysisError:
        return _UNREADABLE_STATUS
    if part:
        start, end = (round(float(moment) * SAMPLE_RATE) for moment in part)
        samples = samples[start:end]
    soundfile.write(target, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
