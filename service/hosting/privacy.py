"""What the page 'Privacy and accessibility' says: `privacy.toml`, as far as it holds for this set-up.

Each point names the test that proves it, and a test of the file fails where there is no such test.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("privacy.toml")


class Entry(BaseModel):
    """Of the file: nothing in it may be misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Section(Entry):
    """A heading."""

    id: str
    title: str


class Point(Entry):
    """One or two sentences, and what proves them."""

    section: str
    text: str
    proof: str
    on: Literal["laptop", "office"] | None = None


class CheckedPage(Entry):
    """A page that is checked for accessibility."""

    name: str
    module: str
    proof: str


class Statement(Entry):
    """The whole file."""

    sections: tuple[Section, ...]
    points: tuple[Point, ...]
    pages: tuple[CheckedPage, ...]

    def texts(self, section: Section, *, accounts: bool) -> list[str]:
        """What a section says.

        Args:
            section: one of `sections`.
            accounts: whether people sign in.
        """
        where = "office" if accounts else "laptop"
        return [each.text for each in self.points if each.section == section.id and each.on in {None, where}]


@cache
def statement() -> Statement:
    """The file that comes with Greenroom."""
    return Statement.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
