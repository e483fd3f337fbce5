"""Whether work makes headway, whatever the clock says.

On a busy machine the same work may take ten times as long as on a quiet one, and a laptop may sleep in
between. So the clock alone never ends work. A result or progress starts the measurement again; until then
processor time is counted while the process uses the processor, and time only while it stands still. A file
that keeps the decoder in a loop uses up the one, and one that makes it wait for ever the other.
"""

import time
from collections.abc import Hashable

import psutil

IDLE_SHARE = 0.05
"""Share of one processor below which a process stands still. A worker that only looks for work and renews its
leases uses about 0.01; one that competes with a dozen others for two processors still gets 0.15."""

LONGEST_LOOK = 5.0
"""Seconds that count at most between two looks: if it was longer, the machine slept, or gave the one that
looks no time either."""


class Headway:
    """What a process did since its work last made progress.

    Attributes:
        busy: seconds of processor time.
        idle: seconds in which it stood still.
        working: whether it used the processor between the last two looks.
    """

    def __init__(self) -> None:
        self.busy = 0.0
        self.idle = 0.0
        self.working = True
        self._mark: Hashable = None
        self._last: tuple[float, float] | None = None

    def look(self, *, now: float, processor: float, mark: Hashable = None) -> None:
        """Notes what happened since the last look.

        Args:
            now: seconds of a clock that never goes back.
            processor: seconds of processor time that the process has used since its start.
            mark: how far the work has come; differs from the last one if there was progress.
        """
        last, self._last = self._last, (now, processor)
        if last is None or mark != self._mark:
            self._mark, self.busy, self.idle, self.working = mark, 0.0, 0.0, True
            return
        elapsed, used = min(now - last[0], LONGEST_LOOK), processor - last[1]
        self.working = used > elapsed * IDLE_SHARE
        if self.working:
            self.busy += used
        else:
            self.idle += elapsed

    def is_over(self, limit: float) -> bool:
        """Whether the work went on for too long without progress.

        Args:
            limit: seconds of processor time, and of standing still.
        """
        return self.busy > limit or self.idle > limit


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used in all of its threads; 0 once it is gone."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def look_at(headway: Headway, pid: int, mark: Hashable = None) -> None:
    """Notes what a process of this machine has done since the last look."""
    headway.look(now=time.monotonic(), processor=processor_time(pid), mark=mark)
