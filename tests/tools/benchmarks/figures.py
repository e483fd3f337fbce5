"""The figures of `greenroom bench`: what it prints and what `--json` writes. Seconds and bytes."""

from dataclasses import dataclass

from analysis.report import ModelDescription
from tests.tools.benchmarks.machine import Machine


@dataclass(frozen=True)
class Pair:
    """One run of each, in seconds.

    Attributes:
        pipeline: from the file to its report.
        plain: plain Whisper, consumed to its end.
        stages: seconds of each stage of the pipeline.
    """

    pipeline: float
    plain: float
    stages: dict[str, float]

    @property
    def ratio(self) -> float:
        """Pipeline over plain; under 1 is faster than plain Whisper."""
        return self.pipeline / self.plain

    @property
    def without_transcription(self) -> float:
        """Seconds of everything that is not transcription."""
        return self.pipeline - self.stages["transcribe"]


@dataclass(frozen=True)
class Speed:
    """Medians over all pairs.

    Attributes:
        file: name of the recording.
        duration: seconds of the recording.
        pairs: in the order in which they ran.
        pipeline, plain, without_transcription: median seconds.
        ratio: median of the pairs' ratios.
        stages: median seconds of each stage.
    """

    file: str
    duration: float
    pairs: tuple[Pair, ...]
    pipeline: float
    plain: float
    ratio: float
    without_transcription: float
    stages: dict[str, float]


@dataclass(frozen=True)
class Memory:
    """One fresh process.

    Attributes:
        duration: seconds of the recording.
        peak: bytes of resident memory at the highest.
        seconds: that the analysis took, without loading the recogniser.
    """

    duration: float
    peak: int
    seconds: float


@dataclass(frozen=True)
class Benchmark:
    """Everything that `bench --json` writes; bytes and seconds.

    Attributes:
        version, analysis_version: of Greenroom.
        made_at: ISO 8601, UTC.
        machine: where.
        model: with which recogniser.
        speed: pipeline compared with plain Whisper.
        memory: of fresh processes, the usual answer first, then the long one if it was asked for.
    """

    version: str
    analysis_version: str
    made_at: str
    machine: Machine
    model: ModelDescription
    speed: Speed
    memory: tuple[Memory, ...]
