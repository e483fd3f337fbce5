"""`greenroom progress`: the progress page in the terminal."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.output_file import reserved
from analysis.cli.progress_report import print_progress
from analysis.cli.terminal import output_console, say
from analysis.formatting import number_of
from analysis.serialization import to_json
from analysis.trends.progress_report import progress_report
from analysis.trends.where_you_stand import where_you_stand
from service.cli.options import DataFolder, settings_with
from service.db.engine import Database
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.progress.filters import Filters, WhichTakes, WhichTiming
from service.progress.focus import focus_measure, focus_of
from service.progress.history import TakeHistory, read_history
from service.progress.takes import DEMO_TAG, TakeRow, as_takes, chosen, in_scope, kind_names, with_tag
from service.progress.times import week_around
from service.progress.weeks import summarise_week

_STANDARD_OUTPUT = Path("-")
_DAY_FORMATS = ["%Y-%m-%d"]


def progress(
    takes: Annotated[WhichTakes, typer.Option(help="First takes of a question, or later ones.")] = "all",
    timing: Annotated[WhichTiming, typer.Option(help="With a time limit, or without.")] = "all",
    kind: Annotated[str | None, typer.Option(help="Kind of question, by its name or id.")] = None,
    language: Annotated[str | None, typer.Option(help="First language stored with the answer.")] = None,
    spoken: Annotated[str | None, typer.Option(help="Spoken language, for example en.")] = None,
    session: Annotated[str | None, typer.Option(help="Name of a session.")] = None,
    tag: Annotated[str | None, typer.Option(help="A tag; demo data has 'made-up'.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=_DAY_FORMATS, help="First day, for example 2026-11-01."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(metavar="DAY", formats=_DAY_FORMATS, help="Last day.")
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT",
            help="Also write the report as JSON; '-' prints the JSON and nothing else.",
        ),
    ] = None,
    data_folder: DataFolder = None,
) -> None:
    """Show how length, pace, pauses and fillers change over your answers, and how sure that is.

    Example: greenroom progress

    First takes only: greenroom progress --takes first
    """
    destination = nullcontext(None) if json in {None, _STANDARD_OUTPUT} else reserved(json)
    with destination as write_json:
        service = Service.open(settings_with(data_folder=data_folder))
        history = read_history(service.database, LOCAL_PERSON)
        filters = Filters(
            takes=takes,
            timing=timing,
            kind=_kind(kind),
            first_language=language,
            spoken=spoken,
            session=_session(session, history.rows),
            tag=tag,
            since=None if since is None else since.date(),
            until=None if until is None else until.date(),
        )
        wanted = chosen(in_scope(history.rows, tag), filters, None)
        report = progress_report(as_takes(wanted), verdicts=history.verdicts)
        stand = _where_you_stand(service.database, history, wanted)
        text = to_json(report, indent=2) + "\n"
        if json == _STANDARD_OUTPUT:
            # JSON is UTF-8, whatever the encoding of the terminal.
            sys.stdout.buffer.write(text.encode())
            sys.stdout.flush()
            return
        if write_json is not None:
            write_json(text)
        print_progress(report, stand, output_console())
        _print_where_demo_data_is(history.rows, tag)
        _print_this_week(service.database, history, tag)
        if write_json is not None:
            say(f"The report as JSON: {json}", style="dim")


def _where_you_stand(database: Database, history: TakeHistory, rows: Sequence[TakeRow]) -> str:
    now = datetime.now().astimezone()
    with database.reading() as session:
        focus = focus_measure(session, LOCAL_PERSON, now.date())
    return where_you_stand(as_takes(rows), focus=focus, verdicts=history.verdicts, zone=now.tzinfo)


def _print_where_demo_data_is(rows: Sequence[TakeRow], tag: str | None) -> None:
    """Prints how to see demo data where there is nothing else, because it is shown only when asked for."""
    demo = sum(row.sample and DEMO_TAG in row.tags for row in rows)
    if not demo or in_scope(rows, tag):
        return
    output_console().print(
        f"  There is demo data: {number_of(demo, 'made-up take')}. "
        f"To see it: greenroom progress --tag {DEMO_TAG}\n",
        soft_wrap=True,
    )


def _print_this_week(database: Database, history: TakeHistory, tag: str | None) -> None:
    """Prints a sentence on this week and one on its focus, independent of the filters."""
    now = datetime.now().astimezone()
    week = week_around(now.date())
    rows = with_tag(history.rows, tag)
    console = output_console()
    console.print(f"  This week: {summarise_week(rows, week, now.tzinfo or UTC).sentence}")
    with database.reading() as session:
        focus = focus_of(session, LOCAL_PERSON, week, rows, verdicts=history.verdicts)
    if focus.chosen is not None:
        console.print(f"  Focus: {focus.chosen.label}. {focus.sentence}")


def _kind(given: str | None) -> str | None:
    """The id of the kind with this name; any other text unchanged."""
    return next((kind for kind, name in kind_names().items() if name == given), given)


def _session(given: str | None, rows: Sequence[TakeRow]) -> str | None:
    """The id of the session with this name; any other text unchanged."""
    return next((row.session for row in rows if row.session_name == given and given), given)
