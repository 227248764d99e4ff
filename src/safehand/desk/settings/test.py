"""The desk under test: as shipped, but with a state directory of its own and quick passwords.

DATABASE_URL, when set, is a PostgreSQL to test against (scripts/test starts one); otherwise SQLite.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from safehand.desk.core.state import State
from safehand.desk.settings.base import *
from safehand.desk.settings.database import database
from safehand.desk.settings.places import Address

STATE = State(Path(tempfile.gettempdir()) / f"safehand-test-{os.getuid()}-{os.getpid()}")
"""Never made by itself: the fixture ``desk_state`` puts a directory of the test's own in its place."""
ADDRESS = Address.parse("http://127.0.0.1:8000")
SECRET_KEY = "only for tests, and long enough for the check that looks at it"  # noqa: S105  no desk starts with it
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), Path(":memory:"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = STATE.static
WHITENOISE_AUTOREFRESH = True
