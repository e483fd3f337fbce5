"""The whole set-up for many people on one machine, to try it out and to test it.

PostgreSQL, an S3 server (SeaweedFS), web nodes, workers and nginx run as processes; everything that they keep
lies below one folder. Each node and each worker has a data folder of its own, as on machines of their own.

Run as root, PostgreSQL and nginx run as the accounts that Debian made for them, so those have to be able to
enter the folder.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from service.hosting import object_store_server
from service.hosting.object_store_server import BUCKET, ObjectStoreServer
from service.hosting.postgresql_server import PostgreSQLServer
from service.hosting.processes import DidNotStartError, Program, free_ports, write_private
from service.hosting.reverse_proxy import ReverseProxy

_ENVIRONMENT_FILE = "greenroom.env"
_PORT_NAMES = ("postgresql", *object_store_server.PORT_NAMES, "proxy")
_READY_SECONDS = 5.0


@dataclass
class OneMachine:
    """The programs of a set-up, by name: `postgresql`, `storage`, `node-1` ..., `worker-1` ..., `proxy`.

    Attributes:
        folder: holds everything; made readable by its owner only.
        nodes: number of web nodes.
        workers: number of worker processes of their own.
        settings: of Greenroom, by their short names, besides those that connect the parts.
        proxy_port: the port of the proxy; 0: any that is free, kept in the folder.
        shared_folder: for PostgreSQL and nginx; it and those above it can be entered by everybody.
        safe_from_power_cuts: whether PostgreSQL waits for the disk.
        python_path: of a checkout that is not installed.
    """

    folder: Path
    nodes: int = 2
    workers: int = 2
    settings: Mapping[str, object] = field(default_factory=dict)
    proxy_port: int = 0
    shared_folder: Path | None = None
    safe_from_power_cuts: bool = True
    python_path: Path | None = None

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        shared = (self.shared_folder or self.folder).absolute()
        self._logs = self.folder / "logs"
        self._logs.mkdir(exist_ok=True, mode=0o700)
        self._ports = self._kept_ports()
        self._secrets = self._kept_secrets()
        self._postgresql = PostgreSQLServer(
            shared, self._ports["postgresql"], self._secrets["postgresql"], self.safe_from_power_cuts
        )
        self._storage = ObjectStoreServer(self.folder, self._ports, self._secrets["s3"])
        nodes = [self._ports[f"node-{number}"] for number in range(1, self.nodes + 1)]
        self._proxy = ReverseProxy(shared, self._ports["proxy"], nodes)
        self.origin = (
            str(self.settings.get("public_origin", "")) or f"http://127.0.0.1:{self._ports['proxy']}"
        )
        self.environment = {**os.environ, **self._greenroom_environment()}
        if self.python_path is not None:
            self.environment["PYTHONPATH"] = str(self.python_path)
        self.programs: dict[str, Program] = {
            program.name: program
            for program in (
                self._postgresql.program(self._logs),
                self._storage.program(self._logs),
                *(self._node(number) for number in range(1, self.nodes + 1)),
                *(self._worker(number) for number in range(1, self.workers + 1)),
                self._proxy.program(self._logs),
            )
        }

    @property
    def database_url(self) -> str:
        """Address of the database, with its password."""
        return self._postgresql.url

    @property
    def environment_file(self) -> Path:
        """Every setting, for commands: `set -a; . FILE`."""
        return self.folder / _ENVIRONMENT_FILE

    def start(self) -> None:
        """Starts everything and waits until each part does its work.

        Raises:
            MissingProgramError: something is not installed.
            DidNotStartError: a part ended, or took too long.
        """
        self._write_environment_file()
        self._postgresql.make_data_folder()
        self._proxy.write_configuration()
        try:
            for name in ("postgresql", "storage"):
                self.programs[name].start()
            for name in ("postgresql", "storage"):
                self.programs[name].wait_until_ready()
            self._postgresql.make_database()
            self.greenroom("migrate")
            for program in self.programs.values():
                program.start()
            for program in self.programs.values():
                program.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stops everything: first what people reach, last what holds the data."""
        holders = ("storage", "postgresql")
        others = [name for name in self.programs if name not in holders]
        for names in (others, holders):
            for name in names:
                self.programs[name].ask_to_stop()
            for name in names:
                self.programs[name].stop()

    def greenroom(self, *arguments: str) -> str:
        """Runs a command of `greenroom` with the settings of the set-up, and returns what it printed.

        Raises:
            DidNotStartError: it ended with an error.
        """
        folder = self.folder / "commands"
        done = subprocess.run(
            [sys.executable, "-m", "service.cli.application", *arguments],
            env={**self.environment, "GREENROOM_DATA_FOLDER": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise DidNotStartError(f"greenroom {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def port_of(self, name: str) -> int:
        """The port of a part, such as `node-1` or `proxy`."""
        return self._ports[name]

    def _kept_ports(self) -> dict[str, int]:
        """The ports of every part, the same at the next start: the address stays the same."""
        file = self.folder / "ports.json"
        ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        names = [*_PORT_NAMES, *(f"node-{number}" for number in range(1, self.nodes + 1))]
        missing = [name for name in names if name not in ports]
        ports.update(zip(missing, free_ports(len(missing)), strict=True))
        if self.proxy_port:
            ports["proxy"] = self.proxy_port
        file.write_text(json.dumps(ports, indent=2))
        return ports

    def _kept_secrets(self) -> dict[str, str]:
        file = self.folder / "secrets.json"
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        for name in ("postgresql", "s3", "secret_key"):
            kept.setdefault(name, secrets.token_urlsafe(32))
        write_private(file, json.dumps(kept, indent=2))
        return kept

    def _greenroom_environment(self) -> dict[str, str]:
        settings: dict[str, object] = {
            "accounts": True,
            "database_url": self.database_url,
            "storage_url": f"s3://{BUCKET}",
            "storage_endpoint": self._storage.endpoint,
            "storage_access_key": BUCKET,
            "storage_secret_key": self._secrets["s3"],
            "secret_key": self._secrets["secret_key"],
            "public_origin": self.origin,
            **self.settings,
        }
        return {f"GREENROOM_{name.upper()}": str(value) for name, value in settings.items()}

    def _write_environment_file(self) -> None:
        lines = [f"{name}='{value}'" for name, value in self._greenroom_environment().items()]
        write_private(self.environment_file, "\n".join(lines) + "\n")

    def _node(self, number: int) -> Program:
        name = f"node-{number}"
        port = self._ports[name]
        environment = {
            **self.environment,
            "GREENROOM_DATA_FOLDER": str(self.folder / name),
            "GREENROOM_PORT": str(port),
            "GREENROOM_WORKERS": "0",
        }
        return Program(
            name,
            [sys.executable, "-m", "service.cli.application", "serve"],
            self._logs,
            partial(_says_ready, port),
            environment,
        )

    def _worker(self, number: int) -> Program:
        name = f"worker-{number}"
        log = self._logs / f"{name}.log"
        before = log.stat().st_size if log.exists() else 0
        return Program(
            name,
            [sys.executable, "-m", "service.cli.application", "worker"],
            self._logs,
            lambda: log.exists() and b"Working on" in log.read_bytes()[before:],
            {
                **self.environment,
                "GREENROOM_DATA_FOLDER": str(self.folder / name),
                # Otherwise Python keeps what it says until it ends.
                "PYTHONUNBUFFERED": "1",
            },
        )


def _says_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/ready", timeout=_READY_SECONDS).status_code == 200
    except httpx.TransportError:
        return False
