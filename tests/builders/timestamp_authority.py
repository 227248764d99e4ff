"""A timestamp authority for tests: a root, a signing certificate, and ``openssl ts -reply``."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from safehand.seal.timestamp import timestamp_request

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/leaf.pem
signer_key = {folder}/leaf.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """Makes tokens. ``certificates`` is the file of its root; its own certificate is good for ``valid``."""

    def __init__(self, folder: Path, valid: timedelta = timedelta(days=30)) -> None:
        folder.mkdir()
        self.folder = folder
        self.certificates = folder / "root.pem"
        root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        long = timedelta(days=3650)
        issuer = certificate("Allotment Time", root, "Allotment Time", root, long, authority=True)
        self._write("root.pem", issuer.public_bytes(serialization.Encoding.PEM))
        own = certificate("Allotment Time 1", leaf, "Allotment Time", root, valid, authority=False)
        self._write("leaf.pem", own.public_bytes(serialization.Encoding.PEM))
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self._write("leaf.key", leaf.private_bytes(*form))
        self._write("config", CONFIG.format(folder=folder).encode())
        self._write("serial", b"01")

    def stamp(self, data: bytes) -> bytes:
        """A token for ``data``, from the request that Safehand makes."""
        return self.answer(timestamp_request(data))

    def answer(self, request: bytes) -> bytes:
        """The reply to a request."""
        self._write("request.tsq", request)
        command = ["openssl", "ts", "-reply", "-config", "config", "-queryfile", "request.tsq", "-out", "reply.tsr"]
        found = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        if found.returncode != 0:
            raise AssertionError(found.stderr.decode())
        return (self.folder / "reply.tsr").read_bytes()

    def _write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)


def certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    valid: timedelta,
    *,
    authority: bool,
) -> x509.Certificate:
    """A certificate that is good from a minute ago until ``valid`` has passed."""
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        [
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + valid)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, **usage),
            critical=True,
        )
    )
    if not authority:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(signer, hashes.SHA256())
