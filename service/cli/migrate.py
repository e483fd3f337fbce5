"""`greenroom migrate`: brings the database to this version, without serving."""

import time

import typer
from sqlalchemy.exc import DBAPIError

from analysis.cli.failures import CommandError
from service.cli.options import DataFolder, settings_with
from service.db.engine import Database
from service.db.failures import is_unreachable

STARTING_SECONDS = 60.0
"""How long the database's server may take to start: at the start of a machine both begin at once."""

_AGAIN_SECONDS = 1.0


def migrate(data_folder: DataFolder = None) -> None:
    """Bring the database to this version before the nodes of a set-up are restarted one by one.

    Nodes of the version before go on working meanwhile. `serve` and `worker` migrate too.

    Example: greenroom migrate
    """
    database = Database(settings_with(data_folder=data_folder).database_address)
    deadline = time.monotonic() + STARTING_SECONDS
    try:
        while not _migrated(database, last=time.monotonic() > deadline):
            time.sleep(_AGAIN_SECONDS)
    finally:
        database.close()
    typer.echo("The database has the tables of this version.")


def _migrated(database: Database, *, last: bool) -> bool:
    """Whether the database was there.

    Raises:
        CommandError: it was not, and this was the last attempt.
    """
    try:
        database.migrate()
    except DBAPIError as error:
        if not is_unreachable(error):
            raise
        if last:
            text = "The database does not answer. Check GREENROOM_DATABASE_URL, and whether its server runs."
            raise CommandError(text, code="database_unreachable") from error
        return False
    return True
