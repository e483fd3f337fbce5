"""One recogniser for several jobs: which goes first, and that none waits long."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.report import Span
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText
from service.jobs.engine_pool import EnginePool, EngineRequest, PooledEngine, Priority
from service.jobs.queue import LeaseLostError
from service.jobs.worker_stop import StopRequest
from tests.service.running import PATIENCE, eventually

SOUND = np.zeros(16, dtype=np.float32)


@dataclass
class WatchedEngine:
    """Records whose request is served, and blocks each use until it is released."""

    detector = None
    description = FakeEngine().description

    served: list[tuple[float, int]] = field(default_factory=list)
    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    busy: int = 0

    def transcribe(
        self, samples: NDArray[np.float32], windows: Sequence[Span], *, language: str | None = None
    ) -> Iterator[WindowText]:
        self.busy += 1
        assert self.busy == 1, "two at once"
        self.served.append((windows[0].start, len(windows)))
        assert self.go.acquire(timeout=PATIENCE)
        self.busy -= 1
        yield from FakeEngine().transcribe(samples, windows, language=language)


def wanted() -> None:
    pass


def windows(start: float, count: int) -> list[Span]:
    return [Span(start + 10 * i, start + 10 * i + 9) for i in range(count)]


def ask(pool: EnginePool, priority: Priority, start: float, count: int) -> threading.Thread:
    engine = PooledEngine(pool, EngineRequest(priority, wanted))
    pool.register()

    def work() -> None:
        texts = list(engine.transcribe(SOUND, windows(start, count)))
        assert [text.window for text in texts] == windows(start, count)
        pool.unregister()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_an_awaited_report_goes_before_a_recording_before_an_upload() -> None:
    engine = WatchedEngine()
    pool = EnginePool(lambda: engine)
    pool.register()  # others may come any moment
    threads = [ask(pool, Priority.UPLOAD, 100.0, 4)]
    eventually(lambda: engine.served)
    threads.append(ask(pool, Priority.BEING_RECORDED, 200.0, 1))
    eventually(lambda: len(pool.waiting) == 1)
    threads.append(ask(pool, Priority.REPORT_AWAITED, 300.0, 1))
    eventually(lambda: len(pool.waiting) == 2)
    for _ in range(4):
        engine.go.release()
    for thread in threads:
        thread.join(PATIENCE)
    # The upload's first use is not cut short, but its next one comes last. Shared, a use is two windows.
    assert engine.served == [(100.0, 2), (300.0, 1), (200.0, 1), (120.0, 2)]


def test_alone_a_job_is_served_six_windows_at_a_time() -> None:
    engine = WatchedEngine(go=threading.Semaphore(9))
    pool = EnginePool(lambda: engine)
    ask(pool, Priority.UPLOAD, 0.0, 8).join(PATIENCE)
    assert engine.served == [(0.0, 6), (60.0, 2)]


def test_a_request_that_is_no_longer_wanted_is_withdrawn() -> None:
    engine = WatchedEngine()
    pool = EnginePool(lambda: engine)
    first = ask(pool, Priority.UPLOAD, 0.0, 1)
    eventually(lambda: engine.served)

    def lost() -> None:
        raise LeaseLostError

    with pytest.raises(LeaseLostError):
        list(PooledEngine(pool, EngineRequest(Priority.UPLOAD, lost)).transcribe(SOUND, windows(5.0, 1)))
    engine.go.release()
    first.join(PATIENCE)
    assert engine.served == [(0.0, 1)] and not pool.waiting


def test_a_recogniser_that_failed_is_released() -> None:
    class Failing(FakeEngine):
        def transcribe(self, *_: object, **__: object) -> Iterator[WindowText]:
            raise RuntimeError("broken")

    pool = EnginePool(Failing)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            list(
                PooledEngine(pool, EngineRequest(Priority.UPLOAD, wanted)).transcribe(SOUND, windows(0.0, 1))
            )


def test_a_job_that_is_to_stop_finishes_its_windows_and_begins_no_more() -> None:
    engine = WatchedEngine()
    stop = StopRequest()

    def going_on() -> None:
        if stop.made:
            raise LeaseLostError

    request = EngineRequest(Priority.BEING_RECORDED, wanted, going_on)
    texts = PooledEngine(EnginePool(lambda: engine), request).transcribe(SOUND, windows(0, 8))
    engine.go.release()
    saved = [next(texts).window]
    stop.make()
    with pytest.raises(LeaseLostError):
        saved.extend(text.window for text in texts)
    assert len(saved) == 6 and engine.served == [(0.0, 6)]
