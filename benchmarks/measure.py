"""Figures, and how they are measured: a benchmark script prints one JSON object a figure on stdout, and nothing else.

    {"schema":"safehand.figure/1","figure":"whatsapp.android.rate","what":"messages read in a CPU second, Android text",
     "value":231000,"unit":"messages/s","better":"more","target":200000,
     "floor":"sha256sum of the same file","ratio":8.1,"ratio_target":10}

A figure is a number of this machine on this day; its ``ratio`` to a floor measured in the same run is what can be
compared. A script takes ``--messages N`` (1,000,000 by default) and writes its files under ``--scratch``; all.py runs
every script and writes docs/benchmarks.md from what they print.

    usage = measure([sys.executable, "-m", "safehand.cli.main", "read", "--summary", path])
    floor = measure(["sha256sum", path])
    tell(Figure("whatsapp.android.sha256sum", "CPU time against sha256sum", usage.cpu_seconds / floor.cpu_seconds, …))

CPU seconds and peak memory are the kernel's own count for the child and its children (wait4). The command is started
by a small launcher, this file run as a program, because Linux counts the memory of whoever starts a program as the
program's own: a benchmark that has made a million messages would otherwise see itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

SCHEMA = "safehand.figure/1"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of a command took."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    exit_code: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``target`` and ``ratio_target`` are bounds to keep; None where none was set."""

    figure: str
    what: str
    value: float
    unit: str
    better: Literal["more", "less"]
    target: float | None = None
    floor: str | None = None
    ratio: float | None = None
    ratio_target: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether every bound that was set is kept. A ratio to a floor is always better when less."""
        if self.target is not None:
            kept = self.value >= self.target if self.better == "more" else self.value <= self.target
            if not kept:
                return False
        return self.ratio_target is None or self.ratio is None or self.ratio <= self.ratio_target


def tell(figure: Figure) -> None:
    """Print the figure on stdout, one line."""
    print(json.dumps({"schema": SCHEMA, **asdict(figure)}, ensure_ascii=False), flush=True)


def say(words: str) -> None:
    """Talk to whoever watches, on stderr."""
    print(words, file=sys.stderr, flush=True)


def arguments(what: str) -> argparse.ArgumentParser:
    """The options every benchmark script has; a script may add its own."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--messages", type=int, default=1_000_000, help="how many messages to generate for each form")
    parser.add_argument(
        "--scratch", type=Path, default=None, help="where to write generated files (default: a new one)"
    )
    return parser


def scratch_of(options: argparse.Namespace) -> Path:
    """The folder for generated files, made if need be."""
    folder: Path = options.scratch or Path(tempfile.mkdtemp(prefix="safehand-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def measure(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    keep: bool = True,
    check: bool = True,
) -> Usage:
    """Run ``command`` and count what it takes. Its stdout is kept, or thrown away unread when not ``keep``."""
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile(suffix=".json") as report,
    ):
        launcher = [sys.executable, "-I", "-S", __file__, report.name, *map(str, command)]
        subprocess.run(
            launcher, stdout=out if keep else subprocess.DEVNULL, stderr=err, cwd=cwd, env=env, check=True, text=False
        )
        out.seek(0)
        err.seek(0)
        usage = Usage(**json.load(report), stdout=out.read(), stderr=err.read())
    if check and usage.exit_code != 0:
        raise subprocess.CalledProcessError(usage.exit_code, list(map(str, command)), usage.stdout, usage.stderr)
    return usage


def best_of(times: int, command: Sequence[str | Path]) -> Usage:
    """The run of ``times`` that took the least CPU: the others were disturbed by something that is not ours."""
    return min((measure(command, keep=False) for _ in range(times)), key=lambda usage: usage.cpu_seconds)


def sha256sum(path: Path) -> Usage:
    """The floor for anything that reads a file: ``sha256sum`` of it. The first of the runs warms the page cache."""
    return best_of(3, ["sha256sum", path])


def machine_in_words() -> str:
    """The size of this machine, without its name: "2 cores, 24 GiB of memory, Python 3.11"."""
    cores = len(os.sched_getaffinity(0))
    gib = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{cores} {'core' if cores == 1 else 'cores'}, {gib} GiB of memory, Python {python}"


def launch(report: str, command: list[str]) -> int:
    """The launcher: start ``command``, wait for it, write what the kernel counted to the file ``report``."""
    begin = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, counted = os.wait4(child, 0)
    taken = {
        "cpu_seconds": counted.ru_utime + counted.ru_stime,
        "wall_seconds": time.monotonic() - begin,
        "peak_mib": counted.ru_maxrss / 1024,
        "exit_code": os.waitstatus_to_exitcode(status),
    }
    Path(report).write_text(json.dumps(taken), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(launch(sys.argv[1], sys.argv[2:]))
