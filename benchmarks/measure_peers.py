"""Other readers, installed apart from ours, and how each is run: messages found, CPU seconds of reading, memory.

    run(OURS, path, "telegram")    Result(messages=50000, cpu_seconds=0.41, peak_mib=38.2)

chat-miner and chatpack (Python) and whatsapp-chat-parser (npm) are installed under build/peers from locks with hashes,
and are never shipped. One that cannot be installed is left out with the reason on stderr. They give a list of messages;
we give messages with the bytes each came from, doubts, and an account of the file by its hash.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import Figure, measure, say, sha256sum, tell

HERE = Path(__file__).parent / "peers"
BUILT = Path(__file__).parents[1] / "build" / "peers"
ROUNDS = 3
OURS = "safehand"


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader and the command that runs it; the file to read and its form are added."""

    name: str
    title: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The best of a few rounds."""

    messages: int
    cpu_seconds: float
    peak_mib: float

    @property
    def rate(self) -> float:
        """Messages found in a CPU second."""
        return self.messages / self.cpu_seconds


def _environment() -> Path:
    """The Python of the environment that peers have for themselves."""
    folder = BUILT / "venv"
    lock = HERE / "requirements.lock"
    done = folder / ".installed"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        say("installing chat-miner and chatpack under build/peers")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", lock], check=True, capture_output=True)
        done.touch()
    return folder / "bin" / "python"


def install_chat_miner() -> Peer:
    return Peer("chat-miner", "chat-miner (Python)", (str(_environment()), str(HERE / "read_chat_miner.py")))


def install_chatpack() -> Peer:
    return Peer("chatpack", "chatpack (Rust, from Python)", (str(_environment()), str(HERE / "read_chatpack.py")))


def mailbox() -> Peer:
    """Python's own reader of mailboxes."""
    return Peer("mailbox", "mailbox (of Python itself)", (sys.executable, str(HERE / "read_mailbox.py")))


def install_npm_parser() -> Peer:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise FileNotFoundError("there is no Node with npm on this machine")
    folder = BUILT / "npm"
    lock = HERE / "package-lock.json"
    done = folder / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        say("installing whatsapp-chat-parser under build/peers")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, folder / name)
        subprocess.run([npm, "--prefix", folder, "ci", "--ignore-scripts", "--silent"], check=True, capture_output=True)
    # Node looks for packages from where the program stands.
    shutil.copy(HERE / "read_npm.mjs", folder / "read_npm.mjs")
    return Peer("whatsapp-chat-parser", "whatsapp-chat-parser (npm)", (node, str(folder / "read_npm.mjs")))


def peers(*installs: Callable[[], Peer]) -> list[Peer]:
    """Those that can be had, ours first."""
    found = [Peer(OURS, "Safehand", (sys.executable, str(HERE / "read_safehand.py")))]
    for install in installs:
        try:
            found.append(install())
        except (subprocess.CalledProcessError, OSError) as error:
            detail = getattr(error, "stderr", None) or str(error).encode()
            last = detail.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
            say(f"left out: {install.__name__.removeprefix('install_')}: {last[0]}")
    return found


def run(peer: Peer, path: Path, form: str, rounds: int = ROUNDS) -> Result | None:
    """The best of a few rounds, or None, with the reason on stderr, when it fails on the file."""
    results = []
    for _ in range(rounds):
        usage = measure([*peer.command, path, form], check=False)
        if usage.exit_code != 0:
            say(f"{peer.title} failed on {path.name} with exit code {usage.exit_code}")
            return None
        told = json.loads(usage.stdout.splitlines()[-1])
        results.append(Result(told["messages"], told["cpu_seconds"], usage.peak_mib))
    return min(results, key=lambda result: result.cpu_seconds)


def speed(readers: list[Peer], path: Path, what: str, form: str, messages: int, *, figure: str = "") -> None:
    """Tell what each reader makes of ``path``, and how fast. ``figure`` is what it is called, if not by its form."""
    floor = sha256sum(path).cpu_seconds
    for peer in readers:
        result = run(peer, path, form)
        if result is None:
            continue
        tell(
            Figure(
                figure=f"peers.{figure or form}.{peer.name}.rate",
                what=f"{what}, read by {peer.title}",
                value=round(result.rate),
                unit="messages/CPU s",
                better="more",
                floor="sha256sum of the same file",
                ratio=round(result.cpu_seconds / floor, 1) if floor else None,
                note=f"{result.messages:,} of {messages:,} messages; {result.peak_mib:.0f} MiB at most",
            )
        )
