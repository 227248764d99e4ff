"""The inbox of a desk with ten thousand open reports: what a page of it costs the server.

    .venv/bin/python benchmarks/inbox.py

Half of the reports are the officer's own, half nobody has taken; each has a grade and reasons, some have a meeting.
A page is asked for as a browser does, signed in, from the first to the last; everything is in the time but the network.
The floor is the same page at a desk with twenty reports, measured in turns with it.
"""

from __future__ import annotations

import random
import statistics
import time

from measure import Figure, arguments, say, scratch_of, tell
from measure_desk import scratch_desk

REPORTS = 10_000
FEW = 20
ROUNDS = 200
BOUND = 150.0


def main() -> None:
    options = arguments("The inbox of 10,000 open reports.").parse_args()
    scratch_desk(scratch_of(options))
    from make_inbox import Desk  # noqa: PLC0415  can be loaded when it is known where the desk is

    few, many = Desk("BENCH1", FEW), Desk("BENCH2", REPORTS)
    say(f"{REPORTS:,} open reports, {ROUNDS} pages of each desk")
    random_ = random.Random(20261127)
    taken: dict[str, list[float]] = {"few": [], "many": [], "first": []}
    for _ in range(ROUNDS):
        taken["few"].append(few.page(1))
        taken["first"].append(many.page(1))
        taken["many"].append(many.page(random_.randint(1, many.pages)))
    floor = statistics.median(taken["few"])
    for name, what in (("first", "the first page of the inbox"), ("many", "any page of the inbox")):
        slow = _share(taken[name], 0.95)
        tell(
            Figure(
                f"inbox.{name}",
                f"{what} out of {REPORTS:,} open reports: 95 % take at most",
                round(slow * 1e3, 1),
                "ms",
                "less",
                BOUND,
                floor=f"the median of the same out of {FEW} ({floor * 1e3:.1f} ms)",
                ratio=round(slow / floor, 2),
                note=f"median {statistics.median(taken[name]) * 1e3:.1f} ms",
            )
        )
    begin = time.perf_counter()
    many.look()
    took = (time.perf_counter() - begin) * 1e3
    tell(
        Figure(
            "inbox.look", f"a worker's look at {REPORTS:,} reports when nothing changed", round(took, 1), "ms", "less"
        )
    )


def _share(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


if __name__ == "__main__":
    main()
