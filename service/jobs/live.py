"""Analyses a recording while it is being made, so that only its end remains when the person stops."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.audio.media_decoder import IN_THIS_PROCESS, MediaDecoder
from analysis.audio.recording import Recording
from analysis.errors import MediaError
from analysis.pipeline import AnswerAnalysis
from analysis.signal.sound_choice import decode_chosen, with_both_sides
from analysis.text.numerals import number_words
from service.jobs.analysis_job import AnalysisJob
from service.jobs.queue import RECORDING_PATIENCE, LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.recordings.storage import Storage, StorageUnavailableError, StoredChunk

_POLL_SECONDS = 0.1
"""Delay until a chunk is noticed."""

STREAM = "stream"
"""Name of the file in a workspace that the chunks are appended to."""


class ChunkStream:
    """The bytes of a recording as its chunks arrive; also written to a file.

    Args:
        jobs: reports which chunks have arrived.
        storage: holds their content.
        job: the job.
        path: of the file.
        on_whole: called when the last chunk has arrived.

    Attributes:
        whole: the last chunk has arrived.
        lost: why reading ended early; None if it did not.
    """

    def __init__(
        self, jobs: WorkerJobs, storage: Storage, job: AnalysisJob, path: Path, on_whole: Callable[[], None]
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._job = job
        self._file = path.open("wb")
        self._on_whole = on_whole
        self._ready = b""
        self._chunks: list[StoredChunk] = []
        self._next = 0
        self._over = False
        self.whole = False
        self.lost: Exception | None = None

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def read(self, size: int, /) -> bytes:
        """Waits for at most `size` bytes; empty at the end, or when no more chunks arrive."""
        try:
            while not self._ready and not self._over:
                self._over = not self._next_chunk()
        except (LeaseLostError, OSError, StorageUnavailableError) as error:
            # FFmpeg calls this; the error is raised once it has returned.
            self.lost, self._over = error, True
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def drain(self) -> None:
        """Reads to the end, for a container that can only be decoded once it is complete."""
        while self.read(1 << 20):
            pass

    def _next_chunk(self) -> bool:
        """Waits for the next chunk; False where there is none."""
        deadline = time.monotonic() + RECORDING_PATIENCE
        while self._next == len(self._chunks):
            if self.whole:
                return False
            arrived = self._jobs.arrived(self._job, self._next)
            self._chunks += arrived.chunks
            if arrived.intake == "complete":
                self.whole = True
                self._on_whole()
            if arrived.chunks or self.whole:
                continue
            if arrived.intake == "interrupted" or time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        chunk = self._chunks[self._next]
        if chunk.size > 0:
            self._ready = self._storage.read_chunk(self._job.answer, self._next, chunk)
            self._file.write(self._ready)
        self._next += 1
        if self._next == len(self._chunks):
            self._file.flush()
        return True


@dataclass(frozen=True)
class LiveRecording:
    """A live recording that has ended.

    Attributes:
        recording: decoded.
        analysis: to be finished with it.
    """

    recording: Recording
    analysis: AnswerAnalysis


class LiveStage:
    """Decodes and analyses one recording while its chunks arrive.

    Args:
        jobs, storage: where the chunks are.
        maximum_duration: seconds that a recording may last.
        warm_up: loads the recogniser.
        new_analysis: begins an analysis of the recording.
        on_whole: called when the last chunk has arrived.
        decoder: decodes them.
    """

    def __init__(
        self,
        jobs: WorkerJobs,
        storage: Storage,
        *,
        maximum_duration: float,
        warm_up: Callable[[], object],
        new_analysis: Callable[[], AnswerAnalysis],
        on_whole: Callable[[], None],
        decoder: MediaDecoder = IN_THIS_PROCESS,
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._decoder = decoder
        self._maximum_duration = maximum_duration
        self._warm_up = warm_up
        self._new_analysis = new_analysis
        self._on_whole = on_whole

    def run(self, job: AnalysisJob, workspace: Path) -> LiveRecording | None:
        """Analyses the recording until it ends.

        Returns:
            None when no chunk has arrived for `RECORDING_PATIENCE`: the next one starts a new attempt.

        Raises:
            LeaseLostError: this attempt is over.
            analysis.errors.AnalysisError: the recording or the recogniser cannot be used.
        """
        # Loaded during the first words: otherwise a short answer would have to wait for it at the end.
        self._warm_up()
        number_words()
        path = workspace / STREAM
        stream = ChunkStream(self._jobs, self._storage, job, path, self._on_whole)
        analysis = self._new_analysis()
        try:
            try:
                with self._decoder.stream(stream, maximum_duration=self._maximum_duration) as decoding:
                    for sound in decoding.decode():
                        analysis.feed(sound.samples, sound.gaps)
                    # A decoder may stop before the end of the file.
                    stream.drain()
                    recording = self._end(stream, lambda: decoding.finish(path))
                if recording is not None:
                    mixed = recording
                    recording = with_both_sides(
                        mixed, path, maximum_duration=self._maximum_duration, decoder=self._decoder
                    )
                    if recording is not mixed:
                        analysis = self._new_analysis()
            except MediaError as error:
                if error.code == "too_long":
                    raise
                # This container can only be decoded once it is complete.
                stream.drain()
                analysis = self._new_analysis()
                recording = self._end(stream, lambda: self._decode_whole(path))
        finally:
            stream.close()
        return None if recording is None else LiveRecording(recording, analysis)

    def _decode_whole(self, path: Path) -> Recording:
        return decode_chosen(path, maximum_duration=self._maximum_duration, decoder=self._decoder)

    @staticmethod
    def _end(stream: ChunkStream, finish: Callable[[], Recording]) -> Recording | None:
        """The recording, unless the stream broke off."""
        if stream.lost is not None:
            raise stream.lost
        return finish() if stream.whole else None
