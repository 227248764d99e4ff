"""Node and desk as two machines: fifty handovers, of which a copy of the node's disk and database holds nothing."""

from __future__ import annotations

import base64
import http.client
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pyrage
import pytest

from desk_cast import make_state
from desk_packages import chat, sealed
from desk_processes import WithTables
from handing_over import SendingPage, asking_at
from notices import FORM
from notices import WORDS as NOTICE_WORDS
from running_roles import Running, free_port, wait_for
from safehand.desk.core.state import State
from safehand.model.digest import sha256_of
from safehand.seal.acknowledgement import Signed, acknowledgement_of, check_acknowledgement
from safehand.signing.keys import load_desk_public

pytestmark = pytest.mark.slow

CANARIES = ("Zinnia Quillfeather", "the marrow stands behind the third shed", "07700 900321", *NOTICE_WORDS)
HANDOVERS = 50
NOTICES = 10
"""Of them urgent notices; the others are packages."""

AN_HOUR = 25
"""From one address, so that no limit is met."""


def spellings(word: str) -> set[bytes]:
    """As it might lie on a disk."""
    plain = word.encode()
    inside = {base64.b64encode(bytes(lead) + plain)[4:-4] for lead in range(3)}
    return {plain, word.encode("utf-16-le"), plain.hex().encode(), *inside}


def packages(desk: State, folder: Path) -> list[bytes]:
    """Three that were sealed by the sealer, and the rest sealed bytes of words that must not be found."""
    recipients = [pyrage.x25519.Recipient.from_str(key) for key in load_desk_public(desk.desk_public).recipients]
    words = "\n".join(CANARIES)
    real = [sealed(desk, folder / str(n), chat(20 + n, CANARIES[0])) for n in range(3)]
    made = HANDOVERS - NOTICES - len(real)
    return [*real, *(pyrage.encrypt(f"{n} {words}".encode(), recipients) for n in range(made))]


def send_notice(port: int, number: int) -> int:
    """As a browser without scripts does."""
    form = urlencode({**FORM, "once": f"{number:032x}"}, doseq=True)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    source = (f"127.0.0.{1 + number}", 0)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=source)) as connection:
        connection.request("POST", "/report/urgent/", form, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def test_fifty_handovers_reach_the_desk_and_nothing_of_them_lies_on_the_node(
    tmp_path: Path, sqlite_environment: dict[str, str], with_tables: WithTables
) -> None:
    desk = with_tables(make_state(tmp_path))
    node = State(tmp_path / "node")
    node.make()
    with_tables(node)
    node.desk_public.write_bytes(desk.desk_public.read_bytes())
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    port, desk_port = free_port(), free_port()
    pages: list[SendingPage] = []
    sent = packages(desk, tmp_path / "sealing")
    with Running(node.root, port, {**sqlite_environment, "TMPDIR": str(scratch)}, role="handover") as public:
        for number, data in enumerate(sent):
            page = SendingPage(asking_at(port, come_from=f"127.0.0.{1 + number // AN_HOUR}"))
            assert page.begin(len(data))[0] == 201
            page.send(data)
            assert page.finish(data)[0] == 202
            pages.append(page)
        assert [send_notice(port, number) for number in range(NOTICES)] == [200] * NOTICES
        waiting = dump(node.root, scratch, public.log)
        assert all(sha256_of(data).encode() in waiting and data in waiting for data in sent), (
            "disk and database are searched"
        )
        assert len(files_of(node)) == HANDOVERS
        with Running(
            desk.root, desk_port, sqlite_environment, role="desk", node=f"http://127.0.0.1:{port}"
        ) as officers:
            assert wait_for(lambda: all(page.state()["state"] == "collected" for page in pages), 180), (
                officers.log.read_text()
            )
            assert wait_for(lambda: not files_of(node)), "the notices, too"
            for page in pages:
                state = page.state()
                signed = Signed(acknowledgement_of(state["acknowledgement"]), state["signature"])
                check_acknowledgement(signed, load_desk_public(desk.desk_public))
            assert asking_for_a_page(port, "/sign-in/") == 404, "officers have no door at the node"
            assert asking_for_a_page(desk_port, "/report/") == 404, "nor holders at the desk"
        after = dump(node.root, scratch, public.log)
    for name, found in (("while they waited", waiting), ("after they were collected", after)):
        for canary in CANARIES:
            assert not any(spelling in found for spelling in spellings(canary)), f"{canary!r} {name}"
        for page in pages:
            for secret in (page.told["key"], page.told["check_code"]):
                assert secret.encode() not in found, name
        for sender in (b"127.0.0.2", b"127.0.0.7"):
            assert sender not in found, "whoever it came from is counted, and not written down"
    assert files_of(node) == [], "the node lets the bytes go"
    with sqlite3.connect(desk.database) as database:
        arrived = database.execute("SELECT count(*), count(DISTINCT case_id) FROM intake_arrival").fetchone()
        officers_on = database.execute("SELECT count(*) FROM cases_caseofficer").fetchone()
    database.close()
    assert (arrived, officers_on) == ((HANDOVERS, HANDOVERS - NOTICES), (0,))


def files_of(node: State) -> list[Path]:
    """What waits there."""
    return [path for path in node.handover.rglob("*") if path.is_file()]


def dump(root: Path, scratch: Path, log: Path) -> bytes:
    """Every byte of the node's disk, its database with all that it has not yet written back, and what it said.

    With ``scratch``, where its processes put what they do not keep.
    """
    there = sorted(path for folder in (root, scratch) for path in folder.rglob("*"))
    files = [path for path in there if path.is_file() and "static" not in path.parts]
    with sqlite3.connect(f"file:{root / 'desk.sqlite3'}?mode=ro", uri=True) as database:
        rows = "\n".join(database.iterdump())
    database.close()
    return b"\n".join([*(path.read_bytes() for path in files), rows.encode(), log.read_bytes()])


def asking_for_a_page(port: int, path: str) -> int:
    """Only its status."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status
