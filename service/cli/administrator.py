"""`greenroom create-administrator`: the way to the first account of an office."""

from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from service.cli.accounts import address_of, settings_with_accounts
from service.cli.options import DataFolder
from service.db.engine import Database
from service.people.accounts import Accounts
from service.people.invitations import Invitations
from service.people.links import invitation_link, reset_link
from service.people.resets import Resets


def create_administrator(
    email: Annotated[str, typer.Argument(help="E-mail address of the administrator.")],
    data_folder: DataFolder = None,
) -> None:
    """Make the link by which an administrator makes their account, or sets a new password if there is one.

    Example: greenroom create-administrator office@example.edu
    """
    settings = settings_with_accounts(data_folder)
    address = address_of(email)
    database = Database(settings.database_address)
    database.migrate()
    origin = settings.public_origin or f"http://{settings.host}:{settings.port}"
    with database.writing() as session:
        account = Accounts(session).with_email(address)
        if account is None:
            token = Invitations(session).create(email=address, name=address, role="administrator", by=None)
            link = invitation_link(origin, token)
            text = f"Open this link to make the account. It works once, for 14 days:\n{link}"
        elif account.role == "administrator":
            token = Resets(session).start(account.person_id, by=None)
            text = (
                "This administrator has an account. Open this link to set a new password. It works once, for "
                f"one day:\n{reset_link(origin, token)}"
            )
        else:
            raise CommandError(
                "This address has an account with another role. Use another address.", code="email_taken"
            )
    database.close()
    typer.echo(text)
