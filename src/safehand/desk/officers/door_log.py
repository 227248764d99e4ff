"""What happened at the door, in the desk's log: who came in, who left, what was wrong (OWASP ASVS 4.0.3, 7.1.3, 7.2.1).

    2026-11-22 10:00:00,000 INFO safehand.desk.door officer 3 signed in
    2026-11-22 10:00:00,000 WARNING safehand.desk.door a sign-in failed

An officer is called by the number of their row: no name, no reference and no address of a computer stands in a log.
Which reference was tried, and from where, is kept in the database while tries are counted (axes).
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

log = logging.getLogger("safehand.desk.door")


def listen() -> None:
    """Called once, when Django has loaded the app."""
    user_logged_in.connect(_came_in, dispatch_uid="safehand.door.in")
    user_logged_out.connect(_left, dispatch_uid="safehand.door.out")
    user_login_failed.connect(_failed, dispatch_uid="safehand.door.failed")
    user_locked_out.connect(_locked_out, dispatch_uid="safehand.door.locked")
    authentication_failed.connect(_wrong_code, dispatch_uid="safehand.door.code")


def _came_in(user: Any, **_: Any) -> None:
    log.info("officer %s signed in", user.pk)


def _left(user: Any, **_: Any) -> None:
    if user is not None:
        log.info("officer %s signed out", user.pk)


def _failed(**_: Any) -> None:
    log.warning("a sign-in failed")


def _locked_out(**_: Any) -> None:
    log.warning("too many sign-ins failed: the door is closed to one reference at one address")


def _wrong_code(user: Any, **_: Any) -> None:
    log.warning("officer %s: a code of the second factor was wrong", user.pk)
