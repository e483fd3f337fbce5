"""With a full disk new data is refused and stored data is not harmed."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from analysis.audio.confined_decoder import TASK_MODULE as DECODING
from analysis.audio.confined_decoder import ConfinedDecoder
from analysis.confinement.process import ReadyProcesses
from service.app import create_application
from service.dependencies import Service
from service.recordings.playable_media import TASK_MODULE, make_playable
from service.settings import Settings
from tests.faults.conftest import Starter, Troubles
from tests.media_files import builders

MEBIBYTE = 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 MiB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.long
def test_a_full_disk_refuses_chunks_and_the_service_stays_up(
    troubled: Starter, small_disk: Path, speech: Path
) -> None:
    service = troubled(data_folder=small_disk / "data", free_space_floor=4 * MEBIBYTE)
    answer = service.client.post("/api/answers", json={}).json()["id"]
    statuses = [
        service.client.put(f"/api/answers/{answer}/chunks/{n}", content=os.urandom(8 * MEBIBYTE)).status_code
        for n in range(5)
    ]
    assert statuses[:3] == [204, 204, 204] and statuses[-1] == 507
    refused = service.client.post("/api/uploads", files={"file": ("a.wav", os.urandom(9 * MEBIBYTE))})
    assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
    assert service.client.get("/api/answers").json()["total"] == 1
    stored = sorted(path.name for path in service.data_folder.rglob("chunks/*"))
    assert stored == [f"{n:08d}" for n in range(statuses.count(204))]
    assert service.client.delete(f"/api/answers/{answer}").status_code == 204
    assert service.wait_for(service.upload(speech)["id"], "ready")


@pytest.mark.long
def test_a_disk_that_fills_up_during_analysis_keeps_the_recording(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    troubles.make("full", "playable")
    answer = service.upload(speech)["id"]
    failed = service.wait_for(answer, "failed", "ready")
    assert (failed["work"]["error"]["code"], failed["work"]["stage"]) == ("disk_full", "playable")
    assert "report" in failed["available"]
    assert service.client.get(f"/api/answers/{answer}/original").content == speech.read_bytes()
    troubles.end()
    service.client.post(f"/api/answers/{answer}/retry").raise_for_status()
    service.wait_for(answer, "ready")


@pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")
def test_a_disk_that_fills_up_while_a_confined_process_writes_is_told(
    small_disk: Path, tmp_path: Path
) -> None:
    sources = (
        builders.browser_webm(tmp_path / "a", builders.tone_bursts(8.0, [0.5, 3.0, 6.0])),
        builders.wav(tmp_path / "b", builders.tone_bursts(8.0, [0.5, 3.0, 6.0]), 48_000),
    )
    (small_disk / "others").write_bytes(bytes(32 * MEBIBYTE - 8192))
    for source, gains in zip(sources, (None, (1.0,)), strict=True):
        ready = ReadyProcesses([DECODING, TASK_MODULE], written_bytes=1 << 30)
        with ConfinedDecoder(ready) as decoder, pytest.raises(OSError, match="No space") as raised:
            make_playable(source, small_disk, gains=gains, decoder=decoder)
        assert raised.value.errno == errno.ENOSPC
        assert [path.name for path in small_disk.iterdir()] == ["others"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_chunk_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    service = Service.open(Settings(data_folder=tmp_path / "data", free_space_floor=0))
    client = TestClient(create_application(service), base_url="http://localhost")
    answer = client.post("/api/answers", json={}).json()["id"]
    client.put(f"/api/answers/{answer}/chunks/0", content=b"kept")

    def full(descriptor: int) -> None:
        raise OSError(code, "full")

    with monkeypatch.context() as patched:
        patched.setattr("service.recordings.folder_storage.os.fsync", full)
        refused = client.put(f"/api/answers/{answer}/chunks/1", content=b"lost")
    assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
    assert [path.name for path in (tmp_path / "data").rglob("chunks/*")] == ["00000000"]
    assert client.get(f"/api/answers/{answer}/chunks").json() == {"numbers": [0]}
    assert client.put(f"/api/answers/{answer}/chunks/1", content=b"lost").status_code == 204
