"""The desk as shipped. Everything it needs to know of its machine comes in these variables:

    SAFEHAND_STATE      the directory that holds everything the desk keeps (required)
    SAFEHAND_ADDRESS    how officers reach it, http://127.0.0.1:8000 unless told; anything not on this machine is https
    DATABASE_URL        PostgreSQL, when the desk outgrows its own SQLite file
    SAFEHAND_LARGEST    bytes one package may have
    SAFEHAND_WAITING    bytes that may wait at the public node, together: half of its disk unless told
    SAFEHAND_UNREAD     minutes an urgent notice may wait until somebody opens it, 10 unless told (intake/alarms.py)
    SAFEHAND_ASK_AGAIN  minutes until it is asked again what became of a meeting, 720 unless told (triage/happened.py)
    SAFEHAND_GLASS      minutes a case stays open that was opened by break-glass, 60 unless told (cases/glass.py)
    SAFEHAND_BREAK      minutes in hard material after which a break is offered, 45 unless told (welfare/stretches.py)
    SAFEHAND_GRADES     a file: the unit's own table of grades, laid over the shipped one (docs/guides/triage.md)
    SAFEHAND_MARKS      minutes before a meeting when an ungraded report is an alarm, "240 60" (triage/marks.py)
    SAFEHAND_WITHIN     minutes until a report should be read, graded, taken: "10 60 60" (triage/times.py)
    SAFEHAND_HOURS      when the desk is staffed, "Mon-Fri 08:00-18:00": always unless told (triage/shift.py)
    SAFEHAND_PAGER      a command that is told of each alarm: SAFEHAND_PAGER SH-7K3M9QXAR overdue (intake/paging.py)
    SAFEHAND_MIRROR     where packages are kept a second time: a folder, or s3://bucket (docs/guides/evidence-store.md)
    SAFEHAND_MIRROR_AT  whose bucket that is, https://store.example; its keys come in AWS_ACCESS_KEY_ID and so on
    SAFEHAND_REHASH     days within which each package is hashed again, 30 unless told (keeping/rounds.py)
    SAFEHAND_TIMESTAMPS who stamps checkpoints, and by what certificates: nobody unless told (custody/stamping.py)
    SAFEHAND_WITNESSES  a policy of witnesses that are asked to sign checkpoints: nobody unless told (witnesses.py)
    SAFEHAND_PUBLISH    a folder in which the custody log is published: nowhere unless told (custody/publishing.py)
    SAFEHAND_STAMPED    minutes a checkpoint may wait for its timestamp, 1440 unless told (intake/log_alarms.py)
    SAFEHAND_METRICS    a port of this machine for figures and health (core/listening.py): none unless told
    SAFEHAND_NODE       for a desk of its own: where its public node is, https://report.example
    SAFEHAND_ROLE       handover (the public node) or desk; both in one process unless told (roles.py)

``safehand desk run`` sets them. A start that is not safe is refused by the checks in core/checks.py.
"""

from __future__ import annotations

import os
from pathlib import Path

from safehand.desk.core.state import State
from safehand.desk.settings.authority import authority
from safehand.desk.settings.base import *
from safehand.desk.settings.database import database
from safehand.desk.settings.hours import hours
from safehand.desk.settings.mirror import mirror
from safehand.desk.settings.numbers import days, minutes, number, port, several
from safehand.desk.settings.pager import command
from safehand.desk.settings.places import Address
from safehand.desk.settings.published import published
from safehand.desk.settings.roles import Role
from safehand.desk.settings.witnesses import witnesses

IS_SHIPPED = True
"""Looked at by core/checks.py: with these settings, every check must pass before the desk starts."""

STATE = State(Path(os.environ["SAFEHAND_STATE"]).absolute())
ADDRESS = Address.parse(os.environ.get("SAFEHAND_ADDRESS", "http://127.0.0.1:8000"))
ROLE = Role.parse(os.environ.get("SAFEHAND_ROLE", ""))
NODE = Address.parse(os.environ["SAFEHAND_NODE"]) if os.environ.get("SAFEHAND_NODE") else None
UNREAD_AFTER = minutes("SAFEHAND_UNREAD", UNREAD_AFTER)
ASK_AGAIN_AFTER = minutes("SAFEHAND_ASK_AGAIN", ASK_AGAIN_AFTER)
GLASS_LASTS = minutes("SAFEHAND_GLASS", GLASS_LASTS)
BREAK_AFTER = minutes("SAFEHAND_BREAK", BREAK_AFTER)
MEETING_MARKS = several("SAFEHAND_MARKS", MEETING_MARKS)
HANDOVER_WITHIN = several("SAFEHAND_WITHIN", HANDOVER_WITHIN)
HOURS = hours("SAFEHAND_HOURS")
PAGER = command("SAFEHAND_PAGER")
MIRROR = mirror("SAFEHAND_MIRROR", STATE.root)
REHASH_WITHIN = days("SAFEHAND_REHASH", REHASH_WITHIN)
TIMESTAMPS = authority("SAFEHAND_TIMESTAMPS")
WITNESSES = witnesses("SAFEHAND_WITNESSES")
PUBLISHED = published("SAFEHAND_PUBLISH")
STAMPED_WITHIN = minutes("SAFEHAND_STAMPED", STAMPED_WITHIN)
GRADE_RULES = Path(os.environ["SAFEHAND_GRADES"]).absolute() if os.environ.get("SAFEHAND_GRADES") else None
LARGEST_PACKAGE = number("SAFEHAND_LARGEST", LARGEST_PACKAGE)
MOST_WAITING = number("SAFEHAND_WAITING", MOST_WAITING)
METRICS = port("SAFEHAND_METRICS")
COUNTS = STATE.counts

SECRET_KEY = STATE.read_secret_key() or "missing"  # and so short that E002 refuses the start
ALLOWED_HOSTS = [ADDRESS.host]
CSRF_TRUSTED_ORIGINS = [ADDRESS.origin]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), STATE.database)}

SESSION_COOKIE_SECURE = ADDRESS.https
CSRF_COOKIE_SECURE = ADDRESS.https
if ADDRESS.https:  # a browser takes a cookie of such a name from this very host alone, by https (RFC 6265bis §4.1.3.2)
    SESSION_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}"
    CSRF_COOKIE_NAME = f"__Host-{CSRF_COOKIE_NAME}"
SECURE_SSL_REDIRECT = False  # the proxy that ends TLS does that; here a redirect could loop
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ADDRESS.https else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ADDRESS.https else 0  # of X-Forwarded-For, the entry that our own proxy added
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ADDRESS.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ADDRESS.https
SECURE_HSTS_PRELOAD = ADDRESS.https

STATIC_ROOT = STATE.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {
        "BACKEND": "safehand.desk.core.cache.PlainSpokenCache",
        "LOCATION": "desk_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # Django's 300 would throw limits away, and marks of what was used
    }
}
FILE_UPLOAD_TEMP_DIR = STATE.uploads
