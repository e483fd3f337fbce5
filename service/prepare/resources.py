"""Pages of others that help with interviews. `resources.toml` has them; nothing is fetched from them."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field

from service.practice.checked_file import (
    DataError,
    Entry,
    Name,
    Slug,
    check_entries,
    check_ids_differ,
    check_names,
    read_file,
)
from service.prepare.guides import WebAddress, Words
from service.schemas import ApplyingTo

FILE = Path(__file__).with_name("resources.toml")


class Group(Entry):
    """A heading above resources."""

    id: Slug
    name: Name


class Resource(Entry):
    """A page of somebody else.

    Attributes:
        applying_to: whom it is for; None for everyone.
        by: who made it.
        name: of the page.
        finds: what one finds there.
        address: of the page, opened only by a click.
    """

    group: Slug
    applying_to: ApplyingTo | None = None
    by: Words
    name: Words
    finds: Words
    address: WebAddress


class ResourceOut(BaseModel):
    """A page of somebody else, to open with a click."""

    applying_to: ApplyingTo | None = Field(description="Whom it is for; null for everyone.")
    by: str
    name: str
    finds: str = Field(description="What one finds there.")
    address: str


class ResourceGroup(BaseModel):
    """Resources under one heading."""

    id: str
    name: str
    resources: list[ResourceOut]


class ResourceList(BaseModel):
    """All resources, in groups."""

    groups: list[ResourceGroup]


@cache
def resources() -> ResourceList:
    """The resources of this installation, read once.

    Raises:
        DataError: the file is invalid.
    """
    return load_resources(FILE)


def load_resources(path: Path) -> ResourceList:
    """Reads and validates a file of resources.

    Raises:
        DataError: the file is invalid; the sentence says where.
    """
    tables = read_file(path)
    check_names(tables, ("groups", "resources"), file=path.name)
    groups = check_entries(Group, tables, "groups", file=path.name, called="group")
    check_ids_differ([group.id for group in groups], file=path.name)
    found = check_entries(Resource, tables, "resources", file=path.name, called="resource")
    known = {group.id for group in groups}
    for number, one in enumerate(found, start=1):
        if one.group not in known:
            raise DataError(f"{path.name}, resource {number}: there is no group '{one.group}'.")
    return ResourceList(groups=[_group_of(group, found) for group in groups])


def _group_of(group: Group, found: Sequence[Resource]) -> ResourceGroup:
    members = [
        ResourceOut.model_validate(one.model_dump(exclude={"group"}))
        for one in found
        if one.group == group.id
    ]
    return ResourceGroup(id=group.id, name=group.name, resources=members)
