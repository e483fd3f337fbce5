"""The one path through the system, stage by stage.

    decode -> activity -> transcribe -> measure

Each stage takes what the ones before it returned and nothing else, so a caller can save each result
(`analysis.serialization`) and take a broken run up where it stopped. `analyse` runs them all.
"""

from dataclasses import dataclass
from pathlib import Path

from analysis.audio.decoding import decode
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording
from analysis.build_report import MeasureOptions, measure
from analysis.progress import ProgressListener, ignore_progress
from analysis.report import Report
from analysis.signal.streaming import GrowingSound
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.transcription.protocol import Engine, Transcription
from analysis.transcription.verbatim import transcribe

__all__ = ["Analysis", "analyse", "decode", "detect_activity", "measure", "transcribe"]


@dataclass(frozen=True)
class Analysis:
    """What every stage returned."""

    recording: Recording
    activity: Activity
    transcription: Transcription
    report: Report


def analyse(
    path: Path,
    engine: Engine,
    *,
    options: MeasureOptions | None = None,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    progress: ProgressListener = ignore_progress,
) -> Analysis:
    """From a file to its report.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
        analysis.errors.RecogniserError: the recogniser cannot be used.
    """
    recording = decode(path, maximum_duration=maximum_duration, progress=progress)
    sound = GrowingSound()
    activity = detect_activity(recording, sound=sound, progress=progress)
    transcription = transcribe(recording, activity, engine, progress=progress)
    report = measure(
        recording, activity, transcription, options or MeasureOptions(), sound=sound, progress=progress
    )
    return Analysis(recording, activity, transcription, report)
