"""Work is given up for want of headway and never because of the clock alone."""

import subprocess
import sys
import time

from service.jobs.headway import LONGEST_LOOK, Headway, look_at

LIMIT = 900.0


def looked(headway: Headway, *, seconds: int, share: float, progress_every: int | None = None) -> Headway:
    """Looks once a second at a process that has this share of a processor."""
    for second in range(seconds):
        mark = None if progress_every is None else second // progress_every
        headway.look(now=float(second), processor=second * share, mark=mark)
        if headway.is_over(LIMIT):
            break
    return headway


def test_slow_work_with_progress_goes_on_for_as_long_as_it_takes() -> None:
    assert not looked(Headway(), seconds=86_400, share=0.1, progress_every=600).is_over(LIMIT)


def test_work_that_gets_little_of_the_processor_has_as_much_of_it_as_any_other() -> None:
    # An hour and a half of the clock, and a tenth of that of the processor.
    assert not looked(Headway(), seconds=5_400, share=0.1).is_over(LIMIT)
    assert looked(Headway(), seconds=10_800, share=0.1).is_over(LIMIT)


def test_work_that_goes_round_in_circles_is_given_up() -> None:
    headway = looked(Headway(), seconds=3_600, share=2.0)
    assert headway.is_over(LIMIT) and headway.idle == 0


def test_work_that_stands_still_is_given_up() -> None:
    headway = looked(Headway(), seconds=3_600, share=0.01)
    assert headway.is_over(LIMIT) and headway.busy == 0 and not headway.working


def test_a_machine_that_slept_is_no_standstill() -> None:
    headway = Headway()
    for now in (0.0, 1.0, 36_000.0):
        headway.look(now=now, processor=0.0)
    assert headway.idle <= 1.0 + LONGEST_LOOK


def test_what_a_process_really_uses_is_seen() -> None:
    for program, attribute in (("while True: pass", "busy"), ("input()", "idle")):
        with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
            headway = Headway()
            while getattr(headway, attribute) < 0.3:
                look_at(headway, process.pid)
                time.sleep(0.05)
            process.kill()
