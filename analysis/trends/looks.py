"""Planned looks: the numbers of takes at which takes are compared, and the error level of each comparison.

Anyone who looks after every take until something shows will find something by chance. Therefore takes are
compared only at planned numbers of takes, the verdict stands in between, and the probability of a false alarm
is distributed over the looks (error spending: Lan & DeMets 1983, Biometrika 70(3)). The levels of all looks
of a plan, up to any number of takes, add up to no more than its error. This bounds the probability of ever
being wrong, however the looks depend on one another (Bonferroni).

Early looks get little, because only obvious changes could show there. Most goes to the looks at 24 to 42
takes, when people want to know. Later levels decrease geometrically, because with more takes a real change
shows at any level.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.trends.models import FAMILY

ERROR = 0.05
"""Probability of ever reporting a clear change if there is none."""
FAMILY_ERROR = ERROR / len(FAMILY)
"""The error of each measure of the family, because its measures are tested together."""

_GROWTH = 1.25
"""Growth of the number of takes between looks after the explicit ones: a fifth of the takes are new each
time."""


@dataclass(frozen=True)
class Look:
    """One planned comparison.

    Attributes:
        takes: number of takes at which it is made.
        level: its two-sided probability of a false alarm.
    """

    takes: int
    level: float


@dataclass(frozen=True)
class Plan:
    """An infinite sequence of looks.

    Attributes:
        written: the first looks, given explicitly.
        fading: ratio of the levels of successive looks after them.
        step: the number of takes at every look is a multiple of it; 2 if takes are split into halves.
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
        """The latest look at this number of takes; None before the first."""
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
        """The sum of the levels of all looks."""
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
"""Looks at which the earlier half of all takes is compared with the later half, for each measure of the
family."""

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
"""Looks at which takes since a focus was chosen are compared with those before, by the number of takes since;
one measure is tested alone."""
