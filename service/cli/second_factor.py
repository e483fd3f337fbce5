"""`greenroom remove-second-factor`: the way back for a person who has lost phone and recovery codes."""

from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from service.cli.accounts import address_of, settings_with_accounts
from service.cli.options import DataFolder
from service.db.engine import Database
from service.people.accounts import Accounts
from service.people.second_factor import remove_second_factor


def remove_second_factor_of(
    email: Annotated[str, typer.Argument(help="E-mail address of the account.")],
    data_folder: DataFolder = None,
) -> None:
    """Turn off the second step of somebody who has lost both the phone and the recovery codes.

    Make sure first that it is this person who asks. They are signed out everywhere, and told of it.

    Example: greenroom remove-second-factor ana@example.edu
    """
    settings = settings_with_accounts(data_folder)
    address = address_of(email)
    database = Database(settings.database_address)
    try:
        database.migrate()
        with database.writing() as session:
            accounts = Accounts(session)
            found = accounts.with_email(address)
            if found is None:
                raise CommandError(f"There is no account with the address {address}.", code="no_account")
            account = accounts.locked(found.person_id)
            if account.second_factor_since is None:
                raise CommandError("This account has no second step.", code="no_second_factor")
            remove_second_factor(session, account)
    finally:
        database.close()
    typer.echo(
        "The second step is off, and the person is signed out everywhere. The password is enough now. "
        "Ask the person to turn a new second step on."
    )
