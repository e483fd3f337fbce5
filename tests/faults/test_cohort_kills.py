"""Whatever part of a set-up is killed: nothing acknowledged is lost, nothing doubled, every answer ends."""

import random
from pathlib import Path

import pytest

from tests.faults.cohort_kills import play

KILLS = 30
PEOPLE = 8

pytestmark = [pytest.mark.long, pytest.mark.postgresql]


def test_nothing_is_lost_or_doubled_when_parts_are_killed(tmp_path: Path) -> None:
    # A new one in each run. The outcome, which a failure shows, names it.
    seed = random.randrange(10**6)
    outcome = play(tmp_path, kills=KILLS, seed=seed, people=PEOPLE)
    assert outcome.recordings > PEOPLE
    assert (outcome.lost, outcome.doubled, outcome.unended) == ([], [], []), outcome
