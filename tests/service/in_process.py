"""Services opened in the test's own process, without a worker and without a network."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from starlette.types import Receive, Scope, Send
from typer.testing import CliRunner

from service.app import create_application
from service.cli.application import application as command_line
from service.dependencies import Service
from service.settings import Settings


def new_database(server: str, name: str, template: str = "template1") -> str:
    """A database of a PostgreSQL server, empty or a copy of another one; its address."""
    name = name[:60].replace("-", "_").replace("[", "_").replace("]", "_")
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    engine.dispose()
    return f"{server}/{name}"


def copy_database(migrated_file: Path, data_folder: Path) -> None:
    """Makes a data folder whose database is a copy of this one."""
    data_folder.mkdir(mode=0o700)
    shutil.copy(migrated_file, data_folder / "greenroom.sqlite3")


@cache
def shared_application() -> FastAPI:
    """One application for all services opened in this process: building its routes takes a while."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service.open(Settings(data_folder=Path(folder) / "data", free_space_floor=0))
        service.database.close()
        return create_application(service)


class _ServiceApplication:
    """The shared application, serving one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared_application().state.service = self._service
        await shared_application()(scope, receive, send)


def client_of(service: Service, **options: Any) -> TestClient:
    """Talks to a service with the usual `allowed_hosts`, without a network."""
    return TestClient(_ServiceApplication(service), base_url="http://localhost", **options)


def run_command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `greenroom` on a data folder, as `running.greenroom` does but without a process of its own."""
    variables = {"GREENROOM_DATA_FOLDER": str(folder), **environment}
    result = CliRunner().invoke(command_line, arguments, env=variables)
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)
