"""Samples of returns of Kik, for test_promises.py."""

import kik_return as kik
from sample import NAMES, Builder, Sample, moment, name, text

_ACCOUNTS = {who: f"user{number}@talk.kik.com" for number, who in enumerate(NAMES)}


def _rows(messages: int) -> list[kik.Row]:
    half = messages // 2
    return [
        kik.said(n, _ACCOUNTS[name(n)], kik.CLUB if n < half else "2001@groups.kik.com", text(n), when=moment(n))
        for n in range(messages)
    ]


def newer(messages: int) -> Sample:
    return Sample("kik", "content", {"content/data-text.csv": kik.content(_rows(messages))}, messages)


def older(messages: int) -> Sample:
    name_ = "content/text-msg-data/1-data-text.csv"
    return Sample("kik", "older content", {name_: kik.older(_rows(messages), delimiter="\t")}, messages)


SAMPLES: dict[str, Builder] = {"kik, content": newer, "kik, older content": older}
