"""The officers of a sample desk, and how to sign in as one of them.

Their password and the secret of their second factor stand in ``sample.json`` in the state directory, for its owner's
eyes alone. Only a sample desk has that file; no other desk can tell anybody's code.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction

from safehand.desk.core.state import State, write_private
from safehand.desk.officers.actions import add_officer, find_officer, give_role, give_second_factor
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import FIRST, Role
from safehand.desk.prepare import said_as
from safehand.errors import NotAllowed, UsageError

SAMPLE: Final = "SAMPLE1"
"""Hands the sample in, and is on its case."""

OUTSIDER: Final = "SAMPLE2"
"""Is on no case: signs in to see that there is nothing to see."""

_CALLED: Final = {SAMPLE: "Sample officer", OUTSIDER: "Another sample officer"}
_ROLES: Final = {SAMPLE: FIRST, OUTSIDER: (Role.REVIEWER,)}

_STEP: Final = 30
"""Seconds a code is shown for (RFC 6238 §5.2, allauth's default)."""


def refuse_unless_sample(state: State) -> None:
    """UsageError for a desk that real officers use: no door is opened there whose key lies in a file."""
    if not _file(state).exists() and Officer.objects.exists():
        raise UsageError(
            "This desk has officers of its own, and takes no sample.",
            where=str(state.root),
            todo="Leave --sample out, or give another folder with --state.",
        )


def make_officers(state: State) -> Officer:
    """The two of them, once. Gives the one who is on the case."""
    refuse_unless_sample(state)
    path = _file(state)
    if not path.exists():
        # The file first: officers whose password nobody knows would be no use, a file without officers is made good.
        made = {"password": secrets.token_urlsafe(9), "secret": generate_totp_secret()}
        write_private(path, json.dumps(made).encode())
    told = _told(state)
    with transaction.atomic():
        for reference, name in _CALLED.items():
            if not Officer.objects.filter(reference=reference).exists():
                give_second_factor(add_officer(reference, name, told["password"]), told["secret"])
    for reference, roles in _ROLES.items():
        officer = find_officer(reference)
        for role in roles if not officer.roles.exists() else ():
            give_role(officer, role, by=None)
    return find_officer(SAMPLE)


def how_to_sign_in(state: State, clock: Callable[[], float] = time.time) -> Sequence[str]:
    """Officer, password, and the code of this moment. NotAllowed at a desk that is no sample."""
    told = _told(state)
    now = int(clock())
    code = format_hotp_value(hotp_value(told["secret"], now // _STEP))
    good = 2 * _STEP - now % _STEP  # the code before the present one still opens (MFA_TOTP_TOLERANCE)
    return [
        f"  officer     {SAMPLE}    ({OUTSIDER} is on no case, and signs in alike)",
        f"  password    {told['password']}",
        f"  code        {code}    good for {good} seconds; another: {said_as()} desk code --state {state.root}",
        f"  secret      {told['secret']}    for an authenticator app",
    ]


def _told(state: State) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(_file(state).read_bytes())
    except FileNotFoundError as err:
        raise NotAllowed(
            "This is no sample desk: nobody can tell an officer's code.",
            where=str(state.root),
            todo="Use the authenticator app, or a recovery code.",
        ) from err
    return told


def _file(state: State) -> Path:
    return state.root / "sample.json"
