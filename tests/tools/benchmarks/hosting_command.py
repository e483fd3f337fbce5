"""`greenroom bench hosting`: what a web node costs with many people, in processor time."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tests.tools.benchmarks.hosting import CHANGES_A_SECOND, PEOPLE, REQUESTS, hosting_speed

REQUEST_LIMIT = 8.0
"""Milliseconds of processor time for a list and for a live chunk."""

SHARE_LIMIT = 0.05
"""Of one processor, for the event streams of 300 people."""

LATE_LIMIT = 1.0
"""Seconds after which a page has a change at the latest."""


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
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """What a web node costs with many people, in processor time."""
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        speed = hosting_speed(Path(folder) / "data", database, people=people, requests=requests)
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
    if json_file is not None:
        json_file.write_text(json.dumps(asdict(speed)) + "\n")
