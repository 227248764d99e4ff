"""Samples of Hangouts' export, for test_promises.py."""

import hangouts_export as hangouts
from sample import NAMES, Builder, Sample, moment, name, text


def _events(end: int, start: int, native: str) -> list[hangouts.Value]:
    found: list[hangouts.Value] = []
    for n in range(start, end):
        sent = str(int(moment(n).timestamp()) * 1_000_000 + n)
        said = hangouts.said(n, (f"10{n % len(NAMES)}", name(n)), text(n), native)
        found.append(said | {"timestamp": sent, "event_version": sent})
    return found


def takeout(messages: int) -> Sample:
    half = messages // 2
    members = [(f"10{n}", who) for n, who in enumerate(NAMES)]
    talks: list[hangouts.Value] = [
        hangouts.talk("Ugx", members, _events(half, 0, "Ugx"), name="Allotment"),
        hangouts.talk("Ugy", members, _events(messages, half, "Ugy"), name="Trains"),
    ]
    return Sample("hangouts", "two", {"Hangouts.json": hangouts.spelled(hangouts.whole(talks))}, messages)


SAMPLES: dict[str, Builder] = {"hangouts, two conversations": takeout}
