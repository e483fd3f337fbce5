"""The `greenroom` command: what `analysis` offers, and the service."""

import logging
import os
import sys
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli import application
from analysis.cli.bench import bench
from analysis.cli.failures import CommandError
from service.cli import bench_web, labelled_speech, progress
from service.cli import demo_data as made_up_history
from service.cli.options import DataFolder, settings_with

__all__ = ["application", "bench_web", "labelled_speech", "made_up_history", "main", "progress"]


@application.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes any.", show_default="8414")] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Put the sample answers in, the first time.")
    ] = False,
    data_folder: DataFolder = None,
) -> None:
    """Start the service on this machine."""
    from service.answers.samples import give_samples_in_background
    from service.dependencies import Service
    from service.server import AddressTakenError
    from service.server import serve as run_server

    settings = settings_with(host=host, port=port, data_folder=data_folder)

    def say(address: str, service: Service) -> None:
        typer.echo(f"Greenroom is ready at {address}")
        typer.echo(f"Recordings are kept in {settings.data_folder}")
        typer.echo("Press Ctrl+C to stop.")
        sys.stdout.flush()
        if samples:
            give_samples_in_background(service)

    try:
        run_server(settings, say)
    except AddressTakenError as error:
        text = f"Greenroom cannot listen on {error} Choose another with --port."
        raise CommandError(text, code="address_taken") from error


@application.command()
def worker(data_folder: DataFolder = None) -> None:
    """Start one more worker for a service that is running."""
    from service.dependencies import Service
    from service.jobs.supervisor import Supervisor

    os.umask(0o077)
    settings = settings_with(data_folder=data_folder, workers=1)
    supervisor = Supervisor(settings, Service.open(settings).database)
    supervisor.start()
    typer.echo(f"Working on the answers in {settings.data_folder}. Press Ctrl+C to stop.")
    try:
        supervisor.join()
    except KeyboardInterrupt:
        typer.echo("Stopped. What was not finished goes on later.")
    finally:
        supervisor.stop()


@application.command()
def export(
    file: Annotated[Path, typer.Argument(help="The zip file to write.", show_default=False)],
    data_folder: DataFolder = None,
) -> None:
    """Write everything you have into one zip file: recordings, reports, transcripts, own questions."""
    from service.db.models import LOCAL_PERSON
    from service.dependencies import Service
    from service.exports.account_archive import Export, write_archive

    service = Service.open(settings_with(data_folder=data_folder))
    collected = Export.collect(service.database, service.storage, LOCAL_PERSON)
    partial = file.with_name(f".{file.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for _ in write_archive(collected, archive):
                pass
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        text = f"{file} cannot be written: {error.strerror}. Your recordings are as they were."
        raise CommandError(text, code="cannot_write") from error
    typer.echo(f"{_answers(len(collected.answers))} written to {file}")


@application.command()
def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False, data_folder: DataFolder = None
) -> None:
    """Delete everything you have: recordings, reports, transcripts, own questions. It cannot be undone."""
    from service.db.models import LOCAL_PERSON
    from service.dependencies import Service
    from service.exports.account_archive import Export

    service = Service.open(settings_with(data_folder=data_folder))
    there = len(Export.collect(service.database, service.storage, LOCAL_PERSON).answers)
    if not yes:
        question = f"Delete {_answers(there)} in {service.settings.data_folder}? It cannot be undone."
        typer.confirm(question, abort=True)
    typer.echo(f"{_answers(service.delete_everything(LOCAL_PERSON))} deleted. Nothing is left.")


@bench.command("live")
def bench_live(
    file: Annotated[Path, typer.Argument(help="The recording to play.", show_default=False)],
    duration: Annotated[float, typer.Option(min=20, help="Seconds of the longest run.")] = 120.0,
    runs: Annotated[int, typer.Option(min=1, help="Runs, each stopped a little earlier.")] = 3,
    model: Annotated[str, typer.Option(metavar="NAME", help="The recogniser.")] = "base",
    with_upload: Annotated[
        bool, typer.Option("--with-upload", help="Work on a long upload all the while.")
    ] = False,
    hurry: Annotated[
        bool, typer.Option("--hurry", help="Play all but the last minute ten times as fast.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """How soon the report is there after one stops speaking: plays a recording in real time."""
    from analysis.cli.report import check_readable
    from analysis.serialization import to_json
    from service.benchmarks.live import run_live, summarise

    check_readable(file)
    typer.echo("run   length   to the report   processor   plain Whisper   ratio   words that differ")
    done = []
    plays = run_live(file, model=model, duration=duration, runs=runs, with_upload=with_upload, hurry=hurry)
    for run in plays:
        done.append(run)
        typer.echo(
            f"{len(done):<5} {run.duration:>5.0f} s {run.to_report:>13.2f} s {run.processor:>9.1f} s "
            f"{run.plain:>13.1f} s {run.processor / run.plain:>7.2f} {run.differing:>10} of {run.words}"
        )
    live = summarise(done, with_upload=with_upload)
    typer.echo(
        f"From the last chunk to the report: median {live.median:.2f} s, worst {live.worst:.2f} s. "
        f"Processor time {live.processor_ratio:.2f} of plain Whisper's. "
        f"Words that differ from the file handed in whole: {100 * live.differing_share:.2f} %."
    )
    if json_file is not None:
        json_file.write_text(to_json(live, indent=2) + "\n")


@bench.command("faults")
def bench_faults(
    file: Annotated[Path, typer.Argument(help="What is said in the recordings.", show_default=False)],
    runs: Annotated[int, typer.Option(min=1, help="Runs.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first run; the others follow it.")] = 1,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the runs as JSON.")
    ] = None,
) -> None:
    """Whether anything is lost: cut connections, closed tabs, killed workers and services."""
    from analysis.cli.report import check_readable
    from analysis.serialization import to_json
    from service.benchmarks.faults import FaultRun, run_faults

    check_readable(file)
    done: list[FaultRun] = []
    for run in run_faults(file, runs=runs, seed=seed):
        done.append(run)
        faults = ", ".join(f"{fault.kind} at {fault.at:.1f} s" for fault in run.faults)
        reported = "none" if run.reported is None else f"{run.reported:.1f} s"
        typer.echo(
            f"seed {run.seed}: {faults}; told {run.told:.1f} s, reported {reported}, {run.outcome}"
            + "".join(f"; WRONG: {problem}" for problem in run.problems)
        )
    wrong = sum(bool(run.problems) for run in done)
    typer.echo(f"{len(done)} runs, {wrong} with something lost or left behind.")
    if json_file is not None:
        json_file.write_text(to_json(done, indent=2) + "\n")
    if wrong:
        raise typer.Exit(1)


def _answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"


def main() -> None:
    """Entry point of the console script. `analysis.cli.failures` keeps stack traces from people."""
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.WARNING)
    application()


if __name__ == "__main__":
    main()
