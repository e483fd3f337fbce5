"""The work on a recording while it is still being made: when the person stops, only the end is left to do."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis import ANALYSIS_VERSION, serialization
from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.audio.streaming import GrowingRecording
from analysis.errors import MediaError
from analysis.progress import Progress
from analysis.signal.streaming import GrowingSound
from analysis.text.numerals import number_words
from analysis.transcription.protocol import Engine, WindowText
from analysis.transcription.window_texts import transcribe_segments
from service.jobs.claim import Claims
from service.jobs.claimed import Claim, RunLostError
from service.jobs.heartbeat import Heartbeat
from service.jobs.waiting import PATIENCE
from service.recordings.storage import Storage

_POLL_SECONDS = 0.1
"""How late a chunk may be noticed."""

STREAM = "stream"
"""Name of the growing file in a workspace."""


class ChunkStream:
    """The bytes of a recording as its chunks come in; they are also put together in a file.

    Args:
        claims: tells what has come.
        storage: where it is.
        claim: the run.
        path: of the file.
        on_whole: told when the last chunk has come.
    """

    def __init__(
        self, claims: Claims, storage: Storage, claim: Claim, path: Path, on_whole: Callable[[], None]
    ) -> None:
        self._claims = claims
        self._storage = storage
        self._claim = claim
        self._file = path.open("wb")
        self._on_whole = on_whole
        self._ready = b""
        self._sizes: list[int] = []
        self._next = 0
        self._over = False
        self.whole = False
        self.lost: Exception | None = None

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; waits for them. None at the end, or when nothing comes any more."""
        try:
            while not self._ready and not self._over:
                self._over = not self._next_chunk()
        except (RunLostError, OSError) as error:
            # FFmpeg calls this: what went wrong is raised once it has returned.
            self.lost, self._over = error, True
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def drain(self) -> None:
        """Reads to the end, for a container that cannot be read before that."""
        while self.read(1 << 20):
            pass

    def _next_chunk(self) -> bool:
        """Takes the next chunk, waiting for it; False where there is none."""
        deadline = time.monotonic() + PATIENCE
        while self._next == len(self._sizes):
            if self.whole:
                return False
            arrived = self._claims.arrived(self._claim, self._next)
            self._sizes += arrived.sizes
            if arrived.intake == "complete":
                self.whole = True
                self._on_whole()
            if arrived.sizes or self.whole:
                continue
            if arrived.intake == "interrupted" or time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        if self._sizes[self._next] > 0:
            self._ready = self._storage.read_chunk(self._claim.answer, self._next)
            self._file.write(self._ready)
        self._next += 1
        if self._next == len(self._sizes):
            self._file.flush()
        return True


@dataclass(frozen=True)
class Followed:
    """A recording that has come to its end, and what was worked out on the way.

    Attributes:
        path: the whole file.
        recording: decoded.
        sound: not yet ended.
        texts: of the windows that were transcribed.
    """

    path: Path
    recording: Recording
    sound: GrowingSound
    texts: tuple[WindowText, ...]


class Following:
    """Follows one recording.

    Args:
        claims, storage: where chunks come from and texts go.
        maximum_duration: seconds that a recording may last.
        engine: gives the recogniser, in turns.
        on_whole: told when the last chunk has come.
    """

    def __init__(
        self,
        claims: Claims,
        storage: Storage,
        *,
        maximum_duration: float,
        engine: Callable[[], Engine],
        on_whole: Callable[[], None],
    ) -> None:
        self._claims = claims
        self._storage = storage
        self._maximum_duration = maximum_duration
        self._engine = engine
        self._on_whole = on_whole

    def follow(self, claim: Claim, workspace: Path, heartbeat: Heartbeat) -> Followed | None:
        """Works along until the recording ends.

        Returns:
            None where nothing came for a while: the next chunk begins a new run.

        Raises:
            RunLostError: this run is over.
            analysis.errors.AnalysisError: the recording or the recogniser cannot be used.
        """
        # Loaded while the first words are said: a short answer would wait for them at its end.
        self._engine()
        number_words()
        path = workspace / STREAM
        stream = ChunkStream(self._claims, self._storage, claim, path, self._on_whole)
        sound = GrowingSound()
        texts: list[WindowText] | None = None
        try:
            with GrowingRecording(stream, maximum_duration=self._maximum_duration) as growing:
                try:
                    for so_far in growing.follow():
                        chosen = sound.extend(so_far.samples, so_far.gaps)
                        if chosen:
                            texts = self.known(claim) if texts is None else texts
                            for text in transcribe_segments(
                                so_far.samples, chosen, self._engine(), known=texts
                            ):
                                self._keep(claim, text, texts, heartbeat)
                    recording = self._end(stream, lambda: growing.finish(path))
                except MediaError as error:
                    if error.code == "too_long":
                        raise
                    stream.drain()
                    sound = GrowingSound()
                    recording = self._end(
                        stream, lambda: decode(path, maximum_duration=self._maximum_duration)
                    )
        finally:
            stream.close()
        return None if recording is None else Followed(path, recording, sound, tuple(texts or ()))

    def known(self, claim: Claim) -> list[WindowText]:
        """What earlier runs transcribed, with this recogniser."""
        return [
            serialization.from_json(WindowText, saved)
            for saved in self._claims.window_results(claim, self._version())
        ]

    def _keep(self, claim: Claim, text: WindowText, texts: list[WindowText], heartbeat: Heartbeat) -> None:
        if text not in texts:
            texts.append(text)
            window = (text.window.start, text.window.end)
            self._claims.save_window_result(claim, window, self._version(), serialization.to_json(text))
        heartbeat.listen(Progress("transcribe", text.window.end, None))

    def _version(self) -> str:
        return f"{ANALYSIS_VERSION}/{self._engine().description.sha256[:16]}"

    @staticmethod
    def _end(stream: ChunkStream, finish: Callable[[], Recording]) -> Recording | None:
        """The recording, unless the stream broke off."""
        if stream.lost is not None:
            raise stream.lost
        return finish() if stream.whole else None
