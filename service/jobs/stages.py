"""The stages of one analysis job, from the stored bytes to the report.

    assemble -> decode -> playable copy, peaks -> activity -> transcribe -> measure

Each stores its result, so an attempt after a crash resumes where the last one stopped. Decoding is repeated:
it takes less time than storing samples would. A recording in progress is analysed live, and its playable copy
is made last, because somebody is waiting for the report.
"""

import errno
import logging
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from analysis import serialization
from analysis.audio.media_decoder import DECODERS_OF_THIS_PROCESS, IN_THIS_PROCESS, Decoders
from analysis.audio.recording import Recording
from analysis.build_report import MeasureOptions
from analysis.errors import AnalysisError
from analysis.pipeline import AnswerAnalysis
from analysis.signal.sound_choice import decode_chosen
from analysis.transcription.protocol import Engine
from service.answers.measuring import measure_options, measured_answer
from service.db.failures import is_busy, is_full
from service.jobs.analysis_job import AnalysisJob
from service.jobs.checkpoints import JobCheckpoints
from service.jobs.derived_media import DerivedMedia
from service.jobs.engine_pool import EnginePool, EngineRequest, PooledEngine, Priority
from service.jobs.heartbeat import Heartbeat
from service.jobs.live import STREAM, LiveStage
from service.jobs.queue import LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.privacy import describe_error
from service.recordings.storage import MissingFileError, Storage, StorageFullError, StorageUnavailableError
from service.schemas import WorkStage
from service.settings import Settings

logger = logging.getLogger(__name__)

_DISK_FULL_TEXT = (
    "There is no room left on the disk of this machine. The recording is safe. Free some space and try again."
)
_FILE_MISSING_TEXT = (
    "The file of this recording is missing here, so it could not be analysed. "
    "Please tell those who run Greenroom."
)
_INTERNAL_TEXT = "Something went wrong while this recording was analysed. The recording is safe. Try again."


_STORAGE_PAUSE_SECONDS = 2.0
"""Until a job that could not reach the object store waits for its next attempt; far less than a lease."""


class AnswerWork:
    """Does the work on one claimed job.

    Args:
        jobs: where results are saved.
        storage: where the recording is.
        settings: limits.
        engine_pool: gives access to the recogniser.
        is_alone: whether this process works on nothing else, so that it may end.
        decoders: decode the recordings and make the playable copies.
    """

    def __init__(
        self,
        jobs: WorkerJobs,
        storage: Storage,
        settings: Settings,
        engine_pool: EnginePool,
        *,
        is_alone: Callable[[], bool] = lambda: True,
        decoders: Decoders = DECODERS_OF_THIS_PROCESS,
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._settings = settings
        self._engine_pool = engine_pool
        self._is_alone = is_alone
        self._decoders = decoders
        self._decoder = IN_THIS_PROCESS
        self._stage: WorkStage = "decode"
        self._request = EngineRequest(Priority.UPLOAD, lambda: None)

    def run(self, job: AnalysisJob) -> None:
        """Works until the answer is ready or has failed; stops without saving when the lease is lost."""
        self._engine_pool.register()
        try:
            self._attempt(job)
        except LeaseLostError:
            logger.info("attempt %s at %s is over", job.lease.attempt, job.answer)
            if not self._jobs.exists(job):
                # An object store takes files of an answer that was deleted meanwhile.
                self._storage.delete(job.answer)
        finally:
            self._engine_pool.unregister()

    def _attempt(self, job: AnalysisJob) -> None:
        try:
            with (
                self._decoders.open() as self._decoder,
                self._storage.workspace(job.answer, job.lease.attempt) as workspace,
                Heartbeat(self._jobs, job, lease=self._settings.lease, may_end=self._is_alone) as heartbeat,
            ):
                self._request = EngineRequest(_priority(job), heartbeat.wait, heartbeat.check)
                end = self._work_on(job, workspace, heartbeat)
            end()
        except LeaseLostError:
            raise
        except AnalysisError as error:
            self._jobs.fail(job, self._stage, error.code, error.text)
        except StorageUnavailableError:
            logger.warning("%s of %s waits for the object store", self._stage, job.answer)
            time.sleep(_STORAGE_PAUSE_SECONDS)
            self._jobs.put_back(job)
        except Exception as error:
            # No exception may end the worker.
            if not self._jobs.holds(job):
                raise LeaseLostError from error
            if isinstance(error, MissingFileError):
                logger.error("%s of %s: a stored file is missing", self._stage, job.answer)
                self._jobs.fail(job, self._stage, "file_missing", _FILE_MISSING_TEXT)
                return
            if _is_disk_full(error):
                self._jobs.fail(job, self._stage, "disk_full", _DISK_FULL_TEXT)
                return
            if isinstance(error, DBAPIError) and is_busy(error):
                logger.warning("%s of %s waits for the database", self._stage, job.answer)
                self._jobs.put_back(job)
                return
            logger.error("%s of %s: %s", self._stage, job.answer, describe_error(error))
            self._jobs.fail(job, self._stage, "internal_error", _INTERNAL_TEXT)

    def _work_on(self, job: AnalysisJob, workspace: Path, heartbeat: Heartbeat) -> Callable[[], None]:
        """Does the work, and returns the function that ends the attempt."""
        match job.intake:
            case "receiving":
                if not self._work_on_live(job, workspace, heartbeat):
                    return lambda: self._jobs.release(job)
            case "interrupted":
                self._make_listenable(job, workspace, heartbeat)
                return lambda: self._jobs.release(job)
            case "complete":
                self._work_on_whole(job, workspace, heartbeat)
        return lambda: self._jobs.finish(job)

    def _work_on_live(self, job: AnalysisJob, workspace: Path, heartbeat: Heartbeat) -> bool:
        """Analyses a recording in progress; False if it was not completed."""
        checkpoints = self._checkpoints(job, heartbeat)
        live = LiveStage(
            self._jobs,
            self._storage,
            maximum_duration=self._settings.maximum_duration,
            warm_up=self._engine,
            new_analysis=lambda: self._analysis(checkpoints, heartbeat),
            on_whole=self._raise_priority,
            decoder=self._decoder,
        ).run(job, workspace)
        if live is None:
            return False
        job = checkpoints.job = self._jobs.whole(job)
        self._analyse(job, live.recording, live.analysis)
        source = self._storage.assemble(job.answer, job.chunks, workspace)
        self._raise_late(self._attempt_derived_media(job, source, live.recording, workspace, heartbeat))
        return True

    def _work_on_whole(self, job: AnalysisJob, workspace: Path, heartbeat: Heartbeat) -> None:
        source = self._storage.assemble(job.answer, job.chunks, workspace)
        recording = decode_chosen(
            source,
            job.choice,
            maximum_duration=self._settings.maximum_duration,
            progress=heartbeat.listen,
            decoder=self._decoder,
        )
        analysis = self._analysis(self._checkpoints(job, heartbeat), heartbeat)
        if job.source == "recording":
            self._analyse(job, recording, analysis)
            media_error = self._attempt_derived_media(job, source, recording, workspace, heartbeat)
        else:
            media_error = self._attempt_derived_media(job, source, recording, workspace, heartbeat)
            self._analyse(job, recording, analysis)
        self._raise_late(media_error)

    def _analyse(self, job: AnalysisJob, recording: Recording, analysis: AnswerAnalysis) -> None:
        """From the whole recording to the stored report."""
        self._jobs.save(job, duration=round(recording.duration, 3))
        analysis.finish(recording)
        options = _options(job)
        measured = measured_answer(analysis.report, options, span_version=job.span_version)
        acoustics = analysis.acoustics(options.span)
        self._jobs.save_result(job, "acoustics", serialization.to_json(acoustics))
        self._jobs.save_report(job, measured)

    def _make_listenable(self, job: AnalysisJob, workspace: Path, heartbeat: Heartbeat) -> None:
        """Makes a playable copy of an abandoned recording, as far as it was received."""
        path = workspace / STREAM
        with path.open("wb") as file:
            file.writelines(self._storage.read_original(job.answer, job.chunks))
        recording = decode_chosen(
            path,
            maximum_duration=self._settings.maximum_duration,
            progress=heartbeat.listen,
            decoder=self._decoder,
        )
        self._jobs.save(job, duration=round(recording.duration, 3))
        self._raise_late(self._attempt_derived_media(job, path, recording, workspace, heartbeat))

    def _raise_late(self, media_error: Exception | None) -> None:
        if media_error is not None:
            self._stage = "playable"
            raise media_error

    def _engine(self) -> Engine:
        return PooledEngine(self._engine_pool, self._request)

    def _checkpoints(self, job: AnalysisJob, heartbeat: Heartbeat) -> JobCheckpoints:
        return JobCheckpoints(
            self._jobs, job, self._engine, on_stage=lambda stage: self._begin(stage, heartbeat)
        )

    def _analysis(self, checkpoints: JobCheckpoints, heartbeat: Heartbeat) -> AnswerAnalysis:
        return AnswerAnalysis(self._engine, checkpoints=checkpoints, progress=heartbeat.listen)

    def _raise_priority(self) -> None:
        self._request.priority = Priority.REPORT_AWAITED

    def _attempt_derived_media(
        self, job: AnalysisJob, source: Path, recording: Recording, workspace: Path, heartbeat: Heartbeat
    ) -> Exception | None:
        """Makes the playable copy and peaks; returns an error, to be raised once the report is stored."""
        self._begin("playable", heartbeat)
        derived = DerivedMedia(self._jobs, self._storage, self._decoder)
        return derived.attempt(job, source, recording, workspace)

    def _begin(self, stage: WorkStage, heartbeat: Heartbeat) -> None:
        self._stage = stage
        heartbeat.begin(stage)


def _priority(job: AnalysisJob) -> Priority:
    if job.source != "recording":
        return Priority.UPLOAD
    return Priority.BEING_RECORDED if job.intake == "receiving" else Priority.REPORT_AWAITED


def _options(job: AnalysisJob) -> MeasureOptions:
    return measure_options(
        source=job.source,
        span=job.span,
        aim=job.aim,
        capture=job.capture,
        paused_at=job.paused_at,
        corrections=job.corrections,
    )


def _is_disk_full(error: Exception) -> bool:
    match error:
        case StorageFullError():
            return True
        case DBAPIError():
            return is_full(error)
        case OSError():
            return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return False
