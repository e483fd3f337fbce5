"""A confined process can compute, and nothing else."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from analysis.confinement.landlock import landlock_version
from analysis.confinement.process import ConfinedProcess, ConfinedProcessError, ReadyProcesses
from analysis.confinement.system_calls import load_libseccomp

MODULE = "tests.analysis.confinement.attempts"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")
needs_seccomp = pytest.mark.skipif(load_libseccomp() is None, reason="this system has no libseccomp")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")


@pytest.fixture(scope="module")
def process() -> Iterator[ConfinedProcess]:
    with ConfinedProcess([MODULE]) as process:
        yield process


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "given"
    path.write_bytes(b"content")
    return path


def run(process: ConfinedProcess, task: str, given: Path | None = None, **arguments: Any) -> Any:
    files = [] if given is None else [os.open(given, os.O_RDONLY)]
    try:
        assert list(process.call(task, arguments, files)) == []
    finally:
        for file in files:
            os.close(file)
    return process.result


@needs_linux
def test_says_what_is_in_force(process: ConfinedProcess) -> None:
    expected = {"separate process", "resource limits"}
    expected |= {"landlock"} if landlock_version() else set()
    expected |= {"seccomp"} if load_libseccomp() is not None else set()
    assert set(process.in_force) == expected


@needs_seccomp
@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("open", "EPERM"),
        ("open by descriptor", "EPERM"),
        ("create", "EPERM"),
        ("list", "EPERM"),
        ("delete", "EPERM"),
        ("socket", "EPERM"),
        ("unix socket", "EPERM"),
        ("execute", "EPERM"),
        ("fork", "EPERM"),
        ("clone", "EPERM"),
        ("clone3", "ENOSYS"),
        ("trace", "EPERM"),
        ("signal", "EPERM"),
        ("allocate", "ENOMEM"),
        ("executable memory", "EPERM"),
        ("raise limits", "EPERM"),
        ("write beyond", "EBADF"),
        ("thread", "done"),
        ("read what was given", "done"),
    ],
)
def test_what_it_tries_is_refused(process: ConfinedProcess, given: Path, action: str, outcome: str) -> None:
    assert run(process, "try_one", given, action=action, parent=os.getpid()) == {"outcome": outcome}


LANDLOCK_ALONE = """
import os
from analysis.confinement.landlock import give_up_files
given = os.open("given", os.O_RDONLY)
assert give_up_files()
for refused in (lambda: os.open("given", os.O_RDONLY), lambda: os.listdir("."),
                lambda: os.open("new", os.O_CREAT | os.O_WRONLY), lambda: os.execv("/bin/true", ["true"])):
    try:
        refused()
    except PermissionError:
        continue
    raise SystemExit("not refused")
assert os.read(given, 7) == b"content"
"""


@pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")
def test_landlock_alone_refuses_files(given: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", LANDLOCK_ALONE],
        cwd=given.parent,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=True,
    )


def test_its_environment_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_DATABASE_ADDRESS", "postgresql://office:secret@localhost/greenroom")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with ConfinedProcess([MODULE]) as process:
        names = run(process, "environment")["names"]
    assert "PATH" in names
    assert not {name for name in names if name.startswith(("GREENROOM", "AWS"))}


@pytest.mark.parametrize("task", ["crash", "swell"])
def test_one_that_misbehaves_is_ended(task: str) -> None:
    with ConfinedProcess([MODULE]) as process:
        with pytest.raises(ConfinedProcessError):
            run(process, task)
        assert not psutil.pid_exists(process.pid)


PARENT = f"""
import sys, time
from analysis.confinement.process import ConfinedProcess
process = ConfinedProcess([{MODULE!r}])
next(process.call("spin", {{}}))
print(process.pid, flush=True)
time.sleep(60)
"""


def test_it_ends_with_the_process_that_started_it_even_while_it_computes() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_each_is_given_away_once() -> None:
    ready = ReadyProcesses([MODULE])
    ready.prepare()
    with ready.take() as first, ready.take() as second:
        assert first.pid != second.pid
    ready.prepare()
    with ready.take() as third:
        assert third.pid not in {first.pid, second.pid}
    ready.close()
