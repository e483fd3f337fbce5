"""An installed wheel serves and reports with nothing of the checkout but the versions it was tested with."""

import os
import re
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.running import eventually
from tests.wheel.building import REPOSITORY, build_wheel

pytestmark = [pytest.mark.long, pytest.mark.engine]

ANALYSIS_PATIENCE = 300.0
"""Seconds for the first answer: the weights are put together and functions compiled before it."""
SAMPLES = 6
TOO_SHORT = REPOSITORY / "samples" / "audio" / "too-short.flac"


class Installation:
    """A virtual environment with Greenroom, and a home folder that nothing was ever written to.

    Args:
        folder: holds both, and is the working folder of every command.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = folder / "venv" / "bin"
        home = folder / "home"
        home.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home)}

    def install(self, wheel: Path) -> None:
        """Installs the wheel with what it needs, in the versions of constraints.txt."""
        venv.create(self.folder / "venv", with_pip=True)
        pip = [str(self._programs / "python"), "-m", "pip", "install", "--quiet"]
        constraints = str(REPOSITORY / "constraints.txt")
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [*pip, "--disable-pip-version-check", "-c", constraints, str(wheel)]
        subprocess.run(command, check=True, cwd=self.folder, env=environment)

    def command(self, *arguments: str) -> list[str]:
        """`greenroom` with arguments."""
        return [str(self._programs / "greenroom"), *arguments]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment to its end."""
        program, *arguments = command
        return subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=ANALYSIS_PATIENCE,
            check=False,
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("installed")
    made = Installation(folder)
    made.install(build_wheel(folder))
    return made


@pytest.fixture(scope="module")
def client(installation: Installation) -> Iterator[httpx.Client]:
    command = installation.command("serve", "--samples", "--port", "0")
    with subprocess.Popen(
        command, cwd=installation.folder, env=installation.environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://" in line, line
            with httpx.Client(base_url=line[line.index("http://") :].strip(), timeout=60.0) as opened:
                yield opened
        finally:
            process.terminate()
            process.wait(60)


def test_nothing_of_the_checkout_is_imported(installation: Installation) -> None:
    code = "import analysis, service; print(analysis.__file__); print(service.__file__)"
    run = installation.run("python", "-c", code)
    assert run.returncode == 0, run.stderr
    assert all(line.startswith(str(installation.folder / "venv")) for line in run.stdout.split())


def test_pages_and_what_they_are_made_of_are_served(client: httpx.Client) -> None:
    for address in ("/", "/answers", "/upload", "/progress", "/settings"):
        page = client.get(address)
        assert page.status_code == 200 and "<title>" in page.text
        linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        assert len(linked) > 2
        for file in linked:
            assert client.get(file).status_code == 200, file


def test_questions_and_formats_are_served(client: httpx.Client) -> None:
    for address in ("/api/questions", "/api/formats"):
        assert client.get(address).raise_for_status().json()["items"]


def test_the_samples_are_ready_and_their_reports_can_be_printed(client: httpx.Client) -> None:
    def ready() -> list[dict[str, Any]]:
        items = client.get("/api/answers").raise_for_status().json()["items"]
        return [item for item in items if (item["source"], item["work"]["state"]) == ("sample", "ready")]

    eventually(lambda: len(ready()) == SAMPLES)
    answer = ready()[0]["id"]
    report = client.get(f"/api/answers/{answer}/report").raise_for_status().json()
    assert report["transcript"]["words"]
    assert client.get(f"/answers/{answer}").status_code == 200
    printed = client.get(f"/api/answers/{answer}/report.html").raise_for_status()
    assert "<style>" in printed.text


def test_an_upload_is_analysed(client: httpx.Client) -> None:
    with TOO_SHORT.open("rb") as file:
        made = client.post("/api/uploads", files={"file": file}).raise_for_status().json()

    def ready() -> bool:
        work = client.get(f"/api/answers/{made['id']}").raise_for_status().json()["work"]
        assert work["error"] is None
        return bool(work["state"] == "ready")

    eventually(ready, patience=ANALYSIS_PATIENCE)


def test_a_recording_is_reported_in_the_terminal(installation: Installation) -> None:
    run = installation.run("greenroom", "report", str(TOO_SHORT))
    assert run.returncode == 0, run.stderr
    assert "25 s long: aim for 1–2 minutes." in run.stdout


def test_the_benchmarks_are_said_to_be_missing(installation: Installation) -> None:
    run = installation.run("greenroom", "bench")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.strip().endswith("[no_benchmarks]")
