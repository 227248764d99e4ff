"""The reader's page, and the pictures of when they talked: what an officer waits for, in a conversation of a million
messages and of 5,000.

    .venv/bin/python benchmarks/reader.py --messages 1000000

The whole of a request is timed, by Django's own client: sessions, roles, the custody entry on the disk, the case file
opened with the case's key, candidates, citations, and the page written out. Two cases are read in turns, page by page,
at places chosen by a seeded die, so that whatever else the machine does disturbs both alike. The bounds are those of
issue 5: a median of 60 ms, 95 % within 150 ms, and 1.3 times a page of five thousand.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator

import msgspec

from casefile import SMALL
from casefile import events as plain
from measure import Figure, arguments, say, scratch_of, tell
from measure_desk import scratch_desk
from safehand.model.conversation import Event
from safehand.model.message import Kind, Message

ROUNDS = 150
POINTED = 1_000
"""A candidate every so many messages: at a million just under what is listed of each of three rules."""

CADENCE = 14
"""Days of cadence that are drawn where two conversations are compared: fewer than either has."""

DENSE = 5
"""The same in the small conversation that filters are measured against: its pages hold as many messages that fit."""

_RARE = "Cleo"
"""Writes one message of as many: whoever asks for theirs alone reads about everywhere."""

FILTERS = {
    "filter.account": ("of one account of three", "who=A"),
    "filter.rare": ("of an account that wrote one of a thousand", "who={rare}"),
    "filter.files": ("that hold a file", "what=files"),
    "filter.rule": ("at which a rule of a sort points", "rule=meeting"),
    "filter.cited": ("that somebody cited", "tag=any"),
    "filter.week": ("of an account in a week", "who=A&since=2019-01-07&to=2019-01-13"),
    "filter.all": ("of a rare account, words alone, in all days", "who={rare}&what=words&since=2019-01-01"),
}
"""What is asked for alone: in words, and as an address has it."""

_SAID = ("im 13 btw", "wanna meet up saturday", "dont tell anyone")


def events(messages: int, every: int = POINTED) -> Iterator[Event]:
    """The conversation of casefile.py, with something now and then at which a rule points, and of a third account."""
    for event in plain(messages):
        if isinstance(event, Message) and event.number % every == 0:
            yield msgspec.structs.replace(event, text=_SAID[event.number // every % len(_SAID)])
        elif isinstance(event, Message) and event.number % every == every // 2:
            kind = Kind.MEDIA if event.number // every % 2 else Kind.TEXT
            yield msgspec.structs.replace(event, sender=_RARE, kind=kind)
        else:
            yield event


def main() -> None:
    options = arguments("The reader's page.").parse_args()
    folder = scratch_of(options)
    messages: int = options.messages
    state = scratch_desk(folder)
    from make_cases import asking, make_case, pages_of, pictures_of  # noqa: PLC0415  can be loaded when it is known where the desk is

    say(f"building case files of {messages:,} and {SMALL:,} messages")
    cases = [make_case(state, folder, count, events(count)) for count in (messages, SMALL)]
    dense = make_case(state, folder, SMALL - 1, events(SMALL - 1, DENSE))
    large, small = (pages_of(made) for made in cases)
    dice = random.Random(5)
    taken: dict[int, list[float]] = {messages: [], SMALL: []}
    for _ in range(ROUNDS):
        for ask, count in ((large, messages), (small, SMALL)):
            number = dice.randint(1, count)
            begin = time.perf_counter()
            ask(number)
            taken[count].append(time.perf_counter() - begin)
    many, few = statistics.median(taken[messages]) * 1e3, statistics.median(taken[SMALL]) * 1e3
    most = statistics.quantiles(taken[messages], n=20)[-1] * 1e3
    floor, ratio = f"the same out of {SMALL:,} ({few:.1f} ms)", round(many / few, 3)
    what = f"a page of the reader out of {messages:,}"
    tell(Figure("reader.median", f"{what}, median", round(many, 1), "ms", "less", 60, floor, ratio, 1.3))
    tell(Figure("reader.most", f"{what}, 95 % of them within", round(most, 1), "ms", "less", 150))
    tell_filters(messages, asking(cases[0]), asking(dense))
    tell_opened(messages, pictures_of(cases[0]))
    tell_pictures(messages, *(pictures_of(made, CADENCE) for made in cases))


def tell_opened(messages: int, ask: Callable[[], None]) -> None:
    """All pictures as they open, with the four weeks of cadence that a long conversation has."""
    (many,) = in_turns(ask)
    what = f"the pictures of when they talked, of {messages:,}, as they open, median"
    tell(Figure("talked.opened", what, round(many, 1), "ms", "less", 60, note="four weeks of cadence are drawn"))


def tell_filters(messages: int, large: Callable[[str], None], small: Callable[[str], None]) -> None:
    """The reader with a filter: messages of one account, of a rule, of a week; from the start, and further on.

    ``small`` is of 5,000 messages of which as many fit as stand on a page: otherwise a page of five is compared with
    one of two hundred.
    """
    for id_, (what, query) in FILTERS.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS // 5):
            for times, ask, count in zip(taken, (large, small), (messages, SMALL), strict=True):
                begin = time.perf_counter()
                ask(f"conversations/1/?{query.format(rare='C')}&message={1 + turn * (count // ROUNDS)}")
                times.append(time.perf_counter() - begin)
        many, few = (statistics.median(times) * 1e3 for times in taken)
        floor = f"the same of {SMALL:,} ({few:.1f} ms)"
        said = f"a page of the reader, of {messages:,}, with only those {what}, median"
        tell(Figure(id_, said, round(many, 1), "ms", "less", 60, floor, round(many / few, 3), 1.3))


def tell_pictures(messages: int, large: Callable[[], None], small: Callable[[], None]) -> None:
    """The same with as many days of cadence in both: 5,000 messages have no four weeks, and days cost what is drawn of
    them, of however long a conversation they are. The sums of everything else are of all of each conversation.
    """
    many, few = in_turns(large, small)
    what = f"the same of {messages:,} with the cadence of the last {CADENCE} days, median"
    note = "in both: what a day of cadence costs depends on that day, and 5,000 messages have sixteen"
    floor = f"the same of {SMALL:,} ({few:.1f} ms)"
    tell(Figure("talked.median", what, round(many, 1), "ms", "less", 60, floor, round(many / few, 3), 1.3, note))


def in_turns(*asks: Callable[[], None]) -> list[float]:
    """The median milliseconds of each, asked in turns."""
    taken: list[list[float]] = [[] for _ in asks]
    for _ in range(ROUNDS // 3):
        for times, ask in zip(taken, asks, strict=True):
            begin = time.perf_counter()
            ask()
            times.append(time.perf_counter() - begin)
    return [statistics.median(times) * 1e3 for times in taken]


if __name__ == "__main__":
    main()
