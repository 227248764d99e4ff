"""Pages of a case of many messages beside the same pages of a case of 5,000: what pages.py and whole_case.py share.

    tell_page("pages.whole", "whole/", messages, large, small)

The bounds are those of issue 5: a median of 60 ms, 95 % within 150 ms, and 1.3 times the same page of five thousand.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from casefile import SMALL
from measure import Figure, tell

ROUNDS = 100

Ask = Callable[[str], None]


def tell_page(id_: str, page: str, messages: int, large: Ask, small: Ask) -> None:
    """How long ``page`` takes in a case of so many ``messages``, and in one of 5,000, asked in turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for ask, times in ((large, taken[0]), (small, taken[1])):
            begin = time.perf_counter()
            ask(page)
            times.append(time.perf_counter() - begin)
    many, few = (statistics.median(times) * 1e3 for times in taken)
    most = statistics.quantiles(taken[0], n=20)[-1] * 1e3
    tell(
        Figure(
            id_, f"the page {page} of {messages:,} messages, median", round(many, 1), "ms", "less", 60,
            f"the same of {SMALL:,} ({few:.1f} ms)", round(many / few, 3), 1.3, f"95 % within {most:.1f} ms",
        )
    )  # fmt: skip
    tell(Figure(f"{id_}.most", "the same, 95 % of them within", round(most, 1), "ms", "less", 150))
