"""`AnswerAnalysis`: live or whole, in one run or resumed, the report is the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.build_report import MeasureOptions
from analysis.pipeline import AnswerAnalysis, Checkpoints, Result, StoredStage
from analysis.progress import Progress, Stage
from analysis.report import Correction, ModelDescription, Span
from analysis.signal.voice_activity import Activity
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import Transcription, WindowText


@dataclass
class CountingEngine:
    """The fake engine; remembers the windows that it transcribed."""

    windows: list[Span] = field(default_factory=list)
    description: ModelDescription = FakeEngine().description
    detector: None = None

    def transcribe(
        self, samples: NDArray[np.float32], windows: Sequence[Span], *, language: str | None = None
    ) -> Iterator[WindowText]:
        for text in FakeEngine().transcribe(samples, windows, language=language):
            assert text.window.start * SAMPLE_RATE < len(samples)
            self.windows.append(text.window)
            yield text


class MemoryCheckpoints(Checkpoints):
    """Keeps everything; `events` has the calls in order."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.stored: dict[str, Activity | Transcription] = {}
        self.texts: list[WindowText] = []

    def stage_started(self, stage: Stage) -> None:
        self.events.append(f"start {stage}")

    def load(self, stage: StoredStage, kind: type[Result]) -> Result | None:
        found = self.stored.get(stage)
        assert found is None or isinstance(found, kind)
        return found

    def save(self, stage: StoredStage, result: Activity | Transcription) -> None:
        self.events.append(f"save {stage}")
        self.stored[stage] = result

    def window_texts(self) -> Sequence[WindowText]:
        return self.texts

    def save_window_text(self, text: WindowText) -> None:
        self.events.append("save window")
        self.texts.append(text)


def feed_to(analysis: AnswerAnalysis, recording: Recording, seconds: float, step: float = 1.7) -> None:
    """Feeds the recording up to `seconds`, in pieces of `step` seconds."""
    for end in np.arange(step, seconds, step):
        so_far = recording.samples[: round(float(end) * SAMPLE_RATE)].copy()
        analysis.feed(so_far)
        so_far[:] = np.nan  # it must not be read again


def no_engine() -> Any:
    pytest.fail("the recogniser is not needed")


@pytest.fixture
def answer(recording: Callable[[str], Recording]) -> Recording:
    return recording("many-fillers")


def test_live_and_whole_give_the_same_report(answer: Recording) -> None:
    whole, live = AnswerAnalysis(FakeEngine), AnswerAnalysis(FakeEngine)
    feed_to(live, answer, answer.duration)
    assert live.finish(answer) == whole.finish(answer)
    assert live.report() == whole.report()
    assert live.acoustics(None) == whole.acoustics(None)


def test_live_transcribes_all_but_the_end_before_it(answer: Recording) -> None:
    engine = CountingEngine()
    analysis = AnswerAnalysis(lambda: engine)
    feed_to(analysis, answer, answer.duration)
    before = len(engine.windows)
    windows = analysis.finish(answer).activity.windows
    assert before >= len(windows) - 2
    # Stretches transcribed again as skipped are not windows.
    spans = [window.span for window in windows]
    assert sorted(span.start for span in engine.windows if span in spans) == [s.start for s in spans]


def test_stages_are_stored_as_soon_as_they_are_complete(answer: Recording) -> None:
    checkpoints = MemoryCheckpoints()
    analysis = AnswerAnalysis(FakeEngine, checkpoints=checkpoints)
    analysis.finish(answer)
    analysis.report()
    assert checkpoints.events == [
        "start activity", "save activity", "start transcribe", "save transcribe", "start measure",
    ]  # fmt: skip


def test_a_run_resumes_after_the_last_stored_stage(answer: Recording) -> None:
    checkpoints = MemoryCheckpoints()
    first = AnswerAnalysis(FakeEngine, checkpoints=checkpoints)
    first.finish(answer)
    expected = first.report()

    checkpoints.events.clear()
    second = AnswerAnalysis(no_engine, checkpoints=checkpoints)
    second.finish(answer)
    assert second.report() == expected
    assert checkpoints.events == ["start measure"]

    del checkpoints.stored["transcribe"]
    checkpoints.events.clear()
    third = AnswerAnalysis(FakeEngine, checkpoints=checkpoints)
    third.finish(answer)
    assert third.report() == expected
    assert checkpoints.events == ["start transcribe", "save transcribe", "start measure"]


def test_windows_transcribed_in_an_interrupted_live_run_are_not_transcribed_again(answer: Recording) -> None:
    checkpoints = MemoryCheckpoints()
    feed_to(AnswerAnalysis(FakeEngine, checkpoints=checkpoints), answer, 0.7 * answer.duration)
    done = {text.window for text in checkpoints.texts}
    assert len(done) >= 2

    engine = CountingEngine()
    resumed = AnswerAnalysis(lambda: engine, checkpoints=checkpoints)
    feed_to(resumed, answer, answer.duration, step=3.1)
    resumed.finish(answer)
    assert engine.windows and not done & set(engine.windows)
    whole = AnswerAnalysis(FakeEngine)
    whole.finish(answer)
    assert resumed.report() == whole.report()


def test_the_recogniser_is_loaded_once_and_only_when_it_is_needed(answer: Recording) -> None:
    checkpoints, loaded = MemoryCheckpoints(), []

    def load() -> FakeEngine:
        loaded.append(list(checkpoints.events))
        return FakeEngine()

    AnswerAnalysis(load, checkpoints=checkpoints).finish(answer)
    assert loaded == [["start activity", "save activity", "start transcribe"]]


def test_progress_covers_every_stage(answer: Recording) -> None:
    seen: list[Progress] = []
    analysis = AnswerAnalysis(FakeEngine, progress=seen.append)
    analysis.finish(answer)
    analysis.report()
    total = answer.duration
    for stage in ("activity", "transcribe", "measure"):
        steps = [step.done for step in seen if step.stage == stage]
        assert steps == sorted(steps) and steps[0] == 0.0 and steps[-1] == pytest.approx(total)


def test_steps_out_of_order_are_refused(answer: Recording) -> None:
    analysis = AnswerAnalysis(FakeEngine)
    with pytest.raises(RuntimeError):
        analysis.report()
    analysis.finish(answer)
    with pytest.raises(RuntimeError):
        analysis.feed(answer.samples)


def test_acoustics_are_measured_once_for_each_span(answer: Recording) -> None:
    checkpoints = MemoryCheckpoints()
    analysis = AnswerAnalysis(FakeEngine, checkpoints=checkpoints)
    analysis.finish(answer)
    correction = Correction("not_a_filler", 0.0, 1.0, "um")
    analysis.report()
    analysis.report(MeasureOptions(corrections=(correction,)))
    assert checkpoints.events.count("start measure") == 1
    marked = Span(5.0, 20.0)
    assert analysis.report(MeasureOptions(span=marked)).spoken_span != analysis.report().spoken_span
