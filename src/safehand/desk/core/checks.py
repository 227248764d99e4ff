"""A desk that is not safe to start does not (style practice 22). Each check has an id, and says what to do.

    E001  DEBUG is on                               E006  times are not kept in UTC
    E002  no secret key of its own                  E007  reached from elsewhere without https
    E003  a key file is missing or readable by others
    E004  the state directory is not the desk's     E008  pages are not told what they may load
    E005  SQLite without WAL or IMMEDIATE           E009  cookies that could leave by http
    E010  a public node that holds a secret key of the desk
    E011  a public node that is reached without https
    E012  a desk that was moved to PostgreSQL, and is not told which

``safehand desk check`` prints them; ``wsgi`` and ``safehand desk run`` refuse to go on with any. They look at a desk as
shipped: the settings of the tests (``IS_SHIPPED`` false) are looked at by tests that set it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from safehand.desk.core.state import State, readable_by_others

SHORTEST_SECRET = 50
"""Characters of a secret key: what Django's own deployment check asks for (security.W009)."""

_POLICY = {
    "default-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
}
_WIDER = ("unsafe", "*", "data:", "http:", "https:", "blob:")


@register()
def safe_to_start(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Everything that can be said without the database."""
    if not getattr(settings, "IS_SHIPPED", False):
        return []
    return [problem for check in _CHECKS for problem in check()]


@register(Tags.database)
def database_is_as_it_must_be(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django's signature
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """E005: what SQLite itself says, not only what the settings ask of it."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite" or not getattr(settings, "IS_SHIPPED", False):
            continue
        with connection.cursor() as cursor:
            said = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        if said["journal_mode"] != "wal" or said["synchronous"] < 2:  # 2 is FULL (sqlite.org/pragma)
            found.append(
                _error("E005", "SQLite does not write ahead and wait for the disk.", "Use the desk's settings.")
            )
    return found


def _debug() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield _error("E001", "DEBUG is on: error pages would show evidence.", "Start with the settings as shipped.")


def _secret_key() -> Iterator[CheckMessage]:
    secret = str(settings.SECRET_KEY)
    if len(secret) < SHORTEST_SECRET or secret.startswith("django-insecure-"):
        yield _error(
            "E002",
            "The desk has no secret key of its own.",
            "Let 'safehand desk run' make the state directory, or bring secret-key back from the backup.",
        )
    elif _state().secret_key.exists() and readable_by_others(_state().secret_key):
        yield _error("E002", "Others on this machine may read the secret key.", "Run: chmod 600 on secret-key.")


def _key_files() -> Iterator[CheckMessage]:
    state = _state()
    needed = [
        (state.desk_public, False),
        *([(state.desk_identity, True), (state.desk_signing, True)] if settings.ROLE.opens else []),
    ]
    for path, _ in needed:
        if not path.is_file():
            yield _error(
                "E003", f"The key file {path.name} is missing.", "Bring it back, or make keys: safehand keys new."
            )
    secrets = [path for path, secret in needed if secret]
    for path in (*secrets, state.log_signing):
        if path.is_file() and readable_by_others(path):
            yield _error("E003", f"Others on this machine may read {path.name}.", f"Run: chmod 600 on {path.name}.")


def _node() -> Iterator[CheckMessage]:
    node = settings.NODE
    if node is not None and not node.https and not node.on_this_machine:
        yield _error(
            "E011",
            "The public node would be reached without https.",
            "Set SAFEHAND_NODE to its https address.",
        )


def _no_secret_at_the_door() -> Iterator[CheckMessage]:
    if settings.ROLE.opens:
        return
    for path in sorted(_state().keys.glob("*")):
        if path.name != _state().desk_public.name:
            yield _error(
                "E010",
                f"A public node must not be able to open what it keeps, and {path.name} lies here.",
                "Take every key file but desk.pub off this machine.",
            )


def _state_directory() -> Iterator[CheckMessage]:
    state = _state()
    for folder in state.folders:
        if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield _error(
                "E004",
                f"The desk cannot write to {folder.name} in its state directory.",
                "Let 'safehand desk run' make it, and run the desk as the user who owns it.",
            )
    if state.root.is_dir() and readable_by_others(state.root):
        yield _error("E004", "Others on this machine may look into the state directory.", "Run: chmod 700 on it.")


def _sqlite() -> Iterator[CheckMessage]:
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3" and (
        options.get("transaction_mode") != "IMMEDIATE" or "journal_mode=WAL" not in options.get("init_command", "")
    ):
        yield _error(
            "E005", "SQLite is not set to write ahead and to lock at once.", "Use safehand.desk.settings.database."
        )


def _moved() -> Iterator[CheckMessage]:
    if _state().database_moved.exists() and settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        yield _error(
            "E012",
            "This desk's database was moved to a PostgreSQL, and would begin an empty one here.",
            "Set DATABASE_URL, in the shell as in the desk's unit.",
        )


def _utc() -> Iterator[CheckMessage]:
    if not settings.USE_TZ or settings.TIME_ZONE != "UTC":
        yield _error("E006", "Times are not kept in UTC.", "Set USE_TZ = True and TIME_ZONE = 'UTC'.")


def _address() -> Iterator[CheckMessage]:
    address = settings.ADDRESS
    if not address.https and not address.on_this_machine:
        yield _error(
            "E007",
            "The desk would be reached from elsewhere without https.",
            "Put a proxy with a certificate before it, and set SAFEHAND_ADDRESS to its https address.",
        )


def _content_security_policy() -> Iterator[CheckMessage]:
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    spelled = {name: [str(source) for source in sources] for name, sources in directives.items()}
    missing = [name for name, sources in _POLICY.items() if spelled.get(name) != sources]
    wider = [name for name, sources in spelled.items() for source in sources if any(w in source for w in _WIDER)]
    if "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE or missing or wider:
        yield _error(
            "E008", "Pages are not told to load nothing from elsewhere.", "Use CONTENT_SECURITY_POLICY as shipped."
        )


def _cookies() -> Iterator[CheckMessage]:
    hidden = settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY
    secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if not hidden or (settings.ADDRESS.https and not secure):
        yield _error(
            "E009", "Cookies could be read by a script or leave by http.", "Use the cookie settings as shipped."
        )


_CHECKS: tuple[Callable[[], Iterator[CheckMessage]], ...] = (
    _debug,
    _secret_key,
    _key_files,
    _no_secret_at_the_door,
    _node,
    _state_directory,
    _sqlite,
    _moved,
    _utc,
    _address,
    _content_security_policy,
    _cookies,
)


def _state() -> State:
    state: State = settings.STATE
    return state


def _error(number: str, found: str, todo: str) -> Error:
    return Error(found, hint=todo, id=f"safehand.{number}")
