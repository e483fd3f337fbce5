"""`greenroom bench hosting`: what a web node costs with many people, in processor time.

With `--rows` or `--jobs` it measures instead whether one person's requests grow with the answers of others,
or how many answers 1, 2 and 4 workers finish.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from tests.tools.benchmarks.hosting import CHANGES_A_SECOND, PEOPLE, REQUESTS, HostingSpeed, hosting_speed
from tests.tools.benchmarks.hosting_jobs import JobsAnHour, jobs_an_hour
from tests.tools.benchmarks.hosting_rows import FEW_ROWS, RowsSpeed, rows_speed

REQUEST_LIMIT = 8.0
"""Milliseconds of processor time for a list and for a live chunk."""

SHARE_LIMIT = 0.05
"""Of one processor, for the event streams of 300 people."""

LATE_LIMIT = 1.0
"""Seconds after which a page has a change at the latest."""

GROWTH_LIMIT = 2.0
"""How many times longer a person's requests may take with many answers of others in the database."""

LINEAR_LIMIT = 0.9
"""Of so many times the answers an hour of one worker."""


def bench_hosting(
    database: Annotated[
        str,
        typer.Option(
            "--database",
            metavar="URL",
            help="An empty PostgreSQL database to measure on; without it, an SQLite file.",
        ),
    ] = "",
    people: Annotated[int, typer.Option(min=1, help="People with a page open.")] = PEOPLE,
    requests: Annotated[int, typer.Option(min=1, help="Requests in each round.")] = REQUESTS,
    rows: Annotated[
        int,
        typer.Option(
            "--rows",
            metavar="N",
            min=0,
            help=f"Measure one person's requests with N answers in the database against {FEW_ROWS:,}, "
            "instead; the goal is for 1000000. On PostgreSQL it makes two databases beside that of the URL.",
        ),
    ] = 0,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            metavar="N",
            min=0,
            help="Measure answers an hour with 1, 2 and 4 workers, N at a time, instead; a multiple of 4.",
        ),
    ] = 0,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """What a web node costs with many people, in processor time: lists, chunks, event streams."""
    if jobs and not database:
        raise CommandError("--jobs needs --database: many workers are for PostgreSQL.", code="wrong_option")
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        data = Path(folder) / "data"
        if rows:
            grown = rows_speed(data, rows, database)
            _print_rows(grown)
            figures["rows"] = asdict(grown)
        if jobs:
            finished = jobs_an_hour(Path(folder) / "jobs", database, jobs=jobs)
            _print_jobs(finished)
            figures["jobs"] = [asdict(figure) for figure in finished]
        if not rows and not jobs:
            speed = hosting_speed(data, database, people=people, requests=requests)
            _print_node(speed)
            figures = asdict(speed)
    if json_file is not None:
        json_file.write_text(json.dumps(figures) + "\n")


def _print_node(speed: HostingSpeed) -> None:
    typer.echo(f"Processor time of a request (limit {REQUEST_LIMIT:.0f} ms):")
    typer.echo(f"  list of 50 answers: {speed.list_page:.1f} ms")
    typer.echo(f"  list of 50 answers, one of them changed: {speed.list_changed:.1f} ms")
    typer.echo(f"  list of 50 answers that has not changed: {speed.list_known:.1f} ms")
    typer.echo(f"  chunk of a live recording: {speed.chunk:.1f} ms")
    typer.echo(f"Event streams of {speed.streams} people (limit {SHARE_LIMIT:.0%} of a processor):")
    typer.echo(f"  without changes: {speed.idle_share:.1%}")
    typer.echo(f"  with {CHANGES_A_SECOND} changes a second: {speed.stream_share:.1%}")
    typer.echo(
        f"  a change arrives after {speed.latency:.2f} s, at most {speed.latest:.2f} s "
        f"(limit {LATE_LIMIT:.0f} s)"
    )


def _print_rows(speed: RowsSpeed) -> None:
    typer.echo(
        f"Requests of a person with {speed.own_rows} answers, milliseconds of processor time / until the "
        f"response (filled in {speed.fill_seconds:.0f} s):"
    )
    few, many = f"{speed.few_rows:,} answers", f"{speed.many_rows:,} answers"
    typer.echo(f"  {'':20} {few:>18} {many:>18}   ratio")
    for growth in speed.growth:
        within = max(growth.processor_ratio, growth.wall_ratio) <= GROWTH_LIMIT
        typer.echo(
            f"  {growth.request:20} {growth.few.processor:8.1f} / {growth.few.wall:7.1f} "
            f"{growth.many.processor:8.1f} / {growth.many.wall:7.1f}   "
            f"{growth.processor_ratio:.2f} / {growth.wall_ratio:.2f} {'' if within else '(above the limit)'}"
        )
    grown = any(max(growth.processor_ratio, growth.wall_ratio) > GROWTH_LIMIT for growth in speed.growth)
    typer.echo(f"  limit: {GROWTH_LIMIT:.0f} times; {'above it' if grown else 'within it'}")


def _print_jobs(finished: Sequence[JobsAnHour]) -> None:
    typer.echo(f"Answers an hour (limit {LINEAR_LIMIT} of linear where processors allow):")
    for figure in finished:
        typer.echo(
            f"  recogniser that {figure.engine}, workers: {figure.workers}: {figure.jobs:,.0f}, "
            f"{figure.share:.2f} of linear"
        )
