"""A progress bar that says what is being done, on standard error and on a terminal only."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Column

from analysis.formatting import number
from analysis.progress import STAGES, Stage
from analysis.progress import Progress as Step

_WORDS: dict[Stage, str] = {
    "decode": "Reading the recording",
    "activity": "Finding the speech",
    "transcribe": "Transcribing",
    "measure": "Measuring",
}
_WORDS_WIDTH = 26
"""Columns, so that the bar keeps its place while the words change."""
_SHARES: dict[Stage, float] = {"decode": 0.03, "activity": 0.07, "transcribe": 0.85, "measure": 0.05}
"""Of the whole time, as seen on two processor cores; only the bar's evenness rests on them."""


def step_words(step: Step) -> str:
    """What is being done: `Transcribing, 40 of 92 s`."""
    words = _WORDS[step.stage]
    if step.stage == "measure":
        return words  # a moment's work, all of the recording at once
    if step.total is None:
        return f"{words}, {number(step.done)} s" if step.done >= 1 else words
    return f"{words}, {number(min(step.done, step.total))} of {number(step.total)} s"


def step_share(step: Step) -> float:
    """How much of the whole work is done, 0 to 1."""
    before = sum(_SHARES[stage] for stage in STAGES[: STAGES.index(step.stage)])
    within = min(1.0, step.done / step.total) if step.total else 0.0
    return before + within * _SHARES[step.stage]


class ProgressBar:
    """Listens to the stages and draws them; the bar is gone when the work is done.

    Nothing is drawn where `console` is no terminal.
    """

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", table_column=Column(min_width=_WORDS_WIDTH)),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f} %"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task: TaskID = self._progress.add_task("", total=1.0)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def say(self, words: str) -> None:
        """Something is done that has no measure, such as loading."""
        self._progress.update(self._task, description=words)

    def __call__(self, step: Step) -> None:
        """One step of progress: what `analysis.progress.ProgressListener` asks for."""
        self._progress.update(self._task, description=step_words(step), completed=step_share(step))
