"""No outside connection is attempted during an analysis, including loading the recogniser."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.speech_files import write_speech

ROOT = Path(__file__).parents[2]

GUARDED = """
import json, sys

tried = []

def guard(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        tried.append(f"{event} {arguments[1]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
        tried.append(f"{event} {arguments[0]}")

sys.addaudithook(guard)

from pathlib import Path

if sys.argv[1] == "analyse":
    from analysis.pipeline import analyse
    from analysis.transcription.whisper import WhisperEngine

    report = analyse(Path(sys.argv[2]), lambda: WhisperEngine.load("base")).report
    words = report.measures["spoken_words"].value
else:
    import socket

    words = 0.0
    probe = socket.socket()
    probe.settimeout(0.01)
    try:
        probe.connect(("192.0.2.1", 9))
    except OSError:
        pass
print(json.dumps({"tried": tried, "words": words}))
"""


def _run(*arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, *arguments],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("HF_")},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_guard_detects_a_connection() -> None:
    assert _run("connect")["tried"] == ["socket.connect ('192.0.2.1', 9)"]


@pytest.mark.engine
def test_no_other_machine_is_contacted(tmp_path: Path) -> None:
    found = _run("analyse", str(write_speech(tmp_path / "answer.wav")))
    assert found["words"]
    assert found["tried"] == []
