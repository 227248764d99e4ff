"""How fast an export is read, recognition and the account of bytes included, in how much memory, beside its floors.

    tell_forms(__doc__, Made("skype.own", "Skype, its own data as JSON", "messages.json", make_skype, 100_000, ORJSON))
    tell_reading(Form("imessage.database", "iMessage, the database of Messages", path, messages, 10_000, SQLITE))
    tell_growth("imessage.database", "iMessage, the database of Messages", make, messages)

A floor is a small program that does the least with the same file in the same run: ``orjson.loads`` of the whole,
expat without handlers, ``csv.reader``, ``sha256sum``. CPU seconds are of reading alone; memory is of the whole process.
``tell_growth`` holds the cost of a message in a small file against that in a large one. Of more than a million messages
the growth alone is measured (``--messages 5000000``), and once: all else is asked at a million.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from measure import Figure, Usage, arguments, measure, say, scratch_of, sha256sum, tell

READ: Final = Path(__file__).parent / "peers" / "read_safehand.py"

ROUNDS: Final = 3
"""The least of these stands, for a shared machine only adds; of more than a million messages one tells."""
USUAL: Final = 1_000_000
"""Messages that rates, memory and floors are measured with, at most."""
PEAK_MIB: Final = 150
"""MiB that reading may take, whatever the size of the file."""

GROWTH: Final = 1.2
"""How many times as much a message of the largest file may cost as one of the smallest."""

SMALL: Final = 10_000
"""Messages of the small file that the growth is measured from."""

_TIMED: Final = """
import sys, time
path = sys.argv[1]
{imports}
begin = time.process_time()
{body}
print(time.process_time() - begin)
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that can be done with a file of this kind: ``imports`` are not timed, ``body`` reads ``path``."""

    name: str
    what: str
    imports: str
    body: str


ORJSON: Final = Floor(
    "orjson", "orjson.loads of the same file", "import orjson", "orjson.loads(open(path, 'rb').read())"
)
JSON_LINES: Final = Floor(
    "orjson",
    "orjson.loads of each line of the same file",
    "import orjson",
    "for line in open(path, 'rb'): orjson.loads(line)",
)
CSV: Final = Floor(
    "csv",
    "csv.reader of the same file",
    "import csv",
    "for row in csv.reader(open(path, encoding='utf-8', newline='')): pass",
)
INFLATE: Final = Floor(
    "zlib",
    "the attached archive of the same file, decoded and unpacked by the standard library",
    "import email, io, zipfile",
    "mail = email.message_from_binary_file(open(path, 'rb'))\n"
    "data = [part.get_payload(decode=True) for part in mail.walk() if part.get_filename() == 'rsmf.zip'][0]\n"
    "zipfile.ZipFile(io.BytesIO(data)).read('rsmf_manifest.json')",
)
LINES: Final = Floor("lines", "the lines of the same file, counted", "", "for line in open(path, 'rb'): pass")
EXPAT: Final = Floor(
    "expat",
    "expat of the same file, with one handler",
    "import xml.parsers.expat",
    "p = xml.parsers.expat.ParserCreate(); p.StartElementHandler = lambda name, attrs: None\n"
    "p.ParseFile(open(path, 'rb'))",
)
HTML: Final = Floor(
    "html.parser",
    "html.parser of the same file, doing nothing",
    "import html.parser",
    "html.parser.HTMLParser().feed(open(path, encoding='utf-8').read())",
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form to measure: ``path`` holds ``messages`` of it, and at least ``rate`` a CPU second are asked for."""

    figure: str
    what: str
    path: Path
    messages: int
    rate: int
    floor: Floor
    peak_mib: float = PEAK_MIB


def tell_reading(form: Form) -> None:
    """Measure one form and tell it: rate, ratios to the floors, memory."""
    if form.messages > USUAL:
        return
    rounds = _rounds(form.messages)
    runs = _runs(form.path, rounds)
    told = [json.loads(run.stdout) for run in runs]
    if {one["messages"] for one in told} != {form.messages}:
        raise SystemExit(f"{form.messages} messages were written and {told[0]['messages']} were read.")
    seconds = min(one["cpu_seconds"] for one in told)
    rate = round(form.messages / seconds)
    least = min(_floor_seconds(form.floor, form.path) for _ in range(rounds))
    _tell_rate(form, rate, form.floor.name, form.floor.what, seconds / least)
    if form.path.is_file():
        hashed = min(sha256sum(form.path).cpu_seconds for _ in range(rounds))
        _tell_rate(form, rate, "sha256sum", "sha256sum of the same file", seconds / max(hashed, 1e-9))
    _tell_peak(form, runs)


def _rounds(messages: int) -> int:
    return ROUNDS if messages <= USUAL else 1


@cache
def _runs(path: Path, rounds: int) -> tuple[Usage, ...]:
    """Readings of one file: measured once, however many figures are told of them."""
    return tuple(measure([sys.executable, READ, path]) for _ in range(rounds))


@dataclass(frozen=True, slots=True)
class Made:
    """A form to measure, and how a file of it is made: ``make(path, messages)`` writes ``name``, file or folder."""

    figure: str
    what: str
    name: str
    make: Callable[[Path, int], object]
    rate: int
    floor: Floor
    peak_mib: float = PEAK_MIB


def tell_forms(doc: str, *forms: Made) -> None:
    """A whole script: make a file of each form with as many messages as are asked for, and measure it."""
    options = arguments(doc).parse_args()
    scratch = scratch_of(options)
    for form in forms:
        tell_form(form, scratch, options.messages)


def tell_form(form: Made, scratch: Path, messages: int) -> None:
    """Make files of one form in ``scratch``, measure them and remove them: rate, memory, growth."""
    made = making(form.figure, form.name, form.make, scratch)
    if messages <= USUAL:
        tell_reading(Form(form.figure, form.what, made(messages), messages, form.rate, form.floor, form.peak_mib))
    tell_growth(form.figure, form.what, made, messages)


def making(figure: str, name: str, make: Callable[[Path, int], object], scratch: Path) -> Callable[[int], Path]:
    """How ``tell_growth`` is given a file of so many messages: it is made when it is first asked for."""

    def made(count: int) -> Path:
        path = scratch / f"{figure}-{count}" / name
        if not path.exists():
            say(f"writing {count:,} messages of {figure}")
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, count)
        return path

    return made


def tell_growth(figure: str, what: str, make: Callable[[int], Path], messages: int) -> None:
    """Make a small file and one of ``messages``, tell how the cost of a message grew between them, remove them."""
    costs = []
    for count in (SMALL, messages):
        path = make(count)
        runs = [json.loads(run.stdout) for run in _runs(path, _rounds(count))]
        costs.append(min(run["cpu_seconds"] for run in runs) / runs[0]["messages"])
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    tell(
        Figure(
            figure=f"{figure}.growth",
            what=f"{what}: cost of a message out of {messages:,}",
            value=round(costs[1] * 1e6, 3),
            unit="CPU µs",
            better="less",
            floor=f"the same out of {SMALL:,} ({costs[0] * 1e6:.3g} µs)",
            ratio=round(costs[1] / costs[0], 3),
            ratio_target=GROWTH,
        )
    )


def _floor_seconds(floor: Floor, path: Path) -> float:
    code = _TIMED.format(imports=floor.imports, body=floor.body)
    return float(measure([sys.executable, "-c", code, path]).stdout)


def _tell_rate(form: Form, rate: int, name: str, floor: str, ratio: float) -> None:
    tell(
        Figure(
            figure=f"{form.figure}.rate.{name}",
            what=form.what,
            value=rate,
            unit="messages/CPU s",
            better="more",
            target=form.rate,
            floor=floor,
            ratio=round(ratio, 2),
        )
    )


def _tell_peak(form: Form, runs: Sequence[Usage]) -> None:
    tell(
        Figure(
            figure=f"{form.figure}.peak",
            what=f"{form.what}: peak memory",
            value=round(max(run.peak_mib for run in runs), 1),
            unit="MiB",
            better="less",
            target=form.peak_mib,
        )
    )
