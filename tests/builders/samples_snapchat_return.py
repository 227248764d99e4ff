"""Samples of returns of Snapchat, for test_promises.py."""

import snapchat_return_made as snapchat
from sample import NAMES, Builder, Sample, moment, name, text

_IDS = {who: f"u-{number}" for number, who in enumerate(NAMES)}
_NAME = "conversations.csv"


def _rows(messages: int) -> list[snapchat.Row]:
    half = messages // 2
    other = ("robin_k", "u-9")
    return [
        snapchat.said(n, (name(n), _IDS[name(n)]), other, text(n), when=moment(n),
                      conversation_id="c1" if n < half else "c2")
        for n in range(messages)
    ]  # fmt: skip


def newer(messages: int) -> Sample:
    data = snapchat.conversations(_rows(messages), columns=snapchat.NEWER)
    return Sample("snapchat_return", "conversations", {_NAME: data}, messages)


def older(messages: int) -> Sample:
    rows = [{**row, "timestamp": snapchat.older_time(moment(n))} for n, row in enumerate(_rows(messages))]
    half = messages // 2
    data = snapchat.conversations(rows[:half], rows[half:])
    return Sample("snapchat_return", "two tables", {_NAME: data}, messages)


SAMPLES: dict[str, Builder] = {"snapchat_return, conversations": newer, "snapchat_return, two tables": older}
