"""Samples of TikTok's own data, for test_promises.py."""

import tiktok_export as tiktok
from sample import Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    made = [tiktok.said(name(n), text(n), moment(n)) for n in range(messages)]
    data = tiktok.spelled({"robin": made[:half][::-1], "group of 3": made[half:]})
    return Sample("tiktok", "chats", {"user_data_tiktok.json": data}, messages)


SAMPLES: dict[str, Builder] = {"tiktok, chats": chats}
