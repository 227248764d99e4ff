"""Every other page of a case that is made of its messages: of a conversation of a million and of one of 5,000.

    .venv/bin/python benchmarks/pages.py --messages 1000000

As reader.py, which measures the reader and the pictures: whole requests by Django's own client, the two cases in turns
(measure_case.py).
"""

from __future__ import annotations

from casefile import SMALL
from measure import arguments, say, scratch_of
from measure_case import tell_page
from measure_desk import scratch_desk
from reader import events

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


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    folder = scratch_of(options)
    messages: int = options.messages
    state = scratch_desk(folder)
    from make_cases import asking, make_case  # noqa: PLC0415  can be loaded when it is known where the desk is
    from safehand.desk.points.choosing import choose  # noqa: PLC0415

    say(f"building case files of {messages:,} and {SMALL:,} messages")
    cases = [make_case(state, folder, count, events(count)) for count in (messages, SMALL)]
    for officer, case in cases:
        choose(officer, case, "meeting", attempt=False, reason="to see what is here", outside=True)
    large, small = map(asking, cases)
    for name, page in PAGES.items():
        tell_page(f"pages.{name}", page, messages, large, small)


if __name__ == "__main__":
    main()
