"""A page that records may lose everything but what it was told is stored."""

from pathlib import Path

import pytest

from service.benchmarks.faults import KINDS, FaultRun, plan, run_faults

SAMPLE = Path(__file__).parents[2] / "samples" / "audio" / "many-fillers.flac"
SEEDS = 10
FIRST_SEED = 4_000


@pytest.fixture(scope="module")
def runs() -> list[FaultRun]:
    return list(run_faults(SAMPLE, runs=SEEDS, seed=FIRST_SEED))


def test_nothing_that_was_stored_is_lost_and_every_answer_comes_to_an_end(runs: list[FaultRun]) -> None:
    assert {run.seed: run.problems for run in runs if run.problems} == {}
    assert {run.outcome for run in runs if run.told} == {"ready"}
    # Where the tab is closed soon, a slow machine may have stored nothing by then; where it stays open, all.
    stayed = [run for run in runs if all(fault.kind != "tab" for fault in run.faults)]
    assert len(stayed) >= 4 and all(run.told for run in stayed)


def test_a_seed_repeats_its_plan_and_the_plans_hold_every_fault(runs: list[FaultRun]) -> None:
    assert [plan(run.seed)[1] for run in runs] == [run.faults for run in runs]
    planned = [fault for seed in range(60) for fault in plan(seed)[1]]
    assert {fault.kind for fault in planned} == set(KINDS)
    assert any(fault.kind == "tab" and fault.lasts is None for fault in planned)
