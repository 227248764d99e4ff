"""Words that an officer writes about a case, as the desk's database keeps them: sealed under the case's own key.

    sealed = seal_words(case, "He was told twice")        what the database holds
    open_words(case, sealed)                              the words again
    open_each(case, [sealed, another])                    the words of several, for which the key is unwrapped once

A note may repeat what a message says. Destroying the case's key destroys it with the case file, as docs/map.md has it,
and whoever has the database alone reads nothing. ChaCha20-Poly1305 (RFC 8439) under a key derived from the case's
(HKDF, RFC 5869), with a random nonce before the sealed bytes. The case's reference is authenticated with them: a note
that was moved to another case does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import case_key
from safehand.errors import CheckFailed

_NONCE: Final = 12
_INFO: Final = b"safehand words of officers v1"


def seal_words(case: Case, words: str, *, random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """Seal them. No words are no bytes."""
    if not words:
        return b""
    nonce = random(_NONCE)
    return nonce + _cipher(case).encrypt(nonce, words.encode("utf-8", "surrogatepass"), case.reference.encode())


def open_words(case: Case, sealed: bytes) -> str:
    """The words again. CheckFailed when they were changed, or are of another case."""
    return open_each(case, (sealed,))[0]


def open_each(case: Case, sealed: Sequence[bytes]) -> tuple[str, ...]:
    """The words of each, in their order. CheckFailed as for one."""
    if not any(sealed):
        return ("",) * len(sealed)
    cipher = _cipher(case)
    return tuple(_opened(cipher, one, case.reference) if one else "" for one in sealed)


def _opened(cipher: ChaCha20Poly1305, sealed: bytes, reference: str) -> str:
    try:
        words = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], reference.encode())
    except (InvalidTag, ValueError) as err:
        raise CheckFailed(
            "What an officer wrote does not open.", where=reference, todo="It was changed, or is of another case."
        ) from err
    return words.decode("utf-8", "surrogatepass")


def _cipher(case: Case) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, _INFO).derive(case_key(case)))
