"""What several commands of the service are given: the data folder, and the settings that follow from it."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from analysis.cli.failures import CommandError
from service.settings import Settings

DataFolder = Annotated[
    Path | None, typer.Option("--data-folder", help="Where recordings are kept.", show_default=False)
]


def settings_with(**given: object) -> Settings:
    """The settings of the environment, with what a command was given in their place.

    Raises:
        CommandError: one of them is not right.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        texts = [f"{'.'.join(map(str, found['loc']))}: {found['msg']}." for found in error.errors()]
        raise CommandError(f"This setting is not right: {' '.join(texts)}", code="wrong_setting") from error
