"""What the commands on accounts share: settings of a service with accounts, and addresses."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from analysis.cli.failures import CommandError
from service.cli.options import settings_with
from service.people.accounts import Email
from service.people.requirements import check_accounts
from service.settings import Settings


def settings_with_accounts(data_folder: Path | None) -> Settings:
    """The settings of the environment.

    Raises:
        CommandError: nobody signs in with them.
        service.people.requirements.AccountsNotSafeError: people cannot sign in safely with them.
    """
    settings = settings_with(data_folder=data_folder)
    if not settings.accounts:
        raise CommandError("Nobody signs in here. Set GREENROOM_ACCOUNTS=true first.", code="no_accounts")
    check_accounts(settings)
    return settings


def address_of(email: str) -> str:
    """An address as it is stored.

    Raises:
        CommandError: it is none.
    """
    try:
        return TypeAdapter(Email).validate_python(email)
    except ValidationError as error:
        raise CommandError(f"{email} is no e-mail address.", code="wrong_email") from error
