"""The secrets of a desk in its backup: sealed to the keys that open packages, so that the copy shows them to nobody.

    seal_keys(state)                        keys.age
    open_keys(sealed, recovery_agekey)      {"keys/desk.signkey": "…", "secret-key": "…"}

Whoever could open them could open every package anyway: they are sealed to the desk's key and to the recovery key,
which is kept offline and is never in a backup itself. Any age program opens the file; inside is JSON, a text for each
path below the state directory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyrage

from safehand.desk.core.state import State
from safehand.errors import CannotRead, WrongKey
from safehand.model.canonical import format_canonical, parse_canonical
from safehand.signing.keys import DESK_PUBLIC, RECOVERY_IDENTITY, load_desk_public, load_identities

_APART: Final = frozenset({DESK_PUBLIC, RECOVERY_IDENTITY})
"""The one is public and stands beside; the other must never lie where backups lie."""

_BESIDE: Final = ("secret-key", "sample.json")
"""In the state directory itself; the second at a sample desk alone."""

_NAME: Final = re.compile(r"secret-key|sample\.json|keys(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){1,4}", re.ASCII)
"""No path leads out of the state directory, whoever made the backup."""


def seal_keys(state: State) -> bytes:
    """All that is secret, sealed to the two recipients of desk.pub. CannotRead when a key cannot be read."""
    public = load_desk_public(state.desk_public)
    try:
        found = {str(path.relative_to(state.root)): path.read_text("utf-8") for path in _secrets(state)}
    except (OSError, UnicodeDecodeError) as err:
        raise CannotRead("A key of this desk cannot be read.", where=str(state.keys)) from err
    recipients = [pyrage.x25519.Recipient.from_str(text) for text in public.recipients]
    sealed: bytes = pyrage.encrypt(format_canonical({**found}), recipients)
    return sealed


def open_keys(sealed: bytes, identity: Path) -> Mapping[str, str]:
    """The texts again, by their paths. WrongKey when ``identity`` is neither of the two; CannotRead."""
    keys = [pyrage.x25519.Identity.from_str(each.secret_text) for each in load_identities(identity)]
    try:
        opened: bytes = pyrage.decrypt(sealed, keys)
    except pyrage.DecryptError as err:
        raise WrongKey(
            "This key does not open the keys in the backup.",
            where=str(identity),
            todo="Use the recovery.agekey that is kept offline, or this desk's own desk.agekey.",
        ) from err
    match parse_canonical(opened):
        case dict(found) if all(isinstance(text, str) and _NAME.fullmatch(name) for name, text in found.items()):
            return {name: str(text) for name, text in found.items()}
    raise CannotRead("What is sealed as keys in this backup are no keys.")


def _secrets(state: State) -> list[Path]:
    keys = [path for path in sorted(state.keys.rglob("*")) if path.is_file() and path.name not in _APART]
    return [*keys, *(state.root / name for name in _BESIDE if (state.root / name).is_file())]
