"""Watches every desk test for an act that leaves no custody entry: the hook is below all callers.

    silent_acts             for every test below tests/unit/desk, without asking
    watching(patch)         for a test of its own

Whatever a test makes the desk do, by a page, a command, a task or a chore, is watched where it meets the database. It
fails the test when the desk's own code

    writes a row outside a transaction, or in one that ends without an entry, or
    asks for the key of a case, to show something of it, in a request that makes no entry.

``APART`` are the tables that hold no record of anybody's case, each with its reason. What the test itself writes, to
have something to work on, is nobody's act.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Final

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.db.transaction import Atomic
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from repository import ROOT
from safehand.desk.cases import opening

DESK: Final = ROOT / "src" / "safehand" / "desk"
TESTS: Final = ROOT / "tests"
WATCHED: Final = TESTS / "unit" / "desk"

ENTRIES: Final = "custody_custodyentry"

APART: Final = {
    "django_session": "who is signed in; the door tells its log (officers/door_log.py)",
    "django_migrations": "the tables themselves",
    "axes_": "who may not try again yet",
    "account_": "allauth's own, of an officer's own sign-in",
    "mfa_": "an officer's own second factor",
    "officers_officer": "an officer's own name, password and sign-in; roles are officers_roleheld",
    "safehand_cache": "counts of who asks too often",
    "core_heartbeat": "that a worker lives",
    "django_tasks_database_": "what waits to be done: what is done makes the entry",
    "handover_": "the public node knows no custody log; what it took in is an entry when the desk collects it",
    "welfare_": "how long officers were in hard material, which stands in no entry on purpose (adr/0015)",
    "triage_standing": "where a report stands in the inbox: made again at any time from what has entries",
    "custody_log": "the tree over the entries, and its checkpoints",
}
"""Beginnings of names of tables, and why what is written there is no act on a record."""

PLACES: Final = {
    "intake/processing.py:begin": "an attempt begins; what comes of it is the entry",
    "intake/processing.py:_tell": "how far an attempt is",
    "intake/collect.py:_acknowledge": "the node was told that the desk has it, which has its entry",
    "intake/telling.py:_tell": "the node was told what the holder may know, each of which has its entry",
    "custody/copies.py:look_soon": "a copy is looked at sooner; what is found then is the entry",
    "keeping/looking.py:goes_on_waiting": "a copy could not be made: nothing was done, and it is tried again",
    "keeping/second.py:_still_away": "it is away as it was, which has its entry; it is tried again later",
    "keeping/rounds.py:_put_off": "a look begins; what is found is the entry",
    "intake/paging.py:_is_ours": "one worker of several tries the pager; that it took the alarm is the entry",
}
"""Places in the desk whose writes are no act either."""

FORMS: Final = {
    "/cite/": "the case is opened to see that there is such a message; the form shows its number alone",
    "/report/progress": "the case is opened to see that it opens; how far reading is stands there, in numbers",
}
"""Ends of addresses that open a case and show nothing of it."""

_MODELS: Final = ("models.py", "kept.py", "meeting_models.py")
_WRITES: Final = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"(\w+)\"", re.IGNORECASE)


@dataclass
class Watch:
    """What was seen so far."""

    acts: Path
    """Where the code is whose writes are acts."""
    silent: list[str] = field(default_factory=list)
    entries: int = 0
    keys: int = 0
    _inside: list[Atomic] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)
    _entries_before: int = 0

    def statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's signature
        """Django's hook for every statement."""
        result = execute(sql, params, many, context)
        found = _WRITES.match(sql)
        if found is not None:
            self._wrote(found[1])
        return result

    def begins(self, atomic: Atomic) -> None:
        """A transaction of the desk's."""
        if not self._inside:
            self._written, self._entries_before = [], self.entries
        self._inside.append(atomic)

    def ends(self, atomic: Atomic, *, failed: bool) -> None:
        """The outermost says whether there was an entry."""
        if atomic not in self._inside:
            return
        self._inside.remove(atomic)
        if not self._inside and not failed and self._written and self.entries == self._entries_before:
            self.silent.append(f"a transaction without an entry: {', '.join(sorted(set(self._written)))}")

    def _wrote(self, table: str) -> None:
        if table == ENTRIES:
            self.entries += 1
            return
        if table.startswith(tuple(APART)):
            return
        where = _act(sys._getframe(2), self.acts)
        if where is None:
            return
        if self._inside:
            self._written.append(f"{where} wrote {table}")
        else:
            self.silent.append(f"no transaction: {where} wrote {table}")


def _act(frame: FrameType | None, acts: Path) -> str | None:
    """The place in the desk's code that did it; None where a test wrote by itself, or it was done for one of PLACES."""
    first, among = None, True
    while frame is not None:
        whose, name = _whose(frame.f_code.co_filename, acts)
        if whose is _Whose.AN_ACT:
            place = f"{name}:{frame.f_code.co_name}"
            first, among = first or place, among and place not in PLACES
        elif whose is _Whose.A_TEST and first is None:
            return None
        frame = frame.f_back
    return first if among else None


class _Whose(Enum):
    """Whose code a file holds."""

    AN_ACT = "its writes are acts"
    A_TEST = "what it writes is nobody's act"
    NEITHER = "Django's, a model's or a migration's"


@cache  # asked of every frame below every write of every test
def _whose(filename: str, acts: Path) -> tuple[_Whose, str]:
    """Whose code stands in a file, and the file's name among the acts."""
    path = Path(filename)
    if path.is_relative_to(acts) and path.name not in _MODELS and "migrations" not in path.parts:
        return _Whose.AN_ACT, str(path.relative_to(acts))
    is_test = path.is_relative_to(TESTS) and path != Path(__file__)
    return (_Whose.A_TEST if is_test else _Whose.NEITHER), ""


def _is_of_the_desk(frame: FrameType, acts: Path) -> bool:
    """Was this transaction opened by the desk's code: past contextlib, which opens ``recorded``, and past us."""
    at: FrameType | None = frame
    while at is not None and at.f_code.co_filename.endswith(("contextlib.py", "silent_acts.py")):
        at = at.f_back
    return at is not None and _is_below(at.f_code.co_filename, acts)


@cache
def _is_below(filename: str, acts: Path) -> bool:
    return any(Path(filename).is_relative_to(place) for place in (acts, DESK))


@contextmanager
def watching(patch: pytest.MonkeyPatch, acts: Path = DESK) -> Iterator[Watch]:
    """Everything that is done meanwhile."""
    watch = Watch(acts)
    enter, leave, key, respond = Atomic.__enter__, Atomic.__exit__, opening.case_key, BaseHandler.get_response

    def entered(self: Atomic) -> None:
        enter(self)
        if _is_of_the_desk(sys._getframe(1), acts):
            watch.begins(self)

    def left(
        self: Atomic, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        watch.ends(self, failed=kind is not None)
        leave(self, kind, error, trace)

    def asked(case: Any) -> Any:
        watch.keys += 1
        return key(case)

    def responded(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        entries, keys = watch.entries, watch.keys
        answer = respond(self, request)
        is_told = watch.entries > entries or request.path.endswith(tuple(FORMS))
        if watch.keys > keys and not is_told and answer.status_code < 300:
            watch.silent.append(f"{request.method} {request.path} opened a case and made no entry")
        return answer

    patch.setattr(Atomic, "__enter__", entered)
    patch.setattr(Atomic, "__exit__", left)
    patch.setattr(opening, "case_key", asked)
    patch.setattr(BaseHandler, "get_response", responded)
    with connection.execute_wrapper(watch.statement):
        yield watch


@pytest.fixture(autouse=True)
def silent_acts(request: pytest.FixtureRequest) -> Iterator[Watch | None]:
    """Fails a test of the desk after it, with everything that was silent. Its patches are its own alone."""
    if not request.path.is_relative_to(WATCHED):
        yield None
        return
    with pytest.MonkeyPatch.context() as patch, watching(patch) as watch:
        yield watch
    assert watch.silent == []
