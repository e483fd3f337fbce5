"""Takes made by hand for the tests of trends."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from analysis.trends.models import Build, Take, TakeFacts

BUILD = Build("1.3.0", "base", "a" * 64)
OLDER = Build("1.2.0", "base", "a" * 64)
START = datetime(2026, 9, 1, 19, 0, tzinfo=UTC)


def facts(
    seconds: float = 90.0,
    *,
    words: float | None = 210,
    pauses: float | None = 18,
    fillers: float | None = 12,
    build: Build = BUILD,
) -> TakeFacts:
    """The facts of one take; None means not measurable."""
    minutes = seconds / 60.0

    def rate(count: float | None) -> float | None:
        return None if count is None else count / minutes

    return TakeFacts(
        build=build,
        language="en",
        recorded=seconds,
        values={
            "answer_length": seconds,
            "spoken_words": words,
            "speaking_rate": rate(words),
            "long_pause_count": pauses,
            "long_pause_rate": rate(pauses),
            "filled_pause_count": None if fillers is None else fillers - fillers // 3,
            "discourse_marker_count": None if fillers is None else fillers // 3,
            "filler_rate": rate(fillers),
        },
        doubts={} if fillers is not None else {"filler_rate": "language_not_english"},
    )


def take(number: int, of: TakeFacts, *, kind: str | None = None, at: datetime | None = None) -> Take:
    """The take of the given day."""
    return Take(
        answer=f"a{number}",
        title=f"Question {number}",
        at=at or START + timedelta(days=number),
        number=1,
        timed=True,
        kind=kind,
        first_language=None,
        facts=of,
    )


def takes_of(many: Sequence[TakeFacts]) -> list[Take]:
    """One take per day, oldest first."""
    return [take(number, each) for number, each in enumerate(many)]


def halving(each: int, *, build: Build = BUILD) -> list[TakeFacts]:
    """Takes with about 12 fillers in 90 s, then as many with about 6."""
    scatter = (-2, 1, 0, 2, -1)
    before = [facts(fillers=12 + scatter[i % 5], pauses=18 + i % 3, build=build) for i in range(each)]
    after = [facts(fillers=6 + scatter[i % 5], pauses=18 + i % 3, build=build) for i in range(each)]
    return before + after
