"""The whole set-up for many people, for tests: every part can be ended and started again.

    with CohortSetup(tmp_path / "cohort") as cohort:
        httpx.get(f"{cohort.origin}/health")
        cohort.kill("node-1")

Parts are `postgresql`, `storage`, `node-1` ..., `worker-1` ... and `proxy`.
"""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx

from service.hosting.one_machine import OneMachine
from service.hosting.processes import listens
from tests.service.running import REPOSITORY, eventually

FAKE_ENGINE = "tests.service.engines:fake"
"""A recogniser that hears the same words everywhere, at once."""


class CohortSetup:
    """PostgreSQL, an S3 server, web nodes, workers and nginx, each a process (or some) of its own.

    Args:
        folder: for the data folders of nodes and workers, the object store, and the logs.
        nodes: number of web nodes.
        workers: number of `greenroom worker` processes.
        settings: of Greenroom, by their short names. The engine is the fake one unless they say otherwise.
        safe_from_power_cuts: whether PostgreSQL waits for the disk; needless where nothing kills it.
    """

    def __init__(
        self,
        folder: Path,
        nodes: int = 2,
        workers: int = 2,
        settings: Mapping[str, Any] | None = None,
        *,
        safe_from_power_cuts: bool = True,
    ) -> None:
        # Not below pytest's own folder: only its owner may enter that, and PostgreSQL never runs as root.
        self._shared = Path(tempfile.mkdtemp(prefix="greenroom-cohort-"))
        self._shared.chmod(0o711)
        self.machine = OneMachine(
            folder,
            nodes=nodes,
            workers=workers,
            settings={"engine": FAKE_ENGINE, **(settings or {})},
            shared_folder=self._shared,
            safe_from_power_cuts=safe_from_power_cuts,
            python_path=REPOSITORY,
        )
        self.origin = self.machine.origin
        """Address of the proxy, as browsers use it."""

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> Self:
        """Starts every part; returns once each is ready."""
        try:
            self.machine.start()
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """Ends every part at once. The logs and the data folders stay."""
        for program in self.machine.programs.values():
            program.kill()
        shutil.rmtree(self._shared, ignore_errors=True)

    @property
    def parts(self) -> list[str]:
        """The names of all parts."""
        return list(self.machine.programs)

    @property
    def nodes(self) -> list[str]:
        """The names of the web nodes."""
        return [name for name in self.parts if name.startswith("node-")]

    @property
    def workers(self) -> list[str]:
        """The names of the workers."""
        return [name for name in self.parts if name.startswith("worker-")]

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the database, with its password."""
        return self.machine.database_url

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables for more processes of Greenroom in this set-up."""
        return dict(self.machine.environment)

    def address(self, node: str) -> str:
        """Address of one node, past the proxy."""
        return f"http://127.0.0.1:{self.machine.port_of(node)}"

    def log(self, part: str) -> str:
        """What a part has written so far, over all its starts."""
        file = self.machine.programs[part].log
        return file.read_text(errors="replace") if file.exists() else ""

    def greenroom(self, *arguments: str) -> str:
        """Runs a command in this set-up and returns what it printed."""
        return self.machine.greenroom(*arguments)

    def kill(self, part: str) -> None:
        """Ends a part and all its processes, as a power cut does."""
        self.machine.programs[part].kill()

    def stop(self, part: str) -> int | None:
        """Asks a part to stop, waits for its end, and returns its exit status."""
        return self.machine.programs[part].stop()

    def ask_to_stop(self, part: str) -> None:
        """Asks a part to stop, and returns at once."""
        self.machine.programs[part].ask_to_stop()

    def start(self, part: str, *, wait: bool = True) -> None:
        """Starts a part that was ended, and waits until it is ready."""
        program = self.machine.programs[part]
        program.start()
        if wait:
            program.wait_until_ready()

    def restart(self, part: str) -> None:
        """Kills a part and starts it again."""
        self.kill(part)
        self.start(part)

    def runs(self, part: str) -> bool:
        """Whether the process of a part is there."""
        return self.machine.programs[part].runs

    def wait_until_whole(self) -> None:
        """Waits until every part runs, and every node is ready."""
        for part in self.parts:
            self.start(part)
        for node in self.nodes:
            eventually(lambda node=node: self._is_ready(node))
        assert listens(self.machine.port_of("proxy"))

    def _is_ready(self, node: str) -> bool:
        try:
            return httpx.get(f"{self.address(node)}/ready", timeout=10).status_code == 200
        except httpx.TransportError:
            return False
