"""A mailbox of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_mail.py 1000000 /tmp/mailbox.mbox

Threads of about three mails. Of a thousand mails about 860 are one text, 80 have a page beside the text, 40 a picture
in base64 (2 kB: the length of a mail is not what is measured), 20 are a page alone.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261126
_PEOPLE: Final = ("Priya <priya@example.org>", "Tom Ashworth <tom@example.org>", '"Zoë" <zoe@example.org>')
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PICTURE: Final = "\n".join(["QUJD" * 19] * 27)


def _body(dice: random.Random) -> str:
    """The fields of what follows, and what follows."""
    text = "\n".join(sentence(dice) for _ in range(dice.randint(1, 4))).replace("\nFrom ", "\n>From ")
    roll = dice.random()
    plain = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    page = f'Content-Type: text/html; charset="utf-8"\n\n<html><body><p>{text}</p></body></html>\n'
    if roll < 0.86:
        return f"{plain}{text}\n"
    if roll < 0.94:
        return f'Content-Type: multipart/alternative; boundary="=_a"\n\n--=_a\n{plain}{text}\n--=_a\n{page}--=_a--\n'
    if roll < 0.98:
        picture = f'Content-Type: image/jpeg; name="a.jpg"\nContent-Transfer-Encoding: base64\n\n{_PICTURE}\n'
        return f'Content-Type: multipart/mixed; boundary="=_b"\n\n--=_b\n{plain}{text}\n--=_b\n{picture}--=_b--\n'
    return page


def mailbox_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The mailbox, mail by mail."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    root = 0
    for number in range(messages):
        moment += timedelta(seconds=dice.randint(1, 4000))
        clock = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
        date = f"{_DAYS[moment.weekday()]}, {moment.day:02d} {_MONTHS[moment.month - 1]} {moment.year} {clock} +0100"
        answers = number > 0 and dice.random() < 0.66
        root = root if answers else number
        thread = f"In-Reply-To: <{number - 1}@x>\nReferences: <{root}@x> <{number - 1}@x>\n" if answers else ""
        yield (
            f"From MAILER-DAEMON Sun Nov 22 06:04:45 2026\nReceived: from a.example.org by b.example.org\n"
            f"From: {dice.choice(_PEOPLE)}\nTo: {dice.choice(_PEOPLE)}\n"
            f"Subject: {'Re: ' if answers else ''}Plots {root}\n"
            f"Date: {date}\nMessage-ID: <{number}@x>\n{thread}MIME-Version: 1.0\n{_body(dice)}\n"
        )


def make_mail(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the mailbox to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in mailbox_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_mail(Path(sys.argv[2]), int(sys.argv[1])))
