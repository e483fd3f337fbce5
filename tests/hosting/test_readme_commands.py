"""The commands of the README's section on hosting bring up a set-up in which people sign in and practise."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from service.hosting.processes import free_ports
from tests.service.running import REPOSITORY, eventually
from tests.service.speech_files import write_speech

pytestmark = [pytest.mark.postgresql, pytest.mark.long]

PATIENCE = 240.0


def commands() -> list[str]:
    """The indented lines of the section, as they are."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Hosting for many people\n")[2].partition("\n## ")[0]
    return [line.strip() for line in section.splitlines() if line.startswith("    ")]


@pytest.mark.skipif(os.geteuid() != 0, reason="the first command installs packages, as root")
def test_the_commands_of_the_readme(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"greenroom-{tmp_path.parent.name}-{os.getpid()}"
    (port,) = free_ports(1)
    log, installed = tmp_path / "output.log", tmp_path / "installed"
    installed.touch()
    environment = {
        **os.environ,
        "COHORT": str(folder),
        "COHORT_PORT": str(port),
        # The environment of this run is installed already, whichever folder it is in. A new stamp keeps make
        # from installing into it.
        "MAKEFLAGS": f"VENV={sys.prefix} STAMP={installed}",
        "PYTHONPATH": str(REPOSITORY),
        "GREENROOM_ENGINE": "tests.service.engines:fake",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    # root needs no sudo, and a small Debian has none.
    script = "\n".join(["set -e", 'sudo() { "$@"; }', *commands()])
    with log.open("wb") as output:
        running = subprocess.Popen(
            ["bash", "-c", script],
            cwd=REPOSITORY,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        eventually(lambda: "is ready at" in log.read_text() or running.poll() is not None, PATIENCE)
        text = log.read_text()
        assert running.poll() is None, text
        origin = f"http://127.0.0.1:{port}"
        assert f"Greenroom is ready at {origin}" in text
        link = re.search(rf"{origin}/invitations/(\S+)", text)
        assert link is not None
        _use(origin, link[1], write_speech(tmp_path / "answer.wav"))
    finally:
        family = psutil.Process(running.pid).children(recursive=True) if running.poll() is None else []
        for each in family:
            if "service.hosting" in " ".join(each.cmdline()) and "make" not in each.name():
                each.send_signal(signal.SIGTERM)
        running.wait(PATIENCE)
        psutil.wait_procs(family, timeout=PATIENCE)
    assert not [
        each
        for each in psutil.process_iter(["cmdline"])
        if str(folder) in " ".join(each.info["cmdline"] or ())
    ]
    subprocess.run(["rm", "-r", str(folder)], check=True)


def _use(origin: str, token: str, speech: Path) -> None:
    with httpx.Client(base_url=origin, timeout=60) as administrator:
        new = {"name": "Office", "password": "a long sentence of the office", "time_zone": "Europe/Berlin"}
        administrator.post(f"/api/invitations/{token}", json=new).raise_for_status()
        assert administrator.get("/api/me").json()["role"] == "administrator"
        person = {"email": "one@example.org", "name": "One", "role": "applicant"}
        invited = administrator.post("/api/office/invitations", json=person)
        invited.raise_for_status()
    with httpx.Client(base_url=origin, timeout=60) as applicant:
        path = f"/api{invited.json()['path']}"
        new = {"name": "One", "password": "another long sentence of one", "time_zone": "Europe/Berlin"}
        applicant.post(path, json=new).raise_for_status()
        applicant.post("/api/sign-out").raise_for_status()
        assert applicant.get("/api/answers").status_code == 401
        applicant.post(
            "/api/sign-in", json={"email": "one@example.org", "password": "another long sentence of one"}
        ).raise_for_status()
        uploaded = applicant.post("/api/uploads", files={"file": ("answer.wav", speech.read_bytes())})
        uploaded.raise_for_status()
        answer = f"/api/answers/{uploaded.json()['id']}"
        eventually(lambda: applicant.get(answer).json()["work"]["state"] == "ready", PATIENCE)
        assert applicant.get(f"{answer}/report").json()["schema"] == 1
