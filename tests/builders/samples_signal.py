"""Samples of Signal's forms, for test_promises.py."""

import signal_export as made
import signal_own as own
import signal_rows as rows
import signal_sigtop as sigtop
from sample import Builder, Sample, moment, name, text


def data_json(messages: int) -> Sample:
    said = [made.said(name(n), text(n), moment(n)) for n in range(messages)]
    return Sample("signal", "exporter's JSON", {"Allotment/data.json": made.spelled(said)}, messages)


def chat_md(messages: int) -> Sample:
    # A name of the program's own making has no colon in it.
    said = "".join(made.block(name(n).replace(":", ""), text(n), moment(n)) for n in range(messages))
    return Sample("signal", "exporter's text", {"Allotment/chat.md": said.encode()}, messages)


def index_md(messages: int) -> Sample:
    said = "".join(made.old_block(name(n).replace(":", ""), text(n), moment(n)) for n in range(messages))
    return Sample("signal", "exporter's old text", {"Allotment/index.md": said.encode()}, messages)


def main_jsonl(messages: int) -> Sample:
    """Two chats: the first half of the messages in one, the second in the other, mixed in the file."""
    half = messages // 2
    said = [own.said(text(n), moment(n), "213"[n % 3], own.DIRECT if n < half else own.GROUP) for n in range(messages)]
    mixed = [one for pair in zip(said[:half], said[half:], strict=False) for one in pair] + said[2 * half :]
    return Sample("signal", "own export", {"main.jsonl": own.spelled(mixed)}, messages)


def sigtop_text(messages: int) -> Sample:
    who = [f"{name(n)} (+4477009000{n % 3})" if n % 3 else "You" for n in range(messages)]
    said = "".join(sigtop.block(who[n], text(n), moment(n)) for n in range(messages))
    return Sample("signal", "sigtop's text", {"Ada (+447700900123).txt": (sigtop.heading() + said).encode()}, messages)


def sigtop_json(messages: int) -> Sample:
    said = [rows.row(text(n), moment(n), (rows.ADA, rows.ME)[n % 2]) for n in range(messages)]
    return Sample("signal", "sigtop's JSON", {"Ada (+447700900123).json": rows.spelled(said)}, messages)


SAMPLES: dict[str, Builder] = {
    "signal, own export": main_jsonl,
    "signal, exporter's JSON": data_json,
    "signal, sigtop's text": sigtop_text,
    "signal, sigtop's JSON": sigtop_json,
    "signal, exporter's text": chat_md,
    "signal, exporter's old text": index_md,
}
