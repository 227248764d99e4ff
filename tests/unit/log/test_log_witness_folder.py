"""A witness keeps what it saw before it answers, by hand and as a server, and keeps the evidence of a split view."""

from __future__ import annotations

import hashlib
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from log_made import ORIGIN, InMemory, entries_of, key_of, signed, verifier_of
from safehand.cli.witness_server import LARGEST, witness_server
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.log import witness_folder
from safehand.log.note import Note, parse_note, parse_signature, signed_by
from safehand.log.policy import Listed, Policy, format_policy
from safehand.log.split_view import check_split_view, parse_split_view
from safehand.log.tree import prove_consistency
from safehand.log.vkey import VerifierKey
from safehand.log.witness import Status, checkpoint_path
from safehand.log.witness_folder import Caught, WitnessFolder, new_witness
from safehand.log.witness_request import Request, format_request

NOW = 1_795_341_600
LOG_KEY = key_of(0)
LOG = verifier_of(ORIGIN, LOG_KEY)
ENTRIES = entries_of(40)
FORK = [*ENTRIES[:5], b"another row", *ENTRIES[6:]]


def asked(old: int, new: int, entries: list[bytes] | None = None) -> bytes:
    log = InMemory((entries or ENTRIES)[:new])
    return format_request(Request(old, tuple(prove_consistency(old, new, log)), signed(log, LOG_KEY))).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A witness that looks at one log."""
    new_witness(tmp_path / "north", "north.example", lambda many: bytes([7]) * many)
    (tmp_path / "north/policy.txt").write_bytes(format_policy(Policy((Listed(LOG),), {}, {}, "none")))
    return tmp_path / "north"


def seen(folder: Path) -> Note:
    return parse_note((folder / "seen" / checkpoint_path(ORIGIN)).read_text("utf-8"))


def test_what_it_signed_is_kept_with_its_line_and_it_goes_on_from_there(folder: Path) -> None:
    north = WitnessFolder(folder)
    for old, new in ((0, 10), (10, 11), (11, 40)):
        caught = north.answer(asked(old, new), NOW)
        assert caught.answered.status is Status.SIGNED
        line = parse_signature(caught.answered.body.removesuffix("\n"))
        assert signed_by(Note(seen(folder).text, (line,)), [north.vkey]) == {north.vkey: NOW}
    assert line in seen(folder).signatures
    assert WitnessFolder(folder).answer(asked(10, 40), NOW).answered.body == "40\n", "another process knows it too"


def test_a_fork_is_refused_and_its_evidence_is_kept_for_a_third(folder: Path) -> None:
    north = WitnessFolder(folder)
    north.answer(asked(0, 40), NOW)
    caught = north.answer(asked(40, 40, FORK), NOW)
    assert caught.answered.status is not Status.SIGNED
    assert caught.evidence is not None
    data = caught.evidence.read_bytes()
    assert caught.evidence.name == f"{hashlib.sha256(data).hexdigest()}.json"
    check_split_view(parse_split_view(data), [LOG])
    assert seen(folder).text == signed(InMemory(ENTRIES), LOG_KEY).text


def test_what_cannot_be_kept_is_not_signed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> set[Path]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(witness_folder, "write_whole", full)
    with pytest.raises(CannotWrite, match="Nothing was signed"):
        WitnessFolder(folder).answer(asked(0, 10), NOW)
    assert not (folder / "seen").exists()


def test_a_witness_is_never_made_over_another_and_its_key_is_its_own(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(CannotWrite, match="already"):
        new_witness(folder, "south.example", bytes)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert (folder / "witness.signkey").stat().st_mode & 0o077 == 0


def test_a_name_that_no_key_may_have_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_witness(tmp_path / "x", "north witness", bytes)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["witness.signkey", "witness.vkey", "policy.txt"])
def test_a_witness_that_lost_a_file_says_which(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(CannotRead, match=name):
        WitnessFolder(folder).answer(asked(0, 10), NOW)


def test_two_keys_that_do_not_belong_together_sign_nothing(folder: Path, tmp_path: Path) -> None:
    new_witness(tmp_path / "other", "north.example", lambda many: bytes([8]) * many)
    (folder / "witness.signkey").write_bytes((tmp_path / "other/witness.signkey").read_bytes())
    with pytest.raises(CannotRead, match="belong together"):
        WitnessFolder(folder).answer(asked(0, 10), NOW)


def test_a_new_witness_believes_nobody(tmp_path: Path) -> None:
    new_witness(tmp_path / "new", "north.example", lambda many: bytes([7]) * many)
    assert WitnessFolder(tmp_path / "new").answer(asked(0, 10), NOW).answered.status is Status.UNKNOWN_LOG


# As a server.


@contextmanager
def serving(folder: Path, told: list[Caught]) -> Iterator[int]:
    server = witness_server(WitnessFolder(folder), 0, lambda: NOW, told.append)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(port: int, method: str, path: str, body: bytes | None = None, length: str = "") -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, body, {"Content-Length": length} if length else {})
        answered = connection.getresponse()
        return answered.status, answered.headers["Content-Type"], answered.read()
    finally:
        connection.close()


def north_of(folder: Path) -> VerifierKey:
    return WitnessFolder(folder).vkey


def test_it_answers_as_a_server_as_c2sp_has_it(folder: Path) -> None:
    told: list[Caught] = []
    with serving(folder, told) as port:
        where = f"/{checkpoint_path(ORIGIN)}"
        assert ask(port, "GET", where)[0] == 404
        status, _, body = ask(port, "POST", "/add-checkpoint", asked(0, 10))
        assert (status, body[:3]) == (200, "—".encode())
        assert ask(port, "POST", "/add-checkpoint", asked(0, 10)) == (409, "text/x.tlog.size", b"10\n")
        assert ask(port, "POST", "/add-checkpoint", asked(10, 40, FORK))[0] == 422
        assert ask(port, "POST", "/add-checkpoint", b"x")[0] == 400
        status, _, kept = ask(port, "GET", where)
        assert status == 200
        assert north_of(folder) in signed_by(parse_note(kept.decode()), [north_of(folder)])
        for path in ("/", "/add-checkpoint", "/witness.signkey", "/../witness.signkey", f"{where}/.."):
            assert ask(port, "GET", path)[0] == 404
        assert ask(port, "POST", "/other", b"x")[0] == 404
        for length in (str(LARGEST + 1), "9" * 5000, "-1", "\N{SUPERSCRIPT TWO}".encode().decode("latin-1")):
            assert ask(port, "POST", "/add-checkpoint", b"", length)[0] == 400
    assert [caught.evidence for caught in told] == [None] * 4


def test_two_that_come_at_once_do_not_let_a_log_be_taken_back(folder: Path) -> None:
    told: list[Caught] = []
    with serving(folder, told) as port:
        answers: list[int] = []
        bodies = [asked(0, size) for size in range(1, 13)]
        threads = [
            threading.Thread(
                target=lambda body: answers.append(ask(port, "POST", "/add-checkpoint", body)[0]), args=[body]
            )
            for body in bodies
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == [200, *[409] * 11]
