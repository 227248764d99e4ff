"""What happened at the door stands in the log: each way in and out, and no password, name, code or address."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from desk_cast import PASSWORD, Cast, Ready, signed_in
from desk_door import code, password
from safehand.desk.core.logs import NoEvidence


class Kept(logging.Handler):
    """Keeps what a desk's own handler would have written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(NoEvidence())
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    cache.clear()
    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield kept
    logging.getLogger().removeHandler(kept)


def test_in_out_and_every_failure_is_a_line_and_nobody_is_named(client: Client, cast: Cast, log: Kept) -> None:
    password(client, given="a wrong password")
    password(client)
    client.post("/sign-in/code/", {"code": "918273"})
    right = code()
    client.post("/sign-in/code/", {"code": right})
    session = client.cookies["safehand_session"].value
    client.post("/sign-out/")
    for _ in range(6):
        password(Client(), "bob", "a wrong password")
    said = "\n".join(log.lines)
    for line in (
        "WARNING safehand.desk.door a sign-in failed",
        f"WARNING safehand.desk.door officer {cast.alice.pk}: a code of the second factor was wrong",
        f"INFO safehand.desk.door officer {cast.alice.pk} signed in",
        f"INFO safehand.desk.door officer {cast.alice.pk} signed out",
        "WARNING safehand.desk.door too many sign-ins failed",
    ):
        assert line in said
    for secret in ("a wrong password", PASSWORD, "918273", right, session, "alice", "bob", "Okafor", "127.0.0.1"):
        assert secret not in said


def test_what_an_officer_was_refused_stands_in_the_log_with_their_number(ready: Ready, log: Kept) -> None:
    signed_in(ready.cast.charlie).get(f"/cases/{ready.case.reference}/conversations/1/?words=wheelbarrow")
    (line,) = (each for each in log.lines if "Not Found" in each)
    assert f"(officer {ready.cast.charlie.pk})" in line
    assert "wheelbarrow" not in line
    log.lines.clear()
    Client().get("/nowhere/")
    assert "officer" not in log.lines[-1]


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/%0d%0a2026-11-22 INFO safehand.desk.door officer 1 signed in",
        "/nowhere/%1b[2J",
        "/nowhere/%e2%80%a8new",
        "/nowhere/?a%0anew",
    ],
)
def test_nobody_writes_a_line_or_a_command_of_their_own_into_the_log(client: Client, path: str, log: Kept) -> None:
    client.get(path)
    logging.getLogger("safehand").warning("said: %s", "one\r\ntwo\x1b[2J three")
    for line in log.lines:
        assert line.isprintable(), line
    assert any("\\r\\n" in line or "\\n" in line for line in log.lines)
