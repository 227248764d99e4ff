"""A page of imessage-exporter of any length, made up, in the layout of 2025: the talk of make_imessage.py.

Of a hundred messages 88 are one bubble of plain words, four have reactions, three go with a file, two were edited, two
have a reply below them that comes again further on, one is an event.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_imessage import PEOPLE, SEED, date_of, sentence

_HEAD: Final = '<html>\n<head>\n<meta charset="UTF-8"><style>\n.message { margin: 5px; }\n</style>\n</head>\n<body>\n'
_CONTEXT: Final = '<span class="reply_context">This message responded to an earlier message.</span>\n'


def _part(markup: str) -> str:
    return f'<hr><div class="message_part">\n{markup}\n</div>\n'


def _bubble(dice: random.Random) -> str:
    return _part(f'<span class="bubble">{sentence(dice)}</span>')


def _parts(dice: random.Random) -> str:
    roll = dice.random()
    if roll < 0.90:
        return _bubble(dice)
    if roll < 0.94:
        told = f'<div class="tapback"><span class="tapback"><b>Loved</b> by {dice.choice(PEOPLE)}</span></div>\n'
        return f'{_bubble(dice)}<div class="tapbacks"><hr><p>Tapbacks:</p>\n{told}\n</div>\n'
    if roll < 0.98:
        file = f'<img src="attachments/7/{dice.randint(1, 99_999)}.jpeg" loading="lazy">'
        return _part(f'<div class="attachment">{file}</div>') + _bubble(dice)
    rows = (
        f'<tbody><tr><td><span class="timestamp"></span></td><td>{sentence(dice)}</td></tr></tbody>'
        '<tfoot><tr><td><span class="timestamp">Edited 42 seconds later</span></td>'
        f"<td>{sentence(dice)}</td></tr></tfoot>"
    )
    return _part(f'<div class="edited"><table>{rows}</table></div>')


def _message(moment: datetime, who: str, number: int, parts: str, *, top: bool = False, read: str = "") -> str:
    side = "sent iMessage" if who == "Me" else "received"
    link = f'<a title="Reveal in Messages app" href="sms://open?message-guid=G{number}">{date_of(moment)}</a> {read}'
    ident = f', id="r-G{number}"' if top else ""
    anchor = f'<span class="reply_anchor"><a title="View in thread" href="#G{number}">⇱</a></span>\n' if top else ""
    return (
        f'<div class="message"{ident}>\n<div class="{side}">\n<p><span class="timestamp">{link}</span>\n{anchor}'
        f'<span class="sender">{who}</span></p>\n{parts}{_CONTEXT if top else ""}</div>\n</div>\n'
    )


def page_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The page, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    told, waiting = 0, ""
    yield _HEAD
    while told < messages:
        moment += timedelta(seconds=dice.randint(1, 40) if dice.random() < 0.8 else dice.randint(41, 1800))
        roll, who = dice.random(), dice.choice(PEOPLE)
        told += 1
        if waiting:
            yield waiting
            waiting = ""
        elif roll < 0.01:
            words = f"{who} named the conversation <b>Allotment {told}</b>"
            stamp = f'<span class="timestamp">{date_of(moment)}</span>'
            yield f'\n<div class ="announcement"><p>{stamp} {words}</p></div>\n'
        elif roll < 0.03 and told + 2 < messages:
            moment += timedelta(seconds=30)
            answer = (moment, dice.choice(PEOPLE), told, _bubble(dice))
            below = f'<div class="reply" id="G{told}">{_message(*answer)}</div>\n'
            yield _message(moment, who, told - 1, f'{_bubble(dice)}<div class="replies">\n{below}</div>\n')
            told += 1
            waiting = _message(*answer, top=True)
        else:
            read = "(Read by them after 2 minutes, 3 seconds)" if dice.random() < 0.12 else ""
            yield _message(moment, who, told, _parts(dice), read=read)
    yield "</body></html>"


def make_imessage_pages(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the page to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in page_parts(messages, seed):
            out.write(part)
    return path.stat().st_size
