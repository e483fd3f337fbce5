"""`greenroom evaluate [DIR]`: error of this build on labelled speech."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from analysis.cli.evaluation_page import print_evaluation
from analysis.cli.failures import UNUSABLE_STATUS, CommandError
from analysis.cli.output_file import reserved
from analysis.cli.report import check_readable
from analysis.cli.terminal import message_console, output_console, say
from analysis.data_folders import SAMPLES
from analysis.evaluation import evaluation
from analysis.evaluation.accuracy_page import accuracy_page
from analysis.evaluation.labelled_speech import read_labels
from analysis.evaluation.published import without_clips
from analysis.evaluation.report_cache import Build, ReportCache, default_folder
from analysis.evaluation.results import Evaluation
from analysis.evaluation.runner import LoadEngine, Outcome, Task, run
from analysis.serialization import from_json, to_json
from analysis.transcription.protocol import Engine
from analysis.transcription.weights import find_weights
from analysis.transcription.whisper import WhisperEngine

_Write = Callable[[str], None]


def evaluate(
    *,
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR]...", readable=False, help="Folders of labelled speech; by default the samples."
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(metavar="OUT", readable=False, help="Also write all figures as JSON, clip by clip too."),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(metavar="OUT", readable=False, help="Also write the figures as the accuracy page."),
    ] = None,
    published: Annotated[
        Path | None,
        typer.Option(metavar="OUT", readable=False, help="Also write the figures that reports refer to."),
    ] = None,
    folds: Annotated[
        bool,
        typer.Option("--folds", help="Judge each clip by detectors that were trained without it."),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", readable=False, help="Also compare, clip by clip, with what --json wrote before."
        ),
    ] = None,
    processes: Annotated[int, typer.Option(min=1, help="Clips that are analysed at once.")] = 1,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            readable=False,
            help="Where reports are kept, so that a run resumes where it stopped; a cache by default.",
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="The recogniser: a model's name or a folder.")
    ] = "base",
) -> None:
    """Measure how far off every figure is, on speech whose true figures are known.

    Example: greenroom evaluate my-labelled-speech --json figures.json
    """
    labelled = {place: read_labels(place) for place in folders or [_samples()]}
    earlier = None if against is None else _earlier(against)
    with ExitStack() as stack:
        writers = {
            what: stack.enter_context(reserved(path))
            for what, path in (("json", json), ("page", page), ("published", published))
            if path is not None
        }
        weights = find_weights(model)
        build = Build.of(weights.name, weights.sha256)
        fold_of = evaluation.known_folds(weights.sha256)
        tasks = [
            task
            for place, clips in labelled.items()
            for task in evaluation.tasks(place, clips, fold_of, folds=folds)
        ]
        outcomes = _run(
            tasks, ReportCache(keep or default_folder(), build), partial(load_whisper, model), processes
        )
        result = evaluation.evaluate(outcomes, fold_of, folders=list(labelled), build=build, folds=folds)
        _write(result, writers)
    print_evaluation(result, output_console(), earlier=earlier)
    if result.failures:
        raise typer.Exit(UNUSABLE_STATUS)


def load_whisper(model: str, fold: int | None) -> Engine:
    """The recogniser with the detectors that were trained without a fold."""
    return WhisperEngine.load(model, fold=fold)


def _samples() -> Path:
    """The sample answers, which are labelled too.

    Raises:
        CommandError: `no_samples`.
    """
    if not (SAMPLES / "manifest.jsonl").is_file():
        raise CommandError(
            "The samples are not installed here. Name a folder of labelled speech.", code="no_samples"
        )
    return SAMPLES


def _run(tasks: list[Task], cache: ReportCache, load_engine: LoadEngine, processes: int) -> list[Outcome]:
    """All outcomes, with a bar that goes by seconds of sound."""
    console = message_console()
    outcomes: list[Outcome] = []
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as progress:
        bar = progress.add_task(_counted(0, len(tasks)), total=sum(task.clip.duration for task in tasks))
        try:
            for outcome in run(tasks, cache, load_engine, processes=processes):
                outcomes.append(outcome)
                progress.update(
                    bar,
                    advance=outcome.task.clip.duration,
                    description=_counted(len(outcomes), len(tasks)),
                )
        except KeyboardInterrupt:
            progress.stop()
            say("The clips that were done are kept: the same command resumes from there.")
            raise
    known = sum(outcome.cached for outcome in outcomes)
    if known:
        say(f"{_counted(known, len(tasks))} were analysed before by this build: {cache.folder}")
    return outcomes


def _counted(done: int, total: int) -> str:
    return f"{done} of {total} clips"


def _write(result: Evaluation, writers: dict[str, _Write]) -> None:
    make = {
        "json": lambda: to_json(result, indent=2) + "\n",
        "page": lambda: accuracy_page(without_clips(result)),
        "published": lambda: to_json(without_clips(result), indent=1) + "\n",
    }
    for what, write in writers.items():
        write(make[what]())


def _earlier(file: Path) -> Evaluation:
    """The figures of another build.

    Raises:
        CommandError: `not_an_evaluation`, or what `check_readable` says.
    """
    check_readable(file)
    try:
        return from_json(Evaluation, file.read_bytes())
    except ValueError as error:
        raise CommandError(
            f"{file} is not what this version writes with --json. Nothing was analysed.",
            code="not_an_evaluation",
        ) from error
