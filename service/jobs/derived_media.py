"""What a page needs of a recording besides its report: a playable copy, and the peaks of its waveform."""

from pathlib import Path

from analysis.audio.media_decoder import MediaDecoder
from analysis.audio.recording import Recording
from service.jobs.analysis_job import AnalysisJob
from service.jobs.queue import LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.recordings.file_names import ORIGINAL, PEAKS, PLAYABLE
from service.recordings.peaks import waveform
from service.recordings.playable_media import make_playable
from service.recordings.storage import Storage


class DerivedMedia:
    """Makes the files that no earlier attempt has made.

    Args:
        jobs: records which files exist.
        storage: where the files are stored.
        decoder: makes the playable copy.
    """

    def __init__(self, jobs: WorkerJobs, storage: Storage, decoder: MediaDecoder) -> None:
        self._jobs = jobs
        self._storage = storage
        self._decoder = decoder

    def attempt(
        self, job: AnalysisJob, source: Path, recording: Recording, workspace: Path
    ) -> Exception | None:
        """Makes them. Returns an error instead of raising it, so that a failure does not cost the report.

        Raises:
            LeaseLostError: this attempt is over.
        """
        try:
            if not job.peaks_ready:
                self._save_peaks(job, recording, workspace)
            if not job.media_ready:
                self._save_playable(job, source, recording, workspace)
        except LeaseLostError:
            raise
        except Exception as error:
            if not self._jobs.holds(job):
                raise LeaseLostError from error
            return error
        return None

    def _save_peaks(self, job: AnalysisJob, recording: Recording, workspace: Path) -> None:
        path = workspace / PEAKS
        path.write_text(waveform(recording).model_dump_json())
        self._storage.adopt(job.answer, path)
        self._jobs.save(job, peaks_ready=True)

    def _save_playable(self, job: AnalysisJob, source: Path, recording: Recording, workspace: Path) -> None:
        self._storage.require_space(source.stat().st_size)
        track = recording.description.track
        playable = make_playable(source, workspace, track=track, gains=recording.gains, decoder=self._decoder)
        if playable.path == source and source.name == ORIGINAL:
            name = source.name
        else:
            named = playable.path.rename(workspace / f"{PLAYABLE}{playable.path.suffix.lower()}")
            name = self._storage.adopt(job.answer, named)
        self._jobs.save(job, media_file=name, media_type=playable.media_type, media_version=job.span_version)
        self._storage.discard_copies(job.answer, but=name)
