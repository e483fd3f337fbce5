"""A person's usual ranges, shown beside one answer: the middle half of their other takes."""

from collections.abc import Sequence

from analysis.measures.registry import DEFINITIONS
from analysis.trends.take_series import LATEST_TAKES, usual_ranges
from analysis.view.progress import usual_view
from service.progress.schemas import Usual
from service.progress.takes import DEMO_TAG, TakeRow


def usual_beside(rows: Sequence[TakeRow], answer: str) -> Usual:
    """The person's usual ranges, calculated without this answer.

    Args:
        rows: every take of the person, oldest first.
        answer: id. A demo take is compared with the demo data. Other samples have no usual range, because
            the person did not record them.
    """
    this = next((row for row in rows if row.answer == answer), None)
    if this is None or this.facts is None:
        return Usual(takes=0, measures={}, view={})
    build = this.facts.build
    others = [
        row.facts
        for row in rows
        if row.answer != answer
        and row.facts is not None
        and row.facts.build == build
        and _comparable(row, this)
    ]
    ranges = usual_ranges(others, build)
    units = {name: definition.unit for name, definition in DEFINITIONS.items()}
    return Usual(takes=min(len(others), LATEST_TAKES), measures=ranges, view=usual_view(ranges, units))


def _comparable(row: TakeRow, this: TakeRow) -> bool:
    if not this.sample:
        return not row.sample
    return row.sample and DEMO_TAG in row.tags and DEMO_TAG in this.tags
