"""Recordings that are damaged at random neither end the process nor lose sound unsaid."""

from pathlib import Path

import numpy as np
import pytest

from tests.tools.fuzz_media import MUTATIONS, Case, base_files, fuzz

UNCHECKED = ("wav", "aiff", "mov", "caf", "avi", "amr", "3gp")
"""Containers in which bytes of sound can be moved or replaced without a trace: they have no checksums, and
plain samples have no form either."""


def test_a_case_is_the_same_each_time() -> None:
    content = np.random.default_rng(0).bytes(5000)
    cases = [Case("wav", seed) for seed in range(50)]
    damaged = [case.damage(content) for case in cases]
    assert damaged == [case.damage(content) for case in cases]
    assert all(result != content for result, _ in damaged)
    assert {name for _, names in damaged for name in names} == set(MUTATIONS)


@pytest.mark.long
def test_two_hundred_damaged_recordings(tmp_path: Path) -> None:
    outcomes = list(fuzz(200, 1, tmp_path))
    assert len(outcomes) == 200
    assert [outcome for outcome in outcomes if outcome.kind in ("crash", "hang")] == []
    silent = [outcome for outcome in outcomes if outcome.kind == "silent"]
    assert [outcome for outcome in silent if outcome.case.base not in UNCHECKED] == []
    assert len(silent) <= 12
    assert {outcome.case.base for outcome in outcomes} == set(base_files(tmp_path))
