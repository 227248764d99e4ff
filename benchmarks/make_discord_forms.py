"""The other forms of a channel of Discord, of any length, made up: the same bytes for the same seed.

    .venv/bin/python benchmarks/make_discord_forms.py package-json 1000000 /tmp/messages.json

What DiscordChatExporter writes as JSON is in make_discord.py.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Final

from make_discord import SEED
from make_json import in_one_line
from make_telegram import sentence

_PEOPLE: Final = (("521486476985155001", "Priya"), ("521486476985155002", "Tom"), ("521486476985155003", "Zoë"))
_PAGE_HEAD: Final = (
    "<!DOCTYPE html><html lang=en><head><title>Direct Messages - Allotment</title><style>"
    ".chatlog__message-container{padding:0}</style></head><body><div class=preamble><div class="
    "preamble__entries-container><div class=preamble__entry>Direct Messages</div><div class=preamble__entry>Group / "
    'Allotment</div></div></div>\n\n<div class="chatlog">\n\n'
)
_EPOCH: Final = 1_420_070_400_000


def _moments(messages: int, dice: random.Random) -> Iterator[tuple[int, datetime, str]]:
    """Id, moment and words of each message, oldest first."""
    moment = datetime(2019, 1, 3, 7, 12, 5, 123_000, tzinfo=UTC)
    for number in range(messages):
        moment += timedelta(milliseconds=dice.randint(1_000, 60_000))
        yield ((int(moment.timestamp() * 1000) - _EPOCH) << 22) + number % 4096, moment, sentence(dice)


def make_package(path: Path, messages: int, seed: int = SEED) -> None:
    """Discord's own package, newest first. Of a hundred messages three have a file."""
    dice = random.Random(seed)
    places, at = [], 0
    with path.open("wb") as out:  # written oldest first with its places, and turned round: nothing is held but those
        for native, moment, words in _moments(messages, dice):
            address = f"https://cdn.example.org/attachments/{native}/plan.png" if dice.random() < 0.03 else ""
            made = {"ID": native, "Timestamp": f"{moment:%Y-%m-%d %H:%M:%S}", "Contents": words, "Attachments": address}
            piece = in_one_line(made).encode()
            places.append((at, len(piece)))
            at += out.write(piece)
    data = path.read_bytes()
    with path.open("wb") as out:
        out.write(b"[")
        for number, (begin, size) in enumerate(reversed(places)):
            out.write((b", " if number else b"") + data[begin : begin + size])
        out.write(b"]")


def _shown(moment: datetime) -> tuple[str, str]:
    """Short and long, in English."""
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02d} {'PM' if moment.hour > 11 else 'AM'}"
    days = f"{moment.month}/{moment.day}/{moment.year}", f"{moment:%A, %B} {moment.day}, {moment.year}"
    return f"{days[0]} {clock}", f"{days[1]} {clock}"


def _inside(dice: random.Random, words: str, before: str, long: str) -> tuple[str, str, str]:
    """What stands before the header, the text, and what stands behind it."""
    roll = dice.random()
    if roll < 0.04 and before:
        first = (
            '<img class=chatlog__reply-avatar src="https://example.org/a.png" alt=Avatar loading=lazy><div '
            "class=chatlog__reply-author title=priya>Priya</div>"
        )
        answered = (
            f"<span class=chatlog__reply-link onclick=\"scrollToMessage(event,'{before}')\">The gate is open</span>"
        )
        reply = f"<div class=chatlog__reply>{first}<div class=chatlog__reply-content>{answered}</div></div>"
        return reply, words, ""
    if roll < 0.06:
        sign = '<img loading="lazy" class="chatlog__emoji " alt="🥕" title="carrot" src="https://example.org/c.svg">'
        return "", f"{words} {sign}", ""
    if roll < 0.08:
        return "", words, (
            '<div class=chatlog__attachment><a href="https://example.org/plan.png"><img '
            'class=chatlog__attachment-media src="https://example.org/plan.png" alt="Image attachment" title="Image: '
            'plan.png (4.7 KB)" loading=lazy></a></div>'
        )  # fmt: skip
    if roll < 0.10:
        return "", f'{words}</span> <span class=chatlog__edited-timestamp title="{long}">(edited)', ""
    return "", words, ""


def make_page(path: Path, messages: int, seed: int = SEED) -> None:
    """A page of DiscordChatExporter. Of a hundred messages four are answers, six have a sign, a file or an edit."""
    dice = random.Random(seed)
    who, joined, before = _PEOPLE[0], False, ""
    with path.open("w", encoding="utf-8") as out:
        out.write(_PAGE_HEAD)
        for native, moment, words in _moments(messages, dice):
            shown, long = _shown(moment)
            reply, text, after = _inside(dice, escape(words), before, long)
            joined = joined and not reply and dice.random() < 0.5
            if not joined:
                who = dice.choice(_PEOPLE)
                out.write(
                    "</div>\n<div class=chatlog__message-group>" if before else "<div class=chatlog__message-group>"
                )
            out.write(_message(str(native), who, shown, long, reply, joined=joined))
            out.write(
                '<div class="chatlog__content chatlog__markdown"><span class=chatlog__markdown-preserve>'
                f"{text}</span></div>{after}</div></div></div>"
            )
            joined, before = True, str(native)
        out.write(f"</div>\n</div><div class=postamble><div class=postamble__entry>Exported {messages:,} message(s)")
        out.write("</div></div></body></html>\n")


def _message(native: str, who: tuple[str, str], shown: str, long: str, reply: str, *, joined: bool) -> str:
    """A message up to its text."""
    aside = f'<div class=chatlog__short-timestamp title="{long}">{shown.partition(" ")[2]}</div>'
    head = ""
    if not joined:
        aside = f'<img class=chatlog__avatar src="https://example.org/{who[0]}.png?size=512" alt=Avatar loading=lazy>'
        head = (
            f"{reply}<div class=chatlog__header><span class=chatlog__author title={who[1].lower()} "
            f'data-user-id={who[0]}>{who[1]}</span> <span class=chatlog__timestamp title="{long}"><a '
            f"href=#chatlog__message-container-{native}>{shown}</a></span></div>"
        )
    return (
        f"<div id=chatlog__message-container-{native} class=chatlog__message-container data-message-id={native}><div"
        f" class=chatlog__message><div class=chatlog__message-aside>{aside}</div>"
        f"<div class=chatlog__message-primary>{head}"
    )


def make_table(path: Path, messages: int, seed: int = SEED) -> None:
    """A table of DiscordChatExporter. Of a hundred messages three have a file, and three reactions."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("AuthorID,Author,Date,Content,Attachments,Reactions\r\n")
        for _, moment, words in _moments(messages, dice):
            who, roll = dice.choice(_PEOPLE), dice.random()
            file = "https://example.org/plan.png" if roll < 0.03 else ""
            reactions = "🥕 (2)" if roll > 0.97 else ""
            date = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0+00:00"
            told = words.replace('"', '""')
            out.write(f'"{who[0]}","{who[1].lower()}","{date}","{told}","{file}","{reactions}"\r\n')


def make_package_table(path: Path, messages: int, seed: int = SEED) -> None:
    """Discord's own package as it was until about 2024, newest first."""
    dice = random.Random(seed)
    moment = datetime(2026, 1, 3, 7, 12, 5, 123_000, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("ID,Timestamp,Contents,Attachments\r\n")
        for number in range(messages):
            moment -= timedelta(milliseconds=dice.randint(1_000, 60_000))
            native = ((int(moment.timestamp() * 1000) - _EPOCH) << 22) + number % 4096
            file = f"https://cdn.example.org/{native}/plan.png" if dice.random() < 0.03 else ""
            words = sentence(dice)
            told = '"' + words.replace('"', '""') + '"' if any(sign in words for sign in ',"') else words
            out.write(f"{native},{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond:06d}+00:00,{told},{file}\r\n")


def make_text(path: Path, messages: int, seed: int = SEED) -> None:
    """Text of DiscordChatExporter. Of a hundred messages three have a file, and three reactions."""
    dice = random.Random(seed)
    rule = "=" * 62
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"{rule}\nGuild: Direct Messages\nChannel: Group / Allotment\n{rule}\n\n")
        for _, moment, words in _moments(messages, dice):
            who, roll = dice.choice(_PEOPLE), dice.random()
            file = "{Attachments}\nhttps://example.org/plan.png\n\n" if roll < 0.03 else ""
            reactions = "{Reactions}\n🥕 (2)\n" if roll > 0.97 else ""
            out.write(f"[{moment:%d/%m/%Y %H:%M}] {who[1].lower()}\n{words}\n\n{file}{reactions}\n")
        out.write(f"{rule}\nExported {messages:,} message(s)\n{rule}\n")


MAKERS: Final = {
    "package-json": make_package,
    "package-csv": make_package_table,
    "dce-html": make_page,
    "dce-csv": make_table,
    "dce-txt": make_text,
}

if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[3]), int(sys.argv[2]))
