"""Case files: what a page costs in a long conversation, how fast one is built, how large it is, what a search takes.

    .venv/bin/python benchmarks/casefile.py --messages 1000000

The figure of the issue is the first: a page of 200 out of a million may cost at most 1.3 times a page out of 5,000. The
two files are read in turns, page by page, so that whatever else the machine does disturbs both alike.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from measure import Figure, arguments, say, scratch_of, tell
from safehand.analysis.indicators.lists import NO_WORDS, WordList
from safehand.casefile.build import build
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.search import search
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis, Instant, Precision
from safehand.model.message import Kind, Message
from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.contract import FileOnDisk

SMALL = 5_000
PAGE = 200
ROUNDS = 600
KEY = bytes(range(32))
_HOUR = 3_600 * MICRO
_COMMON = [
    "the",
    "seed",
    "potatoes",
    "are",
    "by",
    "shed",
    "and",
    "we",
    "water",
    "plot",
    "nine",
    "first",
    "then",
    "beans",
    "tomorrow",
    "morning",
    "before",
    "school",
    "train",
    "was",
    "late",
    "again",
    "homework",
    "chapter",
    "seven",
    "due",
    "Friday",
    "bring",
    "gloves",
    "match",
    "on",
    "Saturday",
    "kick-off",
    "at",
    "three",
    "please",
    "open",
    "gate",
]
_RARE = tuple(f"variety{number}" for number in range(4_000))
_TAILS = ("", "", "", "", "", ".", "?", "!", " 👍", " 🌱")


def events(messages: int) -> Iterator[Event]:
    """A conversation as a WhatsApp reader gives it: about 60 characters a message, 300 messages a day."""
    random_ = random.Random(20261122)
    file = "data/0001.txt"
    at = 1_546_300_800 * MICRO
    yield ConversationOpened("1", "whatsapp", "whatsapp/android-txt", "Allotment", ConversationKind.GROUP, (file,))
    start = 0
    for number in range(1, messages + 1):
        at += random_.choice((7, 12, 20, 31, 60, 1_500)) * MICRO
        words = random_.choices(_COMMON, k=random_.choice((2, 5, 8, 12, 20)))
        if number % 7 == 0:
            words.append(random_.choice(_RARE))
        text = " ".join(words) + random_.choice(_TAILS)
        end = start + len(text) + 30
        sent = Instant(
            "03/01/2019, 07:12", Basis.DEVICE_LOCAL, Precision.MINUTE, None, at - 14 * _HOUR, at + 12 * _HOUR, at
        )
        sender = random_.choice(("Priya", "Tom"))
        yield Message(number, Kind.TEXT, sender, text, sent, Span(file, start, end), (Doubt.ZONE_UNKNOWN,))
        start = end
    who = tuple(Participant(name, (name,), messages // 2) for name in ("Priya", "Tom"))
    yield ConversationClosed("1", messages, who, ((Doubt.ZONE_UNKNOWN, messages),))


def made(folder: Path, messages: int, words: WordList | None = None) -> tuple[Path, int, float]:
    """A case file of this many messages: its path, the size of its source, and the CPU seconds building took alone.

    With None for ``words`` no rule looks at the messages: what that costs is a figure of its own.
    """
    begin = time.process_time()
    source = sum(event.span.end - event.span.start for event in events(messages) if isinstance(event, Message))
    generating = time.process_time() - begin
    folder.mkdir(exist_ok=True)
    path = folder / f"casefile-{messages}"
    text = folder / f"source-{messages}.txt"
    with text.open("wb") as out:
        out.truncate(source)
    begin = time.process_time()
    build(path, KEY, events(messages), (FileOnDisk("data/0001.txt", "chat.txt", text, source),), tuple, words=words)
    return path, source, time.process_time() - begin - generating


def in_turns(*readers: Callable[[], object]) -> list[float]:
    """The median seconds of each reader, called in turns."""
    taken: list[list[float]] = [[] for _ in readers]
    for _ in range(ROUNDS):
        for times, read in zip(taken, readers, strict=True):
            begin = time.perf_counter()
            read()
            times.append(time.perf_counter() - begin)
    return [statistics.median(times) for times in taken]


def tell_pages(small: CaseFile, large: CaseFile, messages: int) -> None:
    """The ratios of a page by number and of a page of whole days."""
    random_ = random.Random(1)
    readers: tuple[tuple[str, str, Callable[[CaseFile, int], object]], ...] = (
        ("page", "a page of 200 by number", lambda file, at: file.page(1, at, PAGE)),
        ("day_page", "a page of whole days around a message", lambda file, at: file.day_page(1, at)),
    )
    for figure, what, read in readers:
        few, many = in_turns(
            partial(_anywhere, read, small, random_, SMALL),
            partial(_anywhere, read, large, random_, messages),
        )
        tell(
            Figure(
                f"casefile.{figure}",
                f"{what} out of {messages:,}",
                round(many * 1e3, 3),
                "ms",
                "less",
                floor=f"the same out of {SMALL:,} ({few * 1e3:.3f} ms)",
                ratio=round(many / few, 3),
                ratio_target=1.3,
            )
        )


def _anywhere(read: Callable[[CaseFile, int], object], file: CaseFile, random_: random.Random, messages: int) -> object:
    return read(file, random_.randint(1, messages - PAGE))


def tell_searches(large: CaseFile, messages: int) -> None:
    """Searches: the median of each over many calls, hits counted and the first page read."""
    for figure, query in (
        ("rare", "variety7"),
        ("two_words", "seed gloves"),
        ("phrase", '"seed potatoes"'),
        ("prefix", "variety1*"),
        ("sign", "🌱"),
        ("common", "the"),
    ):
        times = []
        for _ in range(9):
            begin = time.perf_counter()
            total = search(large, query, 1).total
            times.append(time.perf_counter() - begin)
        what = f"search of {messages:,} messages: {figure.replace('_', ' ')}, {total:,} hits"
        tell(Figure(f"casefile.search.{figure}", what, round(statistics.median(times) * 1e3, 2), "ms", "less"))


def main() -> None:
    options = arguments("Case files: pages, building, size, search.").parse_args()
    messages: int = options.messages
    folder = scratch_of(options)
    say(f"building a case file of {messages:,} messages")
    large_path, source, seconds = made(folder, messages)
    small_path, _, _ = made(folder, SMALL)
    size = large_path.stat().st_size
    with open_casefile(small_path, KEY) as small, open_casefile(large_path, KEY) as large:
        tell_pages(small, large, messages)
        rate = round(messages / seconds)
        tell(
            Figure("casefile.build", "messages stored and indexed in a CPU second", rate, "messages/s", "more", 60_000)
        )
        fewer = max(SMALL, messages // 5)
        asked = round(fewer / made(folder / "asked", fewer, NO_WORDS)[2])
        what = "the same with every rule asked of every message (indicators.rate is that of the rules alone)"
        tell(Figure("casefile.build_asked", what, asked, "messages/s", "more"))
        what = "size of the case file, source included, index included"
        note = f"{size / messages:.0f} bytes a message"
        tell(
            Figure("casefile.size", what, size, "bytes", "less", None, "the source", round(size / source, 2), note=note)
        )
        tell_searches(large, messages)


if __name__ == "__main__":
    main()
