"""Analyses labelled clips one by one, in several processes, each once: see `kept_reports`."""

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
from analysis.evaluation.report_cache import KeptReport, ReportStore
from analysis.pipeline import analyse
from analysis.transcription.protocol import Engine

LoadEngine = Callable[[int | None], Engine]
"""Loads the recogniser with the detectors that were trained without a fold; None for those that are
shipped. It must be a function of a module, or a `functools.partial` of one, to reach other processes."""


class EvaluationStoppedError(AnalysisError):
    """The run ended early; what was done is kept. Code: `process_ended`."""

    code = "process_ended"


@dataclass(frozen=True)
class Task:
    """One clip to analyse.

    Attributes:
        clip: with its labels.
        audio: path of its sound.
        fold: whose training did without it; None for the detectors that are shipped.
    """

    clip: Clip
    audio: Path
    fold: int | None


@dataclass(frozen=True)
class Outcome:
    """What came of one clip.

    Attributes:
        task: which clip.
        kept: its report; None where it could not be analysed.
        failure: why, in a sentence; None otherwise.
        again: False where the report was kept from an earlier run.
    """

    task: Task
    kept: KeptReport | None
    failure: str | None
    again: bool


def run(
    tasks: Sequence[Task], store: ReportStore, load_engine: LoadEngine, *, processes: int = 1
) -> Iterator[Outcome]:
    """The outcome of each clip as it is known: first those kept from earlier, then the rest.

    Clips of one fold follow each other, so that a process seldom loads the recogniser again.

    Raises:
        EvaluationStoppedError: a process ended by itself, for example for want of memory.
        analysis.errors.RecogniserError: the recogniser cannot be used.
    """
    places = {task.clip.id: store.path(task.clip, task.audio, task.fold) for task in tasks}
    rest = []
    for task in tasks:
        kept = store.find(places[task.clip.id])
        if kept is None:
            rest.append(task)
        else:
            yield Outcome(task, kept, None, again=False)
    rest.sort(key=lambda task: (-1 if task.fold is None else task.fold, -task.clip.duration))
    analyst = _Analyst(load_engine, store, places)
    if processes <= 1:
        yield from map(analyst.analyse, rest)
    elif rest:
        yield from _elsewhere(rest, analyst, processes)


class _Analyst:
    """Analyses clips with the recogniser that was used last, and keeps each report at once.

    Keeping is not left to whoever waits for the report: it may be stopped meanwhile.
    """

    def __init__(self, load: LoadEngine, store: ReportStore, places: Mapping[str, Path]) -> None:
        self._load = load
        self._store = store
        self._places = places
        self._engine: tuple[int | None, Engine] | None = None

    def analyse(self, task: Task) -> Outcome:
        """The outcome of one clip."""
        if self._engine is None or self._engine[0] != task.fold:
            self._engine = None  # before the next is loaded: two would need twice the memory
            self._engine = (task.fold, self._load(task.fold))
        began = time.perf_counter()
        try:
            engine = self._engine[1]
            report = analyse(task.audio, lambda: engine).report
        except MediaError as error:
            return Outcome(task, None, error.text, again=True)
        kept = KeptReport(report, round(time.perf_counter() - began, 3))
        self._store.keep(self._places[task.clip.id], kept)
        return Outcome(task, kept, None, again=True)


_of_this_process: list[_Analyst] = []
"""In a process that analyses clips: who does it."""


def _begin(analyst: _Analyst) -> None:
    """Makes a process ready: Ctrl-C is its parent's business, and it ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _of_this_process.append(analyst)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to clean up for


def _analyse(task: Task) -> Outcome:
    return _of_this_process[0].analyse(task)


def _elsewhere(tasks: Sequence[Task], analyst: _Analyst, processes: int) -> Iterator[Outcome]:
    """In processes of their own, started afresh: forking one that has threads may hang."""
    spawn = multiprocessing.get_context("spawn")
    with (
        _fewer_threads(processes),
        ProcessPoolExecutor(processes, spawn, initializer=_begin, initargs=(analyst,)) as pool,
    ):
        waiting: set[Future[Outcome]] = set()
        left = iter(tasks)
        try:
            while True:
                # few at a time, so that stopping loses little
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
    """Several processes with all threads each would stand in each other's way.

    Libraries read the number when they are loaded, so it stands in the environment that processes inherit.
    """
    if "OMP_NUM_THREADS" in os.environ:
        yield
        return
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // processes))
    try:
        yield
    finally:
        del os.environ["OMP_NUM_THREADS"]
