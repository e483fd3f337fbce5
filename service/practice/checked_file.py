"""Reads a TOML file of questions or formats, and says in one sentence what is wrong with it.

The sentence names the file, the line or the entry, and the field, so that somebody who wrote the file in
an editor finds the place.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.schemas import Aim

LARGEST_FILE = 1024 * 1024
"""Bytes. The questions that come with Greenroom take 30,000."""

_OWN_WORDS = {"missing": "is missing", "extra_forbidden": "is no field that there is here"}
"""For pydantic's kinds of errors whose own words help nobody."""


class DataError(Exception):
    """A file of data is wrong.

    Attributes:
        text: one sentence that names the place.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Entry(BaseModel):
    """Base of every entry: no field that nobody knows, and `60` is no text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _both_ends(value: object) -> object:
    if not isinstance(value, list):
        return value
    if len(value) != 2:
        raise ValueError("should be two numbers of seconds: [least, most]")
    return Aim.model_validate({"low": value[0], "high": value[1]})


AimInFile = Annotated[Aim, BeforeValidator(_both_ends)]
"""Written as [least, most], in seconds."""

Name = Annotated[str, Field(min_length=1, max_length=80)]
Slug = Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]

EntryKind = TypeVar("EntryKind", bound=Entry)


def read_file(path: Path) -> Mapping[str, Any]:
    """The tables of a file.

    Raises:
        DataError: it cannot be read, or is no TOML.
        FileNotFoundError: there is none.
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
    """The entries of one list of tables, not checked yet.

    Raises:
        DataError: there is something else under this name.
    """
    entries = tables.get(name, [])
    if not isinstance(entries, list):
        raise DataError(f"{file}: write each entry below a line of its own, [[{name}]].")
    return entries


def check_names(tables: Mapping[str, Any], known: tuple[str, ...], *, file: str) -> None:
    """Refuses a list of tables that nobody would read.

    Raises:
        DataError: naming it.
    """
    unknown = sorted(set(tables) - set(known))
    if unknown:
        names = " or ".join(f"[[{name}]]" for name in known)
        raise DataError(f"{file}: '{unknown[0]}' is not known here. Entries stand below {names}.")


def check_entry(kind: type[EntryKind], entry: object, *, place: str) -> EntryKind:
    """One entry, checked.

    Args:
        place: file and number of the entry, for the sentence: `formats.toml, format 2`.

    Raises:
        DataError: with the first thing that is wrong.
    """
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        found = error.errors()[0]
        field = ".".join(str(part) for part in found["loc"])
        named = entry.get("id") if isinstance(entry, dict) else None
        whole = f"{place} ('{named}')" if isinstance(named, str) else place
        said = _OWN_WORDS.get(found["type"]) or _plain(str(found["msg"]))
        raise DataError(f"{whole}: {f'{field} ' if field else ''}{said}.") from error


def check_ids_differ(ids: list[str], *, file: str) -> None:
    """Refuses two entries with one id.

    Raises:
        DataError: naming the id.
    """
    for number, identifier in enumerate(ids):
        if identifier in ids[:number]:
            raise DataError(f"{file}: the id '{identifier}' stands there twice.")


def _plain(message: str) -> str:
    """pydantic's sentence as the rest of ours."""
    plain = message.removeprefix("Value error, ").removeprefix("Input ")
    if plain.startswith("String should match pattern"):
        return "should be small letters and digits with hyphens between them"
    if plain.startswith("should be a valid dictionary"):
        return "should be a table of fields"
    return plain[:1].lower() + plain[1:]
