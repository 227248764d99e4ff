"""Every other page of a case that is made of its messages: of a conversation of a million and of one of 5,000.

    .venv/bin/python benchmarks/pages.py --messages 1000000

As reader.py, which measures the reader and the pictures: whole requests by Django's own client, the two cases in turns.
The bounds are those of issue 5: a median of 60 ms, 95 % within 150 ms, and 1.3 times the same page of five thousand.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from casefile import SMALL
from measure import Figure, arguments, say, scratch_of, tell
from reader import events
from safehand.desk.prepare import make_keys, make_ready, set_up

ROUNDS = 100

PAGES = {
    "conversations": "conversations/",
    "mentions": "first-mentions/",
    "indicators": "conversations/1/indicators/",
    "whole": "whole/",
    "conduct": "conduct/",
    "checklist": "checklist/",
    "points": "points/",
    "offence": "points/meeting/",
    "timeline": "time-line/",
    "evidence": "evidence/",
}
"""What an address ends in, by what the page is called here."""

Ask = Callable[[str], None]


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    folder = scratch_of(options)
    messages: int = options.messages
    state = set_up(folder / "desk")
    make_keys(state)
    make_ready(state)
    from make_cases import asking, make_case  # noqa: PLC0415  can be loaded when it is known where the desk is
    from safehand.desk.points.choosing import choose  # noqa: PLC0415

    say(f"building case files of {messages:,} and {SMALL:,} messages")
    cases = [make_case(state, folder, count, events(count)) for count in (messages, SMALL)]
    for officer, case in cases:
        choose(officer, case, "meeting", attempt=False, reason="to see what is here", outside=True)
    large, small = map(asking, cases)
    for name, page in PAGES.items():
        tell_page(name, page, messages, large, small)


def tell_page(name: str, page: str, messages: int, large: Ask, small: Ask, group: str = "pages") -> None:
    """Both sizes in turns. ``group`` is the script that asks."""
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
            f"{group}.{name}", f"the page {page} of {messages:,} messages, median", round(many, 1), "ms", "less", 60,
            f"the same of {SMALL:,} ({few:.1f} ms)", round(many / few, 3), 1.3, f"95 % within {most:.1f} ms",
        )
    )  # fmt: skip
    tell(Figure(f"{group}.{name}.most", "the same, 95 % of them within", round(most, 1), "ms", "less", 150))


if __name__ == "__main__":
    main()
