"""Samples of Skype's own data, for test_promises.py."""

from html import escape

import skype_export as made
from sample import Builder, Sample, moment, name, text


def chats(messages: int) -> Sample:
    half = messages // 2
    said = [
        made.said(escape(text(n), quote=False), moment(n), f"8:{n % 3}", displayName=name(n)) for n in range(messages)
    ]
    data = made.spelled([
        made.chat(made.ROBIN, "Robin", said[:half]),
        made.chat(made.CLUB, None, said[half:], topic="Club", members='["8:0", "8:1", "8:live:me"]'),
    ])  # fmt: skip
    return Sample("skype", "own data", {"messages.json": data}, messages)


SAMPLES: dict[str, Builder] = {"skype, own data": chats}
