"""Samples of Google Chat's export, for test_promises.py."""

import google_chat_export as chat
from sample import NAMES, Builder, Sample, moment, name, text


def _who(number: int) -> chat.Object:
    return {"name": name(number), "email": f"{NAMES.index(name(number))}@example.org", "user_type": "Human"}


def google_chat(messages: int) -> Sample:
    said = [chat.said(n, _who(n), text(n)) | {"created_date": chat.in_words(moment(n))} for n in range(messages)]
    files = chat.conversation("Space AAAA", [_who(n) for n in range(3)], said, "Allotment")
    return Sample("google_chat", "one conversation", files, messages)


SAMPLES: dict[str, Builder] = {"google_chat, one conversation": google_chat}
