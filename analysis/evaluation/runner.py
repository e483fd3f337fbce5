"""Analyses labelled clips in several processes, each clip once: see `report_cache`."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError, MediaError
from analysis.evaluation.labelled_speech import Clip
from analysis.evaluation.report_cache import CachedReport, ReportCache
from analysis.pipeline import analyse
from analysis.transcription.protocol import Engine

LoadEngine = Callable[[int | None], Engine]
"""Loads the recogniser with the detectors trained without a fold; None for the shipped ones. It must be a
module-level function, or a `functools.partial` of one, so that it can be sent to other processes."""


class EvaluationStoppedError(AnalysisError):
    """The run ended early; completed reports are in the cache. Code: `process_ended`."""

    code = "process_ended"


@dataclass(frozen=True)
class Task:
    """One clip to analyse.

    Attributes:
        clip: with its labels.
        audio: path of its recording.
        fold: whose detectors were trained without this clip; None for the shipped detectors.
    """

    clip: Clip
    audio: Path
    fold: int | None


@dataclass(frozen=True)
class Outcome:
    """The outcome of one clip.

    Attributes:
        task: which clip.
        result: its report; None where it could not be analysed.
        failure: why not, in a sentence; None otherwise.
        cached: whether an earlier run made the report.
    """

    task: Task
    result: CachedReport | None
    failure: str | None
    cached: bool


def run(
    tasks: Sequence[Task], cache: ReportCache, load_engine: LoadEngine, *, processes: int = 1
) -> Iterator[Outcome]:
    """Yields the outcome of each clip as it is known: first the cached ones, then the rest.

    Clips of the same fold follow each other, so that a process seldom reloads the recogniser.

    Raises:
        EvaluationStoppedError: a process ended unexpectedly, for example for lack of memory.
        analysis.errors.RecogniserError: the recogniser cannot be used.
    """
    places = {task.clip.id: cache.path(task.clip, task.audio, task.fold) for task in tasks}
    rest = []
    for task in tasks:
        result = cache.get(places[task.clip.id])
        if result is None:
            rest.append(task)
        else:
            yield Outcome(task, result, None, cached=True)
    rest.sort(key=lambda task: (-1 if task.fold is None else task.fold, -task.clip.duration))
    analyst = _Analyst(load_engine, cache, places)
    if processes <= 1:
        yield from map(analyst.analyse, rest)
    elif rest:
        yield from _elsewhere(rest, analyst, processes)


class _Analyst:
    """Analyses clips, reusing the last recogniser, and caches each report at once.

    It is not left to the process that waits for the report, which may be stopped meanwhile.
    """

    def __init__(self, load: LoadEngine, cache: ReportCache, places: Mapping[str, Path]) -> None:
        self._load = load
        self._cache = cache
        self._places = places
        self._engine: tuple[int | None, Engine] | None = None

    def analyse(self, task: Task) -> Outcome:
        """The outcome of one clip."""
        if self._engine is None or self._engine[0] != task.fold:
            self._engine = None  # before loading the next: two would need twice the memory
            self._engine = (task.fold, self._load(task.fold))
        began = time.perf_counter()
        try:
            engine = self._engine[1]
            report = analyse(task.audio, lambda: engine).report
        except MediaError as error:
            return Outcome(task, None, error.text, cached=False)
        result = CachedReport(report, round(time.perf_counter() - began, 3))
        self._cache.put(self._places[task.clip.id], result)
        return Outcome(task, result, None, cached=False)


_of_this_process: list[_Analyst] = []
"""In a process of the pool: its analyst."""


def _begin(analyst: _Analyst) -> None:
    """Initialises a process: Ctrl-C is left to its parent, and it ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _of_this_process.append(analyst)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # there is nothing left to clean up


def _analyse(task: Task) -> Outcome:
    return _of_this_process[0].analyse(task)


def _elsewhere(tasks: Sequence[Task], analyst: _Analyst, processes: int) -> Iterator[Outcome]:
    """Analyses clips in spawned processes: forking a process that has threads may hang."""
    spawn = multiprocessing.get_context("spawn")
    with (
        _fewer_threads(processes),
        ProcessPoolExecutor(processes, spawn, initializer=_begin, initargs=(analyst,)) as pool,
    ):
        waiting: set[Future[Outcome]] = set()
        left = iter(tasks)
        try:
            while True:
                # A few at a time, so that little is lost when it is stopped.
                for task in left:
                    waiting.add(pool.submit(_analyse, task))
                    if len(waiting) > processes:
                        break
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool as error:
            raise EvaluationStoppedError(
                "A process that analysed clips ended by itself, perhaps for want of memory. What was done is "
                "kept: run the same command again, with fewer processes."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _fewer_threads(processes: int) -> Iterator[None]:
    """Limits the threads of each process, since several with all threads each would slow each other down.

    Libraries read the number when they are loaded, so it is set in the environment that processes inherit.
    """
    if "OMP_NUM_THREADS" in os.environ:
        yield
        return
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // processes))
    try:
        yield
    finally:
        del os.environ["OMP_NUM_THREADS"]
