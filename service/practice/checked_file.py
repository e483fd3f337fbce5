"""Reads and validates a TOML file of questions or formats.

An error is described in one sentence that names the file, the line or the entry, and the field, so that the
author of the file can find it in an editor.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.schemas import Aim

LARGEST_FILE = 1024 * 1024
"""Bytes. The largest built-in set of questions takes 10,000."""

_MESSAGES = {"missing": "is missing", "extra_forbidden": "is not a known field"}
"""Replacements for messages of pydantic that do not help the author of a file, by type of error."""


class DataError(Exception):
    """A data file is invalid.

    Attributes:
        text: one sentence that says where and how.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Entry(BaseModel):
    """Base class of all entries; it refuses unknown fields and values of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _parse_aim(value: object) -> object:
    if not isinstance(value, list):
        return value
    if len(value) != 2:
        raise ValueError("should be two numbers of seconds: [least, most]")
    return Aim.model_validate({"low": value[0], "high": value[1]})


AimInFile = Annotated[Aim, BeforeValidator(_parse_aim)]
"""Written as [least, most], in seconds."""

Name = Annotated[str, Field(min_length=1, max_length=80)]
Slug = Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]

EntryKind = TypeVar("EntryKind", bound=Entry)


def read_file(path: Path) -> Mapping[str, Any]:
    """Reads the tables of a file.

    Raises:
        DataError: the file cannot be read or is not TOML.
        FileNotFoundError: there is no such file.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise DataError(f"{path.name} is larger than 1 MB.")
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        raise
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path.name} is not written as TOML: {error}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not written in UTF-8.") from error
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.") from error


def entries_of(tables: Mapping[str, Any], name: str, *, file: str) -> list[object]:
    """The entries of one array of tables, not yet validated.

    Raises:
        DataError: the value of this name is not a list.
    """
    entries = tables.get(name, [])
    if not isinstance(entries, list):
        raise DataError(f"{file}: write each entry below a line of its own, [[{name}]].")
    return entries


def check_names(tables: Mapping[str, Any], known: tuple[str, ...], *, file: str) -> None:
    """Refuses unknown tables.

    Raises:
        DataError: there is an unknown table; the sentence names it.
    """
    unknown = sorted(set(tables) - set(known))
    if unknown:
        names = " or ".join(f"[[{name}]]" for name in known)
        raise DataError(f"{file}: '{unknown[0]}' is not known here. Entries belong below {names}.")


def check_entry(kind: type[EntryKind], entry: object, *, place: str) -> EntryKind:
    """Validates one entry.

    Args:
        place: file and number of the entry, for the sentence, for example `formats.toml, format 2`.

    Raises:
        DataError: the entry is invalid; the sentence describes the first error.
    """
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        identifier = entry.get("id") if isinstance(entry, dict) else None
        location = f"{place} ('{identifier}')" if isinstance(identifier, str) else place
        message = _MESSAGES.get(first["type"]) or _plain(str(first["msg"]))
        raise DataError(f"{location}: {f'{field} ' if field else ''}{message}.") from error


def check_entries(
    kind: type[EntryKind], tables: Mapping[str, Any], name: str, *, file: str, called: str | None = None
) -> tuple[EntryKind, ...]:
    """Validates all entries of one array of tables, in their order.

    Args:
        called: what one entry is called in a sentence, with its number after it; None for `name`.

    Raises:
        DataError: see `entries_of` and `check_entry`.
    """
    return tuple(
        check_entry(kind, entry, place=f"{file}, {called or name} {number}")
        for number, entry in enumerate(entries_of(tables, name, file=file), start=1)
    )


def check_ids_differ(ids: list[str], *, file: str) -> None:
    """Refuses two entries with the same id.

    Raises:
        DataError: an id is repeated; the sentence names it.
    """
    for number, identifier in enumerate(ids):
        if identifier in ids[:number]:
            raise DataError(f"{file}: the id '{identifier}' occurs twice.")


def _plain(message: str) -> str:
    """Turns a message of pydantic into the end of a sentence that begins with the field."""
    plain = message.removeprefix("Value error, ").removeprefix("Input ")
    if plain.startswith("String should match pattern"):
        return "should be small letters and digits with hyphens between them"
    if plain.startswith("should be a valid dictionary"):
        return "should be a table of fields"
    return plain[:1].lower() + plain[1:]
