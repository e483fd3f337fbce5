"""What `greenroom serve` says about where recordings are kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from service.cli import serve as command
from service.cli.application import application
from service.dependencies import Service
from service.settings import Settings

SHARED = "postgresql+psycopg://example/greenroom"


@pytest.mark.parametrize(
    ("settings", "place", "warns"),
    [
        ({}, None, False),
        ({"GREENROOM_DATABASE_URL": "sqlite:////tmp/other.sqlite3"}, None, False),
        ({"GREENROOM_DATABASE_URL": SHARED}, None, True),
        (
            {"GREENROOM_DATABASE_URL": SHARED, "GREENROOM_STORAGE_URL": "s3://bucket/office"},
            "s3://bucket/office",
            False,
        ),
    ],
)
def test_serve_warns_where_another_machine_would_lack_the_recordings(
    settings: dict[str, str],
    place: str | None,
    warns: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def listen(_: Settings, say: Callable[[str, Service], None]) -> None:
        say("http://127.0.0.1:8414", cast("Any", None))

    monkeypatch.setattr(command, "run_server", listen)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    said = CliRunner().invoke(application, ["serve", "--data-folder", str(tmp_path)])
    assert said.exit_code == 0
    assert f"Recordings are kept in {place or tmp_path}\n" in said.stdout
    assert said.stderr.startswith("Warning: other machines") == warns


def test_secrets_reach_a_worker_as_they_are() -> None:
    environment = Settings(storage_secret_key="example").as_environment()  # type: ignore[arg-type]
    assert environment["GREENROOM_STORAGE_SECRET_KEY"] == "example"
