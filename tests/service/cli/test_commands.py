"""The commands of the service."""

import os
import subprocess
import sys
import webbrowser
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from service.cli.serve import open_in_browser
from tests.service.running import PATIENCE, REPOSITORY, RunningService, eventually, greenroom


def test_serve_prints_its_address_and_the_data_folder(running_service: RunningService) -> None:
    # The second line follows the first, at which the service counts as started.
    eventually(lambda: len(running_service.output) >= 2)
    assert running_service.output[0] == f"Greenroom is ready at {running_service.url}"
    assert running_service.output[1] == f"Recordings are kept in {running_service.data_folder}"


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_serve_opens_the_browser_once_the_server_answers(
    start_service: Callable[..., RunningService], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    browser.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys, urllib.request\n"
        "status = urllib.request.urlopen(sys.argv[1]).status\n"
        f"partial = pathlib.Path({str(seen)!r} + '.partial')\n"
        "partial.write_text(f'{status} {sys.argv[1]}')\n"
        f"partial.rename({str(seen)!r})\n"
    )
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    service = start_service("--open", host=host, workers=0)
    eventually(seen.exists)
    port = service.url.rpartition(":")[2]
    assert seen.read_text() == f"200 http://127.0.0.1:{port}"


def test_serve_says_if_no_browser_could_be_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    open_in_browser("http://[::]:8414")
    assert capsys.readouterr().err == "No browser could be opened. Open http://[::1]:8414 yourself.\n"


def test_a_port_in_use_is_reported_plainly(running_service: RunningService, tmp_path: Path) -> None:
    port = running_service.url.rpartition(":")[2]
    tried = greenroom("serve", "--port", port, folder=tmp_path / "data")
    assert tried.returncode == 2
    assert "Another program already uses it" in tried.stderr
    assert "Traceback" not in tried.stderr
    assert not (tmp_path / "data").exists()


def test_an_invalid_setting_is_reported_plainly(tmp_path: Path) -> None:
    tried = greenroom("serve", folder=tmp_path / "data", GREENROOM_LEASE="soon")
    assert tried.returncode == 2
    assert "This setting is not valid: lease" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_data_folder_that_cannot_be_created_is_reported_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    tried = greenroom("serve", "--port", "0", folder=tmp_path / "file" / "data")
    assert tried.returncode != 0
    assert "Greenroom cannot use" in tried.stderr
    assert "Traceback" not in tried.stderr


@pytest.mark.long
def test_export_and_delete_work_while_the_service_is_stopped(
    start_service: Callable[..., RunningService], speech: Path, tmp_path: Path
) -> None:
    service = start_service()
    service.wait_for(service.upload(speech, title="Wallaby")["id"], "ready")
    assert service.stop() == 0
    archive = tmp_path / "mine.zip"
    exported = greenroom("export", str(archive), folder=service.data_folder)
    assert (exported.returncode, exported.stdout.strip()) == (0, f"1 answer written to {archive}")
    with zipfile.ZipFile(archive) as opened:
        assert any(name.endswith("original.wav") for name in opened.namelist())
    assert greenroom("export", str(tmp_path / "no" / "a.zip"), folder=service.data_folder).returncode == 2

    assert service.left_on_disk("Wallaby")
    asked = greenroom("delete", folder=service.data_folder)
    assert asked.returncode != 0 and service.left_on_disk("Wallaby")
    deleted = greenroom("delete", "--yes", folder=service.data_folder)
    assert (deleted.returncode, deleted.stdout.strip()) == (0, "1 answer deleted. Nothing is left.")
    assert service.left_on_disk("Wallaby") == []


@pytest.mark.long
def test_an_additional_worker_serves_a_service_without_workers(
    start_service: Callable[..., RunningService], speech: Path
) -> None:
    service = start_service(workers=0)
    answer = service.upload(speech)["id"]
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "service.cli.application",
            "worker",
            "--data-folder",
            str(service.data_folder),
        ],
        cwd=REPOSITORY,
        env={**os.environ, "GREENROOM_ENGINE": "tests.service.engines:fake"},
        stdout=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: service.answer(answer)["work"]["state"] == "ready")
    finally:
        worker.terminate()
        worker.wait(PATIENCE)


@pytest.mark.parametrize("module", ["service.server", "service.jobs.worker"])
def test_starting_loads_nothing_that_only_the_analysis_needs(module: str) -> None:
    """`inflect` alone takes three seconds, for which each start of a service or a worker would wait."""
    slow = ("inflect", "faster_whisper")
    code = f"import sys, {module}; print([name for name in {slow} if name in sys.modules])"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "[]"
