"""Samples of Reddit's own data, for test_promises.py."""

from __future__ import annotations

import reddit_export as reddit
from sample import Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    rows = [
        reddit.chat(name(n), text(n), reddit.spelled(moment(n)), native=f"$m{n}", channel=f"room/{n // max(half, 1)}")
        for n in range(messages)
    ]
    # The second conversation is written newest first.
    data = reddit.table(reddit.CHATS, [*rows[:half], *rows[half:][::-1]])
    return Sample("reddit", "chats", {"chat_history.csv": data}, messages)


def mail(messages: int) -> Sample:
    rows = [
        reddit.mail(name(n), name(n + 1), text(n), reddit.spelled(moment(n)), native=f"m{n}", thread="m0" if n else "")
        for n in range(messages)
    ]
    half = messages // 2
    return Sample(
        "reddit",
        "private messages",
        {
            "messages.csv": reddit.table(reddit.MAIL, rows[:half]),
            "messages_archive.csv": b"\xef\xbb\xbf" + reddit.table(reddit.MAIL, rows[half:], "\r\n"),
            "message_headers.csv": reddit.table(reddit.HEADERS, rows[:half]),
        },
        messages,
    )


SAMPLES: dict[str, Builder] = {"reddit, chats": chats, "reddit, private messages": mail}
