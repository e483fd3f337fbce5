"""A page that records may lose anything except what was confirmed as stored."""

from pathlib import Path

import pytest

from tests.tools.benchmarks.faults import KINDS, plan, run_faults

SAMPLE = Path(__file__).parents[2] / "samples" / "audio" / "many-fillers.flac"
FEW = (7_503, 3)
MANY = (4_000, 10)
"""The seed of the first run, and how many runs. The few meet every fault: a killed service, a killed worker,
cut connections, and a tab that is never opened again."""


@pytest.mark.long
@pytest.mark.parametrize(("seed", "number"), [pytest.param(*FEW, id="few"), pytest.param(*MANY, id="many")])
def test_nothing_stored_is_lost_and_every_answer_is_completed(seed: int, number: int) -> None:
    runs = list(run_faults(SAMPLE, runs=number, seed=seed))
    assert {run.seed: run.problems for run in runs if run.problems} == {}
    assert {run.outcome for run in runs if run.told} == {"ready"}
    # If the tab is closed soon, a slow machine may have stored nothing by then; if it stays open, everything.
    stayed = [run for run in runs if all(fault.kind != "tab" for fault in run.faults)]
    assert len(stayed) >= number * 0.4 and all(run.told for run in stayed)
    assert [plan(run.seed)[1] for run in runs] == [run.faults for run in runs]


def test_the_plans_hold_every_fault() -> None:
    seed, number = FEW
    few = [fault for run in range(seed, seed + number) for fault in plan(run)[1]]
    assert {fault.kind for fault in few} == set(KINDS)
    assert any(fault.kind == "tab" and fault.lasts is None for fault in few)
    planned = [fault for seed in range(60) for fault in plan(seed)[1]]
    assert {fault.kind for fault in planned} == set(KINDS)
    assert any(fault.kind == "tab" and fault.lasts is None for fault in planned)
