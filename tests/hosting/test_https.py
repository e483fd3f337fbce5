"""The configuration of the proxy, with its lines for HTTPS in force, in front of a node with accounts."""

import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from service.db.engine import Database
from service.hosting.processes import free_ports
from service.hosting.reverse_proxy import ReverseProxy
from service.people.accounts import Accounts
from service.settings import Settings
from tests.service.running import RunningService
from tests.service.signed_in import SECRET_KEY

EMAIL, PASSWORD = "applicant@example.org", "three warm otters"

pytestmark = pytest.mark.long


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody else has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files = folder / "greenroom.pem", folder / "greenroom.key"
    files[0].write_bytes(certificate.public_bytes(encoding))
    files[1].write_bytes(private)
    return files


def with_https(configuration: str, port: int, certificate: Path, key: Path) -> str:
    """The configuration with what its comments say: HTTPS alone, with a certificate."""
    lines = {
        f"    listen 127.0.0.1:{port};\n": "",
        "    # listen 443 ssl;\n": f"    listen 127.0.0.1:{port} ssl;\n",
        "    # http2 on;\n": "",
        "    # ssl_certificate /etc/ssl/certs/greenroom.pem;\n": f"    ssl_certificate {certificate};\n",
        "    # ssl_certificate_key /etc/ssl/private/greenroom.key;\n": f"    ssl_certificate_key {key};\n",
    }
    for line, instead in lines.items():
        assert line in configuration, line
        configuration = configuration.replace(line, instead)
    return configuration


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Of the proxy."""
    return make_certificate(tmp_path)


@pytest.fixture
def origin(tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[str]:
    """Address of the proxy."""
    (port,) = free_ports(1)
    public = f"https://localhost:{port}"
    settings = {"accounts": "true", "secret_key": SECRET_KEY, "public_origin": public, "workers": 0}
    running = RunningService(tmp_path / "data", **settings).start()
    # Programs of other accounts cannot enter pytest's own folder.
    proxy = ReverseProxy(tmp_path, port, [httpx.URL(running.url).port or 0])
    proxy.write_configuration()
    file = tmp_path / "proxy" / "greenroom.conf"
    file.write_text(with_https(file.read_text(), port, *certificate))
    program = proxy.program(tmp_path)
    program.user = None
    program.start()
    try:
        program.wait_until_ready()
        yield public
    finally:
        program.kill()
        running.kill()


def test_people_sign_in_and_write_over_https(
    tmp_path: Path, origin: str, certificate: tuple[Path, Path]
) -> None:
    database = Database(Settings(data_folder=tmp_path / "data").database_address)
    with database.writing() as session:
        Accounts(session).create(email=EMAIL, name="Applicant", role="applicant", password=PASSWORD)
    database.close()
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    with httpx.Client(base_url=origin, verify=trusted, timeout=60) as client:
        signed_in = client.post("/api/sign-in", json={"email": EMAIL, "password": PASSWORD})
        assert signed_in.is_success, signed_in.text
        (cookie,) = signed_in.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-")
        for flag in ("secure", "httponly", "samesite", "path=/"):
            assert flag in cookie.lower(), flag
        new = {"source": "recording"}
        own = client.post("/api/answers", json=new, headers={"origin": origin})
        assert own.status_code == 201, own.text
        foreign = client.post("/api/answers", json=new, headers={"origin": "https://example.org"})
        assert foreign.status_code == 403, foreign.text
        # The same address without encryption is another origin.
        plain = client.post("/api/answers", json=new, headers={"origin": origin.replace("https", "http")})
        assert plain.status_code == 403, plain.text
        assert "strict-transport-security" in client.get("/").headers
