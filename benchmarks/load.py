"""Two hundred officers read while five chats a minute are handed over: what a page takes, and that no entry is lost.

    .venv/bin/python benchmarks/load.py                              PostgreSQL and then SQLite, ten minutes each
    .venv/bin/python benchmarks/load.py --postgresql --minutes 2
    .venv/bin/python benchmarks/load.py --sqlite --officers 5

A real desk: four web processes, two workers, a PostgreSQL that waits for the disk (scripts/with-postgresql --durable),
or the desk's own SQLite file with ten officers. Everybody reads 20 cases of 20,000 messages (5 on SQLite), with a
second factor and a session of their own; who signs in, and the network, is not what is measured. How officers read is
told in measure_load.py. Holders' pages send sealed chats of 20,000 messages, which workers collect, check and read.

Both sides are counted. What entries a page of each kind makes is seen before there is any load; afterwards the log must
hold as many of each officer and verb as the pages that officer was shown. Then the desk is stopped, and ``desk check``
goes through all of it. The officers run on the same cores as the desk: their share is told.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from measure import Figure, arguments, say, scratch_of, tell
from measure_desk import scratch_desk
from measure_load import THINK, Reader, Told, one_of_each, read_for
from safehand.desk.core.state import State

HERE = Path(__file__).parent
MINUTES = 10
MESSAGES = 20_000
A_MINUTE = 5
WEB, WORKERS = 4, 2
BOUND = 400.0
SEED = 20261128
PATIENCE = 900.0
"""Seconds after the last page until everything that was handed over must have been read."""

RUN = "import sys; from pathlib import Path; from safehand.desk.server import run\n"
RUN += "run(Path(sys.argv[1]), port=int(sys.argv[2]), web=int(sys.argv[3]), workers=int(sys.argv[4]))"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked of a desk."""

    database: str
    officers: int
    cases: int


SIZES = (Size("PostgreSQL", 200, 20), Size("SQLite", 10, 5))


@dataclass(slots=True)
class Sender:
    """Holders, one every twelve seconds, in a thread."""

    hand_over: Callable[[int, Path, int], str]
    port: int
    files: Sequence[Path]
    sent: list[str]
    problems: list[str]

    def send(self) -> None:
        """All of them, each at its time; a slow one makes the next no later."""
        begin = time.monotonic()
        for number, file in enumerate(self.files):
            time.sleep(max(0.0, begin + number * 60 / A_MINUTE - time.monotonic()))
            try:
                self.sent.append(self.hand_over(self.port, file, number))
            except (OSError, AssertionError, SystemExit) as err:
                self.problems.append(f"handover: {type(err).__name__}")


def main() -> int:
    options = _options()
    asked = [size for size in SIZES if getattr(options, size.database.lower())] or list(SIZES)
    if len(asked) == 1 and (asked[0].database == "SQLite" or os.environ.get("DATABASE_URL")):
        measure_one(asked[0], options)
        return 0
    return max(subprocess.run(_alone(size, options), check=False).returncode for size in asked)


def measure_one(size: Size, options: argparse.Namespace) -> None:
    """One desk, in this process's database."""
    folder = scratch_of(options)
    messages, minutes = min(options.messages, MESSAGES), options.minutes
    officers = options.officers or size.officers
    state = scratch_desk(folder)
    import make_load  # noqa: PLC0415  can be loaded when it is known where the desk is

    cases = min(size.cases, officers)
    many = cases + round(minutes * A_MINUTE)
    say(f"{size.database}: sealing {many} chats of {messages:,} messages")
    files = [make_load.sealed(state, folder, number, messages) for number in range(many)]
    say(f"{cases} cases are read, {officers} officers are signed in")
    readers = make_load.make_cases(state, make_load.make_officers(officers), files[:cases])
    port = _free_port()
    with running(state, port, folder / "said") as desk:
        of_kind = one_of_each(port, readers[0], make_load.entries_of(readers[0].actor))
        start = make_load.last_entry()
        sender = Sender(make_load.hand_over, port, files[cases:], [], [])
        say(f"{minutes} minutes")
        before = cpu(desk)
        told = loaded(port, readers, sender, minutes * 60)
        spent = {name: seconds - before[name] for name, seconds in cpu(desk).items()}
        waited = dict(make_load.read_in_time(sender.sent, messages, PATIENCE))
    found = make_load.entries_after(start)
    lost, more = compared(told, of_kind, {each.actor for each in readers}, found)
    wrong = Counter(told.wrong) + Counter(sender.problems) + complaints(folder / "said")
    problems = make_load.problems()
    full = minutes >= MINUTES and officers >= size.officers and messages == MESSAGES
    scene = f"{size.database}, {officers} officers reading, {A_MINUTE} handovers of {messages:,} messages a minute"
    name = f"load.{size.database.lower()}"
    report_pages(name, f"{scene}, {minutes:g} minutes", told, BOUND if full else None)
    note = ", ".join(f"{what} {number} times" for what, number in (wrong + Counter(problems)).items())
    count = sum(wrong.values()) + len(problems)
    what = "pages, handovers, lines of the desk's log and things that desk check found that were wrong"
    tell(Figure(f"{name}.wrong", what, count, "", "less", 0, note=note))
    note = f"{sum(found.values()):,} were made, {more} more than pages account for"
    tell(Figure(f"{name}.lost", "pages shown without their custody entry", lost, "", "less", 0, note=note))
    slowest, median = max(waited.values()), statistics.median(waited.values())
    note = f"median {median:.1f} s, {len(waited)} handovers, all whole"
    what = "from a handover until it can be read: the slowest"
    tell(Figure(f"{name}.handover", what, round(slowest, 1), "s", "less", note=note))
    each = ", ".join(f"{who} {seconds / 60 / minutes:.2f}" for who, seconds in spent.items())
    busy = round(sum(spent.values()) / 60 / minutes, 2)
    tell(Figure(f"{name}.cpu", "cores that were busy, of all that ran here", busy, "", "less", note=each))


def loaded(port: int, readers: Sequence[Reader], sender: Sender, seconds: float) -> Told:
    """Everybody at once."""
    holders = threading.Thread(target=sender.send)
    holders.start()
    told = read_for(port, readers, seconds, SEED)
    holders.join()
    return told


def compared(
    told: Told,
    of_kind: Mapping[str, Counter[str]],
    actors: set[str],
    found: Counter[tuple[str, str]],
) -> tuple[int, int]:
    """Entries that pages say there must be and there are not; and the other way round."""
    expected: Counter[tuple[str, str]] = Counter()
    for (actor, kind), pages in told.pages.items():
        for verb, each in of_kind[kind].items():
            expected[actor, verb] += pages * each
    if not expected:
        raise SystemExit("No page made an entry: there is nothing to compare.")
    of_readers = Counter({key: many for key, many in found.items() if key[0] in actors})
    for (_, verb), many in (expected - of_readers).items():
        say(f"lost: {many} of {verb}")
    return sum((expected - of_readers).values()), sum((of_readers - expected).values())


def report_pages(name: str, scene: str, told: Told, bound: float | None) -> None:
    """All pages together, with the bound, and each kind."""
    every = [seconds for kind in told.seconds.values() for seconds in kind]
    note = f"{len(every):,} pages, {THINK:.0f} s between two of one officer; {_spread(every)}"
    tell(Figure(f"{name}.pages", f"{scene}: 95 % of pages take at most", _ms(every), "ms", "less", bound, note=note))
    for kind, seconds in sorted(told.seconds.items(), key=lambda pair: -len(pair[1])):
        note = f"{len(seconds):,} pages; {_spread(seconds)}"
        tell(Figure(f"{name}.{kind.replace(' ', '-')}", f"95 % of “{kind}”", _ms(seconds), "ms", "less", note=note))


def complaints(said: Path) -> Counter[str]:
    """Lines of the desk's log that are no talk."""
    lines = said.read_text("utf-8", "replace").splitlines()
    wrong = ("ERROR", "WARNING", "Traceback")
    for line in (kept := [line for line in lines if any(word in line for word in wrong)])[:20]:
        say(f"the desk said: {line}")
    return Counter({"the desk complained": len(kept)}) if kept else Counter()


def cpu(desk: int) -> dict[str, float]:
    """CPU seconds so far of the web processes, the workers, PostgreSQL, and the officers: this process."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    found = {"web": 0.0, "workers": 0.0, "PostgreSQL": 0.0, "officers": own.ru_utime + own.ru_stime}
    children = _children()
    for child in children.get(desk, []):
        words = Path(f"/proc/{child}/cmdline").read_bytes()
        found["web" if b"gunicorn" in words else "workers"] += _seconds(child, children)
    if os.environ.get("DATABASE_URL"):
        beside = [pid for pid in children.get(os.getppid(), []) if pid != os.getpid()]
        found["PostgreSQL"] = sum(_seconds(pid, children) for pid in beside)
    return {name: seconds for name, seconds in found.items() if seconds}


@contextmanager
def running(state: State, port: int, said: Path) -> Iterator[int]:
    """A desk that answers; its process."""
    command = [sys.executable, "-c", RUN, str(state.root), str(port), str(WEB), str(WORKERS)]
    environment = {**os.environ, "SAFEHAND_ADDRESS": f"http://127.0.0.1:{port}"}
    with said.open("wb") as out:
        desk = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        for _ in range(600):
            time.sleep(0.1)
            if desk.poll() is not None:
                raise SystemExit(f"The desk ended:\n{said.read_text('utf-8', 'replace')}")
            if "The desk is at" in said.read_text("utf-8", "replace") and _ready(port):
                break
        yield desk.pid
    finally:
        desk.send_signal(signal.SIGTERM)
        desk.wait()


def _options() -> argparse.Namespace:
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long officers read")
    parser.add_argument("--officers", type=int, default=0, help="how many; 200 on PostgreSQL and 10 on SQLite")
    for size in SIZES:
        parser.add_argument(f"--{size.database.lower()}", action="store_true", help=f"on {size.database} alone")
    return parser.parse_args()


def _alone(size: Size, options: argparse.Namespace) -> list[str]:
    """This script, for one database."""
    flag = f"--{size.database.lower()}"
    asked = {"messages": options.messages, "minutes": options.minutes, "officers": options.officers}
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    words += ["--scratch", str(scratch_of(options) / size.database)]
    started = [str(HERE.parent / "scripts" / "with-postgresql"), "--durable"] if size.database == "PostgreSQL" else []
    return [*started, sys.executable, __file__, flag, *words]


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ms(seconds: Sequence[float]) -> float:
    return round(sorted(seconds)[int(len(seconds) * 0.95)] * 1e3, 1)


def _spread(seconds: Sequence[float]) -> str:
    return f"median {statistics.median(seconds) * 1e3:.0f} ms, slowest {max(seconds) * 1e3:.0f} ms"


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        found.setdefault(parent, []).append(int(path.parent.name))
    return found


def _seconds(pid: int, children: Mapping[int, Sequence[int]]) -> float:
    """Of a process, what it waited for, and what runs under it (proc(5): fields 14 to 17)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    own = sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(_seconds(child, children) for child in children.get(pid, []))


if __name__ == "__main__":
    sys.exit(main())
