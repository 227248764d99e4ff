"""Samples of TikTok's own data, for test_promises.py."""

import tiktok_export as tiktok
import tiktok_text_made as tiktok_text
from sample import NAMES, Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    made = [tiktok.said(name(n), text(n), moment(n)) for n in range(messages)]
    data = tiktok.spelled({"robin": made[:half][::-1], "group of 3": made[half:]})
    return Sample("tiktok", "chats", {"user_data_tiktok.json": data}, messages)


def as_text(messages: int) -> Sample:
    half = messages // 2
    people = [who.replace(":", "") for who in NAMES]  # an account's name has no colon
    made = [tiktok_text.said(people[n % len(people)], text(n), moment(n)) for n in range(messages)]
    data = tiktok_text.spelled({"robin": made[:half][::-1], "group of 3": made[half:]})
    return Sample("tiktok", "text", {"TikTok/Direct Messages/Direct Messages.txt": data}, messages)


SAMPLES: dict[str, Builder] = {"tiktok, chats": chats, "tiktok, text": as_text}
