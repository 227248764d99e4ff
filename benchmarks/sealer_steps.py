"""Sealing as a holder does it: the page of its own, each page of it, a large chat chosen, locked and saved.

    .venv/bin/python benchmarks/sealer_steps.py --messages 1000000

Five hundred bytes a message, so that a million are the 500 MB of the bound. What counts is the tab's own process
(VmRSS, twenty times a second) from the first page until the locked file is saved, over what it held on the first page.
What the browser's other processes took more is told beside it: it is they that keep the locked file until it is saved.
sealer_browser.py measures the same core without the page. Needs the Chromium that scripts/browser found, and built
styles (scripts/styles).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from measure import Figure, arguments, say, scratch_of, tell
from seal import write_chat
from sealer_browser import BOUND_MIB, BYTES, ROOT, Watch, cpu_seconds, held_mib

sys.path.append(str(ROOT / "tests" / "builders"))

from browser_memory import pages_of, processes_of
from journey_holder import HolderPage

PATIENCE = 1_800_000
"""Milliseconds for one step: on a busy machine too."""


def page_for_vectors(folder: Path) -> Path:
    """What ``safehand sealer`` makes for the desk of the vectors, which is none."""
    desk = folder / "desk.pub"
    vectors = json.loads((ROOT / "tests/vectors/package/desk.json").read_text(encoding="utf-8"))
    desk.write_text(vectors["desk.pub"], encoding="utf-8")
    made = folder / "safehand-sealer.html"
    command = [sys.executable, "-m", "safehand.cli.main", "sealer", "--to", str(desk), "-o", str(made), "--quiet"]
    subprocess.run(command, check=True)
    return made


def seal_in(page: Page, chat: Path, package: Path) -> None:
    """Every page as a holder goes through it, up to the saved file."""
    holder = HolderPage(page)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible(timeout=PATIENCE)
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    holder.press("Lock and save")
    expect(holder.heading("Your locked file is ready")).to_be_visible(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as download:
        holder.press("Save the locked file")
    download.value.save_as(package)


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    scratch = scratch_of(options)
    chat, package = scratch / "_chat.txt", scratch / "saved.safehand"
    write_chat(chat, options.messages * BYTES)
    chromium = (ROOT / "build" / "browser").read_text().strip()
    with tempfile.TemporaryDirectory(prefix="page-") as folder, sync_playwright() as player:
        profile = Path(folder) / "profile"
        context = player.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=["--no-sandbox"], accept_downloads=True, offline=True,
            env={**os.environ, "TMPDIR": folder},
        )  # fmt: skip
        page = context.pages[0]
        page.set_default_timeout(PATIENCE)
        page.goto(page_for_vectors(Path(folder)).as_uri())
        page.get_by_role("button", name="Start now").wait_for()
        time.sleep(2)
        tabs = set(pages_of(profile))
        others = set(processes_of(profile)) - tabs
        start, others_start = max(map(held_mib, tabs)), sum(map(held_mib, others))
        watch, begun, clock = Watch(tabs), cpu_seconds(tabs), time.monotonic()
        seal_in(page, chat, package)
        took, cpu = time.monotonic() - clock, cpu_seconds(tabs) - begun
        peak, others_end = watch.end(), sum(map(held_mib, others))
        context.close()
    size, sealed = chat.stat().st_size, package.stat().st_size
    chat.unlink()
    package.unlink()
    if sealed < size:
        raise SystemExit("the locked file is shorter than the chat")
    say(f"{size} bytes in {took:.0f} s; the tab held {start:.0f} MiB at first and {peak:.0f} at most")
    tell(
        Figure(
            "sealer.page.memory",
            f"the tab's memory over its start while {size // 1_000_000} MB go through the page: chosen, locked, saved",
            round(peak - start), "MiB", "less", BOUND_MIB,
            note=f"{took:.0f} s by the clock, {cpu:.0f} s of CPU; the browser's other processes"
            f" held {others_end - others_start:.0f} MiB more at the end",
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
