"""Results as JSON and back, without loss: what a stage saved is what the next one reads.

pydantic validates standard dataclasses, so the dataclasses stay plain. Where a field has been renamed since
earlier builds stored it, the dataclass keeps the stored name as an alias in `__pydantic_config__`.
"""

from typing import Any, TypeVar

from pydantic import TypeAdapter

Result = TypeVar("Result")


_adapters: dict[Any, TypeAdapter[Any]] = {}
"""Building one takes tens of milliseconds, so each is built once."""


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def to_json(result: object, *, indent: int | None = None) -> str:
    """A frozen result dataclass as JSON text."""
    return _adapter(type(result)).dump_json(result, indent=indent, by_alias=True).decode()


def to_compact_json(result: object) -> str:
    """A frozen result dataclass as JSON text without the fields that have their default value."""
    return _adapter(type(result)).dump_json(result, exclude_defaults=True).decode()


def to_plain(result: object) -> Any:
    """A frozen result dataclass as plain dictionaries and lists, as its JSON has it."""
    return _adapter(type(result)).dump_python(result, mode="json", by_alias=True)


def from_json(kind: type[Result], text: str | bytes) -> Result:
    """The dataclass `kind` that `to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not such a result.
    """
    result: Result = _adapter(kind).validate_json(text)
    return result
