"""Between desk and public node: a certificate that nobody vouches for, or of another host, is no node."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from desk_cast import make_state
from safehand.desk.intake.parcel_source import Listed, NodeAway
from safehand.desk.intake.source_http import ParcelsAt
from safehand.desk.settings.places import Address

ANSWER = b'{"schema":"safehand.waiting/1","parcels":[]}'


class Answers(BaseHTTPRequestHandler):
    """Says that nothing waits, to whoever asks."""

    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def certificate(folder: Path, host: x509.GeneralName) -> Path:
    """A certificate that vouches for itself, with its key, as a PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "node.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "node.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return path


def serving(pem: Path) -> HTTPServer:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a desk that hangs up is what is looked for
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(params=["of this host", "of another host"])
def node(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[HTTPServer, Path, str]]:
    Answers.asked = 0
    mine = request.param == "of this host"
    pem = certificate(tmp_path, x509.IPAddress(IPv4Address("127.0.0.1")) if mine else x509.DNSName("elsewhere.example"))
    server = serving(pem)
    yield server, pem, request.param
    server.shutdown()
    server.server_close()


def test_a_desk_asks_no_node_that_nobody_vouches_for(
    node: tuple[HTTPServer, Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, pem, whose = node
    source = ParcelsAt(Address.parse(f"https://127.0.0.1:{server.server_port}"), make_state(tmp_path).desk_signing)
    with pytest.raises(NodeAway):
        source.waiting()
    assert Answers.asked == 0, "not even the signed request was sent"
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    if whose == "of another host":
        with pytest.raises(NodeAway):
            source.waiting()
        assert Answers.asked == 0
    else:
        assert source.waiting() == Listed(())
        assert Answers.asked == 1
