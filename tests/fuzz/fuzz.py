"""Fuzz the readers: near misses of every form, until the time is up, and a record of how many there were.

    make fuzz                                  every form for a minute and a half each, two at a time
    make fuzz EACH=600 ONLY=telegram           one source for longer
    python tests/fuzz/fuzz.py --seconds 5 --only "sms, messages" --seed 7

Asked of each execution, of the reader itself and not of what catches its faults:

- it raises nothing but SafehandError;
- it takes no longer than a second for each MiB (and a little, for a machine that is busy with others);
- every byte of every file stands in exactly one segment, and the account closes.

What fails is told with its seed, and the files are kept under --keep, so that it can be run again and become a vector.
The record is docs/fuzzing.md: executions of each form, added up as long as the readers are the same (READERS).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from near_misses import near_miss
from promise_samples import BUILDERS, Sample
from safehand.errors import SafehandError
from safehand.sources import SOURCES
from safehand.sources.accounting import SegmentKind
from safehand.sources.beside import Beside
from safehand.sources.contract import HEAD, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions, Source
from safehand.sources.hangouts.shapes import Shapes as EventShapes
from safehand.sources.signal.sigtop_shapes import Shapes
from table_made import stated

ROOT: Final = Path(__file__).parents[2]
VECTORS: Final = ROOT / "tests" / "vectors"
MESSAGES: Final = (1, 1, 2, 3)
"""Messages of the good files: a near miss of a short one is read in a tenth of a millisecond."""

SLOWEST: Final = 1.0
"""Seconds that a MiB may take."""

SLACK: Final = 0.5
"""Seconds besides, for a machine that does other things too."""

_VECTORS_AT_MOST: Final = 60
_SMALL: Final = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one form."""

    form: str
    executions: int
    seconds: float
    failures: tuple[str, ...]


class Form:
    """One form of one source, with good files to go wrong from."""

    def __init__(self, name: str) -> None:
        self.name = name
        samples = [BUILDERS[name](count) for count in MESSAGES]
        self.source: Source = next(source for source in SOURCES if source.id == samples[0].source)
        self._good = [claimed for sample in samples for claimed in _claims(self.source, sample)]
        self.others = [data for claim in self._good for data in claim.data] + list(_vectors(self.source.id))

    def draw(self, chance: random.Random) -> tuple[Claim, list[bytes]]:
        """Files to read, at least one of which has gone wrong, under the claim of the good ones."""
        good = chance.choice(self._good)
        data = list(good.data)
        which = chance.randrange(len(data))
        data[which] = near_miss(data[which], self.others, chance)
        files = tuple(
            stated(FileInMemory(file.id, file.name, new)) for file, new in zip(good.claim.files, data, strict=True)
        )
        claim = good.claim
        if chance.random() < 0.2:  # as recognition would have it, where it still takes the files for its own
            found = self.source.claim(tuple(Probe(file, file.data[:HEAD]) for file in files))
            if len(found) == 1 and len(found[0].files) == len(files):
                claim = found[0]
        return Claim(claim.source, claim.form, _again(claim, files), claim.certainty, claim.why), data


@dataclass(frozen=True, slots=True)
class _Good:
    claim: Claim
    data: tuple[bytes, ...]


def check(source: Source, claim: Claim, window: int, beside: Beside | None = None) -> None:
    """Read once and ask everything. AssertionError or whatever the reader raises."""
    desk = ReadingDesk(options=ReadOptions(window=window), beside=beside)
    begin = time.process_time()
    try:
        for _ in source.read(claim, desk):
            pass
    except SafehandError:
        for file in claim.files:  # what Reading does: the rest is unparsed
            ledger = desk.ledger(file)
            with file.open() as stream:
                stream.seek(ledger.fed)
                ledger.feed(stream.read())
            if ledger.position < file.size:
                ledger.fail(file.size, "reading stopped")
    taken = time.process_time() - begin
    size = sum(file.size for file in claim.files)
    if taken > SLACK + SLOWEST * size / (1 << 20):
        raise AssertionError(f"{taken:.1f} s for {size} bytes")
    for file in claim.files:
        ledger = desk.ledger(file)
        with file.open() as stream:
            stream.seek(ledger.fed)
            ledger.feed(stream.read())
        if ledger.position < file.size:  # Reading gives it to LEFT_OVER, and that is a fault of the reader
            raise AssertionError(f"the reader ended at byte {ledger.position} of {file.size} without a word")
        account = ledger.close(file.size)
        if sum(tally.bytes for tally in account.segments.values()) != file.size:
            raise AssertionError("the account does not add up")
        if SegmentKind.UNPARSED in account.segments and not account.unparsed:
            raise AssertionError("bytes are unparsed for no reason")


def fuzz(name: str, seconds: float, seed: int, keep: Path | None, most: int = sys.maxsize) -> Outcome:
    """Fuzz one form until the time is up, ``most`` were run, or three failed."""
    form = Form(name)
    failures: list[str] = []
    executions = 0
    begin = time.monotonic()
    EventShapes.often = 1
    Shapes.often = 2  # or five rows would never be read by a pattern
    while time.monotonic() - begin < seconds and executions < most and len(failures) < 3:
        for number in range(executions, executions + 100):
            chance = random.Random(f"{name} {seed} {number}")
            claim, data = form.draw(chance)
            try:
                check(form.source, claim, chance.choice((64, 256, 4096, 1 << 20)), chance.choice((None, Beside())))
            except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
                failures.append(f"{name}, seed {seed}, number {number}\n{traceback.format_exc(limit=-6)}")
                _keep(keep, name, number, claim, data)
        executions += 100
    return Outcome(name, executions, time.monotonic() - begin, tuple(failures))


def _claims(source: Source, sample: Sample) -> Iterator[_Good]:
    files = [stated(FileInMemory(name, name, data)) for name, data in sample.files.items() if not name.endswith(".zip")]
    by_id = {file.id: file.data for file in files}
    for claim in source.claim(tuple(Probe(file, file.data[:HEAD]) for file in files)):
        yield _Good(claim, tuple(by_id[file.id] for file in claim.files))


def _again(claim: Claim, files: Sequence[FileInMemory]) -> tuple[FileInMemory, ...]:
    by_id = {file.id: file for file in files}
    return tuple(by_id[file.id] for file in claim.files)


def _vectors(source: str) -> Iterator[bytes]:
    folder = VECTORS / source
    if folder.is_dir():
        for path in sorted(path for path in folder.rglob("*") if path.is_file())[:_VECTORS_AT_MOST]:
            data = path.read_bytes()
            if len(data) <= _SMALL:
                yield data


def _keep(keep: Path | None, name: str, number: int, claim: Claim, data: list[bytes]) -> None:
    if keep is None:
        return
    folder = keep / f"{name.replace(', ', '-').replace(' ', '-')}-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {file.id: file for file in claim.files}
    for place, (file, bytes_) in enumerate(zip(by_id.values(), data, strict=False)):
        (folder / f"{place}-{Path(file.name).name}").write_bytes(bytes_)


def main() -> int:
    """Fuzz all forms that were asked for, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=90, help="for each form")
    parser.add_argument("--only", default="", help="a source, or a form: 'telegram', 'telegram, one chat'")
    parser.add_argument("--seed", type=int, default=None, help="drawn and told when it is not given")
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "fuzz", help="where files that fail are kept")
    parser.add_argument("--record", type=Path, default=None, help="add the executions to this page")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    names = sorted(n for n in BUILDERS if options.only in ("", n, n.split(",")[0]) and not n.endswith("ZIP"))
    if not names:
        parser.error(f"There is no form {options.only!r}.")
    print(f"seed {seed}, {len(names)} forms, {options.seconds:g} s each", file=sys.stderr)
    outcomes = []
    with ProcessPoolExecutor(options.jobs) as pool:
        jobs = [pool.submit(fuzz, name, options.seconds, seed, options.keep) for name in names]
        for job in jobs:
            outcome = job.result()
            outcomes.append(outcome)
            print(json.dumps({"form": outcome.form, "executions": outcome.executions,
                              "failures": len(outcome.failures)}), flush=True)  # fmt: skip
            for failure in outcome.failures:
                print(failure, file=sys.stderr)
    if options.record is not None:
        from fuzz_record import add_to_record  # noqa: PLC0415  only where it is asked for

        add_to_record(options.record, {one.form: one.executions for one in outcomes if not one.failures})
    return 1 if any(outcome.failures for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
