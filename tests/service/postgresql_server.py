"""A real PostgreSQL server, for the time of a test."""

import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.service.running import PATIENCE


class PostgreSQLServer:
    """A server with a data folder of its own, which is running.

    Args:
        programs: folder of `initdb` and `pg_ctl`.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # Not below pytest's own folder: only its owner may enter that.
        self._folder = Path(tempfile.mkdtemp(prefix="greenroom-postgresql-"))
        shutil.chown(self._folder, "postgres", "postgres")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"postgresql+psycopg://postgres@127.0.0.1:{self._port}"
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def start(self) -> None:
        """Starts it and waits until it takes connections."""
        options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} "
            "-c fsync=off"
        )
        self._control("-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stops it and ends every connection."""
        self._control("-m", "fast", "stop")

    def remove(self) -> None:
        """Stops it if it runs, and removes its data."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._control("-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            ["runuser", "-u", "postgres", "--", str(self._programs / program), *arguments],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
            cwd="/",
        )
