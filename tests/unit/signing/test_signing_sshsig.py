"""Signatures that OpenSSH's own ssh-keygen makes and checks."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead
from safehand.signing.holder import STATEMENT_NAMESPACE, format_holder_key, new_holder_key, parse_holder_key
from safehand.signing.sshsig import (
    MalformedSignature,
    SignatureDoesNotMatch,
    check,
    format_signature,
    parse_signature,
    sign,
)
from safehand.signing.trust import (
    AllowedSigner,
    MalformedKey,
    format_allowed_signer,
    format_public_key,
    parse_public_key,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
MESSAGE = b"The allotment gate is open.\n" * 100


def keygen(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False)


def test_ssh_keygen_makes_the_same_bytes(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(format_holder_key(new_holder_key(lambda size: bytes(range(size)))))
    key.chmod(0o600)
    found = keygen("-Y", "sign", "-f", str(key), "-n", "safehand-statement@v1", stdin=MESSAGE)
    assert found.returncode == 0, found.stderr
    assert found.stdout.decode() == format_signature(sign(KEY, MESSAGE, "safehand-statement@v1"))


def test_ssh_keygen_checks_it_and_refuses_a_changed_message_or_another_purpose(tmp_path: Path) -> None:
    signature, allowed = tmp_path / "m.sig", tmp_path / "allowed_signers"
    signature.write_text(format_signature(sign(KEY, MESSAGE, STATEMENT_NAMESPACE)))
    allowed.write_text(format_allowed_signer(AllowedSigner("holder", STATEMENT_NAMESPACE, PUBLIC)))
    arguments = ["-Y", "verify", "-f", str(allowed), "-I", "holder", "-s", str(signature), "-n"]
    assert keygen(*arguments, STATEMENT_NAMESPACE, stdin=MESSAGE).returncode == 0
    assert keygen(*arguments, STATEMENT_NAMESPACE, stdin=MESSAGE + b"x").returncode != 0
    assert keygen(*arguments, "another-purpose@v1", stdin=MESSAGE).returncode != 0


def test_what_ssh_keygen_signed_is_read(tmp_path: Path) -> None:
    key = tmp_path / "other"
    assert keygen("-t", "ed25519", "-N", "", "-f", str(key)).returncode == 0
    text = keygen("-Y", "sign", "-f", str(key), "-n", "a@v1", stdin=MESSAGE).stdout.decode()
    signature = parse_signature(text)
    public = parse_public_key(" ".join((tmp_path / "other.pub").read_text().split()[:2]))
    check(signature, MESSAGE, "a@v1", public)
    assert parse_holder_key(key.read_bytes()).public == format_public_key(public)


def test_a_signature_for_another_key_purpose_or_message_does_not_match() -> None:
    signature = sign(KEY, MESSAGE, "a@v1")
    check(signature, MESSAGE, "a@v1", PUBLIC)
    for message, namespace, key in ((b"x", "a@v1", PUBLIC), (MESSAGE, "b@v1", PUBLIC), (MESSAGE, "a@v1", bytes(32))):
        with pytest.raises(SignatureDoesNotMatch):
            check(signature, message, namespace, key)


@given(st.binary(max_size=300))
def test_a_signature_reads_back_as_it_was_written(message: bytes) -> None:
    signature = sign(KEY, message, "a@v1")
    assert parse_signature(format_signature(signature)) == signature


TEXT = format_signature(sign(KEY, MESSAGE, "ab@v1"))  # of a length that base64 pads
BODY = "".join(TEXT.splitlines()[1:-1])


def armoured(body: str) -> str:
    lines = [body[place : place + 70] for place in range(0, len(body), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def repacked(old: bytes, new: bytes) -> str:
    return armoured(base64.b64encode(base64.b64decode(BODY).replace(old, new, 1)).decode())


NEAR_MISSES = {
    "nothing": "",
    "no line end after it": TEXT.rstrip("\n"),
    "line ends of Windows": TEXT.replace("\n", "\r\n"),
    "a blank before it": " " + TEXT,
    "longer lines": TEXT.replace("\n", "").replace("-----B", "-----B") + "\n",
    "no lines at all": "-----BEGIN SSH SIGNATURE-----\n" + BODY + "\n-----END SSH SIGNATURE-----\n",
    "stray bits before the padding": armoured(BODY[:-3] + chr(ord(BODY[-3]) + 1) + "=="),
    "another version": repacked(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2"),
    "another hash": repacked(b"sha512", b"sha256"),
    "another kind of key": repacked(b"ssh-ed25519", b"ssh-ed25518"),
    "something in the reserved field": repacked(b"ab@v1\0\0\0\0", b"ab@v1\0\0\0\1x"),
    "cut short": armoured(BODY[:200]),
    "a length beyond the end": repacked(b"\0\0\0\x40", b"\0\0\0\x7f"),
    "something after the end": armoured(base64.b64encode(base64.b64decode(BODY) + b"\0\0\0\0").decode()),
    "not base64": armoured("*" * 200),
    "letters beyond ASCII": armoured(BODY[:60] + "é" + BODY[61:]),
    "an endless one": armoured("A" * 20_000),
}


@pytest.mark.parametrize("case", NEAR_MISSES)
def test_only_the_one_spelling_of_a_signature_is_read(case: str) -> None:
    assert NEAR_MISSES[case] != TEXT
    with pytest.raises(MalformedSignature):
        parse_signature(NEAR_MISSES[case])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 ",
        f"{format_public_key(PUBLIC)} comment",
        f" {format_public_key(PUBLIC)}",
        format_public_key(PUBLIC)[:-4],
        format_public_key(PUBLIC).replace("ssh-ed25519", "ssh-rsa"),
        format_public_key(PUBLIC).replace("AAAAC3Nz", "AAAAC3Ny"),
        "ssh-ed25519 é",
    ],
)
def test_only_an_ed25519_key_in_its_one_spelling_is_read(text: str) -> None:
    assert parse_public_key(format_public_key(PUBLIC)) == PUBLIC
    with pytest.raises(MalformedKey):
        parse_public_key(text)


def test_a_holder_key_comes_from_the_randomness_handed_in_and_reads_back() -> None:
    key = new_holder_key(lambda size: bytes(range(size)))
    assert key.public == format_public_key(PUBLIC)
    assert parse_holder_key(format_holder_key(key)).sign(b"x") == key.sign(b"x")
    assert "private" not in repr(key)


def test_a_file_that_is_no_holder_key_is_refused(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    assert keygen("-t", "ed25519", "-N", "football", "-f", str(locked)).returncode == 0
    ecdsa = tmp_path / "ecdsa"
    assert keygen("-t", "ecdsa", "-N", "", "-f", str(ecdsa)).returncode == 0
    for data in (b"", b"homework", locked.read_bytes(), ecdsa.read_bytes()):
        with pytest.raises(CannotRead):
            parse_holder_key(data)
