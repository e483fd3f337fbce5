"""Options that several commands of the service share, and the settings made from them."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from analysis.cli.failures import CommandError
from service.settings import Settings

DataFolder = Annotated[
    Path | None, typer.Option("--data-folder", help="Folder of the recordings.", show_default=False)
]


def settings_with(**given: object) -> Settings:
    """The settings of the environment, overridden by the options of a command.

    Raises:
        CommandError: a setting is invalid.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        texts = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}." for each in error.errors()]
        raise CommandError(f"This setting is not valid: {' '.join(texts)}", code="wrong_setting") from error
