"""Messages whose words of time are read in a CPU second, beside what parting them into words costs in the same run.

    .venv/bin/python benchmarks/time_words.py --messages 200000

Of ten messages eight are ordinary chat of which none names a time, one is a near miss ("5 a side") and one names a
time: the near misses and the times are those of tests/vectors/meeting_time. The text messages of a public set name a
time in one of six, are longer, and take about twice as long.
"""

from __future__ import annotations

import csv
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from make_whatsapp import SEED
from measure import Figure, arguments, say, tell
from safehand.analysis.meeting_time import meeting_times
from safehand.model.instant import MICRO, Precision
from safehand.sources.local_time import LocalClock

TARGET = 50_000
"""Messages a CPU second (issue 5, section 1)."""

WORD = re.compile(r"\w+")
SETS = Path(__file__).parents[1] / "tests" / "vectors" / "meeting_time"
CHAT = """
the seed potatoes left by the shed were added to the list and nobody removed the old labels so we water the beans with
gloves and boots please open the gate who has the key for the tool store is it still raining over there because the path
by the pond floods and my boots have a hole again the runner beans need canes ask at the garden centre they had some
with a discount could someone check the water butt near the greenhouse its tap drips also bring your own cup there will
be probably carrot cake if Ruth bakes haha yeah ok lol u should have seen it what are you like did you see that goal
"""


def chat(count: int, seed: int = SEED) -> list[str]:
    """So many messages, the same for the same seed."""
    random_ = random.Random(seed)
    named, missed = _texts()
    words = CHAT.split()
    made = []
    for place in range(count):
        match place % 10:
            case 0:
                made.append(random_.choice(named))
            case 1:
                made.append(random_.choice(missed))
            case _:
                made.append(" ".join(random_.choices(words, k=random_.choice((2, 4, 6, 9, 13, 18, 26)))))
    return made


def _texts() -> tuple[list[str], list[str]]:
    named: list[str] = []
    missed: list[str] = []
    for path in sorted(SETS.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                (named if row["must"] else missed).append(row["text"])
    return named, missed


def _cpu_seconds(work: Callable[[str], object], messages: list[str]) -> float:
    """What it takes for all of them; what it gives is not kept."""
    begun = time.process_time()
    for text in messages:
        work(text)
    return time.process_time() - begun


def main() -> None:
    """Measures and prints the figure."""
    asked = arguments(__doc__ or "").parse_args()
    messages = chat(asked.messages)
    sent = LocalClock("Europe/London", "benchmark").instant("", 1_763_482_800 * MICRO, Precision.MINUTE)
    say(f"{len(messages)} messages")
    floor = _cpu_seconds(WORD.findall, messages)
    spent = _cpu_seconds(lambda text: meeting_times(text, sent), messages)
    tell(
        Figure(
            "analysis.meeting_time",
            "messages whose words of time are read in a CPU second",
            len(messages) / spent,
            "messages/s",
            "more",
            target=TARGET,
            floor="their words, by a regular expression",
            ratio=spent / floor,
        )
    )


if __name__ == "__main__":
    main()
