"""Leaves out packets that a file holds twice.

A recorder that is interrupted while it writes may write its last packets again: the same bytes with the same
timestamps. Only those are left out, and only if the recording then continues where it was. Packets whose
timestamps merely go back are sound of their own (a joined file, a wrong clock), and so are all of a file that
is joined to itself.
"""

from collections import OrderedDict
from typing import Any, TypeAlias

from av.packet import Packet

AnyPacket: TypeAlias = "Packet[Any]"

LONGEST_REPEAT = 1.0
"""Seconds that a recorder writes again at most; it flushes its data about once a second."""

STAMP_ROUNDING = 0.002
"""Seconds: Matroska's timestamps are in milliseconds."""


class RepeatedPackets:
    """Passes on packets of one stream, in order, without those that are repeated."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, int], AnyPacket] = OrderedDict()
        self._end: float | None = None
        self._held: list[AnyPacket] = []

    def without_repeats(self, packet: AnyPacket) -> list[AnyPacket]:
        """The packets that may be decoded now.

        Args:
            packet: the next of the file; the empty one that ends it passes on what was held back.
        """
        if packet.pts is None or packet.time_base is None:
            return [*self._release(), packet]
        tick = float(packet.time_base)
        start, end = packet.pts * tick, (packet.pts + (packet.duration or 0)) * tick
        seen = self._seen.get((packet.pts, packet.size))
        if seen is not None and self._end is not None and start < self._end and bytes(seen) == bytes(packet):
            self._held.append(packet)
            return []
        continues = self._end is not None and abs(start - self._end) <= STAMP_ROUNDING
        if continues:
            self._held.clear()
        self._remember(packet, packet.pts, start, tick)
        self._end = end if self._end is None or continues else max(end, self._end)
        return [*self._release(), packet]

    def _release(self) -> list[AnyPacket]:
        held, self._held = self._held, []
        return held

    def _remember(self, packet: AnyPacket, stamp: int, start: float, tick: float) -> None:
        self._seen[stamp, packet.size] = packet
        while next(iter(self._seen))[0] * tick < start - LONGEST_REPEAT:
            self._seen.popitem(last=False)
