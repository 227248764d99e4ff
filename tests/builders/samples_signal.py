"""Samples of Signal's forms, for test_promises.py."""

import signal_export as made
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


SAMPLES: dict[str, Builder] = {
    "signal, exporter's JSON": data_json,
    "signal, exporter's text": chat_md,
    "signal, exporter's old text": index_md,
}
