"""Step 6: the statement is signed by the key in holder.pub.

Three files can contradict each other here, and each tells on another: the signature names the key it was made with,
holder.pub names a key, and the tag manifest knows the statement. What two of them agree on is believed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from safehand.seal.layout import ALLOWED_SIGNERS, HOLDER_KEY, SIGNATURE, STATEMENT, cited
from safehand.seal.report import PACKAGE, SENTENCES, Code, Problem
from safehand.seal.sign import allowed_signers, parse_holder_public
from safehand.seal.walk import Member, content_of
from safehand.signing.holder import STATEMENT_NAMESPACE
from safehand.signing.sshsig import MalformedSignature, SignatureDoesNotMatch, SshSignature, check, parse_signature
from safehand.signing.trust import MalformedKey, format_public_key


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature and the key, as far as they can be read."""

    signature: SshSignature | None
    holder: bytes | None
    matches: bool
    """The signature is of the statement, by the key that it names for itself."""

    @property
    def is_good(self) -> bool:
        """It is of the statement, by the key in holder.pub."""
        return self.matches and self.signature is not None and self.signature.public_key == self.holder

    @property
    def key(self) -> str | None:
        """``ssh-ed25519 AAAA…``: who signed, when the signature is good."""
        return format_public_key(self.holder) if self.is_good and self.holder is not None else None


def who_signed(members: dict[str, Member], statement: bytes) -> Signed:
    """Read the signature and the key, and check the one against the statement."""
    signature, holder, matches = None, None, False
    with contextlib.suppress(MalformedKey):
        holder = parse_holder_public(content_of(members, HOLDER_KEY))
    with contextlib.suppress(MalformedSignature, SignatureDoesNotMatch):
        signature = parse_signature(content_of(members, SIGNATURE).decode("ascii", "replace"))
        check(signature, statement, STATEMENT_NAMESPACE, signature.public_key)
        matches = True
    return Signed(signature, holder, matches)


def signature_problems(
    members: dict[str, Member], signed: Signed, expected: str | None, *, statement_is_whole: bool
) -> tuple[Problem, ...]:
    """What is wrong with the signature, with each file that is to blame. A missing file is step 3's."""
    found = [*_parts(members, signed, whole=statement_is_whole), *_key_files(members, signed)]
    if expected is not None and signed.holder is not None and format_public_key(signed.holder) != expected:
        found.append((PACKAGE, Code.SIGNER_UNEXPECTED))
    return tuple(Problem(cited(file), code, SENTENCES[code]) for file, code in found)


def _parts(members: dict[str, Member], signed: Signed, *, whole: bool) -> Iterator[tuple[str, Code]]:
    if SIGNATURE not in members or STATEMENT not in members:
        # Nothing that is not there is signed: the step fails, and step 3 says which file is missing.
        yield (SIGNATURE if SIGNATURE not in members else STATEMENT), Code.SIGNATURE_WRONG
    elif signed.signature is None:
        yield SIGNATURE, Code.SIGNATURE_MALFORMED
    elif not signed.matches:
        yield (SIGNATURE if whole else STATEMENT), Code.SIGNATURE_WRONG
    elif signed.holder is not None and not signed.is_good:
        yield HOLDER_KEY, Code.SIGNATURE_WRONG


def _key_files(members: dict[str, Member], signed: Signed) -> Iterator[tuple[str, Code]]:
    if HOLDER_KEY in members and signed.holder is None:
        yield HOLDER_KEY, Code.KEY_MALFORMED
    # Measured by the key that signed: a changed holder.pub does not accuse the file beside it.
    key = signed.signature.public_key if signed.signature is not None and signed.matches else signed.holder
    if ALLOWED_SIGNERS in members and key is not None and content_of(members, ALLOWED_SIGNERS) != allowed_signers(key):
        yield ALLOWED_SIGNERS, Code.DISAGREES
