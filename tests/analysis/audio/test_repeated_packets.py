"""Packets that a recorder wrote twice are left out, and nothing else is."""

from fractions import Fraction

import av
import pytest

from analysis.audio.repeated_packets import RepeatedPackets

FRAME = 20
"""Milliseconds."""


def packet(stamp: int, content: int) -> av.Packet:
    made = av.Packet(content.to_bytes(4) * 10)
    made.pts = made.dts = stamp
    made.duration = FRAME
    made.time_base = Fraction(1, 1000)
    return made


def decoded(packets: list[tuple[int, int]]) -> list[int]:
    """Which contents are decoded of packets with a timestamp in frames and a content."""
    repeats = RepeatedPackets()
    passed = [
        p for stamp, content in packets for p in repeats.without_repeats(packet(stamp * FRAME, content))
    ]
    passed += repeats.without_repeats(av.Packet())
    return [int.from_bytes(bytes(p)[:4]) for p in passed if p.size]


FIRST = [(number, number) for number in range(100)]
WHOLE = list(range(100))


@pytest.mark.parametrize("again", [1, 5, 40])
def test_packets_that_were_written_again_are_left_out(again: int) -> None:
    rest = [(number, number) for number in range(100, 200)]
    assert decoded([*FIRST, *FIRST[-again:], *rest]) == list(range(200))


def test_equal_content_at_another_time_is_kept() -> None:
    silent = [(number, 0) for number in range(100)]
    assert decoded(silent) == [0] * 100


def test_another_content_at_the_same_time_is_kept() -> None:
    assert decoded([*FIRST, (99, 500), (100, 501)]) == [*WHOLE, 500, 501]


def test_a_recorder_that_starts_again_with_the_same_silence_loses_nothing() -> None:
    first = [(number, 0 if number < 10 else number) for number in range(40)]
    second = [(number, 0 if number < 10 else 1000 + number) for number in range(40)]
    assert decoded([*first, *second]) == [content for _, content in [*first, *second]]


def test_a_file_joined_to_itself_is_kept_twice() -> None:
    for length in (20, 100):
        assert decoded([*FIRST[:length], *FIRST[:length]]) == WHOLE[:length] * 2
