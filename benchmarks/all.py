"""Every figure, measured again: runs each benchmark script and writes docs/benchmarks.md from what they print.

    .venv/bin/python benchmarks/all.py --date 2026-11-22
    .venv/bin/python benchmarks/all.py --date 2026-11-22 --messages 50000 --only casefile peers --page /tmp/check.md
    .venv/bin/python benchmarks/all.py --date 2026-11-22 --growth

Scripts run one after the other, so that none disturbs another. What each told is kept in build/benchmarks, and the
page is made of all that is kept: ``--only`` measures those again, and the others stand as they were, with their day.
Scripts are the files in this folder but for this one, measure*.py, and what makes files for them (make_*.py). The date
is handed in: the page says when it was measured, and nothing here reads a clock. Exit code 3 when a bound that was set
is not kept or a script failed; the page says which.

With ``--growth`` the scripts that read forms are run with five million messages, and what a message costs there, beside
one of a small file, is kept and told apart from the rest: it takes hours and up to 5 GB of scratch.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from measure import SCHEMA, Figure, arguments, machine_in_words, say

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
USUAL = 1_000_000
GROWN = 5_000_000
NOT_KEPT = 3

KEPT = HERE.parent / "build" / "benchmarks"
"""What each script told last; what it told of growth in ``growth`` there."""

HEAD = """# Figures

Measured on {date} on {machine}. `make bench` measures them again and writes this page. {messages} of each form were
read, unless a heading says otherwise.

A figure belongs to the machine and the day; what can be compared is its ratio to a floor that was measured in the same
run, such as `sha256sum` of the same file. CPU seconds and memory are the kernel's count for a process and its children.
A **bound** is what was set beforehand; “kept” means that both the bound of the figure and that of its ratio are.
"""

TABLE = "| figure | value | bound | ratio to floor | bound | kept |\n|---|---:|---:|---|---:|---|\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What one script told, and how it ended."""

    script: str
    figures: tuple[Figure, ...]
    exit_code: int
    messages: int
    date: str


def scripts(only: Sequence[str]) -> list[Path]:
    """The scripts to run, by name. SystemExit for a name that is none."""
    found = {
        path.stem: path
        for path in sorted(HERE.glob("*.py"))
        if path.stem != "all" and not path.stem.startswith(("make_", "measure"))
    }
    unknown = set(only) - set(found)
    if unknown:
        raise SystemExit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(found)}.")
    return [path for name, path in found.items() if not only or name in only]


def reading(paths: Sequence[Path]) -> list[Path]:
    """Those of the scripts that measure how forms are read."""
    return [path for path in paths if "from measure_reading import" in path.read_text("utf-8")]


def growth_of(one: Run) -> Run:
    """What a script told of growth alone."""
    return replace(one, figures=tuple(figure for figure in one.figures if figure.figure.endswith(".growth")))


def run(script: Path, messages: int, date: str) -> Run:
    """Run one script with its own folder for what it makes."""
    say(f"── {script.stem}")
    with tempfile.TemporaryDirectory(prefix="safehand-bench-") as scratch:
        command = [sys.executable, str(script), "--messages", str(messages), "--scratch", scratch]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return Run(script.stem, tuple(read_figures(done.stdout)), done.returncode, messages, date)


def keep(one: Run, folder: Path) -> None:
    """Keep what a script told. The inverse of kept."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{one.script}.json").write_text(json.dumps(asdict(one), ensure_ascii=False, indent=1), encoding="utf-8")


def kept(folder: Path) -> list[Run]:
    """What is kept of scripts that are still there, by name."""
    found = []
    for script in scripts([]):
        path = folder / f"{script.stem}.json"
        if path.is_file():
            told = json.loads(path.read_text("utf-8"))
            told["figures"] = tuple(Figure(**figure) for figure in told["figures"])
            found.append(Run(**told))
    return found


def read_figures(printed: bytes) -> Iterable[Figure]:
    """The figures a script printed, one JSON object a line."""
    for line in printed.splitlines():
        told = json.loads(line)
        if told.pop("schema") != SCHEMA:
            raise SystemExit(f"A figure of another schema than {SCHEMA}.")
        yield Figure(**told)


def page(runs: Sequence[Run], date: str, messages: int, grown: Sequence[Run] = ()) -> str:
    """The whole page; ``grown`` are runs of which the growth is told, in a section of its own."""
    parts = [HEAD.format(date=date, machine=machine_in_words(), messages=f"{messages:,} messages")]
    for one in runs:
        other = [f"{one.messages:,} messages"] * (one.messages != messages) + [one.date] * (one.date != date)
        said = f" ({', '.join(other)})" if other else ""
        parts.append(f"\n## {one.script}{said}\n\n")
        if one.exit_code != 0:
            parts.append(f"The script ended with exit code {one.exit_code}; what it told before that:\n\n")
        parts.append(TABLE)
        parts += [row(figure) for figure in one.figures]
    if grown:
        parts.append(f"\n## Growth to {GROWN:,} messages\n\n{TABLE}")
        for one in grown:
            note = ", ".join([one.date] * (one.date != date) + ["the script failed"] * (one.exit_code != 0))
            parts += [row(replace(figure, note=note)) for figure in one.figures]
    return "".join(parts)


def row(figure: Figure) -> str:
    """One line of the table."""
    sign = "≥" if figure.better == "more" else "≤"
    bound = "" if figure.target is None else f"{sign} {number(figure.target)}"
    ratio = "" if figure.ratio is None else f"{number(figure.ratio)} × {figure.floor}"
    ratio_bound = "" if figure.ratio_target is None else f"≤ {number(figure.ratio_target)}"
    bounded = figure.target is not None or figure.ratio_target is not None
    kept = ("yes" if figure.is_met else "**no**") if bounded else ""
    note = f"<br>{figure.note}" if figure.note else ""
    cells = (f"{figure.what}{note}", f"{number(figure.value)} {figure.unit}", bound, ratio, ratio_bound, kept)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def number(value: float) -> str:
    """With thousands parted, and no more digits than mean something."""
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def main() -> int:
    """Run them all, write the page, and say what was not kept."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--date", required=True, help="the day of this run, written into the page: 2026-11-22")
    parser.add_argument("--only", nargs="*", default=[], metavar="SCRIPT", help="these scripts alone")
    parser.add_argument("--page", type=Path, default=PAGE, help="where to write the page")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where what each script told is kept")
    parser.add_argument("--growth", action="store_true", help=f"growth alone, to {GROWN:,} messages")
    parser.set_defaults(messages=None)
    options = parser.parse_args()
    messages = options.messages or (GROWN if options.growth else USUAL)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", options.date):
        parser.error("--date is written as 2026-11-22")
    runs = []
    folder = options.kept / "growth"
    for script in reading(scripts(options.only)) if options.growth else scripts(options.only):
        one = run(script, messages, options.date)
        runs.append(growth_of(one) if options.growth else one)
        keep(runs[-1], folder if options.growth else options.kept)
    text = page(kept(options.kept), options.date, USUAL, kept(folder))
    options.page.write_text(text, encoding="utf-8")
    failed = [one.script for one in runs if one.exit_code != 0]
    missed = [figure.figure for one in runs for figure in one.figures if not figure.is_met]
    for name in failed:
        say(f"failed: {name}")
    for name in missed:
        say(f"not kept: {name}")
    return NOT_KEPT if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
