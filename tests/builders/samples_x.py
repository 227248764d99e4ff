"""Samples of X's archive, for test_promises.py."""

import x_archive as x
from sample import Builder, Sample, moment, text


def direct_messages(messages: int) -> Sample:
    half = messages // 2
    made = [x.said(str(7 + n % 3), text(n), moment(n)) for n in range(messages)]
    data = x.spelled([x.talk("7-9", made[:half][::-1]), x.talk("123", made[half:][::-1])])
    return Sample("x", "direct messages", {"data/direct-messages.js": data}, messages)


SAMPLES: dict[str, Builder] = {"x, direct messages": direct_messages}
