"""`greenroom seed-cohort`: add and remove a made-up advising office."""

from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from analysis.formatting import number_of
from service.advising.demo_cohort import add_demo_cohort, demo_people, new_password, remove_demo_cohort
from service.cli.options import DataFolder, settings_with
from service.dependencies import Service
from service.people.passwords import hash_password
from service.problems import Problem

MOST_PEOPLE = 2000


def seed_cohort(
    applicants: Annotated[int, typer.Option(min=1, max=MOST_PEOPLE, help="Number of applicants.")] = 30,
    advisers: Annotated[int, typer.Option(min=1, max=99, help="Number of advisers.")] = 2,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the made-up people and the cohort.")
    ] = False,
    data_folder: DataFolder = None,
) -> None:
    """Add a made-up office for demonstrations and tests: advisers, applicants, a cohort and an assignment.

    It is for a service in which people sign in. All made-up people share one password, which is printed.

    Example: greenroom seed-cohort --applicants 5
    """
    settings = settings_with(data_folder=data_folder)
    if not settings.accounts:
        raise CommandError("Nobody signs in here. Set GREENROOM_ACCOUNTS=true first.", code="no_accounts")
    service = Service.open(settings)
    if remove:
        with service.database.reading() as session:
            people = demo_people(session)
        for person in people:
            service.delete_account_data(person)
        with service.database.writing() as session:
            remove_demo_cohort(session)
        typer.echo(f"{number_of(len(people), 'made-up person', 'made-up people')} removed.")
        return
    password = new_password()
    # Outside of the transaction: it takes a while.
    hashed = hash_password(password)
    try:
        with service.database.writing() as session:
            made = add_demo_cohort(
                session, applicants=applicants, advisers=advisers, password=password, password_hash=hashed
            )
    except Problem as error:
        raise CommandError(error.detail, code=error.code) from error
    origin = settings.public_origin or f"http://{settings.host}:{settings.port}"
    typer.echo(f"A made-up cohort was added. Its people sign in at {origin}/sign-in with this password:")
    typer.echo(f"  {made.password}")
    for email in (*made.advisers, *made.applicants):
        typer.echo(f"  {email}")
    typer.echo("They are nobody's accounts. Remove them with --remove.")
