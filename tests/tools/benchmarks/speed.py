"""Time of the whole pipeline compared with plain Whisper on the same recording.

Both run in one process on the same loaded weights with the same threads, alternating, so that
other load on the machine affects both equally. The first run of each is not counted: it warms caches.
"""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from analysis.audio.decoding import decode
from analysis.pipeline import AnswerAnalysis, Checkpoints
from analysis.progress import STAGES, Stage
from analysis.transcription.whisper import WhisperEngine
from tests.tools.benchmarks.figures import Pair, Speed


def summarise(file: Path, duration: float, pairs: list[Pair]) -> Speed:
    """The medians of at least one pair."""
    return Speed(
        file=file.name,
        duration=duration,
        pairs=tuple(pairs),
        pipeline=median(pair.pipeline for pair in pairs),
        plain=median(pair.plain for pair in pairs),
        ratio=median(pair.ratio for pair in pairs),
        without_transcription=median(pair.without_transcription for pair in pairs),
        stages={stage: median(pair.stages[stage] for pair in pairs) for stage in STAGES},
    )


def run_pairs(file: Path, engine: WhisperEngine, pairs: int) -> Iterator[Pair]:
    """Warms both up, then yields pair after pair, the pipeline first in each.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
    """
    _time_pipeline(file, engine)
    _time_plain(file, engine)
    for _ in range(pairs):
        stages = _time_pipeline(file, engine)
        plain = _time_plain(file, engine)
        yield Pair(pipeline=sum(stages.values()), plain=plain, stages=stages)


class _StageTimer(Checkpoints):
    """Seconds of each stage; a stage ends when the next one starts."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._running: Stage | None = None
        self._begun = 0.0

    def stage_started(self, stage: Stage) -> None:
        self.stop()
        self._running, self._begun = stage, perf_counter()

    def stop(self) -> None:
        if self._running is not None:
            self.stages[self._running] = perf_counter() - self._begun


def _time_pipeline(file: Path, engine: WhisperEngine) -> dict[str, float]:
    """Seconds of each stage."""
    timer = _StageTimer()
    timer.stage_started("decode")
    recording = decode(file)
    analysis = AnswerAnalysis(lambda: engine, checkpoints=timer)
    analysis.finish(recording)
    analysis.report()
    timer.stop()
    return timer.stages


def _time_plain(file: Path, engine: WhisperEngine) -> float:
    """Seconds of `WhisperModel.transcribe` with its own decoding, as people call it."""
    begun = perf_counter()
    segments, _ = engine.model.transcribe(str(file), beam_size=5, word_timestamps=True)
    for _ in segments:
        pass  # the work is done while the segments are consumed
    return perf_counter() - begun
