"""Results of the analysis of the sample answers, which come with Greenroom in one JSON file each.

They are what a worker stores of an answer, except for the report: that is measured from them when the sample
is added, so that its figures and sentences are always those of the running build.
`samples.analyse_samples` makes the files.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from analysis import ANALYSIS_VERSION, serialization
from analysis.pipeline import AnswerAnalysis
from analysis.signal.sound_choice import decode_chosen
from analysis.transcription.protocol import Engine
from service.answers import builds
from service.answers.measuring import SavedStages
from service.recordings.peaks import Peaks, waveform
from service.recordings.playable_media import make_playable

FOLDER = "analysed"
"""Folder of the files, beside the samples' manifest."""


@dataclass(frozen=True)
class SampleResults:
    """What is stored of an analysed sample, without its report.

    Attributes:
        analysis_version: of the build that made them.
        audio_sha256: of the sound file, in hexadecimal.
        media_type: with which browsers play that file as it is.
        peaks: the waveform of the recording.
        stages: what the report is measured from.
    """

    analysis_version: str
    audio_sha256: str
    media_type: str
    peaks: Peaks
    stages: SavedStages


def results_file(manifest: Path, sample: str) -> Path:
    """The file with the results of a sample.

    Args:
        manifest: of the samples.
        sample: id of the sample.
    """
    return manifest.parent / FOLDER / f"{sample}.json"


def analyse_sample(audio: Path, engine: Engine) -> SampleResults:
    """Analyses a sample as a worker does.

    Args:
        audio: a sound file that browsers play as it is.
        engine: the recogniser.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
        ValueError: browsers do not play the file as it is.
    """
    playable = make_playable(audio, audio.parent)
    if playable.path != audio:
        raise ValueError(f"browsers do not play {audio.name} as it is")
    recording = decode_chosen(audio)
    analysis = AnswerAnalysis(lambda: engine)
    results = analysis.finish(recording)
    return SampleResults(
        analysis_version=ANALYSIS_VERSION,
        audio_sha256=_digest(audio),
        media_type=playable.media_type,
        peaks=waveform(recording),
        stages=SavedStages(analysis.acoustics(None), results.activity, results.transcription),
    )


def read_results(path: Path, audio: Path) -> SampleResults | None:
    """The results of a sample, if they can stand for those of the running service.

    Args:
        path: from `results_file`.
        audio: the sample's sound file.

    Returns:
        None if there are none, if they are of another sound file or another recogniser, or if their form is
        that of another build. Results of another version of the analysis are returned: the measures are
        taken anew, and a test compares the stages before them with a new analysis.
    """
    try:
        results = serialization.from_json(SampleResults, path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    if results.audio_sha256 != _digest(audio) or not builds.uses(results.stages.transcription.model):
        return None
    return results


def _digest(audio: Path) -> str:
    return hashlib.sha256(audio.read_bytes()).hexdigest()
