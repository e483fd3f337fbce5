"""Stores the results of the stages of one attempt, so that the next one can resume where it stopped."""

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from analysis import ANALYSIS_VERSION, serialization
from analysis.pipeline import Checkpoints, Result, StoredStage
from analysis.progress import Stage
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Engine, Transcription, WindowText
from service.jobs.analysis_job import AnalysisJob
from service.jobs.worker_jobs import WorkerJobs


class JobCheckpoints(Checkpoints):
    """Stores results in the database as soon as they are complete.

    Args:
        jobs: where results are stored.
        job: the attempt whose results they are.
        engine: returns the recogniser.
        on_stage: called when a stage begins.

    Raises:
        LeaseLostError: from every method, once the attempt is over.
    """

    def __init__(
        self,
        jobs: WorkerJobs,
        job: AnalysisJob,
        engine: Callable[[], Engine],
        on_stage: Callable[[Stage], None],
    ) -> None:
        self.job = job
        self._jobs = jobs
        self._engine = engine
        self._on_stage = on_stage

    def stage_started(self, stage: Stage) -> None:
        """See `Checkpoints`."""
        self._on_stage(stage)

    def load(self, stage: StoredStage, kind: type[Result]) -> Result | None:
        """See `Checkpoints`; also None for a result of another version or another model."""
        stored = self._jobs.result(self.job, stage)
        if stored is None:
            return None
        try:
            result = serialization.from_json(kind, stored)
        except ValidationError:
            # Written by an older build with the same version.
            return None
        if isinstance(result, Transcription) and self._is_of_another_model(result):
            return None
        return result

    def save(self, stage: StoredStage, result: Activity | Transcription) -> None:
        """See `Checkpoints`."""
        columns = {"transcript_ready": True} if stage == "transcribe" else {}
        self._jobs.save_result(self.job, stage, serialization.to_json(result), **columns)

    def window_texts(self) -> Sequence[WindowText]:
        """See `Checkpoints`."""
        return [
            serialization.from_json(WindowText, stored)
            for stored in self._jobs.window_results(self.job, self._window_version())
        ]

    def save_window_text(self, text: WindowText) -> None:
        """See `Checkpoints`."""
        window = (text.window.start, text.window.end)
        self._jobs.save_window_result(self.job, window, self._window_version(), serialization.to_json(text))

    def _is_of_another_model(self, transcription: Transcription) -> bool:
        """Whether the person asked for a new analysis and the recogniser has been changed since."""
        return self.job.lease.reanalysis_requested and transcription.model != self._engine().description

    def _window_version(self) -> str:
        return f"{ANALYSIS_VERSION}/{self._engine().description.sha256[:16]}"
