"""`greenroom bench faults`: whether anything is lost when connections, tabs and processes die."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.report import check_readable
from analysis.serialization import to_json
from tests.tools.benchmarks.faults import FaultRun, run_faults


def bench_faults(
    file: Annotated[Path, typer.Argument(help="What is said in the recordings.", show_default=False)],
    runs: Annotated[int, typer.Option(min=1, help="Runs.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the first run; the others follow it.")] = 1,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the runs as JSON.")
    ] = None,
) -> None:
    """Whether anything is lost: cut connections, closed tabs, killed workers and services."""
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
