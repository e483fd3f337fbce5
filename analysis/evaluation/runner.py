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
"""Loads the recogniser with the detectors trained without a fold, or with the shipped ones for None. It must
be a module-level function, or a `functools.partial` of one, so that it can be sent to other processes."""


class EvaluationStoppedError(AnalysisError):
    """The run ended early; completed reports are in the cache. Code: `process_ended`."""

    code = "process_ended"


@dataclass(frozen=True)
class Task:
    """One clip to analyse.

    Attributes:
        clip: the clip with its labels.
        audio: path of its recording.
        fold: the fold without which the detectors were trained; None for the shipped detectors.
    """

    clip: Clip
    audio: Path
    fold: int | None


@dataclass(frozen=True)
class Outcome:
    """The outcome of one clip.

    Attributes:
        task: the task.
        result: the report; None if the clip could not be analysed.
        failure: the reason of a failure, in a sentence; None otherwise.
        cached: whether an earlier run made the report.
    """

    task: Task
    result: CachedReport | None
    failure: str | None
    cached: bool


def run(
    tasks: Sequence[Task], cache: ReportCache, load_engine: LoadEngine, *, processes: int = 1
) -> Iterator[Outcome]:
    """Yields the outcome of each clip as soon as it is available: cached reports first, then new ones.

    Clips are ordered by fold, so that a process rarely reloads the recogniser.

    Raises:
        EvaluationStoppedError: a process ended unexpectedly, for example for lack of memory.
        analysis.errors.RecogniserError: the recogniser cannot be used.
    """
    paths = {task.clip.id: cache.path(task.clip, task.audio, task.fold) for task in tasks}
    uncached = []
    for task in tasks:
        result = cache.get(paths[task.clip.id])
        if result is None:
            uncached.append(task)
        else:
            yield Outcome(task, result, None, cached=True)
    uncached.sort(key=lambda task: (-1 if task.fold is None else task.fold, -task.clip.duration))
    analyst = _Analyst(load_engine, cache, paths)
    if processes <= 1:
        yield from map(analyst.analyse, uncached)
    elif uncached:
        yield from _in_pool(uncached, analyst, processes)


class _Analyst:
    """Analyses clips, reusing the last recogniser, and caches each report at once.

    The process that waits for the report does not cache it, because it may be stopped in the meantime.
    """

    def __init__(self, load: LoadEngine, cache: ReportCache, paths: Mapping[str, Path]) -> None:
        self._load = load
        self._cache = cache
        self._paths = paths
        self._engine: tuple[int | None, Engine] | None = None

    def analyse(self, task: Task) -> Outcome:
        """Analyses one clip."""
        if self._engine is None or self._engine[0] != task.fold:
            self._engine = None  # released first, because two would need twice the memory
            self._engine = (task.fold, self._load(task.fold))
        began = time.perf_counter()
        try:
            engine = self._engine[1]
            report = analyse(task.audio, lambda: engine).report
        except MediaError as error:
            return Outcome(task, None, error.text, cached=False)
        result = CachedReport(report, round(time.perf_counter() - began, 3))
        self._cache.put(self._paths[task.clip.id], result)
        return Outcome(task, result, None, cached=False)


_of_this_process: list[_Analyst] = []
"""The analyst of a pool process."""


def _initialise(analyst: _Analyst) -> None:
    """Initialises a pool process: it leaves Ctrl+C to its parent, and ends when its parent ends."""
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


def _in_pool(tasks: Sequence[Task], analyst: _Analyst, processes: int) -> Iterator[Outcome]:
    """Analyses clips in spawned processes, because forking a process with threads may hang."""
    spawn = multiprocessing.get_context("spawn")
    with (
        _fewer_threads(processes),
        ProcessPoolExecutor(processes, spawn, initializer=_initialise, initargs=(analyst,)) as pool,
    ):
        waiting: set[Future[Outcome]] = set()
        remaining = iter(tasks)
        try:
            while True:
                # Only a few are submitted at a time, so that little is lost when the run is stopped.
                for task in remaining:
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
                "A process that analysed clips ended unexpectedly, perhaps for lack of memory. Finished "
                "clips are kept: run the same command again, with fewer processes."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _fewer_threads(processes: int) -> Iterator[None]:
    """Limits the threads of each process: with all threads each, processes would slow one another down.

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
