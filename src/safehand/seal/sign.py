"""What stands in signature/: the signature of the statement, and what it takes to check it.

    statement.json.sig    SSHSIG, namespace safehand-statement@v1
    holder.pub            ssh-ed25519 AAAA… holder
    allowed_signers       holder namespaces="safehand-statement@v1" ssh-ed25519 AAAA…

Nothing in the bag depends on the key, so the same input gives the same bag whoever signs it.
"""

from __future__ import annotations

from typing import Final

from safehand.seal.layout import ALLOWED_SIGNERS, HOLDER_KEY, SIGNATURE
from safehand.signing.holder import STATEMENT_NAMESPACE, HolderKey
from safehand.signing.trust import AllowedSigner, MalformedKey, format_allowed_signer, parse_public_key

PRINCIPAL: Final = "holder"
"""The name that ``ssh-keygen -Y verify -I`` takes. It names a part, not a person."""


def signature_files(statement: bytes, signer: HolderKey) -> dict[str, bytes]:
    """The files of signature/, by their paths in the package."""
    key = parse_public_key(signer.public)
    return {
        SIGNATURE: signer.sign(statement).encode("ascii"),
        HOLDER_KEY: format_holder_public(key),
        ALLOWED_SIGNERS: allowed_signers(key),
    }


def format_holder_public(key: bytes) -> bytes:
    """holder.pub, as OpenSSH writes a public key with a comment. The inverse of parse_holder_public."""
    line = format_allowed_signer(AllowedSigner(PRINCIPAL, STATEMENT_NAMESPACE, key)).split(" ", 2)[2]
    return f"{line.rstrip()} {PRINCIPAL}\n".encode("ascii")


def parse_holder_public(data: bytes) -> bytes:
    """The 32 bytes of the key in holder.pub, or MalformedKey."""
    text = data.decode("ascii", "replace")
    key = parse_public_key(text.removesuffix(f" {PRINCIPAL}\n"))
    if format_holder_public(key) != data:
        raise MalformedKey("holder.pub is not as Safehand writes it")
    return key


def allowed_signers(key: bytes) -> bytes:
    """allowed_signers for this key alone."""
    return format_allowed_signer(AllowedSigner(PRINCIPAL, STATEMENT_NAMESPACE, key)).encode("ascii")
