"""nginx in front of the web nodes, with the configuration that comes with Greenroom, for one machine."""

import re
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service.hosting.processes import Program, account_for, find_program, listens

CONFIGURATION = Path(__file__).with_name("nginx.conf")
NODES = Path(__file__).with_name("nginx-nodes.conf")


@dataclass(frozen=True)
class ReverseProxy:
    """A proxy that listens at the loopback address alone.

    Attributes:
        folder: for its configuration; it and those above it can be entered by everybody.
        port: where it listens.
        nodes: ports of the web nodes.
    """

    folder: Path
    port: int
    nodes: Sequence[int]

    def program(self, logs: Path) -> Program:
        """The proxy, not started.

        Args:
            logs: folder of its output.
        """
        return Program(
            "proxy",
            [
                find_program("nginx", "apt-get install nginx"),
                *("-p", str(self._own), "-c", str(self._own / "nginx.conf"), "-e", "stderr"),
            ],
            logs,
            partial(listens, self.port),
            user=account_for("www-data"),
            # Ends at once; SIGQUIT would wait for the event streams.
            stop_signal=signal.SIGTERM,
        )

    def write_configuration(self) -> None:
        """The configuration that comes with Greenroom, with these ports, and what is around it."""
        folder = self._own
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        proxy = with_port(CONFIGURATION.read_text(encoding="utf-8"), self.port)
        (folder / "greenroom.conf").write_text(proxy, encoding="utf-8")
        upstream = with_nodes(NODES.read_text(encoding="utf-8"), self.nodes)
        (folder / "greenroom-nodes.conf").write_text(upstream, encoding="utf-8")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        (folder / "nginx.conf").write_text(
            "daemon off;\nworker_processes 1;\n"
            f"pid {folder}/nginx.pid;\n"
            "events { worker_connections 4096; }\n"
            f"http {{\n{places}    include {folder}/greenroom*.conf;\n}}\n"
        )
        if user := account_for("www-data"):
            for path in (folder, *folder.glob("*.conf")):
                shutil.chown(path, user, user)

    @property
    def _own(self) -> Path:
        return self.folder / "proxy"


def with_port(configuration: str, port: int) -> str:
    """`nginx.conf` for another port, at the loopback address."""
    return configuration.replace("listen 8080;", f"listen 127.0.0.1:{port};")


def with_nodes(configuration: str, ports: Sequence[int]) -> str:
    """`nginx-nodes.conf` for nodes at these ports of this machine."""
    servers = re.findall(r"^ *server 127\.0\.0\.1:\d+ .*;\n", configuration, re.MULTILINE)
    lines = [re.sub(r":\d+ ", f":{port} ", servers[0]) for port in ports]
    before, _, after = configuration.partition("".join(servers))
    return before + "".join(lines) + after
