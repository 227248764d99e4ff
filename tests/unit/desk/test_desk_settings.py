"""The settings as shipped, as a process of their own sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NAMES = [
    "DEBUG",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_PROXY_SSL_HEADER",
    "PASSWORD_HASHERS",
    "TIME_ZONE",
    "LARGEST_PACKAGE",
    "MOST_WAITING",
    "SECRET_KEY",
    "DATABASES",
]
CODE = f"""
import json
from safehand.desk.settings import shipped
print(json.dumps({{name: getattr(shipped, name) for name in {NAMES!r}}}))
"""


def shipped(tmp_path: Path, **variables: str) -> dict[str, Any]:
    """What they say, given these variables."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SAFEHAND", "DATABASE", "DJANGO"))}
    environment = {**kept, "SAFEHAND_STATE": str(tmp_path), **variables}
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_on_this_machine_plain_http_is_enough(tmp_path: Path) -> None:
    told = shipped(tmp_path)
    assert told["DEBUG"] is False
    assert told["ALLOWED_HOSTS"] == ["127.0.0.1"]
    assert told["SESSION_COOKIE_SECURE"] is told["CSRF_COOKIE_SECURE"] is False
    assert told["SESSION_COOKIE_NAME"] == "safehand_session", "browsers take no __Host- by plain http"
    assert told["SECURE_HSTS_SECONDS"] == 0
    assert told["SECURE_PROXY_SSL_HEADER"] is None, "a header that anybody can send is believed by nobody"
    assert told["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert told["TIME_ZONE"] == "UTC"
    assert told["SECRET_KEY"] == "missing"
    assert told["DATABASES"]["default"]["NAME"] == str(tmp_path / "desk.sqlite3")


def test_elsewhere_everything_is_for_https(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("k" * 60 + "\n")
    told = shipped(tmp_path, SAFEHAND_ADDRESS="https://desk.example", SAFEHAND_LARGEST="1000", SAFEHAND_WAITING="9")
    assert told["ALLOWED_HOSTS"] == ["desk.example"]
    assert told["CSRF_TRUSTED_ORIGINS"] == ["https://desk.example"]
    assert told["SESSION_COOKIE_SECURE"] is told["CSRF_COOKIE_SECURE"] is True
    assert told["SESSION_COOKIE_NAME"] == "__Host-safehand_session"
    assert told["CSRF_COOKIE_NAME"] == "__Host-safehand_csrf"
    assert told["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert (told["LARGEST_PACKAGE"], told["MOST_WAITING"]) == (1000, 9)
    assert told["SECRET_KEY"] == "k" * 60


def test_a_postgresql_is_taken_where_one_is_named(tmp_path: Path) -> None:
    told = shipped(tmp_path, DATABASE_URL="postgres://desk@db.example:5433/safehand")
    database = told["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "safehand")


@pytest.mark.parametrize("address", ["desk.example", "https://desk.example/path"])
def test_what_is_no_address_does_not_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        shipped(tmp_path, SAFEHAND_ADDRESS=address)
    assert "This is not an address" in failed.value.stderr
