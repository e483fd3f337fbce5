"""When takes are compared, and how much chance of a false alarm each time may cost.

Somebody who looks after every take until something shows will find something by chance. So takes are compared
at planned numbers of takes only, the verdict stands in between, and the chance of a false alarm is spent over
the looks (error spending: Lan & DeMets 1983, Biometrika 70(3)). The levels of all looks of a plan, up to any
number of takes, add up to no more than its error, which bounds the chance of ever being wrong whatever the
looks have in common (Bonferroni).

Little goes to early looks, where only a change that nobody needs statistics for could show; most to those
at 24 to 42 takes, by when people want to know; the rest falls off geometrically, as with more takes a real
change shows at any level.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.trends.models import FAMILY

ERROR = 0.05
"""Chance of ever calling a clear change where there is none."""
FAMILY_ERROR = ERROR / len(FAMILY)
"""Of each measure of the family, which are looked at together."""

_GROWTH = 1.25
"""From one look to the next, after the written ones: a fifth of the takes are new each time."""


@dataclass(frozen=True)
class Look:
    """One planned comparison.

    Attributes:
        takes: at which it is made.
        level: chance of a false alarm that it may cost, both directions together.
    """

    takes: int
    level: float


@dataclass(frozen=True)
class Plan:
    """Looks without an end.

    Attributes:
        written: the first looks.
        fading: share of its level that each look after them gives to the next.
        step: takes at every look are a multiple of it; 2 where takes are halved.
    """

    written: tuple[Look, ...]
    fading: float
    step: int = 1

    def __iter__(self) -> Iterator[Look]:
        yield from self.written
        look = self.written[-1]
        while True:
            takes = self.step * math.ceil(look.takes * _GROWTH / self.step)
            look = Look(takes, look.level * self.fading)
            yield look

    def last(self, takes: int) -> Look | None:
        """The look that stands at so many takes; None before the first."""
        standing = None
        for look in self:
            if look.takes > takes:
                return standing
            standing = look
        raise AssertionError("a plan has no end")

    def until_next(self, takes: int) -> int:
        """Takes until the next look, at least one."""
        return next(look.takes for look in self if look.takes > takes) - takes

    def total(self) -> float:
        """What all levels add up to, over looks without an end."""
        return sum(look.level for look in self.written) + self.written[-1].level * self.fading / (
            1.0 - self.fading
        )


HALVES = Plan(
    written=(
        Look(6, 0.00002),
        Look(8, 0.00003),
        Look(10, 0.00005),
        Look(12, 0.0001),
        Look(16, 0.0003),
        Look(20, 0.0007),
        Look(24, 0.0014),
        Look(30, 0.0050),
        Look(36, 0.0011),
        Look(42, 0.0007),
        Look(48, 0.0005),
    ),
    fading=0.65,
    step=2,
)
"""The earlier half of all takes against the later half, for each measure of the family."""

SINCE_CHOSEN = Plan(
    written=(
        Look(5, 0.005),
        Look(8, 0.009),
        Look(12, 0.010),
        Look(16, 0.008),
        Look(20, 0.006),
        Look(26, 0.004),
    ),
    fading=0.65,
)
"""Takes since a focus was chosen against those before, by the number since: one measure, tested alone."""
