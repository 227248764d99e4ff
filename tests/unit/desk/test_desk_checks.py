"""A desk that is not safe to start does not."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from desk_cast import make_state
from safehand.desk.core.state import State
from safehand.desk.settings.database import database
from safehand.desk.settings.places import Address
from safehand.errors import UsageError


@pytest.fixture
def shipped(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> State:
    """Settings as shipped, on a state directory that is in order."""
    state = make_state(tmp_path)
    settings.IS_SHIPPED = True
    settings.STATE = state
    monkeypatch.setitem(settings.DATABASES, "default", database("", state.database))
    return state


def problems() -> list[str]:
    """The ids of what is wrong, in order."""
    found = [problem for problem in run_checks() if problem.level >= 40]
    assert all(problem.hint for problem in found), "each says what to do"
    return sorted({str(problem.id).removeprefix("safehand.") for problem in found})


@pytest.mark.usefixtures("shipped")
def test_a_desk_in_order_may_start() -> None:
    assert problems() == []


def _set(name: str, value: object) -> Callable[[Settings, State], None]:
    return lambda settings, _: setattr(settings, name, value)


def _policy(directive: str, sources: list[str]) -> Callable[[Settings, State], None]:
    def change(settings: Settings, _: State) -> None:
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"][directive] = sources
        settings.CONTENT_SECURITY_POLICY = policy

    return change


def _sqlite_option(name: str, value: str) -> Callable[[Settings, State], None]:
    def change(settings: Settings, _: State) -> None:
        settings.DATABASES["default"]["OPTIONS"][name] = value

    return change


WRONG: dict[str, tuple[str, Callable[[Settings, State], None]]] = {
    "debug": ("E001", _set("DEBUG", value=True)),
    "a default secret key": ("E002", _set("SECRET_KEY", "django-insecure-" + "x" * 60)),
    "a short secret key": ("E002", _set("SECRET_KEY", "missing")),
    "a secret key others may read": ("E002", lambda _, state: state.secret_key.chmod(0o640)),
    "no desk key": ("E003", lambda _, state: state.desk_identity.unlink()),
    "no public key": ("E003", lambda _, state: state.desk_public.unlink()),
    "a desk key others may read": ("E003", lambda _, state: state.desk_identity.chmod(0o604)),
    "no evidence store": ("E004", lambda _, state: state.evidence.rmdir()),
    "a state directory others may enter": ("E004", lambda _, state: state.root.chmod(0o711)),
    "SQLite that locks late": ("E005", _sqlite_option("transaction_mode", "DEFERRED")),
    "SQLite without WAL": ("E005", _sqlite_option("init_command", "PRAGMA synchronous=FULL;")),
    "local time": ("E006", _set("TIME_ZONE", "Europe/London")),
    "http from elsewhere": ("E007", _set("ADDRESS", Address.parse("http://desk.example:8000"))),
    "no policy": ("E008", _set("CONTENT_SECURITY_POLICY", {})),
    "no policy middleware": ("E008", _set("MIDDLEWARE", [])),
    "inline scripts": ("E008", _policy("script-src", ["'self'", "'unsafe-inline'"])),
    "scripts from anywhere": ("E008", _policy("script-src", ["https:"])),
    "pages in frames": ("E008", _policy("frame-ancestors", ["'self'"])),
    "everything by default": ("E008", _policy("default-src", ["'self'"])),
    "cookies for scripts": ("E009", _set("SESSION_COOKIE_HTTPONLY", value=False)),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_start_is_refused_with(name: str, shipped: State, settings: Settings) -> None:
    number, change = WRONG[name]
    change(settings, shipped)
    assert number in problems()


def test_a_state_directory_that_cannot_be_written_to_is_refused(
    shipped: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, and tests may be run by root: the owner's own rights are asked.
    monkeypatch.setattr(os, "access", lambda path, wanted: Path(path).stat().st_mode >> 6 & wanted == wanted)
    assert problems() == []
    shipped.work.chmod(0o500)
    assert problems() == ["E004"]


def test_https_needs_secure_cookies(shipped: State, settings: Settings) -> None:
    settings.ADDRESS = Address.parse("https://desk.example")
    assert problems() == ["E009"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    assert problems() == []
    assert shipped.root.is_dir()


@pytest.mark.parametrize(
    "text",
    ["", "desk.example", "ftp://desk.example", "https://", "https://desk.example/path", "http://x:99999", "http://["],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Address.parse(text)


def test_an_address_says_its_origin() -> None:
    assert Address.parse("https://desk.example/").origin == "https://desk.example"
    assert Address.parse("http://[::1]:8000").origin == "http://[::1]:8000"
    assert Address.parse("http://127.0.0.1:8000").on_this_machine


def test_a_state_directory_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    state = State(tmp_path / "new" / "desk")
    state.make()
    first = state.read_secret_key()
    state.make()
    assert state.read_secret_key() == first
    assert len(first) > 80
    assert {folder.stat().st_mode & 0o777 for folder in state.folders} == {0o700}
    assert state.secret_key.stat().st_mode & 0o777 == 0o600
