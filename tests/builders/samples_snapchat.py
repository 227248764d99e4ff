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


def sections(messages: int) -> Sample:
    half = messages // 2

    def listed(*, own: bool) -> list[snapchat.Object]:
        return [
            snapchat.until_2022(other, text(n), int(moment(n).timestamp() * 1000), own=own)
            for other, numbers in (("robin_k", range(half)), (NAMES[2], range(half, messages)))
            for n in reversed(numbers)
            if (n % 3 == 1) is own
        ]

    data = snapchat.spelled({
        "Received Saved Chat History": listed(own=False),
        "Sent Saved Chat History": listed(own=True),
        "Received Unsaved Chat History": [],
    })  # fmt: skip
    return Sample("snapchat", "sections", {"json/chat_history.json": data}, messages)


def page(messages: int) -> Sample:
    cards = [snapchat.card(name(n), text(n), int(moment(n).timestamp() * 1000)) for n in range(messages)]
    data = snapchat.page("Chat History with robin_k", cards[::-1])
    return Sample("snapchat", "page", {"html/chat_history/subpage_robin_k.html": data}, messages)


SAMPLES: dict[str, Builder] = {"snapchat, chats": chats, "snapchat, sections": sections, "snapchat, page": page}
