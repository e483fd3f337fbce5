"""Column types: a time in UTC, and text that is compared without regard to case."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator
from sqlalchemy.engine.default import DefaultExecutionContext


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC. SQLite stores no time zone, so it is added again on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


FOLDED_LENGTH = 192
"""Characters of a folded tag: folding makes some letters three."""


def fold(text: str) -> str:
    """Equal for texts that differ only in case. SQLite itself lowers the case of ASCII letters only."""
    return unicodedata.normalize("NFC", text.casefold())[:FOLDED_LENGTH]


def folded_tag(context: DefaultExecutionContext) -> str:
    """The default of `AnswerTag.folded`."""
    parameters: dict[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return fold(parameters["tag"])
