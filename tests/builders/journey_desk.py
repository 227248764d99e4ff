"""A desk as it is shipped, for the browser journeys: ``safehand desk run``, on a port of its own, stopped at the end.

Fixtures: ``new_desk`` (nobody has signed in yet), ``sample_desk`` (the made-up chat is there, and its officer is signed
in), ``chromium``. They are made once for the whole run; a journey that changes a desk takes ``new_desk``.
``page`` is a new window at the sample desk.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import queue
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desk_processes import WithTables
from journey_eyes import DESKTOP
from safehand.desk.core.state import State

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
LARGEST = 10_000_000
"""Bytes of the largest package these desks take: three parts of one, and one that is too large is soon made."""

_STARTING = 120.0
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)


@dataclass(frozen=True)
class RunningDesk:
    """Where it is, and what it said about signing in."""

    address: str
    state: Path
    officer: str
    password: str
    secret: str
    """Of the second factor, at a sample desk; empty where it is still to be set up."""
    case: str
    """The sample case's reference, or empty."""
    log: list[str]
    """Every line it said, and goes on to say."""
    temporary: Path
    """Where it puts what it keeps for a moment, if it does."""

    @property
    def key(self) -> Path:
        """What a holder seals to."""
        return self.state / "keys" / "desk.pub"


def code_of(secret: str, *, steps_ahead: int = 0, now: float | None = None) -> str:
    """The six digits an authenticator app shows (RFC 6238, SHA-1, 30 seconds)."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    counter = int((time.time() if now is None else now) // 30) + steps_ahead
    digest = hmac.new(base64.b32decode(padded), struct.pack(">Q", counter), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@pytest.fixture(scope="session")
def chromium(made_tables: Path | str) -> Iterator[Browser]:  # noqa: ARG001  see below
    """The browser that scripts/browser found.

    Tables are made before it: Playwright's loop runs in this thread until the last test, and beside one Django asks
    no database anything.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  other tests need no browser

    found = ROOT / "build" / "browser"
    if not found.is_file():
        pytest.fail("No browser was looked for yet: run scripts/browser, or make test.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.read_text().strip(), args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk on its first day."""
    yield from _running(tmp_path_factory.mktemp("new") / "desk")


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory, with_tables: WithTables) -> Iterator[RunningDesk]:
    """A desk with the sample case ready. Its tables are there; ``new_desk`` makes its own."""
    state = State(tmp_path_factory.mktemp("sample") / "desk")
    state.make()
    yield from _running(with_tables(state).root, "--sample")


@pytest.fixture(scope="session")
def signed_in_state(chromium: Browser, sample_desk: RunningDesk) -> Any:
    """The cookies of the sample officer, who signed in through the page, once: a code works once."""
    context = chromium.new_context(base_url=sample_desk.address)
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("Officer reference").fill(sample_desk.officer)
    page.get_by_label("Password", exact=True).fill(sample_desk.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code", exact=True).fill(code_of(sample_desk.secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/inbox/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any) -> Iterator[Page]:
    """A window of a desk's size at the sample desk, of the sample officer: for whoever asks for no other."""
    context = chromium.new_context(
        base_url=sample_desk.address,
        storage_state=signed_in_state,
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
    )
    yield context.new_page()
    context.close()


@contextmanager
def running_desk(state: Path, *more: str) -> Iterator[RunningDesk]:
    """A desk of its own, for as long as it is needed (benchmarks/officer_steps.py)."""
    yield from _running(state, *more)


def _running(state: Path, *more: str) -> Iterator[RunningDesk]:
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "safehand.cli.main",
        "desk",
        "run",
        "--state",
        str(state),
        "--port",
        str(port),
        *more,
    ]
    temporary = state.parent / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "SAFEHAND_LARGEST": str(LARGEST), "TMPDIR": str(temporary)}
    environment.pop("DATABASE_URL", None)  # the desk as shipped, on its own SQLite: journeys look into that file
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, env=environment
    )
    try:
        log: list[str] = []
        said = _listen(process, log)
        yield RunningDesk(
            address=f"http://127.0.0.1:{port}",
            state=state,
            officer=_told(said, r"^  officer +(\S+)"),
            password=_told(said, r"^  password +(\S+)"),
            secret=_told(said, r"^  secret +(\S+)", needed=False),
            case=_told(said, r"case (SH-\w+)", needed=False),
            log=log,
            temporary=temporary,
        )
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def _listen(process: subprocess.Popen[str], log: list[str]) -> str:
    """What it says until it serves. Read on a thread to its end, so that a desk that says nothing is noticed too."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            log.append(line)
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    said: list[str] = []
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        try:
            line = lines.get(timeout=1)
        except queue.Empty:
            continue
        if line is None:
            break
        said.append(line)
        if "Stop it with" in line:
            return "".join(said)
    pytest.fail(f"The desk did not start:\n{''.join(said)}")


def _told(said: str, pattern: str, *, needed: bool = True) -> str:
    found = re.search(pattern, said, re.MULTILINE)
    if found is None and needed:
        pytest.fail(f"The desk did not say {pattern}:\n{said}")
    return found[1] if found is not None else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def telegram_export(path: Path) -> None:
    """A chat as Telegram Desktop exports it: times in UTC, a reply, an edit, a photo left out."""
    start = 1_767_518_000  # 2026-01-04T09:13:20Z
    said = [
        ("Rowan T", "The seed potatoes are in, earlies on the left"),
        ("Sam_K", "Lovely. I'll bring the netting on Saturday"),
        ("Sam_K", "Half past nine at the gate?"),
        ("Rowan T", "Yes"),
        ("Rowan T", "Mind the new padlock, Dilys has the code"),
        ("Sam_K", "Zażółć gęślą jaźń, as my neighbour on plot 9 says"),
        ("Rowan T", "هل البطاطا جاهزة؟"),
    ]
    messages: list[dict[str, Any]] = []
    for number in range(1, 261):
        name, text = said[number % len(said)]
        at = start + number * 1_300 + (number // 20) * 86_400
        messages.append(_telegram(number, at, name, text))
    messages[9] |= {"reply_to_message_id": 8, "edited": "2026-01-04T15:00:00", "edited_unixtime": str(start + 20_000)}
    messages[12] |= {
        "photo": "(File not included. Change data exporting settings to download.)",
        "text": "Is this blight?",
    }
    path.write_text(
        json.dumps({"name": "Rowan T", "type": "personal_chat", "id": 1_001, "messages": messages}, ensure_ascii=False),
        encoding="utf-8",
    )


def _telegram(number: int, at: int, name: str, text: str) -> dict[str, Any]:
    sender = "user1001" if name == "Rowan T" else "user1002"
    return {
        "id": number,
        "type": "message",
        "date": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)),
        "date_unixtime": str(at),
        "from": name,
        "from_id": sender,
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
    }
