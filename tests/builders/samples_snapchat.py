"""Samples of Snapchat's own data, for test_promises.py."""

import snapchat_export as snapchat
from sample import NAMES, Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    made = [
        snapchat.said(name(n), text(n), int(moment(n).timestamp() * 1000), own=name(n) == NAMES[0])
        for n in range(messages)
    ]
    data = snapchat.spelled({"robin_k": made[:half][::-1], "group-1": made[half:][::-1]})
    return Sample("snapchat", "chats", {"json/chat_history.json": data}, messages)


SAMPLES: dict[str, Builder] = {"snapchat, chats": chats}
