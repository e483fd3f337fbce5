"""The one path from a recording to its report.

    decode -> activity -> transcribe -> measure

`AnswerAnalysis` runs the stages after decoding. A recording in progress is fed to it as it grows; a file is
passed to it whole. Both yield the same report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.acoustics import Acoustics, measure_acoustics
from analysis.audio.media_decoder import IN_THIS_PROCESS, MediaDecoder
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording
from analysis.build_report import MeasureOptions, build_report
from analysis.progress import Progress, ProgressListener, Stage, ignore_progress
from analysis.report import Report, Span
from analysis.signal.sound_choice import NO_CHOICE, SoundChoice, decode_chosen
from analysis.signal.streaming import SignalStream
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.signal.windows import Window
from analysis.transcription.languages import in_their_languages
from analysis.transcription.protocol import Engine, Transcription, WindowText
from analysis.transcription.remembering import RememberingEngine
from analysis.transcription.verbatim import transcribe
from analysis.transcription.window_texts import transcribe_windows

StoredStage = Literal["activity", "transcribe"]
"""Stages whose results a caller can store."""

Result = TypeVar("Result", Activity, Transcription)


class Checkpoints:
    """Called between the steps of an analysis; this class stores nothing.

    A caller that wants to resume an interrupted run overrides all of it. An exception raised here ends the
    analysis.
    """

    def stage_started(self, stage: Stage) -> None:
        """A stage begins whose result was not stored."""

    def load(self, stage: StoredStage, kind: type[Result]) -> Result | None:
        """The result of a stage that an earlier run stored; None to run the stage."""
        return None

    def save(self, stage: StoredStage, result: Activity | Transcription) -> None:
        """Stores the result of a stage."""

    def window_texts(self) -> Sequence[WindowText]:
        """The windows that earlier runs transcribed with the same engine, in order."""
        return ()

    def save_window_text(self, text: WindowText) -> None:
        """Stores the text of a window of a recording that is still in progress."""


@dataclass(frozen=True)
class StageResults:
    """The results of the stages before the report, which needs nothing else."""

    recording: Recording
    activity: Activity
    transcription: Transcription


class AnswerAnalysis:
    """Analyses one answer, during or after its recording.

    A live recording: `feed` as it grows, then `finish`. A whole file: `finish` alone, which feeds all of it.
    Then `report`, any number of times. How the audio is divided up does not affect the report.

    Args:
        engine: returns the recogniser; called when it is first needed, since loading it takes seconds. Where
            several analyses share a recogniser, its `transcribe` yields to the others between windows.
        checkpoints: stores and restores intermediate results.
        progress: called during and after each stage.
    """

    def __init__(
        self,
        engine: Callable[[], Engine],
        *,
        checkpoints: Checkpoints | None = None,
        progress: ProgressListener = ignore_progress,
    ) -> None:
        self._load_engine = engine
        self._remembering = RememberingEngine(engine)
        self._completed: list[tuple[Window, WindowText]] = []
        self._checkpoints = Checkpoints() if checkpoints is None else checkpoints
        self._progress = progress
        self._signal = SignalStream()
        self._features: SignalStream | None = None
        self._results: StageResults | None = None
        self._acoustics: tuple[Span | None, Acoustics] | None = None

    def feed(self, samples: NDArray[np.float32], gaps: Sequence[Span] = ()) -> None:
        """Analyses the new part of a live recording and transcribes the windows that it completes.

        Args:
            samples: shape (n,), float32, 16 kHz: the recording so far, from its start and not only the new
                part, so that the decoder's buffer is used without a copy. Read during this call only.
            gaps: stretches without recorded sound so far.

        Raises:
            analysis.errors.RecogniserError: the recogniser cannot be used.
            RuntimeError: the analysis is finished.
        """
        if self._results is not None:
            raise RuntimeError("`feed` after `finish`")
        windows = self._signal.extend(samples, gaps)
        if not windows:
            return
        for window, text in zip(
            windows,
            transcribe_windows(samples, windows, self._engine, known=self._texts),
            strict=True,
        ):
            if text not in self._texts:
                self._texts.append(text)
                self._checkpoints.save_window_text(text)
            self._completed.append((window, text))
            self._progress(Progress("transcribe", text.window.end, None))
        # What may be in another language is written again now, not when the person waits for the report.
        in_their_languages(
            [text for _, text in self._completed],
            [window for window, _ in self._completed],
            samples,
            self._remembering,
        )

    def finish(self, recording: Recording) -> StageResults:
        """Completes voice activity and transcription, now that the recording has ended.

        Args:
            recording: the whole recording, what was fed included.

        Raises:
            analysis.errors.RecogniserError: the recogniser cannot be used.
        """
        activity = self._checkpoints.load("activity", Activity)
        if activity is None:
            self._checkpoints.stage_started("activity")
            activity = detect_activity(recording, signal=self._signal, progress=self._progress)
            self._checkpoints.save("activity", activity)
            self._features = self._signal
        transcription = self._checkpoints.load("transcribe", Transcription)
        if transcription is None:
            self._checkpoints.stage_started("transcribe")
            # Windows of a recording in progress are of its channels mixed as one voice.
            live = recording.gains is None
            transcription = transcribe(
                recording,
                activity,
                self._remembering if live else self._engine,
                known=self._texts if live else (),
                progress=self._progress,
            )
            self._checkpoints.save("transcribe", transcription)
        self._results = StageResults(recording, activity, transcription)
        return self._results

    def report(self, options: MeasureOptions | None = None) -> Report:
        """The report; without any speech it is a full one whose measures have no value.

        Args:
            options: what the person or the recording page specifies.
        """
        options = options or MeasureOptions()
        acoustics = self.acoustics(options.span)
        results = self.results
        report = build_report(acoustics, results.activity, results.transcription, options)
        duration = results.recording.duration
        self._progress(Progress("measure", duration, duration))
        return report

    def acoustics(self, marked: Span | None) -> Acoustics:
        """The acoustic measurements that the report is built from; computed once for each span.

        Args:
            marked: where the answer is, as the person marked it; None to detect it.
        """
        if self._acoustics is None or self._acoustics[0] != marked:
            results = self.results
            self._checkpoints.stage_started("measure")
            self._progress(Progress("measure", 0.0, results.recording.duration))
            acoustics = measure_acoustics(
                results.recording, results.activity, results.transcription, marked, signal=self._features
            )
            self._acoustics = (marked, acoustics)
        return self._acoustics[1]

    @property
    def results(self) -> StageResults:
        """What `finish` returned.

        Raises:
            RuntimeError: it has not been called.
        """
        if self._results is None:
            raise RuntimeError("`finish` comes first")
        return self._results

    @cached_property
    def _engine(self) -> Engine:
        return self._load_engine()

    @cached_property
    def _texts(self) -> list[WindowText]:
        """Windows transcribed already, in this run or an earlier one."""
        return list(self._checkpoints.window_texts())


@dataclass(frozen=True)
class Analysis(StageResults):
    """The results of all stages."""

    report: Report


def analyse(
    path: Path,
    engine: Callable[[], Engine],
    *,
    choice: SoundChoice = NO_CHOICE,
    options: MeasureOptions | None = None,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    progress: ProgressListener = ignore_progress,
    decoder: MediaDecoder = IN_THIS_PROCESS,
) -> Analysis:
    """Analyses a file.

    Args:
        path: the recording.
        engine: returns the recogniser; called once the file has proved usable.
        choice: which sound of the file is to be measured.
        options: what the person specifies in addition to the recording.
        maximum_duration: seconds, gaps included.
        progress: called during and after each stage.
        decoder: decodes the file.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
        analysis.errors.RecogniserError: the recogniser cannot be used.
    """
    recording = decode_chosen(
        path, choice, maximum_duration=maximum_duration, progress=progress, decoder=decoder
    )
    analysis = AnswerAnalysis(engine, progress=progress)
    results = analysis.finish(recording)
    return Analysis(recording, results.activity, results.transcription, analysis.report(options))
