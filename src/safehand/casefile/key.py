"""The key of a case file: 32 random bytes, kept only wrapped to the desk's age recipients.

    key = new_case_key()
    wrapped = wrap_case_key(key, ("age1…",))            what the desk's database keeps, beside the case
    unwrap_case_key(wrapped, "AGE-SECRET-KEY-1…")       the key again

Destroying the wrapped key destroys the case file for good, wherever copies of it lie. pyrage holds the interpreter's
lock while it works (tech.md 1); 32 bytes are too few to matter, so this one call stays in the process.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

import pyrage

from safehand.casefile.store import KEY_BYTES
from safehand.errors import CheckFailed, UsageError, WrongKey


def new_case_key(random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """A new key."""
    return random(KEY_BYTES)


def wrap_case_key(key: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt a case key to age recipients, ``age1…`` each: any one of them opens it."""
    if len(key) != KEY_BYTES:
        raise UsageError(f"A case key is {KEY_BYTES} bytes.")
    if not recipients:
        raise UsageError("A case key is wrapped to at least one recipient.")
    try:
        parsed = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as err:
        raise UsageError("That is no age recipient.", todo="It starts with age1 and stands in desk.pub.") from err
    wrapped: bytes = pyrage.encrypt(key, parsed)
    return wrapped


def unwrap_case_key(wrapped: bytes, identity: str) -> bytes:
    """The key again, with an age identity, ``AGE-SECRET-KEY-1…``; comments of its file are passed over."""
    lines = [line.strip() for line in identity.splitlines()]
    try:
        identities = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as err:
        raise UsageError("That is no age identity.", todo="It stands in desk.agekey.") from err
    try:
        key: bytes = pyrage.decrypt(wrapped, identities)
    except pyrage.DecryptError as err:
        raise WrongKey("This identity does not open the case key.", todo="Use the desk's own desk.agekey.") from err
    if len(key) != KEY_BYTES:
        raise CheckFailed("What was wrapped is not a case key.")
    return key
