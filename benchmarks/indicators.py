"""Indicators: how many messages a CPU second all rules together look at, and what a message costs in a long chat.

    .venv/bin/python benchmarks/indicators.py --messages 200000

The chat is made of ordinary British messages, of which about one in six holds something for some rule. The floor is
folding the same texts and splitting them into words, which anything that looks for words has to do first.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator

from measure import Figure, arguments, say, tell
from safehand.analysis.indicators.lists import WordClass, WordList
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.instant import MICRO, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span

TARGET = 50_000
BLOCK = 2_000
RUNS = 7
SEED = 20261127
WORDS = WordList(
    "tokens",
    {WordClass.ACT: frozenset({"[sexual-remark]"}), WordClass.BODY: frozenset({f"[w{n}]" for n in range(300)})},
)
_ORDINARY = (
    "ok",
    "yeah",
    "haha no way",
    "on the bus now",
    "did you water the beans today?",
    "mum says tea is at half six so dont be late",
    "the seed potatoes are in the shed by the back wall",
    "lol same",
    "what was the maths homework again, chapter seven?",
    "i think it was questions 1 to 14 but ask Tom",
    "Great match on Saturday, we should have won that one easily",
    "can you bring the gloves and the big fork please",
    "no worries 👍",
    "so tired",
    "The train was late again and then it rained all the way home, typical",
    "who is in goal",
    "thanks x",
    "I’ll have a look at it later and let you know what I find",
    "plot nine is free now if anyone wants it",
    "good luck with the test",
    "is it still raining where you are",
    "put the compost on before the frost comes, about two inches deep",
    "that was funny",
    "we had the school choir in the hall for an hour and a half",
    "night",
)
_OF_INTEREST = (
    "see you tomorrow",
    "wanna meet up sat?",
    "im in year 9",
    "got any pics of the plot?",
    "by the station at 4",
    "ill give you a lift home",
    "im 13",
    "dont tell mum about the present",
    "u got snap?",
    "omw",
    "love you",
    "07700 900123",
)


def messages(count: int) -> list[Message]:
    """A chat of two, about 35 characters a message, 40 messages a day."""
    chance = random.Random(SEED)
    made = []
    at = 1_546_300_800 * MICRO
    for number in range(1, count + 1):
        at += chance.choice((20, 60, 300, 1_200, 6_000)) * MICRO
        text = chance.choice(_OF_INTEREST if chance.random() < 1 / 8 else _ORDINARY)
        sent = utc_instant("", at, Precision.SECOND)
        made.append(
            Message(number, Kind.TEXT, chance.choice(("Priya", "Tom")), text, sent, Span("f", number, number + 1))
        )
    return made


class Interleaved:
    """The chat as a reader gives it, with the floor measured between its blocks: whatever else the machine does
    disturbs both alike.
    """

    def __init__(self, made: list[Message]) -> None:
        self.floor = 0.0
        """CPU seconds of the floor for all messages."""
        self._made = made

    def events(self) -> Iterator[Event]:
        """The events, once."""
        yield ConversationOpened("1", "whatsapp", "whatsapp/android-txt", None, ConversationKind.DIRECT, ("f",))
        for start in range(0, len(self._made), BLOCK):
            block = self._made[start : start + BLOCK]
            begin = time.process_time()
            for message in block:
                (message.text or "").casefold().split()
            self.floor += time.process_time() - begin
            yield from block
        yield ConversationClosed("1", len(self._made), ())


def measured(made: list[Message]) -> tuple[float, float, int]:
    """CPU seconds of the rules and of the floor, and how many indicators there were."""
    watch, source = IndicatorWatch(WORDS, times_read), Interleaved(made)
    begin = time.process_time()
    for _ in watch.watched(source.events()):
        pass
    return time.process_time() - begin - source.floor, source.floor, sum(watch.counts.values())


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    say(f"making {options.messages:,} messages")
    made = messages(options.messages)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # The run with the least CPU: the others were disturbed by something that is not ours.
    spent, floor, found = min(measured(made) for _ in range(RUNS))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    tell(
        Figure(
            "indicators.rate",
            "messages that all rules together look at in a CPU second",
            round(options.messages / spent),
            "messages/s",
            "more",
            TARGET,
            "casefold and split of the same texts",
            round(spent / floor, 1),
            note=f"{found * 1000 // options.messages} indicators per 1,000 messages",
        )
    )
    what = "memory that watching the whole chat took on top of its messages"
    tell(Figure("indicators.memory", what, round(grown, 1), "MiB", "less", 64))


if __name__ == "__main__":
    main()
