"""Other readers of WhatsApp text and ours, on the same file in the same run: messages found, speed, memory.

    .venv/bin/python benchmarks/peers.py --messages 50000

chat-miner (Python) and whatsapp-chat-parser (npm) are installed under build/peers from locks with hashes, each apart
from us, and are never shipped. One that cannot be installed is left out with the reason on stderr. They give a list of
messages; we give messages with the bytes each came from, doubts, and an account of the file by its hash.

CPU seconds are of reading alone: start-up and imports are not counted for anybody. Memory is of the whole process.

The speed is measured on a file without pasted lines that look like headers, because chat-miner stops at the first one.
What each makes of a file with such lines is told apart: by how many messages it is out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from make_whatsapp import chat_lines
from measure import Figure, arguments, measure, say, scratch_of, sha256sum, tell

HERE = Path(__file__).parent / "peers"
BUILT = Path(__file__).parents[1] / "build" / "peers"
ROUNDS = 3
OURS = "safehand"
PASTE = "I copied this:"


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader and the command that runs it; the file to read is added."""

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


def install_chat_miner() -> Peer:
    folder = BUILT / "venv"
    lock = HERE / "requirements.lock"
    done = folder / ".installed"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        say("installing chat-miner under build/peers")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", lock], check=True, capture_output=True)
        done.touch()
    program = (str(folder / "bin" / "python"), str(HERE / "read_chat_miner.py"))
    return Peer("chat-miner", "chat-miner (Python)", program)


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


def peers() -> list[Peer]:
    """Those that can be had, ours first."""
    found = [Peer(OURS, "Safehand", (sys.executable, str(HERE / "read_safehand.py")))]
    for install in (install_npm_parser, install_chat_miner):
        try:
            found.append(install())
        except (subprocess.CalledProcessError, OSError) as error:
            detail = getattr(error, "stderr", None) or str(error).encode()
            last = detail.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
            say(f"left out: {install.__name__.removeprefix('install_')}: {last[0]}")
    return found


def run(peer: Peer, path: Path, rounds: int = ROUNDS) -> Result | None:
    """The best of a few rounds, or None, with the reason on stderr, when it fails on the file."""
    results = []
    for _ in range(rounds):
        usage = measure([*peer.command, path], check=False)
        if usage.exit_code != 0:
            say(f"{peer.title} failed on {path.name} with exit code {usage.exit_code}")
            return None
        told = json.loads(usage.stdout.splitlines()[-1])
        results.append(Result(told["messages"], told["cpu_seconds"], usage.peak_mib))
    return min(results, key=lambda result: result.cpu_seconds)


def write(path: Path, form: str, messages: int, *, pastes: bool) -> int:
    """Write a chat, with or without pasted lines that look like headers, and give how many messages it has."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in chat_lines(form, messages):
            if pastes or PASTE not in line:
                out.write(line)
                written += 1
    return written


def speed(readers: list[Peer], path: Path, title: str, form: str, messages: int) -> None:
    floor = sha256sum(path).cpu_seconds
    for peer in readers:
        result = run(peer, path)
        if result is None:
            continue
        tell(
            Figure(
                figure=f"peers.{form}.{peer.name}.rate",
                what=f"WhatsApp text of {title}, read by {peer.title}",
                value=round(result.rate),
                unit="messages/CPU s",
                better="more",
                floor="sha256sum of the same file",
                ratio=round(result.cpu_seconds / floor, 1) if floor else None,
                note=f"{result.messages:,} of {messages:,} messages; {result.peak_mib:.0f} MiB at most",
            )
        )


def miscounts(readers: list[Peer], path: Path, title: str, form: str, messages: int) -> None:
    for peer in readers:
        result = run(peer, path, rounds=1)
        if result is None:
            continue
        tell(
            Figure(
                figure=f"peers.{form}.{peer.name}.out",
                what=f"WhatsApp text of {title} with pasted headers, {messages:,} messages: out by, {peer.title}",
                value=abs(result.messages - messages),
                unit="messages",
                better="less",
                target=0 if peer.name == OURS else None,
            )
        )


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    folder = scratch_of(options)
    readers = peers()
    for form, title in (("android", "Android"), ("ios", "iPhone")):
        path = folder / f"peers-{form}.txt"
        speed(readers, path, title, form, write(path, form, options.messages, pastes=False))
        few = min(options.messages, 20_000)
        miscounts(readers, path, title, form, write(path, form, few, pastes=True))
        path.unlink()


if __name__ == "__main__":
    main()
