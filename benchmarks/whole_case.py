"""The pages over a whole case of ten conversations: of a million messages together, and of 5,000.

    .venv/bin/python benchmarks/whole_case.py --messages 1000000

As pages.py: whole requests by Django's own client, the two cases in turns, the bounds of issue 5. They go on from one
conversation to the next every two months; every other one has known instants, the rest a clock without a zone. Both
cases are as long, in days: what days cost is drawn of them, however many messages they hold.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from casefile import SMALL
from measure import Figure, arguments, say, scratch_of, tell
from measure_case import tell_page
from measure_desk import scratch_desk
from reader import events, in_turns
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import MICRO, utc_instant
from safehand.model.message import Message

CONVERSATIONS = 10
BEGIN = 1_546_300_800 * MICRO
"""When the conversation of casefile.py begins."""

APART = 60 * 24 * 3600 * MICRO
"""Microseconds from the beginning of one conversation to that of the next."""

PAGES = {
    "mentions": "first-mentions/",
    "talked": "when/?from=9999-12-31",
    "timeline": "time-line/",
    "timeline_device": "time-line/?clock=device",
    "timeline_at": "time-line/?at=3-400",
}
"""What an address ends in, by what the page is called here. Of the pictures the cadence is that of the last day: how
much is drawn of a day depends on the day."""

OPENED = "when/"
"""The pictures as they open, with four weeks of cadence: of the larger case alone."""


def several(messages: int, slower: int = 1) -> Iterator[Event]:
    """So many messages in ten conversations, no two of them alike. ``slower``: how many times as long each takes."""
    for number in range(1, CONVERSATIONS + 1):
        for event in events(messages // CONVERSATIONS):
            yield _of(number, event, slower)


def _of(number: int, event: Event, slower: int) -> Event:
    match event:
        case ConversationOpened() | ConversationClosed():
            return msgspec.structs.replace(event, id=str(number))
        case Message(sent=sent) if sent.local is not None:
            at = BEGIN + (sent.local - BEGIN) * slower + number * APART
            moved = (
                utc_instant(sent.raw, at, sent.precision)
                if number % 2
                else msgspec.structs.replace(
                    sent, local=at, earliest=at - 14 * 3600 * MICRO, latest=at + 12 * 3600 * MICRO
                )
            )
            return msgspec.structs.replace(event, sent=moved, text=f"{event.text} ({number})")
        case _:
            return event


def main() -> None:
    options = arguments(__doc__.splitlines()[0]).parse_args()
    folder = scratch_of(options)
    messages: int = options.messages
    state = scratch_desk(folder)
    from make_cases import asking, make_case  # noqa: PLC0415  can be loaded when it is known where the desk is

    say(f"building case files of {messages:,} and {SMALL:,} messages, in {CONVERSATIONS} conversations each")
    cases = [
        make_case(state, folder, count, several(count, messages // count), CONVERSATIONS) for count in (messages, SMALL)
    ]
    large, small = map(asking, cases)
    for name, page in PAGES.items():
        tell_page(f"whole_case.{name}", page, messages, large, small)
    (opened,) = in_turns(lambda: large(OPENED))
    what = f"the page {OPENED} of {messages:,} messages, as it opens, median"
    tell(Figure("whole_case.opened", what, round(opened, 1), "ms", "less", 60, note="four weeks of cadence are drawn"))


if __name__ == "__main__":
    main()
