"""Samples of iMessage's forms, for test_promises.py."""

from collections.abc import Iterable

from imessage_database import Made, typed
from imessage_export import block
from imessage_pages import page, part, said
from sample import NAMES, Builder, Sample, moment, name, text


def exporter_text(messages: int) -> Sample:
    made = "".join(block(moment(n), name(n), *text(n).split("\n")) for n in range(messages))
    return Sample("imessage", "exporter text", {"+447700900123.txt": made.encode()}, messages)


def exporter_page(messages: int) -> Sample:
    made = page(*(said(moment(n), name(n), part(text(n)), guid=f"G{n}") for n in range(messages)))
    return Sample("imessage", "exporter page", {"+447700900123.html": made}, messages)


def database(messages: int) -> Sample:
    made = Made(page_size=1024)
    made.db.execute("BEGIN")
    _say(made, _chat(made), range(messages))
    made.insert("kvtable", key="filler", value=bytes(150_000))  # so that the first messages stand in the first third
    made.db.execute("COMMIT")
    return Sample("imessage", "database", made.done(), messages)


def database_and_log(messages: int) -> Sample:
    """Half of the messages were written back, half stand in the log."""
    made = Made(page_size=1024, log=True)
    chat = _chat(made)
    made.db.execute("BEGIN")
    _say(made, chat, range(messages // 2))
    made.db.execute("COMMIT")
    made.merge()
    step = max(1, messages // 40)
    for first in range(messages // 2, messages, step):
        made.db.execute("BEGIN")
        _say(made, chat, range(first, min(first + step, messages)))
        made.db.execute("COMMIT")
    return Sample("imessage", "database and log", made.done(), messages)


def _chat(made: Made) -> int:
    for one in NAMES:
        made.handle(one)
    return made.chat("Allotment", *range(1, len(NAMES) + 1))


def _say(made: Made, chat: int, numbers: Iterable[int]) -> None:
    for n in numbers:
        words = {"text": text(n)} if n % 2 else {"text": None, "attributedBody": typed(text(n))}
        made.say(chat, n % len(NAMES) + 1, moment(n), **words)


SAMPLES: dict[str, Builder] = {
    "imessage, exporter text": exporter_text,
    "imessage, exporter page": exporter_page,
    "imessage, database": database,
    "imessage, database and log": database_and_log,
}
