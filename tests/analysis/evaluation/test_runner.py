"""The runner: clip by clip, in several processes, and resuming a stopped run."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from engines_for_evaluation import load_dying, traced

from analysis.evaluation.labelled_speech import read_labels
from analysis.evaluation.report_cache import Build, ReportCache, source_hash
from analysis.evaluation.runner import EvaluationStoppedError, Task, run
from tests.service.running import eventually

SAMPLE = Path(__file__).parents[3] / "samples" / "audio" / "too-short.flac"
BUILD = Build("fake", "0" * 64, "1" * 64)


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    """Four clips with different sounds."""
    return make_tasks(tmp_path / "labelled", 4)


def make_tasks(folder: Path, number: int) -> list[Task]:
    """The first seconds of a sample, each clip a little longer than the one before it."""
    import soundfile

    folder.mkdir()
    sound, rate = soundfile.read(SAMPLE)
    lines = []
    for index in range(number):
        length = 2.0 + index / 10
        soundfile.write(folder / f"{index}.flac", sound[: round(length * rate)], rate)
        clip = {"id": f"clip {index}", "audio": f"{index}.flac", "duration": length, "kind": "read"}
        lines.append(json.dumps(clip | {"speaker": "x", "accent": "US", "fillers": []}))
    (folder / "manifest.jsonl").write_text("\n".join(lines))
    return [Task(clip, folder / clip.audio, None) for clip in read_labels(folder)]


@pytest.fixture
def cache(tmp_path: Path) -> ReportCache:
    return ReportCache(tmp_path / "kept", BUILD)


def analysed(trace: Path) -> int:
    """The number of distinct clips, which all differ in length, that an engine transcribed."""
    return len({line.split()[-1] for line in trace.read_text().splitlines() if line.startswith("transcribe")})


def test_every_clip_has_its_report(tasks: list[Task], cache: ReportCache, tmp_path: Path) -> None:
    outcomes = list(run(tasks, cache, traced(tmp_path / "trace")))
    assert {outcome.task.clip.id for outcome in outcomes} == {task.clip.id for task in tasks}
    for outcome in outcomes:
        assert outcome.result is not None
        assert outcome.result.report.recording.duration == pytest.approx(outcome.task.clip.duration, abs=0.01)
        assert outcome.result.seconds > 0


def test_a_stopped_run_resumes_where_it_stopped(
    tasks: list[Task], cache: ReportCache, tmp_path: Path
) -> None:
    first = run(tasks, cache, traced(tmp_path / "first"))
    done = [next(first), next(first)]
    first.close()
    outcomes = list(run(tasks, cache, traced(tmp_path / "second")))
    assert analysed(tmp_path / "first") == analysed(tmp_path / "second") == 2
    again = {outcome.task.clip.id: not outcome.cached for outcome in outcomes}
    assert {name for name, fresh in again.items() if not fresh} == {outcome.task.clip.id for outcome in done}
    list(run(tasks, cache, traced(tmp_path / "third")))
    assert not (tmp_path / "third").exists()


def test_another_build_sound_or_fold_is_analysed_again(
    tasks: list[Task], cache: ReportCache, tmp_path: Path
) -> None:
    task = tasks[0]
    place = cache.path(task.clip, task.audio, None)
    others = [
        replace(cache, build=replace(BUILD, model_sha256="2" * 64)).path(task.clip, task.audio, None),
        replace(cache, build=replace(BUILD, source_sha256="2" * 64)).path(task.clip, task.audio, None),
        cache.path(task.clip, tasks[1].audio, None),
        cache.path(task.clip, task.audio, 0),
    ]
    assert len({place, *others}) == 5


def test_the_source_hash_covers_the_analysis_but_not_the_evaluation(tmp_path: Path) -> None:
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "pauses.py").write_text("a = 1")
    before = source_hash(tmp_path)
    (tmp_path / "evaluation" / "tables.py").write_text("b = 1")
    assert source_hash(tmp_path) == before
    (tmp_path / "pauses.py").write_text("a = 2")
    changed = source_hash(tmp_path)
    assert changed != before
    (tmp_path / "probe.npz").write_bytes(b"trained")
    assert len({before, changed, source_hash(tmp_path), source_hash(tmp_path, ["numpy==1"])}) == 4


def test_a_damaged_cached_report_is_made_again(tasks: list[Task], cache: ReportCache, tmp_path: Path) -> None:
    list(run(tasks[:1], cache, traced(tmp_path / "trace")))
    cache.path(tasks[0].clip, tasks[0].audio, None).write_text('{"report": ')
    (outcome,) = run(tasks[:1], cache, traced(tmp_path / "trace"))
    assert not outcome.cached
    assert outcome.result is not None


def test_each_fold_is_loaded_once(tasks: list[Task], cache: ReportCache, tmp_path: Path) -> None:
    mixed = [replace(task, fold=fold) for task, fold in zip(tasks, (1, None, 1, 0), strict=True)]
    list(run(mixed, cache, traced(tmp_path / "trace")))
    lines = (tmp_path / "trace").read_text().splitlines()
    assert [line.rpartition(" ")[2] for line in lines if line.startswith("load")] == ["None", "0", "1"]


def test_an_unreadable_clip_does_not_affect_others(
    tasks: list[Task], cache: ReportCache, tmp_path: Path
) -> None:
    tasks[1].audio.write_bytes(b"no sound")
    outcomes = {o.task.clip.id: o for o in run(tasks, cache, traced(tmp_path / "trace"))}
    assert [o.task.clip.id for o in outcomes.values() if o.result is None] == [tasks[1].clip.id]
    assert outcomes[tasks[1].clip.id].failure


def test_several_processes_analyse_each_clip_once(
    tasks: list[Task], cache: ReportCache, tmp_path: Path
) -> None:
    # The first process waits for the other, which might otherwise start too late to get a clip.
    outcomes = list(run(tasks, cache, traced(tmp_path / "trace", together=2), processes=2))
    assert sorted(o.task.clip.id for o in outcomes) == sorted(task.clip.id for task in tasks)
    assert analysed(tmp_path / "trace") == 4
    assert len({line.split()[1] for line in (tmp_path / "trace").read_text().splitlines()}) == 2


def test_a_process_that_dies_is_reported(tasks: list[Task], cache: ReportCache) -> None:
    with pytest.raises(EvaluationStoppedError) as error:
        list(run(tasks, cache, load_dying, processes=2))
    assert error.value.code == "process_ended"


_KILLED = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from test_runner import BUILD, Task, ReportCache, read_labels, run, traced
folder = Path({folder!r})
tasks = [Task(clip, folder / clip.audio, None) for clip in read_labels(folder)]
if __name__ == "__main__":
    load = traced(Path({trace!r}), only_first=True)
    for outcome in run(tasks, ReportCache(Path({kept!r}), BUILD), load, processes=2):
        print(outcome.task.clip.id, flush=True)
"""


@pytest.fixture
def killed(tasks: list[Task], cache: ReportCache, tmp_path: Path) -> Iterator[set[int]]:
    """Process ids of a run that was killed after its first clip, without a chance to clean up.

    The others are never done: they wait until their process ends.
    """
    program, trace = tmp_path / "killed.py", tmp_path / "first"
    program.write_text(
        _KILLED.format(
            path=[str(Path(__file__).parent), str(Path(__file__).parents[3])],
            folder=str(tasks[0].audio.parent),
            kept=str(cache.folder),
            trace=str(trace),
        )
    )
    running = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().startswith("clip")
    running.send_signal(signal.SIGKILL)
    running.wait()
    yield {int(line.split()[1]) for line in trace.read_text().splitlines()}


def runs(number: int) -> bool:
    """Whether a process runs. A process that has ended but was not waited for yet (a zombie) does not."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.long
def test_a_killed_run_leaves_cached_reports_and_no_process(
    killed: set[int], tasks: list[Task], cache: ReportCache, tmp_path: Path
) -> None:
    eventually(lambda: not any(map(runs, killed)))
    kept = len(list(cache.folder.glob("*.json")))
    assert 1 <= kept < len(tasks)
    outcomes = list(run(tasks, cache, traced(tmp_path / "second")))
    assert sum(outcome.cached for outcome in outcomes) == kept
    assert analysed(tmp_path / "second") == len(tasks) - kept
