"""The stages of the work on one answer, from the stored bytes to the report.

    assemble -> decode -> playable copy, peaks -> activity -> transcribe -> measure

Each stores its result, so a run after a crash resumes where the last one stopped. Decoding is repeated: it
takes less time than storing samples would. A recording in progress is analysed live, and its playable copy is
made last: somebody waits for the report.
"""

import errno
import logging
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from analysis import serialization
from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.build_report import MeasureOptions
from analysis.errors import AnalysisError
from analysis.pipeline import AnswerAnalysis
from analysis.transcription.protocol import Engine
from service.answers.measuring import measure_options, measured_answer
from service.jobs.checkpoints import RunCheckpoints
from service.jobs.claim import Claims
from service.jobs.claimed import Claim
from service.jobs.derived_media import Copies
from service.jobs.engine_pool import SharedEngine, Ticket, Turns, Urgency
from service.jobs.heartbeat import Heartbeat
from service.jobs.live import STREAM, LiveStage
from service.jobs.queue import LeaseLostError
from service.privacy import describe_error
from service.recordings.storage import Storage, StorageFullError
from service.schemas import WorkStage
from service.settings import Settings

logger = logging.getLogger(__name__)

_DISK_FULL_TEXT = (
    "There is no room left on the disk of this machine. The recording is safe. Free some space and try again."
)
_INTERNAL_TEXT = "Something went wrong while this recording was analysed. The recording is safe. Try again."


class AnswerWork:
    """Does the work on one claimed answer.

    Args:
        claims: where results are saved.
        storage: where the recording is.
        settings: limits.
        turns: hands the recogniser out.
        is_alone: whether this process works on nothing else, so that it may end.
    """

    def __init__(
        self,
        claims: Claims,
        storage: Storage,
        settings: Settings,
        turns: Turns,
        *,
        is_alone: Callable[[], bool] = lambda: True,
    ) -> None:
        self._claims = claims
        self._storage = storage
        self._settings = settings
        self._turns = turns
        self._is_alone = is_alone
        self._stage: WorkStage = "decode"
        self._ticket = Ticket(Urgency.UPLOAD, lambda: None)

    def run(self, claim: Claim) -> None:
        """Works until the answer is ready or has failed; drops everything when the run is lost."""
        self._turns.arrive()
        try:
            self._attempt(claim)
        except LeaseLostError:
            logger.info("attempt %s at %s is over", claim.lease.attempt, claim.answer)
        finally:
            self._turns.leave()

    def _attempt(self, claim: Claim) -> None:
        try:
            with (
                self._storage.workspace(claim.answer, claim.lease.attempt) as workspace,
                Heartbeat(
                    self._claims, claim, lease=self._settings.lease, may_end=self._is_alone
                ) as heartbeat,
            ):
                self._ticket = Ticket(_urgency(claim), heartbeat.check)
                end = self._work_on(claim, workspace, heartbeat)
            end()
        except LeaseLostError:
            raise
        except AnalysisError as error:
            self._claims.fail(claim, self._stage, error.code, error.text)
        except Exception as error:
            # Whatever it is, it must not end the worker.
            if not self._claims.holds(claim):
                raise LeaseLostError from error
            if _is_disk_full(error):
                self._claims.fail(claim, self._stage, "disk_full", _DISK_FULL_TEXT)
                return
            logger.error("%s of %s: %s", self._stage, claim.answer, describe_error(error))
            self._claims.fail(claim, self._stage, "internal_error", _INTERNAL_TEXT)

    def _work_on(self, claim: Claim, workspace: Path, heartbeat: Heartbeat) -> Callable[[], None]:
        """Does what there is to do, and returns what ends the run."""
        match claim.intake:
            case "receiving":
                if not self._work_on_live(claim, workspace, heartbeat):
                    return lambda: self._claims.let_go(claim)
            case "interrupted":
                self._make_listenable(claim, workspace, heartbeat)
                return lambda: self._claims.let_go(claim)
            case "complete":
                self._work_on_whole(claim, workspace, heartbeat)
        return lambda: self._claims.finish(claim)

    def _work_on_live(self, claim: Claim, workspace: Path, heartbeat: Heartbeat) -> bool:
        """Analyses a recording in progress; False where it did not come to its end."""
        checkpoints = self._checkpoints(claim, heartbeat)
        live = LiveStage(
            self._claims,
            self._storage,
            maximum_duration=self._settings.maximum_duration,
            warm_up=self._engine,
            new_analysis=lambda: self._analysis(checkpoints, heartbeat),
            on_whole=self._somebody_waits,
        ).run(claim, workspace)
        if live is None:
            return False
        claim = checkpoints.claim = self._claims.whole(claim)
        self._analyse(claim, live.recording, live.analysis)
        source = self._storage.assemble(claim.answer, claim.sizes)
        self._raise_late(self._attempt_copies(claim, source, live.recording, workspace, heartbeat))
        return True

    def _work_on_whole(self, claim: Claim, workspace: Path, heartbeat: Heartbeat) -> None:
        source = self._storage.assemble(claim.answer, claim.sizes)
        recording = decode(
            source, maximum_duration=self._settings.maximum_duration, progress=heartbeat.listen
        )
        analysis = self._analysis(self._checkpoints(claim, heartbeat), heartbeat)
        if claim.source == "recording":
            self._analyse(claim, recording, analysis)
            no_copy = self._attempt_copies(claim, source, recording, workspace, heartbeat)
        else:
            no_copy = self._attempt_copies(claim, source, recording, workspace, heartbeat)
            self._analyse(claim, recording, analysis)
        self._raise_late(no_copy)

    def _analyse(self, claim: Claim, recording: Recording, analysis: AnswerAnalysis) -> None:
        """From the whole recording to the stored report."""
        self._claims.save(claim, duration=round(recording.duration, 3))
        analysis.finish(recording)
        options = _options(claim)
        measured = measured_answer(analysis.report, options, span_version=claim.span_version)
        acoustics = analysis.acoustics(options.span)
        self._claims.save_result(claim, "acoustics", serialization.to_json(acoustics))
        self._claims.save_report(claim, measured)

    def _make_listenable(self, claim: Claim, workspace: Path, heartbeat: Heartbeat) -> None:
        """Makes a playable copy of an abandoned recording, as far as it goes."""
        path = workspace / STREAM
        with path.open("wb") as file:
            file.writelines(self._storage.read_original(claim.answer, claim.sizes))
        recording = decode(path, maximum_duration=self._settings.maximum_duration, progress=heartbeat.listen)
        self._claims.save(claim, duration=round(recording.duration, 3))
        self._raise_late(self._attempt_copies(claim, path, recording, workspace, heartbeat))

    def _raise_late(self, no_copy: Exception | None) -> None:
        if no_copy is not None:
            self._stage = "playable"
            raise no_copy

    def _engine(self) -> Engine:
        return SharedEngine(self._turns, self._ticket)

    def _checkpoints(self, claim: Claim, heartbeat: Heartbeat) -> RunCheckpoints:
        return RunCheckpoints(
            self._claims, claim, self._engine, on_stage=lambda stage: self._begin(stage, heartbeat)
        )

    def _analysis(self, checkpoints: RunCheckpoints, heartbeat: Heartbeat) -> AnswerAnalysis:
        return AnswerAnalysis(self._engine, checkpoints=checkpoints, progress=heartbeat.listen)

    def _somebody_waits(self) -> None:
        self._ticket.urgency = Urgency.SOMEBODY_WAITS

    def _attempt_copies(
        self, claim: Claim, source: Path, recording: Recording, workspace: Path, heartbeat: Heartbeat
    ) -> Exception | None:
        """Makes what can be played and drawn; returns an error, to be raised once the report is stored."""
        self._begin("playable", heartbeat)
        return Copies(self._claims, self._storage).attempt(claim, source, recording, workspace)

    def _begin(self, stage: WorkStage, heartbeat: Heartbeat) -> None:
        self._stage = stage
        heartbeat.begin(stage)


def _urgency(claim: Claim) -> Urgency:
    if claim.source != "recording":
        return Urgency.UPLOAD
    return Urgency.SOMEBODY_SPEAKS if claim.intake == "receiving" else Urgency.SOMEBODY_WAITS


def _options(claim: Claim) -> MeasureOptions:
    return measure_options(
        source=claim.source,
        span=claim.span,
        aim=claim.aim,
        capture=claim.capture,
        paused_at=claim.paused_at,
        corrections=claim.corrections,
    )


def _is_disk_full(error: Exception) -> bool:
    match error:
        case StorageFullError():
            return True
        case DBAPIError():
            return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_FULL"
        case OSError():
            return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return False
