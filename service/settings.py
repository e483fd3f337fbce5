"""All settings of the service, read from environment variables that begin with GREENROOM_.

Sizes are bytes, times are seconds.
"""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ENVIRONMENT_PREFIX = "GREENROOM_"
MEBIBYTE = 1024 * 1024
CHUNK_BYTES = 8 * MEBIBYTE
"""Largest size of one chunk, which is held in memory while it arrives."""

_USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def _default_data_folder() -> Path:
    return Path(platformdirs.user_data_dir("greenroom", appauthor=False))


class Settings(BaseSettings):
    """The settings. The defaults suit one person on a laptop."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT_PREFIX, extra="ignore", protected_namespaces=())

    data_folder: Path = Field(
        default_factory=_default_data_folder,
        description="Folder that holds the recordings and the database. Only you can read what is in it.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address to listen on. The default cannot be reached from another machine.",
    )
    port: int = Field(
        default=8414, ge=0, le=65535, description="Port to listen on; 0 takes any that is free."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1", "localhost", "[::1]"),
        description="Host names that a request may carry, separated by commas. All others are refused.",
    )
    accounts: bool = Field(
        default=False,
        description="Whether people sign in. Off: whoever reaches the service is its only person.",
    )
    public_origin: str = Field(
        default="",
        description="Address that browsers use where a reverse proxy is in front, such as "
        "https://greenroom.example.edu. Empty: the address in the Host header.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="At least 32 random characters, the same on every machine; encrypts second factors. "
        "Needed with accounts.",
    )
    sign_in_idle: float = Field(
        default=8 * 3600.0,
        gt=0,
        description="Seconds without a request after which a person has to sign in again.",
    )
    sign_in_lifetime: float = Field(
        default=7 * 86_400.0,
        gt=0,
        description="Seconds after which a person has to sign in again in any case. "
        "NIST SP 800-63B allows at most 30 days.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1", "::1"),
        description="Addresses or networks of reverse proxies, separated by commas. "
        "Only of these the address of the client is taken from X-Forwarded-For.",
    )
    mail_server: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server for links: smtp://user:password@host:587 (STARTTLS) or smtps://… (TLS). "
        "Empty: links are shown, to be passed on.",
    )
    mail_from: str = Field(default="", description="Address that mail comes from.")
    oidc_issuer: str = Field(
        default="",
        description="Issuer of the institution's sign-in (OpenID Connect), such as "
        "https://login.example.edu. Empty: people sign in with passwords only.",
    )
    oidc_client_id: str = Field(default="", description="Greenroom's client id there.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Greenroom's client secret there."
    )
    oidc_name: str = Field(
        default="your institution", description="Name of that sign-in, as the button says it."
    )
    storage_url: str = Field(
        default="",
        description="Object store of the recordings: s3://bucket/prefix. Empty: the data folder.",
    )
    storage_endpoint: str = Field(
        default="",
        description="Address of the object store, unless it is Amazon's. Encrypted unless this begins "
        "with http://.",
    )
    storage_region: str = Field(default="us-east-1", description="Region of the object store.")
    storage_access_key: str = Field(
        default="",
        description="Access key of the object store. Empty: the usual AWS_ variables, or the machine's role.",
    )
    storage_secret_key: SecretStr = Field(
        default=SecretStr(""), description="Secret key that belongs to the access key."
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of the database, such as postgresql://name:password@host/database. "
        "Empty: an SQLite file in the data folder.",
    )
    database_connections: int = Field(
        default=5,
        ge=1,
        le=100,
        description="Connections to PostgreSQL that each process keeps, and two more while all are in use.",
    )
    model: str = Field(
        default="base",
        description="Recogniser: `base`, `tiny.en`, another faster-whisper name, or a folder that holds one.",
    )
    engine: str = Field(
        default="analysis.transcription.whisper:WhisperEngine.load",
        description="Python callable that loads the recogniser, as module:name. Called with the model.",
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        default="cpu",
        description="Where the recogniser runs: `cpu`, `cuda` (an NVIDIA graphics processor), or `auto`: "
        "`cuda` where there is one. The accuracy that is stated was measured on `cpu`.",
    )
    compute_type: str = Field(
        default="",
        description="Numbers that the recogniser computes with, such as `int8_float16`. "
        "Empty: `int8` on `cpu`, `float16` on `cuda`.",
    )
    maximum_bytes: int = Field(
        default=2048 * MEBIBYTE, gt=0, description="Bytes that one recording may have."
    )
    maximum_duration: float = Field(
        default=3600.0, gt=0, description="Seconds that one recording may last, gaps included."
    )
    free_space_floor: int = Field(
        default=64 * MEBIBYTE,
        ge=0,
        description="Bytes of the disk that recordings leave free, so that the database can still grow.",
    )
    workers: int = Field(
        default=1, ge=0, le=64, description="Worker processes that `greenroom serve` starts."
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="Format of the log: `text`, or `json` with one line for each event and each request. "
        "Neither holds names, titles or transcripts.",
    )
    metrics: str = Field(
        default="",
        pattern=r"^$|^[^/]+:[0-9]+$",
        description="Address at which this node gives Prometheus its figures, as host:port. Empty: nowhere. "
        "Nobody signs in there: choose one that only the office's own machines reach.",
    )
    drain: float = Field(
        default=0.0,
        ge=0,
        description="Seconds for which a node that was told to stop still takes requests, while /ready "
        "says 503. Longer than the load balancer takes to notice.",
    )
    stop_within: float = Field(
        default=3.0,
        gt=0,
        description="Seconds that requests under way have to end once a node takes no more of them.",
    )
    worker_memory: int = Field(
        default=3072 * MEBIBYTE,
        gt=0,
        description="Bytes of memory that a worker may use before it is stopped.",
    )
    stalled_after: float = Field(
        default=60.0,
        gt=0,
        description="Seconds without a byte after which a request that has not arrived is given up.",
    )
    time_limit: float = Field(
        default=900.0,
        gt=0,
        description="Seconds without headway after which the analysis of an answer is given up. "
        "Four times its length are added. Time in which a busy machine lets it wait does not count.",
    )
    lease: float = Field(
        default=30.0,
        gt=1,
        description="Seconds without a sign of life after which another worker takes an answer over.",
    )
    interrupted_after: float = Field(
        default=120.0,
        gt=0,
        description="Seconds without a chunk after which a recording counts as interrupted. "
        "It can still be resumed.",
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip().lower() for host in value.split(",") if host.strip())
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split_proxies(cls, value: object) -> object:
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        for part in value if isinstance(value, tuple) else ():
            ip_network(part)
        return value

    @field_validator("public_origin", mode="after")
    @classmethod
    def _as_browsers_send_it(cls, value: str) -> str:
        """An origin has a scheme, a host and a port unless it is the usual one; browsers send lower case."""
        if not value:
            return ""
        refusal = ValueError("it has to be an address such as https://greenroom.example.edu, without a path")
        try:
            parts = urlsplit(value.strip())
            port = parts.port
        except ValueError as error:
            raise refusal from error
        host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc
        whole = parts.path in {"", "/"} and not (parts.query or parts.fragment)
        if parts.scheme not in _USUAL_PORTS or not whole or not _HOST.fullmatch(host.lower()):
            raise refusal
        usual = port is None or port == _USUAL_PORTS[parts.scheme]
        return f"{parts.scheme}://{host.lower()}" + ("" if usual else f":{port}")

    @field_validator("data_folder", mode="after")
    @classmethod
    def _absolute_folder(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach the service over HTTPS."""
        return self.public_origin.lower().startswith("https://")

    @property
    def database_address(self) -> str:
        """The URL of the database, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_folder / 'greenroom.sqlite3'}"

    @property
    def recordings_place(self) -> str:
        """Where recordings are kept: the address of the object store, or the data folder."""
        return self.storage_url or str(self.data_folder)

    @property
    def shares_rows_only(self) -> bool:
        """Whether several machines could use this database, but each would keep recordings of its own."""
        return not self.storage_url and not self.database_address.startswith("sqlite")

    def as_environment(self) -> dict[str, str]:
        """The same settings as environment variables, for a worker process."""
        values = self.model_dump(mode="json")
        values["allowed_hosts"] = ",".join(self.allowed_hosts)
        values["trusted_proxies"] = ",".join(self.trusted_proxies)
        for name, value in self:
            if isinstance(value, SecretStr):
                values[name] = value.get_secret_value()
        return {f"{ENVIRONMENT_PREFIX}{name.upper()}": str(value) for name, value in values.items()}
