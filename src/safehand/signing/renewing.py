"""Another desk identity, by re-enrolment: new packages are sealed to it, and older ones still open.

    renew_desk_keys(Path("keys"), clock=…)                                  while the desk's own key is at hand
    renew_desk_keys(Path("keys"), clock=…, recovery=Path("recovery.agekey"))   when it is lost

``desk.agekey`` then holds several secrets, the newest first, as age key files may: ``age -d -i desk.agekey`` opens with
any of them. The public file it had stands beside it, under its own fingerprint. A recovery key that was brought is
used up: it lies among the older identities from then on, and a new one is made, to be taken offline. Its file holds the
one before as well: whoever loses everything else again still opens what was sealed to either.

The signing key stays: holders who keep an acknowledgement check it by that. What is written first opens everything, and
``desk.pub`` is last: stopped between the two, nothing is lost and it is done again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotRead, CannotWrite, WrongKey
from safehand.signing.age_identity import AgeIdentity, format_identities
from safehand.signing.clock import Clock, seconds_now, utc_text
from safehand.signing.keys import (
    DESK_IDENTITY,
    DESK_PUBLIC,
    RECOVERY_IDENTITY,
    DeskPublic,
    format_desk_public,
    load_desk_public,
    load_identities,
)


def renew_desk_keys(
    directory: Path,
    *,
    clock: Clock,
    recovery: Path | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> DeskPublic:
    """Make another identity for the desk whose keys stand in ``directory``; with ``recovery``, another of both.

    CannotRead where there is neither the desk's key nor a recovery key; WrongKey for the recovery key of another desk.
    """
    was = load_desk_public(directory / DESK_PUBLIC)
    recovered = _recovered(recovery, was)
    older = [*_own(directory, was, needed=recovery is None), *recovered]
    created = utc_text(seconds_now(clock))
    new = AgeIdentity(random(32))
    public = replace(was, created=created, desk=new.recipient)
    if recovery is not None:
        kept = AgeIdentity(random(32))
        public = replace(public, recovery=kept.recipient)
        _put_aside(directory / RECOVERY_IDENTITY, was)
        _replace(directory / RECOVERY_IDENTITY, format_identities([kept, *recovered], created), mode=0o600)
    _keep_older(directory, was)
    _replace(directory / DESK_IDENTITY, format_identities([new, *older], created), mode=0o600)
    _replace(directory / DESK_PUBLIC, format_desk_public(public), mode=0o644)
    return public


def _own(directory: Path, was: DeskPublic, *, needed: bool) -> Sequence[AgeIdentity]:
    path = directory / DESK_IDENTITY
    if not path.exists():
        if needed:
            raise CannotRead(
                "The desk's key is gone.",
                where=str(path),
                todo="Bring it back from the backup, or bring the recovery key: --recovery recovery.agekey.",
            )
        return ()
    found = load_identities(path)
    if needed and was.desk not in [each.recipient for each in found]:
        raise WrongKey("This is the key of another desk.", where=str(path), todo="Bring the one that desk.pub names.")
    return found


def _recovered(recovery: Path | None, was: DeskPublic) -> Sequence[AgeIdentity]:
    if recovery is None:
        return ()
    found = load_identities(recovery)
    if was.recovery not in [each.recipient for each in found]:
        raise WrongKey("This is not the recovery key of this desk.", where=str(recovery), todo="Bring its own.")
    return found


def _put_aside(path: Path, was: DeskPublic) -> None:
    """One that lies there and is not this desk's own: nobody knows what it opens."""
    if path.exists():
        found = load_identities(path)
        if was.recovery not in [each.recipient for each in found]:
            path.rename(path.with_name(f"{path.name}.aside-{found[0].recipient[-12:]}"))
            passed(Step.KEY_NAMED)


def _keep_older(directory: Path, was: DeskPublic) -> None:
    path = directory / f"{DESK_PUBLIC}.older-{was.fingerprint}"
    if not path.exists():  # by a renewal that was stopped
        _write_new(path, format_desk_public(was), mode=0o644)


def _write_new(path: Path, text: str, *, mode: int = 0o600) -> None:
    """CannotWrite where one stands already: nothing is put over it."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as err:
        raise CannotWrite(
            "A key file of this name stands here already.", where=str(path), todo="Take it to where it belongs first."
        ) from err
    except OSError as err:
        raise _cannot(path, err) from err
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        sync_file(handle, Step.KEY_SYNCED)
    sync_folder(path.parent, Step.KEY_FOLDER_SYNCED)


def _replace(path: Path, text: str, *, mode: int) -> None:
    """In one step, on the disk: whoever opens it finds the one before or this one, whole."""
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        _write_new(beside, text, mode=mode)
        beside.replace(path)
        passed(Step.KEY_NAMED)
        sync_folder(path.parent, Step.KEY_FOLDER_SYNCED)
    except OSError as err:
        raise _cannot(path, err) from err


def _cannot(path: Path, err: OSError) -> CannotWrite:
    return CannotWrite("The keys could not be written.", where=str(path), todo=f"{err.strerror or 'The disk'}.")
