"""Which timestamps are gaps and which are only wrong, whatever a recorder writes.

Each packet holds its number as a level, so that a test sees which packets there are and in what order.
"""

from collections.abc import Callable

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audio.gaps import PastLimitError
from analysis.audio.timeline import SampleBuffer, Timeline
from analysis.report import Span

RATE = 16_000
PACKET = 0.02
COUNT = 400
"""Packets: 8 s."""

Stamp = Callable[[int], float | None]


def laid_out(stamp: Stamp, *, count: int = COUNT, **options: float) -> tuple[Timeline, np.ndarray]:
    """A timeline with packets whose timestamps (seconds) are given by their number."""
    buffer = SampleBuffer()
    timeline = Timeline(buffer, **options)
    samples = round(PACKET * RATE)
    for number in range(count):
        level = np.full((1, samples), (number + 1) / (2 * COUNT), dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(level, format="flt", layout="mono")
        frame.sample_rate = RATE
        timeline.add(frame, stamp(number))
    timeline.finish()
    return timeline, buffer.take()


def packets_in(samples: np.ndarray) -> list[int]:
    """The numbers of the packets in the order in which they lie."""
    levels = np.round(samples[samples > 0] * 2 * COUNT).astype(int) - 1
    return [int(level) for level in levels[np.flatnonzero(np.diff(levels, prepend=-1))]]


def jitter(most: float) -> Stamp:
    late = np.random.default_rng(1).uniform(0, most, COUNT)
    return lambda number: number * PACKET + float(late[number])


def bunched(most: float) -> Stamp:
    """Packets that wait until the recorder has time: each bunch comes at once, up to `most` late."""
    size = round(most / PACKET)
    return lambda number: (number // size + 1) * size * PACKET


STAMPS_WITHOUT_GAPS: dict[str, Stamp] = {
    "right": lambda number: number * PACKET,
    "none": lambda number: None,
    "rounded to 10 ms": lambda number: round(number * PACKET, 2),
    **{f"jitter of {most} s": jitter(most) for most in (0.005, 0.02, 0.05, 0.1, 0.2, 0.4)},
    **{f"bunched by {most} s": bunched(most) for most in (0.1, 0.3, 0.5)},
    **{
        f"{gap} s at each second": lambda number, gap=gap: number * PACKET + number // 50 * gap
        for gap in (0.005, 0.02, 0.05, 0.1)
    },
    **{
        f"clock of speed {speed}": lambda n, speed=speed: n * PACKET * speed for speed in (0.3, 0.97, 1.03, 2)
    },
    "going back half a second": lambda number: number * PACKET - (0.5 if number > 200 else 0),
    "going back 4 s": lambda number: number * PACKET - (4 if number > 200 else 0),
    "restarting each second": lambda number: number % 50 * PACKET,
    "one packet far ahead": lambda number: 7e4 if number == 200 else number * PACKET,
    "last packet far ahead": lambda number: 7e4 if number == COUNT - 1 else number * PACKET,
    "one packet far behind": lambda number: -7e4 if number == 200 else number * PACKET,
    "always 0": lambda number: 0.0,
}


@pytest.mark.parametrize("name", STAMPS_WITHOUT_GAPS)
def test_wrong_timestamps_are_no_gaps_and_drop_nothing(name: str) -> None:
    timeline, samples = laid_out(STAMPS_WITHOUT_GAPS[name], limit=60.0)
    assert timeline.gaps == ()
    assert len(samples) == COUNT * PACKET * RATE
    assert packets_in(samples) == list(range(COUNT))


@pytest.mark.parametrize("most_late", [0.0, 0.02, 0.1])
@pytest.mark.parametrize("length", [0.25, 0.5, 1.0, 10.0, 600.0])
def test_a_gap_becomes_silence_of_its_length(length: float, most_late: float) -> None:
    late = jitter(most_late)
    timeline, samples = laid_out(lambda number: (late(number) or 0) + (length if number >= 200 else 0))
    (gap,) = timeline.gaps
    assert gap.start == pytest.approx(4.0, abs=most_late + 1e-6)
    assert gap.duration == pytest.approx(length, abs=0.03 if most_late else 1e-6)
    assert len(samples) == pytest.approx((COUNT * PACKET + length) * RATE, abs=0.03 * RATE)
    assert not np.any(samples[int(gap.start * RATE) + 16 : int(gap.end * RATE) - 16])
    assert packets_in(samples) == list(range(COUNT))


def test_two_gaps_within_a_second_are_both_kept() -> None:
    timeline, samples = laid_out(lambda n: n * PACKET + (0.3 if n >= 200 else 0) + (0.4 if n >= 210 else 0))
    assert sum(gap.duration for gap in timeline.gaps) == pytest.approx(0.7, abs=0.41)
    assert packets_in(samples) == list(range(COUNT))


def test_a_gap_shortly_before_the_end_is_kept() -> None:
    timeline, _ = laid_out(lambda number: number * PACKET + (3.0 if number >= COUNT - 10 else 0))
    assert timeline.gaps == (Span(pytest.approx(7.8), pytest.approx(10.8)),)


def test_audio_that_starts_late_keeps_its_place() -> None:
    timeline, samples = laid_out(lambda number: 0.06 + number * PACKET)
    assert timeline.gaps == (Span(0.0, pytest.approx(0.06)),)
    assert len(samples) == pytest.approx((COUNT * PACKET + 0.06) * RATE, abs=1)


def test_a_gap_past_the_limit_creates_no_silence() -> None:
    with pytest.raises(PastLimitError):
        laid_out(lambda number: number * PACKET + (7e4 if number >= 200 else 0), limit=3600.0)


@pytest.mark.parametrize(
    ("name", "lead", "lag"),
    [
        ("right", 0, 0),
        ("jitter of 0.1 s", 0, 0),
        ("0.1 s at each second", 0.6, 0),
        ("clock of speed 0.97", 0, 0.24),
        ("restarting each second", 0, 7),
        ("going back half a second", 0, 0.5),
        ("one packet far ahead", 0, 0),
    ],
)
def test_lead_and_lag(name: str, lead: float, lag: float) -> None:
    timeline, _ = laid_out(STAMPS_WITHOUT_GAPS[name])
    assert timeline.lead == pytest.approx(lead, abs=0.02)
    assert timeline.lag == pytest.approx(lag, abs=0.03)


@given(st.lists(st.one_of(st.none(), st.floats(-2.0, 30.0)), max_size=100))
def test_no_timestamps_drop_or_reorder_a_packet(stamps: list[float | None]) -> None:
    timeline, samples = laid_out(lambda number: stamps[number], count=len(stamps))
    assert packets_in(samples) == list(range(len(stamps)))
    silent = sum(gap.duration for gap in timeline.gaps)
    assert len(samples) / RATE == pytest.approx(len(stamps) * PACKET + silent, abs=0.001)
    assert all(first.end <= second.start for first, second in zip(timeline.gaps, timeline.gaps[1:]))  # noqa: B905
