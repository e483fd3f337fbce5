"""`greenroom bench`: speed beside plain Whisper or on a busy machine, and memory.

Its subcommands: `web`, `live`, `interview`, `hosting`, `faults`.
"""

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Self

import typer
from rich.text import Text

from analysis import ANALYSIS_VERSION
from analysis.audio.decoding import decode
from analysis.cli.failures import CommandError
from analysis.cli.lazy_commands import add_command, within
from analysis.cli.output_file import reserved
from analysis.cli.report import check_readable
from analysis.cli.terminal import message_console, output_console, printable
from analysis.data_folders import SAMPLES
from analysis.formatting import fine_duration
from analysis.serialization import to_json
from analysis.transcription.whisper import WhisperEngine
from tests.tools.benchmarks.contended import (
    BUSY_LOOPS,
    REPORTS,
    Contended,
    ContendedBenchmark,
    ReporterError,
    Round,
    run_rounds,
    summarise_rounds,
)
from tests.tools.benchmarks.figures import Benchmark, Memory, Pair, Speed
from tests.tools.benchmarks.machine import Machine, other_work, this_machine
from tests.tools.benchmarks.memory import measure_memory, write_long_recording
from tests.tools.benchmarks.speed import run_pairs, summarise

USUAL_LENGTH = 90.0
"""Length, in seconds, of the sample for which the figures are given."""
_SAMPLES = SAMPLES / "audio"
_SOUND_FILES = frozenset({".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".webm"})
_MEGABYTE = 1_000_000

bench = typer.Typer(invoke_without_command=True, add_completion=False)


@bench.callback()
def measure_analysis(
    *,
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", readable=False, help="The recording; by default the sample nearest to 90 seconds."
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="The recogniser: a model's name or a folder.")
    ] = "base",
    pairs: Annotated[
        int, typer.Option(min=1, help="Paired runs, after one of each that is not counted.")
    ] = 5,
    long: Annotated[
        float,
        typer.Option(metavar="MINUTES", min=0, help="Length of the long recording for memory; 0 for none."),
    ] = 30.0,
    contended: Annotated[
        bool,
        typer.Option(
            "--contended",
            help="Instead: one report alone, beside two busy loops, and four reports at once.",
        ),
    ] = False,
    json: Annotated[
        Path | None, typer.Option(metavar="OUT", readable=False, help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """Measure how fast the analysis is beside plain Whisper, and how much memory it takes.

    Example: greenroom bench --pairs 3
    """
    if context.invoked_subcommand is not None:
        return
    if file is not None:
        check_readable(file)
    samples = _samples()
    recording = file or _nearest_to_usual(samples)
    destination: AbstractContextManager[object] = nullcontext() if json is None else reserved(json)
    with destination as write_json:
        result: Benchmark | ContendedBenchmark = (
            _run_contended(recording, model, pairs)
            if contended
            else _run(recording, samples or [recording], model, pairs, long * 60.0)
        )
        if callable(write_json):
            write_json(to_json(result, indent=2) + "\n")


def _samples() -> list[Path]:
    if not _SAMPLES.is_dir():
        return []
    return sorted(path for path in _SAMPLES.iterdir() if path.suffix in _SOUND_FILES)


def _nearest_to_usual(samples: list[Path]) -> Path:
    """The sample whose length is nearest to 90 s.

    Raises:
        CommandError: `no_samples`.
    """
    if not samples:
        raise CommandError(
            "The sample answers are not here. Name a recording with --file.", code="no_samples"
        )
    return min(samples, key=lambda path: abs(decode(path).duration - USUAL_LENGTH))


class _Page:
    """Prints each line to standard output as soon as it is known, and progress to standard error."""

    def __init__(self) -> None:
        self._output = output_console()
        self._status = message_console().status("")

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def doing(self, words: str) -> None:
        self._status.update(words)

    def line(self, text: str = "") -> None:
        self._status.stop()  # both may be the same terminal
        self._output.print(Text(printable(text)), soft_wrap=True)
        self._status.start()


def _run(file: Path, samples: list[Path], model: str, pairs: int, long: float) -> Benchmark:
    with _Page() as page:
        machine = _describe_machine(page)
        page.doing("Loading the recogniser")
        engine = WhisperEngine.load(model)
        speed = _measure_speed(file, engine, pairs, page)
        description = engine.description
        del engine  # so that its memory is free for the processes measured next
        memory = list(_measure_memory(file, samples, model, long, page))
    return Benchmark(
        version=version("greenroom"),
        analysis_version=ANALYSIS_VERSION,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine,
        model=description,
        speed=speed,
        memory=tuple(memory),
    )


def _describe_machine(page: _Page) -> Machine:
    machine = this_machine()
    page.line(
        f"{machine.processor}, {machine.processors} processors, {machine.memory / 1e9:.0f} GB, "
        f"{machine.system}, Python {machine.python}, faster-whisper {machine.faster_whisper}"
    )
    if busy := other_work(machine):
        page.line(busy)
    return machine


def _run_contended(file: Path, model: str, rounds: int) -> ContendedBenchmark:
    with _Page() as page:
        machine = _describe_machine(page)
        length = decode(file).duration
        page.line(f"{file.name}, {fine_duration(length)}, model {model}, recogniser warm")
        page.line()
        page.line(f"round      alone   {BUSY_LOOPS} busy loops   ratio   {REPORTS} at once   ratio")
        page.doing("Warming up")
        done: list[Round] = []
        try:
            for each in run_rounds(file, model, rounds):
                done.append(each)
                at_once = median(each.at_once)
                page.line(_round(str(len(done)), each.alone, each.beside_loops, at_once, each))
                page.doing(f"Round {len(done) + 1} of {rounds}")
        except ReporterError as error:
            raise CommandError(
                "A process that made reports ended. What it said stands above.", code="benchmark_failed"
            ) from error
        figures = summarise_rounds(file, length, done)
        page.line(_round("median", figures.alone, figures.beside_loops, figures.at_once, figures))
        page.line()
        met = "met" if figures.loops_ratio <= figures.target else "missed"
        page.line(f"Target beside {BUSY_LOOPS} busy loops: at most {figures.target:.1f} ({met}).")
    return ContendedBenchmark(
        version=version("greenroom"),
        analysis_version=ANALYSIS_VERSION,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine,
        model=model,
        contended=figures,
    )


def _round(name: str, alone: float, loops: float, at_once: float, ratios: Round | Contended) -> str:
    return (
        f"{name:<6} {alone:>7.2f} s {loops:>11.2f} s   {ratios.loops_ratio:>5.2f} "
        f"{at_once:>9.2f} s   {ratios.at_once_ratio:>5.2f}"
    )


def _measure_speed(file: Path, engine: WhisperEngine, pairs: int, page: _Page) -> Speed:
    length = decode(file).duration
    page.line(f"{file.name}, {fine_duration(length)}, model {engine.description.name}, int8, recogniser warm")
    page.line()
    page.line("pair     pipeline   plain Whisper   ratio   not transcription")
    page.doing("Running both once to warm up")
    done: list[Pair] = []
    for pair in run_pairs(file, engine, pairs):
        done.append(pair)
        page.line(_row(str(len(done)), pair.pipeline, pair.plain, pair.ratio, pair.without_transcription))
        page.doing(f"Pair {len(done) + 1} of {pairs}")
    speed = summarise(file, length, done)
    page.line(_row("median", speed.pipeline, speed.plain, speed.ratio, speed.without_transcription))
    page.line()
    page.line("Stages, medians: " + ", ".join(f"{name} {time:.2f} s" for name, time in speed.stages.items()))
    return speed


def _row(name: str, pipeline: float, plain: float, ratio: float, rest: float) -> str:
    return f"{name:<6} {pipeline:>8.2f} s {plain:>13.2f} s   {ratio:>5.2f} {rest:>17.2f} s"


def _measure_memory(
    file: Path, samples: list[Path], model: str, long: float, page: _Page
) -> Iterator[Memory]:
    """Peak memory for the recording itself and for a long one made of the samples."""
    page.doing("Measuring memory")
    yield _fresh_process(file, model, page)
    if long > 0:
        page.doing(f"Measuring memory on {fine_duration(long)} of speech")
        with TemporaryDirectory(prefix="greenroom-bench-") as folder:
            recording = Path(folder) / "long.wav"
            write_long_recording(samples, recording, long)
            yield _fresh_process(recording, model, page)


def _fresh_process(recording: Path, model: str, page: _Page) -> Memory:
    try:
        figure = measure_memory(recording, model)
    except subprocess.CalledProcessError as error:
        raise CommandError(
            f"The process whose memory is measured ended with status {error.returncode}. "
            "What it said stands above.",
            code="benchmark_failed",
        ) from error
    page.line(
        f"Peak memory of a fresh process, {fine_duration(figure.duration)} of sound: "
        f"{figure.peak / _MEGABYTE:.0f} MB (analysed in {fine_duration(figure.seconds)})"
    )
    return figure


add_command(
    bench,
    "web",
    "How fast lists, progress and first paint are, with 1,000 made-up answers stored.",
    within("tests.tools.benchmarks.web_command", "bench_web"),
)
add_command(
    bench,
    "live",
    "How soon the report is there after one stops speaking: plays a recording in real time.",
    within("tests.tools.benchmarks.live_command", "bench_live"),
)
add_command(
    bench,
    "interview",
    "How long a person waits for the interviewer, and for the reports after the goodbye.",
    within("tests.tools.benchmarks.interview_command", "bench_interview"),
)
add_command(
    bench,
    "hosting",
    "What a web node costs with many people, in processor time: lists, chunks, event streams.",
    within("tests.tools.benchmarks.hosting_command", "bench_hosting"),
)
add_command(
    bench,
    "faults",
    "Whether anything is lost: cut connections, closed tabs, killed workers and services.",
    within("tests.tools.benchmarks.faults_command", "bench_faults"),
)
