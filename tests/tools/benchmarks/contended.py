"""How long a report takes when the machine does other things as well: two busy loops, or three more reports.

Every report is made in a process of its own, with the recogniser loaded and warm, as in a worker. The three
situations follow each other in every round, in the opposite order in every other round, so that what else
happens on the machine affects all of them equally.

Run as a program (`python -m tests.tools.benchmarks.contended FILE MODEL`) it makes one report for each line
of its input and prints the seconds that it took.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Self

from tests.tools.benchmarks.machine import Machine

BUSY_LOOPS = 2
REPORTS = 4
MOST_BESIDE_LOOPS = 2.0
"""The target: with two busy loops on two processors, half of them is a fair share."""

_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Round:
    """One run of each situation, in seconds.

    Attributes:
        alone: one report with nothing beside it.
        beside_loops: one report beside two busy loops.
        at_once: each of four reports at once.
    """

    alone: float
    beside_loops: float
    at_once: tuple[float, ...]

    @property
    def loops_ratio(self) -> float:
        """Beside loops over alone."""
        return self.beside_loops / self.alone

    @property
    def at_once_ratio(self) -> float:
        """The median of four at once over alone."""
        return median(self.at_once) / self.alone


@dataclass(frozen=True)
class Contended:
    """Medians over all rounds; the ratios are medians of the rounds' ratios.

    Attributes:
        file: name of the recording.
        duration: seconds of the recording.
        rounds: in the order in which they ran.
        alone, beside_loops, at_once: seconds.
        loops_ratio, at_once_ratio: over the report alone in the same round.
        target: the largest ratio that is wanted beside busy loops.
    """

    file: str
    duration: float
    rounds: tuple[Round, ...]
    alone: float
    beside_loops: float
    at_once: float
    loops_ratio: float
    at_once_ratio: float
    target: float = MOST_BESIDE_LOOPS


@dataclass(frozen=True)
class ContendedBenchmark:
    """Everything that `bench --contended --json` writes.

    Attributes:
        version, analysis_version: of Greenroom.
        made_at: ISO 8601, UTC.
        machine: where.
        model: name or folder of the recogniser.
        contended: the figures.
    """

    version: str
    analysis_version: str
    made_at: str
    machine: Machine
    model: str
    contended: Contended


def summarise_rounds(file: Path, duration: float, rounds: list[Round]) -> Contended:
    """The medians of at least one round."""
    return Contended(
        file=file.name,
        duration=duration,
        rounds=tuple(rounds),
        alone=median(each.alone for each in rounds),
        beside_loops=median(each.beside_loops for each in rounds),
        at_once=median(median(each.at_once) for each in rounds),
        loops_ratio=median(each.loops_ratio for each in rounds),
        at_once_ratio=median(each.at_once_ratio for each in rounds),
    )


def run_rounds(file: Path, model: str, rounds: int) -> Iterator[Round]:
    """Warms four processes up, then yields round after round.

    Raises:
        ReporterError: a process ended; what it wrote to standard error was passed on.
    """
    with ExitStack() as stack:
        # Loading at once would take as much memory as four of them, and longer than one after the other.
        reporters = [stack.enter_context(Reporter(file, model)) for _ in range(REPORTS)]
        first = reporters[0]
        for number in range(rounds):
            measured: dict[str, list[float]] = {}

            def alone(measured: dict[str, list[float]] = measured) -> None:
                measured["alone"] = [first.seconds()]

            def beside_loops(measured: dict[str, list[float]] = measured) -> None:
                with busy_loops(BUSY_LOOPS):
                    measured["beside_loops"] = [first.seconds()]

            def at_once(measured: dict[str, list[float]] = measured) -> None:
                with ThreadPoolExecutor(REPORTS) as pool:
                    measured["at_once"] = list(pool.map(Reporter.seconds, reporters))

            situations: list[Callable[[], None]] = [alone, beside_loops, at_once]
            for situation in situations if number % 2 == 0 else reversed(situations):
                situation()
            yield Round(measured["alone"][0], measured["beside_loops"][0], tuple(measured["at_once"]))


class ReporterError(Exception):
    """A process that makes reports ended."""


class Reporter:
    """A process that makes reports of one file, warm from the beginning.

    Args:
        file: the recording.
        model: a recogniser's name or folder.
    """

    def __init__(self, file: Path, model: str) -> None:
        command = [sys.executable, "-m", "tests.tools.benchmarks.contended", str(file), model]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )

    def __enter__(self) -> Self:
        # The first one compiles, and fills caches.
        self.seconds()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def seconds(self) -> float:
        """Makes a report, and returns how long it took.

        Raises:
            ReporterError: the process has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise ReporterError from error
        line = self._process.stdout.readline()
        if not line:
            raise ReporterError
        return float(line)


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """Programs that use one processor each for as long as the context lasts."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def _main(file: Path, model: str) -> None:
    from analysis.pipeline import analyse
    from analysis.transcription.whisper import WhisperEngine

    engine = WhisperEngine.load(model)
    for _ in sys.stdin:
        begun = perf_counter()
        analyse(file, lambda: engine)
        sys.stdout.write(f"{perf_counter() - begun}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2])
