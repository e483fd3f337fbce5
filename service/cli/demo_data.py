"""`greenroom seed-history` and `greenroom seed-season`: add and remove demo data."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from analysis.formatting import number_of
from service.cli.options import DataFolder, settings_with
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.prepare import demo_season
from service.prepare.time_zones import check_zone
from service.problems import Problem, WrongState
from service.progress import demo_data

MOST_TAKES = 5000


def seed_history(
    takes: Annotated[int, typer.Option(min=1, max=MOST_TAKES, help="Number of takes.")] = 60,
    seed: Annotated[int, typer.Option(min=0, help="The same seed and last day give the same takes.")] = 1,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the last take.", show_default="yesterday"),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the made-up takes.")] = False,
    data_folder: DataFolder = None,
) -> None:
    """Add made-up takes for demonstrations and tests. They are nobody's data, and have no sound.

    Each is called 'Made-up take …' and has the tag 'made-up'. Progress shows them only with that tag.

    Example: greenroom seed-history --takes 20
    """
    service = Service.open(settings_with(data_folder=data_folder))
    if remove:
        typer.echo(f"{_takes(demo_data.remove_demo_takes(service.database, LOCAL_PERSON))} removed.")
        return
    last = _yesterday() if until is None else until.date()
    try:
        demo_data.add_demo_takes(service.database, LOCAL_PERSON, takes=takes, seed=seed, until=last)
    except WrongState as error:
        raise CommandError(error.detail, code=error.code) from error
    typer.echo(f"{_takes(takes)} added to {service.settings.data_folder}. They are nobody's data.")
    typer.echo(f"See them under Progress with the tag '{demo_data.TAG}'. Remove them with --remove.")


def seed_season(
    own_zone: Annotated[
        str, typer.Option(help="IANA time zone in which the applicant is.")
    ] = demo_season.OWN_ZONE,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the made-up interviews.")] = False,
    data_folder: DataFolder = None,
) -> None:
    """Add a made-up season of three interviews for demonstrations and tests. They are nobody's data.

    One is past, one is soon and late on the applicant's own clock, and one is weeks ahead. The name of each
    begins with 'Made-up'.

    Example: greenroom seed-season --own-zone Africa/Lagos
    """
    service = Service.open(settings_with(data_folder=data_folder))
    if remove:
        removed = demo_season.remove_demo_season(service.database, LOCAL_PERSON)
        typer.echo(f"{number_of(removed, 'made-up interview')} removed.")
        return
    try:
        zone = check_zone(own_zone, field="own_zone")
        added = demo_season.add_demo_season(service.database, LOCAL_PERSON, datetime.now(UTC), own_zone=zone)
    except Problem as error:
        raise CommandError(error.detail, code=error.code) from error
    folder = service.settings.data_folder
    typer.echo(f"{number_of(len(added), 'made-up interview')} added to {folder}. They are nobody's data.")
    typer.echo("See them under Prepare. Remove them with --remove.")


def _yesterday() -> date:
    return (datetime.now(UTC) - timedelta(days=1)).date()


def _takes(number: int) -> str:
    return "1 made-up take" if number == 1 else f"{number} made-up takes"
