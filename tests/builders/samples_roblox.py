"""Samples of returns of Roblox, for test_promises.py."""

import roblox_return as roblox
from sample import NAMES, Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    users = {who: str(number) for number, who in enumerate(NAMES, 1)}
    said = [
        roblox.said(users[name(n)], name(n), text(n), moment(n), where="c1" if n < half else "c2")
        for n in range(messages)
    ]
    return Sample("roblox", "chats", {roblox.NAME: roblox.chat([said[:half], said[half:][::-1]])}, messages)


def letters(messages: int) -> Sample:
    me = ("1", NAMES[0])
    rows: list[roblox.Row | None] = [
        roblox.letter(n, *((me, ("9", NAMES[1])) if n % 3 else (("9", NAMES[1]), me)), text(n)) for n in range(messages)
    ]
    data = roblox.table(roblox.LETTERS, rows, line="\r\n", bom="")
    return Sample("roblox", "private", {"Messages of the Roblox user 1.csv": data}, messages)


SAMPLES: dict[str, Builder] = {"roblox, chat records": chats, "roblox, private messages": letters}
