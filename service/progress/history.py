"""What is known of a person's takes, read in one go."""

from dataclasses import dataclass

from service.answers.preferences import preferences_of
from service.db.engine import Database
from service.progress.fill_facts import fill_facts
from service.progress.takes import TakeRow, read_takes


@dataclass(frozen=True)
class Known:
    """Takes, and how they are spoken of.

    Attributes:
        rows: every whole answer of the person, samples too, oldest first.
        verdicts: False where the person wants none on fluency.
    """

    rows: list[TakeRow]
    verdicts: bool


def read_known(database: Database, person: str) -> Known:
    """All of it. Facts that an earlier version did not keep are filled in first, the first time."""
    fill_facts(database, person)
    with database.reading() as session:
        return Known(read_takes(session, person), not preferences_of(session, person).speaks_differently)
