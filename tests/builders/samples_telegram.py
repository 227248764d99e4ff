"""Samples of Telegram's exports, for test_promises.py."""

import telegram_chat
import telegram_pages
from sample import NAMES, Builder, Sample, moment, name, text


def telegram(messages: int) -> Sample:
    made = telegram_chat.chat("Allotment", "private_group", 7, _telegram_messages(messages))
    return Sample("telegram", "one chat", {"result.json": telegram_chat.spelled(made)}, messages)


def telegram_account(messages: int) -> Sample:
    half = messages // 2
    listed = [
        telegram_chat.chat("Allotment", "private_group", 7, _telegram_messages(half)),
        telegram_chat.chat("Trains", "personal_chat", 8, _telegram_messages(messages, half)),
    ]
    return Sample(
        "telegram", "account", {"result.json": telegram_chat.spelled(telegram_chat.account(listed))}, messages
    )


def telegram_pages_sample(messages: int) -> Sample:
    blocks: list[str] = []
    for n in range(messages):
        at = moment(n)
        words = f"{at.day} {at:%B %Y}"
        if not n or words != f"{moment(n - 1).day} {moment(n - 1):%B %Y}":
            blocks.append(telegram_pages.day(words, -n - 1))
        blocks.append(telegram_pages.said(n + 1, name(n), f"{at:%d.%m.%Y %H:%M:%S} UTC+00:00", text(n)))
    return Sample("telegram", "pages", telegram_pages.pages("Allotment", blocks, max(1, len(blocks) // 2)), messages)


def _telegram_messages(end: int, start: int = 0) -> list[telegram_chat.Object]:
    return [
        telegram_chat.said(n + 1, (name(n), f"user{n % len(NAMES)}"), int(moment(n).timestamp()), text(n))
        for n in range(start, end)
    ]


SAMPLES: dict[str, Builder] = {
    "telegram, one chat": telegram,
    "telegram, account": telegram_account,
    "telegram, pages": telegram_pages_sample,
}
