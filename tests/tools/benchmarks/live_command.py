"""`greenroom bench live`: how soon the report is there after somebody stops speaking."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.report import check_readable
from analysis.serialization import to_json
from tests.tools.benchmarks.live import run_live, summarise


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
    check_readable(file)
    typer.echo(
        "run   length   to the transcript   to the report   processor   plain Whisper   ratio"
        "   words that differ"
    )
    done = []
    plays = run_live(file, model=model, duration=duration, runs=runs, with_upload=with_upload, hurry=hurry)
    for run in plays:
        done.append(run)
        typer.echo(
            f"{len(done):<5} {run.duration:>5.0f} s {run.to_transcript:>17.2f} s {run.to_report:>13.2f} s "
            f"{run.processor:>9.1f} s "
            f"{run.plain:>13.1f} s {run.processor / run.plain:>7.2f} {run.differing:>10} of {run.words}"
        )
    live = summarise(done, with_upload=with_upload)
    typer.echo(
        f"From the last chunk to the transcript: median {live.median_transcript:.2f} s. "
        f"To the report: median {live.median:.2f} s, worst {live.worst:.2f} s. "
        f"Processor time {live.processor_ratio:.2f} of plain Whisper's. "
        f"Words that differ from the file uploaded whole: {100 * live.differing_share:.2f} %."
    )
    if json_file is not None:
        json_file.write_text(to_json(live, indent=2) + "\n")
