"""Options that several commands of the service share, and the settings made from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

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
    return _made(Settings, {name: value for name, value in given.items() if value is not None})


def exact_settings(**given: object) -> Settings:
    """These settings and the defaults, whatever the environment says.

    Raises:
        CommandError: a setting is invalid.
    """
    return _made(_ExactSettings, given)


class _ExactSettings(Settings):
    """Settings that read no environment."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def _made(kind: type[Settings], given: Mapping[str, object]) -> Settings:
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        texts = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}." for each in error.errors()]
        raise CommandError(f"This setting is not valid: {' '.join(texts)}", code="wrong_setting") from error
