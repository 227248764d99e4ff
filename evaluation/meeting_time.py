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
from pathlib import Path

from measured_times import Answer, Text, answers, read_set, told
from shares import Share

SETS = ("seen", "unseen")
VECTORS = Path(__file__).parents[1] / "tests" / "vectors" / "meeting_time"


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


def _told(share: Share) -> dict[str, object]:
    low, high = share.interval()
    return {
        "right": share.right,
        "all": share.all,
        "share": round(share.share, 4),
        "wilson": [round(low, 4), round(high, 4)],
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
        shares = {of: _told(share) for of, share in judged(texts).items()}
        sys.stdout.write(json.dumps({"schema": "safehand.evaluation/1", "set": name, **shares}) + "\n")
        if asked.show == name:
            show(texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
