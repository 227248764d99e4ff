"""Signing in as a person does: a reference and a password, then a code.

password(browser)                                     Alice's, unless told
browser.post("/sign-in/code/", {"code": code()})      what the app shows now
"""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from desk_cast import PASSWORD, SECRET


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows now, or ``steps`` of 30 seconds later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def password(browser: Client, reference: str = "alice", given: str = PASSWORD, **more: str) -> Any:
    """The answer of the first page of the door."""
    return browser.post("/sign-in/", {"login": reference, "password": given, **more})
