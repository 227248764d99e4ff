"""Sealing in a browser: what the tab holds in memory while it seals an export, and its time against reading the file.

    .venv/bin/python benchmarks/sealer_browser.py --messages 1000000

Five hundred bytes a message, so that a million are the 500 MB of the bound. Memory is what the tab's own process holds
(VmRSS, twenty times a second) over what it held before sealing began. The floor reads the same file in the same tab, in
pieces of the same size; time is CPU seconds of the tab's process, so that others on the machine do not count. The
package is let go piece by piece, as an upload would; sealer_steps.py goes through the page that a holder sees. Needs
the Chromium that scripts/browser found. The same core is measured in node too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from measure import Figure, arguments, measure, say, scratch_of, tell
from seal import write_chat

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "builders"))

from sealer_page import opened, served  # noqa: E402  the page that the tests drive

BYTES = 500
BOUND_MIB = 400
EVERY = 0.05
PAGE_KIB = 4


def tabs() -> set[int]:
    """Processes of Chromium that draw pages."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


def held_mib(process: int) -> float:
    """What a process holds in memory."""
    try:
        return int((Path("/proc") / str(process) / "statm").read_text().split()[1]) * PAGE_KIB / 1024
    except OSError:
        return 0.0


def cpu_seconds(processes: set[int]) -> float:
    """What they took so far."""
    ticks = 0
    for process in processes:
        try:
            fields = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Watch:
    """The most that processes held while something ran."""

    def __init__(self, processes: set[int]) -> None:
        self._processes = processes
        self._over = threading.Event()
        self.peak = self.now()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def now(self) -> float:
        """What the largest of them holds."""
        return max(map(held_mib, self._processes), default=0.0)

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, self.now())

    def end(self) -> float:
        """The most, in MiB."""
        self._over.set()
        self._thread.join()
        return self.peak


@dataclass(frozen=True, slots=True)
class Took:
    """What sealing took."""

    cpu: float
    wall: float
    floor_cpu: float
    floor_wall: float
    held: float
    """MiB over the tab's start."""


def measure_in(browser: Browser, address: str, chat: Path) -> Took:
    """Seal ``chat`` in a new tab."""
    desk = json.loads((ROOT / "tests/vectors/package/desk.json").read_text(encoding="utf-8"))["desk.pub"]
    machine = {"system": "Linux", "zone": "Europe/London", "tool": "safehand-sealer", "version": "0.1.0"}
    before = tabs()
    page, _ = opened(browser, address)
    page.set_input_files("input", [chat])
    page.evaluate("new Promise((done) => setTimeout(done, 2000))")
    own = tabs() - before
    begun = cpu_seconds(own)
    floor_wall = float(page.evaluate("readThrough()"))
    floor_cpu = cpu_seconds(own) - begun
    start = max(map(held_mib, own), default=0.0)
    watch = Watch(own)
    begun = cpu_seconds(own)
    asked = {"desk": desk, "answers": {}, "clock": "2026-11-22T12:00:00Z", "machine": machine}
    found = page.evaluate("asked => sealed(asked)", asked)
    cpu = cpu_seconds(own) - begun
    peak = watch.end()
    page.close()
    if "error" in found:
        raise SystemExit(found["told"])
    return Took(cpu, float(found["seconds"]), floor_cpu, floor_wall, peak - start)


def tell_node(chat: Path) -> None:
    """The same core in node: its memory over its start, and its time against reading."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["node", "frontend/sealer/build.mjs", folder, "--tests"], cwd=ROOT, check=True)
        told = measure(["node", "--no-warnings", str(Path(folder) / "measure.mjs"), chat]).stdout
    took = json.loads(told)
    size = took["bytes"]
    what = f"node's memory over its start while {size // 1_000_000} MB are sealed by the browser's core"
    tell(Figure("sealer.node.memory", what, took["over_start_mib"], "MiB", "less", BOUND_MIB))
    tell(
        Figure(
            "sealer.node.rate", "megabytes of text sealed in a CPU second by the browser's core in node",
            round(size / 1e6 / took["seal"], 1), "MB/s", "more",
            floor="node reads the same file", ratio=round(took["seal"] / took["read"], 1),
        )
    )  # fmt: skip


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    chat = scratch_of(options) / "_chat.txt"
    write_chat(chat, options.messages * BYTES)
    size = chat.stat().st_size
    chromium = (ROOT / "build" / "browser").read_text().strip()
    with served() as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        time.sleep(1)
        took = measure_in(browser, address, chat)
        browser.close()
    tell_node(chat)
    chat.unlink()
    say(f"{size} bytes: {took}")
    tell(
        Figure(
            "sealer.browser.memory",
            f"the tab's memory over its start while {size // 1_000_000} MB are sealed in Chromium",
            round(took.held), "MiB", "less", BOUND_MIB,
        )
    )  # fmt: skip
    tell(
        Figure(
            "sealer.browser.rate",
            "megabytes of text sealed in a CPU second of the tab, Chromium",
            round(size / 1e6 / took.cpu, 1), "MB/s", "more",
            floor="the same tab reads the same file", ratio=round(took.cpu / took.floor_cpu, 1),
            note=f"{took.wall:.0f} s by the clock; reading alone {took.floor_wall:.1f} s",
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
