"""A timestamp authority for tests: a root, a signing certificate, and ``openssl ts -reply``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from safehand.seal.timestamp import timestamp_request

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Allotment Time
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
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
    """Makes tokens. ``certificates`` is the file of its root."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.certificates = folder / "root.pem"
        (folder / "config").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01")
        years = ("-days", "3650")
        self._openssl("req", "-x509", "-new", *self._key("root"), "-extensions", "root", *years, "-out", "root.pem")
        self._openssl("req", "-new", *self._key("leaf"), "-subj", "/CN=Allotment Time 1", "-out", "leaf.csr")
        self._openssl(
            "x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-extfile", "config", "-extensions", "leaf", *years, "-out", "leaf.pem",
        )  # fmt: skip

    def stamp(self, data: bytes) -> bytes:
        """A token for ``data``, from the request that Safehand makes."""
        return self.answer(timestamp_request(data))

    def answer(self, request: bytes) -> bytes:
        """The reply to a request."""
        (self.folder / "request.tsq").write_bytes(request)
        self._openssl("ts", "-reply", "-config", "config", "-queryfile", "request.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    def _key(self, name: str) -> tuple[str, ...]:
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        return (*curve, "-keyout", f"{name}.key", "-config", "config")

    def _openssl(self, *arguments: str) -> None:
        found = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=False)
        if found.returncode != 0:
            raise AssertionError(found.stderr.decode())
