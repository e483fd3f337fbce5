"""`greenroom bench web`: how fast the service and its pages are with many answers stored."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tests.tools.benchmarks.answer_list import ANSWERS, REQUESTS, median_list_milliseconds
from tests.tools.benchmarks.first_paint import LIMIT, RUNS
from tests.tools.benchmarks.progress_page import PROGRESS_LIMIT, progress_speed


def bench_web(
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """How fast lists, progress and first paint are, with 1,000 made-up answers stored."""
    listed = round(median_list_milliseconds(), 1)
    typer.echo(f"List of answers, {ANSWERS:,} stored: {listed} ms (median of {REQUESTS}; limit 50 ms)")
    speed = progress_speed()
    typer.echo(
        f"Progress over {speed.takes:,} takes: {speed.request:.0f} ms "
        f"(median of {REQUESTS}; limit {PROGRESS_LIMIT:.0f} ms)"
    )
    for name, painted in (
        ("a report", speed.report_paint),
        (f"progress over {speed.takes:,} takes", speed.progress_paint),
    ):
        if painted is not None:
            typer.echo(f"First paint of {name}: {painted:.0f} ms (median of {RUNS}; limit {LIMIT:.0f} ms)")
    if speed.missing:
        typer.echo(speed.missing)
    if json_file is not None:
        figures = {
            "answers": ANSWERS,
            "list_milliseconds": listed,
            "progress_milliseconds": round(speed.request, 1),
            "report_paint_milliseconds": _rounded(speed.report_paint),
            "progress_paint_milliseconds": _rounded(speed.progress_paint),
        }
        json_file.write_text(json.dumps(figures) + "\n")


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 1)
