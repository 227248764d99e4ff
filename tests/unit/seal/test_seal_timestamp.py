"""Timestamps: what is asked of an authority, what is believed of its answer, and who may speak to a network."""

from __future__ import annotations

import ast
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import safehand
from safehand.errors import CannotRead, UsageError
from safehand.model.digest import sha256_of
from safehand.seal.timestamp import check_timestamp, load_token, stamped_moment, timestamp_request
from safehand.seal.timestamp_http import fetch
from timestamp_authority import Authority

STATEMENT = b'{"schema":"safehand.statement/1"}'


def test_openssl_reads_the_request_and_it_holds_a_hash_and_a_nonce_alone(tmp_path: Path) -> None:
    (tmp_path / "r.tsq").write_bytes(timestamp_request(STATEMENT))
    command = ["openssl", "ts", "-query", "-in", "r.tsq", "-text"]
    told = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    dump = "".join(line.split(" - ")[1].split("   ")[0] for line in told.splitlines() if " - " in line)
    assert dump.replace(" ", "").replace("-", "") == sha256_of(STATEMENT)
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    assert "Nonce: unspecified" not in told
    assert timestamp_request(STATEMENT) != timestamp_request(STATEMENT)


def test_a_token_is_good_after_its_authoritys_certificate_has_expired(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "short", valid=timedelta(seconds=2))
    token = authority.stamp(STATEMENT)
    time.sleep(2.5)
    # openssl without the moment says no: that is why the moment is given.
    (tmp_path / "s").write_bytes(STATEMENT)
    (tmp_path / "s.tsr").write_bytes(token)
    command = ["openssl", "ts", "-verify", "-data", "s", "-in", "s.tsr", "-CAfile", str(authority.certificates)]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode != 0
    found = check_timestamp(token, authority.certificates, STATEMENT)
    assert found.problem is None
    assert found.moment is not None
    stamped = datetime.fromisoformat(found.moment)
    assert abs(stamped - datetime.now(UTC)) < timedelta(minutes=5)
    assert stamped == stamped_moment(token)


def test_a_token_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "large.tsr").write_bytes(bytes(2 << 20))
    for path in (tmp_path / "nowhere.tsr", tmp_path / "large.tsr"):
        with pytest.raises(CannotRead):
            load_token(path)


@contextmanager
def served(answer: bytes | Authority, kind: str = "application/timestamp-reply") -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            body = answer.answer(request) if isinstance(answer, Authority) else answer
            self.send_response(200 if self.headers["Content-Type"] == "application/timestamp-query" else 415)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_a_token_is_fetched_over_http_and_then_checked(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    with served(authority) as address:
        token = fetch(timestamp_request(STATEMENT), address)
    assert check_timestamp(token, authority.certificates, STATEMENT).moment is not None
    assert check_timestamp(token, authority.certificates, STATEMENT + b" ").problem is not None


def test_an_authority_that_answers_otherwise_or_not_at_all_is_told() -> None:
    with served(b"hello", "text/html") as address, pytest.raises(CannotRead):
        fetch(b"x", address)
    with served(bytes(2 << 20)) as address, pytest.raises(CannotRead):
        fetch(b"x", address)
    with pytest.raises(CannotRead):
        fetch(b"x", address)  # nobody listens there any more
    for other in ("file:///etc/hostname", "ftp://tsa.example", "tsa.example"):
        with pytest.raises(UsageError):
            fetch(b"x", other)


NETWORK = {"urllib.request", "http", "http.client", "socket", "socketserver", "ssl", "ftplib", "smtplib", "asyncio"}


ASKS = {"urllib.request", "http.client", "ftplib", "smtplib"}
"""Those by which something is asked of others. To answer at a port of its own is a server's business."""


def speakers(parts: Sequence[str], modules: set[str]) -> list[str]:
    root, found = Path(safehand.__file__).parent, []
    for part in parts:
        for path in (root / part).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text())))
            names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
            names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
            if names & modules:
                found.append(path.name)
    return sorted(found)


def test_only_one_module_can_speak_to_a_network() -> None:
    assert speakers(("model", "signing", "sources", "log", "seal"), NETWORK) == ["timestamp_http.py"]


def test_a_desk_asks_its_node_and_witnesses_by_one_module_each() -> None:
    its_own_server = "processes.py"
    assert speakers(["desk"], ASKS) == ["hurried.py", its_own_server, "source_http.py", "witness_http.py"]
