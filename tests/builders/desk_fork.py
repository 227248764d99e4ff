"""A fork server of desks: one process that has everything loaded, from which a desk that is killed costs a fork.

    python desk_fork.py ROOT PACKAGE        answers a line of JSON with a line of JSON

    {"new": "/tmp/a", "of": "/tmp/b"}               a desk like another ("" is one to which nothing was handed in)
    {"desk": "/tmp/a", "do": ["work", "tell"]}      in a process of its own: {"ended": 0, "told": {…}, "passed": […]}
    {"desk": …, "do": …, "stop": ["build.renamed", 1]}    it kills itself -9 when it passes that step for the first time

Starting Python and Django takes two seconds and making a database three; a fork and a copy take a tenth of one. The
settings are those of a desk as shipped; DATABASE_URL, when set, names the PostgreSQL in which each desk gets a database
of its own. The deeds are in desk_deeds.py, which can be loaded once it is known where a desk is.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urlsplit, urlunsplit

import obstore
import psycopg
from obstore.store import LocalStore
from psycopg import sql

from safehand.desk.core.state import State
from safehand.desk.prepare import set_up
from safehand.durable import Step, watched_by

MESSAGES: Final = 250
TOLD_EVERY: Final = 100
"""Messages between two reports of progress here, so that a worker can be killed between them."""

PART: Final = 1 << 12
"""Bytes of a part that a page sends here."""


class Server:
    """In the process that forks."""

    def __init__(self, root: Path, package: Path) -> None:
        self._url = os.environ.get("DATABASE_URL", "")
        self._root = root
        self._package = package
        self._numbers = 0
        self._names: dict[Path, str] = {}
        self._first = root / "first"

    def begin(self) -> None:
        """Load everything, make the first desk, and let a copy of it do all there is to do, so that all is warm."""
        name = self._name(self._first)
        if self._url:
            self._ask(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            os.environ["DATABASE_URL"] = self._url_of(name)
        # The keys are those that the package was sealed to, and stand there already.
        state = set_up(self._first)
        import desk_deeds  # noqa: PLC0415  see above

        desk_deeds.prepare(state, told_every=TOLD_EVERY, part=PART)
        self._let_go()
        warm = self._root / "warm"
        self.new(warm, self._first)
        self._move_to(warm)
        # obstore's threads begin with its first call, and a fork of a process that has them waits for them for ever.
        with patch.object(obstore, "rename", _renamed):
            for deed in desk_deeds.DEEDS:
                desk_deeds.do(deed, State(warm), self._package)
        self._let_go()

    def new(self, place: Path, like: Path) -> None:
        """Copy a desk at which nobody is at work, with its database."""
        shutil.copytree(like, place)
        name = self._name(place)
        if self._url:
            self._ask(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(self._names[like])
                )
            )

    def run(self, desk: Path, deeds: list[str], stop: tuple[str, int] | None) -> dict[str, Any]:
        """One life of a process of the desk."""
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            self._live(desk, deeds, stop, writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            said = told.read()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return {"ended": ended, **json.loads(said or b"{}")}

    def end(self) -> None:
        """Away with the databases; the folders are the caller's."""
        self._let_go()
        for name in self._names.values() if self._url else ():
            self._ask(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _live(self, desk: Path, deeds: list[str], stop: tuple[str, int] | None, writer: int) -> None:
        code = 1
        try:
            import desk_deeds  # noqa: PLC0415  see above

            self._move_to(desk)
            State(desk).make()  # as each start does
            passed: list[str] = []
            met = Counter[str]()

            def watch(step: Step) -> None:
                passed.append(step)
                met[step] += 1
                if stop is not None and (step, met[step]) == (stop[0], stop[1]):
                    os.kill(os.getpid(), signal.SIGKILL)

            told: dict[str, Any] = {}
            with watched_by(watch):
                for deed in deeds:
                    told |= desk_deeds.do(deed, State(desk), self._package) or {}
            with os.fdopen(writer, "wb") as out:
                out.write(json.dumps({"told": told, "passed": passed}).encode())
            code = 0
        except BaseException as err:  # noqa: BLE001  a child must never come back into the loop of its parent
            sys.excepthook(type(err), err, err.__traceback__)
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _move_to(self, desk: Path) -> None:
        from django.conf import settings  # noqa: PLC0415  Django is set up by now
        from django.db import connections  # noqa: PLC0415

        settings.STATE = State(desk)
        described = connections.settings["default"]
        described["NAME"] = self._names[desk] if self._url else str(State(desk).database)

    @staticmethod
    def _let_go() -> None:
        """A connection or a thread must not live in two processes."""
        from django.db import connections  # noqa: PLC0415  Django is set up by now

        connections.close_all()
        assert threading.active_count() == 1

    def _name(self, desk: Path) -> str:
        self._numbers += 1
        return self._names.setdefault(desk, f"faults_{os.getpid()}_{self._numbers}")

    def _url_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))

    def _ask(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)


def _renamed(store: LocalStore, old: str, new: str, *, overwrite: bool) -> None:
    assert not overwrite
    assert store.prefix is not None
    Path(store.prefix, old).rename(Path(store.prefix, new))


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Until standard input ends."""
    server = Server(Path(sys.argv[1]), Path(sys.argv[2]))
    try:
        server.begin()
        _say("ready")
        for line in sys.stdin:
            asked = json.loads(line)
            if "new" in asked:
                server.new(Path(asked["new"]), Path(asked["of"] or server._first))
                answer: Any = {}
            else:
                answer = server.run(Path(asked["desk"]), asked["do"], asked.get("stop"))
            _say(answer)
    finally:
        server.end()


if __name__ == "__main__":
    main()
