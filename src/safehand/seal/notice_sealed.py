"""A notice, sealed in memory to the desk's keys, and opened again at the desk.

    sealed = seal_notice(notice, desk)           an age file; any age program opens it with the desk's key
    open_notice(sealed, identity)                the notice, or WrongKey, PackageDamaged

pyrage holds the interpreter's lock while it works (tech.md 1). A notice is a few kilobytes, so this stays in the
process, and nothing of it is ever in a file in the clear.
"""

from __future__ import annotations

import pyrage

from safehand.errors import PackageDamaged, UsageError, WrongKey
from safehand.seal.notice import Notice, format_notice, parse_notice
from safehand.signing.age_identity import AgeIdentity
from safehand.signing.keys import DeskPublic

_NO_KEY = "No matching keys found"  # pyrage gives one error for all (seal/age_child.py)


def seal_notice(notice: Notice, desk: DeskPublic) -> bytes:
    """Encrypt it to the desk's two keys."""
    try:
        recipients = [pyrage.x25519.Recipient.from_str(text) for text in desk.recipients]
    except pyrage.RecipientError as err:
        raise UsageError("The desk's key is not one that age can encrypt to.") from err
    sealed: bytes = pyrage.encrypt(format_notice(notice), recipients)
    return sealed


def open_notice(sealed: bytes, *identities: AgeIdentity, where: str = "") -> Notice:
    """Decrypt it with any of these, and read it."""
    keys = [pyrage.x25519.Identity.from_str(identity.secret_text) for identity in identities]
    try:
        data: bytes = pyrage.decrypt(sealed, keys)
    except pyrage.DecryptError as err:
        if str(err) == _NO_KEY:
            raise WrongKey("This notice is sealed for another key.", where=where) from err
        raise PackageDamaged("This notice was cut short or changed.", where=where) from err
    return parse_notice(data, where=where)
