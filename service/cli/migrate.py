"""`greenroom migrate`: brings the database to this version, without serving."""

import typer

from service.cli.options import DataFolder, settings_with
from service.db.engine import Database


def migrate(data_folder: DataFolder = None) -> None:
    """Bring the database to this version before the nodes of a set-up are restarted one by one.

    Nodes of the version before go on working meanwhile. `serve` and `worker` migrate too.

    Example: greenroom migrate
    """
    database = Database(settings_with(data_folder=data_folder).database_address)
    try:
        database.migrate()
    finally:
        database.close()
    typer.echo("The database has the tables of this version.")
