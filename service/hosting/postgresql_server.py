"""A PostgreSQL server of one's own, from Debian's package, for one machine."""

import glob
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service.hosting.processes import (
    DidNotStartError,
    MissingProgramError,
    Program,
    account_for,
    write_private,
)

DATABASE = "greenroom"
"""Name of the database, and of the role that owns it."""


@dataclass(frozen=True)
class PostgreSQLServer:
    """A server that listens at the loopback address alone.

    Attributes:
        folder: for its folder of data; it and those above it can be entered by everybody.
        port: where it listens.
        password: of the role.
        safe_from_power_cuts: whether it waits for the disk.
    """

    folder: Path
    port: int
    password: str
    safe_from_power_cuts: bool = True

    @property
    def url(self) -> str:
        """Address of the database for SQLAlchemy, with its password."""
        return f"postgresql+psycopg://{self._address}/{DATABASE}"

    def program(self, logs: Path) -> Program:
        """The server, not started.

        Args:
            logs: folder of its output.
        """
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.safe_from_power_cuts else "off",
        }
        return Program(
            "postgresql",
            [
                str(_programs() / "postgres"),
                "-D",
                str(self._data),
                *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
            ],
            logs,
            partial(_accepts_queries, f"postgresql://{self._address}/postgres"),
            # It refuses to run as root.
            user=account_for("postgres"),
            # Ends connections instead of waiting for them.
            stop_signal=signal.SIGINT,
        )

    def make_data_folder(self) -> None:
        """Makes the folder of data, the first time.

        Raises:
            DidNotStartError: PostgreSQL could not make it.
        """
        if (self._data / "PG_VERSION").exists():
            return
        user = account_for("postgres")
        self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
        password = self.folder / "postgresql-password"
        write_private(password, self.password)
        if user:
            shutil.chown(self._data, user, user)
            shutil.chown(password, user, user)
        try:
            subprocess.run(
                [
                    str(_programs() / "initdb"),
                    *("-D", str(self._data), "-U", DATABASE, "--pwfile", str(password)),
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

    def make_database(self) -> None:
        """Makes the database on the running server, the first time."""
        import psycopg

        with psycopg.connect(f"postgresql://{self._address}/postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{DATABASE}"'.encode())

    @property
    def _data(self) -> Path:
        return self.folder / "postgresql"

    @property
    def _address(self) -> str:
        return f"{DATABASE}:{self.password}@127.0.0.1:{self.port}"


def _programs() -> Path:
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not folders:
        raise MissingProgramError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(folders[-1])


def _accepts_queries(address: str) -> bool:
    import psycopg

    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
