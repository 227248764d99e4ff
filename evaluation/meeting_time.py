"""How many of the texts of tests/vectors/meeting_time are read fully right.

    .venv/bin/python evaluation/meeting_time.py                   the totals of both sets
    .venv/bin/python evaluation/meeting_time.py --show seen       and each text of one set that is not

Prints one JSON object a set. ``named`` are texts that name a time, ``none`` texts that name none; each has how many
were read fully right (tests/vectors/meeting_time/README.md says what that is), the share, and the interval of Wilson
for it at 95 %. ``clock`` tells in how many texts that name a time the earliest reading still to come is the earliest of
those that must be found. The unseen set is not shown text by text: who looks at its failures has seen it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from measured_times import Answer, Text, answers, read_set, told

SETS = ("seen", "unseen")
VECTORS = Path(__file__).parents[1] / "tests" / "vectors" / "meeting_time"
NORMAL = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` out of ``all``, with the interval of Wilson (1927) for the share."""

    right: int
    all: int

    def interval(self) -> tuple[float, float]:
        """Lowest and highest share that goes with what was seen; (0, 1) for nothing seen."""
        if not self.all:
            return 0.0, 1.0
        share, squared = self.right / self.all, NORMAL**2
        middle = (share + squared / (2 * self.all)) / (1 + squared / self.all)
        reach = (
            NORMAL / (1 + squared / self.all) * (share * (1 - share) / self.all + squared / (4 * self.all**2)) ** 0.5
        )
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def told(self) -> dict[str, object]:
        """As the script prints it."""
        low, high = self.interval()
        share = self.right / self.all if self.all else 0.0
        return {
            "right": self.right,
            "all": self.all,
            "share": round(share, 4),
            "wilson": [round(low, 4), round(high, 4)],
        }


def named(texts: list[Text]) -> list[Text]:
    """The texts that name a time."""
    return [text for text in texts if text.must]


def judged(texts: list[Text]) -> dict[str, Share]:
    """The shares of a set, by what they are of."""
    judged_ = [(text, answers(text)) for text in texts]
    with_time = [(text, answer) for text, answer in judged_ if text.must]
    without = [(text, answer) for text, answer in judged_ if not text.must]
    return {
        "named": Share(sum(answer.fully_right for _, answer in with_time), len(with_time)),
        "none": Share(sum(answer.fully_right for _, answer in without), len(without)),
        "clock": Share(sum(answer.clock_right for _, answer in with_time), len(with_time)),
    }


def show(texts: list[Text]) -> None:
    """Each text that is not fully right, with what is missing and what is too much."""
    for text in texts:
        answer: Answer = answers(text)
        if not answer.fully_right:
            sys.stdout.write(f"{text.sent:%Y-%m-%d %H:%M}  {text.text}\n")
            sys.stdout.write(f"    missing {sorted(answer.missing)}  too much {sorted(answer.too_much)}\n")
            sys.stdout.write(f"    found {told(text)}\n")


def main() -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=("seen",))
    asked = parser.parse_args()
    for name in SETS:
        texts = read_set(VECTORS / f"{name}.tsv")
        shares = {of: share.told() for of, share in judged(texts).items()}
        sys.stdout.write(json.dumps({"schema": "safehand.evaluation/1", "set": name, **shares}) + "\n")
        if asked.show == name:
            show(texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
