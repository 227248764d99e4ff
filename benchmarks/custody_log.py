"""The custody log of a desk, in its database: entries a second, the whole audited, a receipt out of ten million.

    .venv/bin/python benchmarks/custody_log.py --messages 1000000

merkle_log.py measures the tree alone, in files; this is what officers and their court wait for: rows of SQLite, read
through Django. Entries are as a page of the reader makes them. An act waits for its own entry on the disk; the tree
takes entries in together, when it is signed. Receipts are out of a log of ten million whose tiles alone are kept: an
entry that is not opened is not read. The floor is SHA-256 itself: two hashes an entry, of as many bytes.
"""

from __future__ import annotations

import hashlib
import random
import time

from make_whatsapp import SEED
from measure import Figure, arguments, say, scratch_of, tell
from measure_desk import scratch_desk
from safehand.desk.core.state import State

GROWN = 10_000_000
"""Entries of the log that receipts are made out of (issue 6, section 1)."""

ACTS = 500
TOGETHER = 1_000
RECEIPTS = 500
FLOOR = "two SHA-256 an entry"


def main() -> None:
    """Measure, and print a figure a line."""
    options = arguments("the custody log of a desk").parse_args()
    state, many = scratch_desk(scratch_of(options)), options.messages
    from make_custody import grow_to, write  # noqa: PLC0415  can be loaded when it is known where the desk is

    tell(_acts())
    tell(_together())
    say(f"writing {many:,} entries")
    write(many)
    floor = _floor_of(many) / many
    tell(_taken_in(state, floor))
    tell(_audited(state, floor))
    say(f"growing a log of {GROWN:,}")
    grow_to(GROWN, state)
    times = _receipts()
    for part, name in ((50, "half of the"), (95, "95 % of the")):
        what = f"{name} receipts out of {GROWN:,} entries, out of the database, are made within"
        tell(Figure(f"custody.receipt.p{part}", what, round(times[part * (RECEIPTS - 1) // 100], 2), "ms", "less", 5))


def _acts() -> Figure:
    from make_custody import act  # noqa: PLC0415  can be loaded when the desk is there
    from safehand.desk.custody.actions import recorded  # noqa: PLC0415  the same

    begin = time.perf_counter()
    for number in range(ACTS):
        with recorded():
            act(number)
    took = (time.perf_counter() - begin) / ACTS
    return Figure("custody.act", "an entry of its own, on the disk, takes", round(took * 1e3, 2), "ms", "less")


def _together() -> Figure:
    from make_custody import act  # noqa: PLC0415  can be loaded when the desk is there
    from safehand.desk.custody.actions import recorded  # noqa: PLC0415  the same

    begin = time.perf_counter()
    with recorded():
        for number in range(TOGETHER):
            act(number)
    rate = TOGETHER / (time.perf_counter() - begin)
    return Figure("custody.together", f"entries a second, {TOGETHER:,} in one transaction", round(rate), "/s", "more")


def _taken_in(state: State, floor: float) -> Figure:
    from safehand.desk.custody.signed_log import sign_log  # noqa: PLC0415  see above

    begin = time.perf_counter()
    size = sign_log(state).checkpoint.size
    took = time.perf_counter() - begin
    what = "entries a second that the tree takes in together, hashed again, signed and on the disk"
    ratio = round(took / (floor * size), 1)
    return Figure("custody.taken_in", what, round(size / took), "/s", "more", 5_000, FLOOR, ratio)


def _audited(state: State, floor: float) -> Figure:
    from safehand.desk.custody.auditing import audit_log  # noqa: PLC0415  see above

    begin = time.perf_counter()
    report = audit_log(state)
    took = time.perf_counter() - begin
    if report.problems or not report.compared:
        raise SystemExit("The audit found what was not done.")
    what = f"a full audit of {report.entries:,} entries: the tree again of every row, and every tile compared"
    target = 15 if report.entries <= 1_000_000 else None
    ratio = round(took / (floor * report.entries), 1)
    return Figure("custody.audit", what, round(took, 1), "s", "less", target, FLOOR, ratio)


def _receipts() -> list[float]:
    """Wall milliseconds of each, sorted."""
    from safehand.desk.custody.proving import prove  # noqa: PLC0415  see above

    dice, took = random.Random(SEED), []
    for _ in range(RECEIPTS):
        sequence = dice.randrange(1, GROWN + 1)
        begin = time.perf_counter()
        prove(sequence)
        took.append((time.perf_counter() - begin) * 1e3)
    return sorted(took)


def _floor_of(many: int) -> float:
    """CPU seconds of two SHA-256 an entry: of its text, and of its leaf."""
    text, leaf = bytes(400), bytes(81)
    begin = time.process_time()
    for _ in range(many):
        hashlib.sha256(text).digest()
        hashlib.sha256(leaf).digest()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
