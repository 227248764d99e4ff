"""A number that no calendar holds is no time, in whatever source it stands: what was written stays, and all is read."""

from __future__ import annotations

import re

import msgspec
import pytest

from promise_samples import BUILDERS
from read_whole import check_account, in_memory, told
from safehand.analysis.prints import Prints
from safehand.model.instant import CALENDAR_BEGINS, CALENDAR_ENDS, MICRO

COUNTED = re.compile(rb"[0-9]{9,20}")
"""A count since 1970, or an id that is made of one."""

WITH_COUNTS = (
    *("discord, DiscordChatExporter JSON", "discord, DiscordChatExporter page", "discord, DiscordChatExporter table"),
    *("discord, data package", "discord, data package as a table", "hangouts, two conversations", "kik, content"),
    *("kik, older content", "meta, encrypted", "meta, one file", "roblox, private messages", "signal, own export"),
    *("signal, sigtop's JSON", "signal, sigtop's text", "skype, own data", "sms, text messages", "snapchat, chats"),
    *("telegram, account", "telegram, one chat", "x, direct messages"),
)
A_DAY = 24 * 3600 * MICRO


@pytest.mark.parametrize("name", WITH_COUNTS)
def test_a_count_of_any_length_raises_nothing_and_no_message_is_told_to_be_of_no_calendar(name: str) -> None:
    files = BUILDERS[name](6).files
    for count in (b"1" + b"0" * 16, b"9" * 19, b"1" + b"0" * 22, b"9" * 5000):
        absurd = {path: COUNTED.sub(count, data) for path, data in files.items()}
        assert absurd != files
        capture = in_memory(absurd)
        found, reading = told(capture)
        check_account(found, reading, capture)
        prints = Prints()
        for message in found.messages:
            prints.add(message)
            msgspec.msgpack.encode(message)
            at = message.sent.order_key()
            assert at is None or CALENDAR_BEGINS <= at < CALENDAR_ENDS + A_DAY
