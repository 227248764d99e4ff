"""Samples of iMessage's forms, for test_promises.py."""

from imessage_export import block
from imessage_pages import page, part, said
from sample import Builder, Sample, moment, name, text


def exporter_text(messages: int) -> Sample:
    made = "".join(block(moment(n), name(n), *text(n).split("\n")) for n in range(messages))
    return Sample("imessage", "exporter text", {"+447700900123.txt": made.encode()}, messages)


def exporter_page(messages: int) -> Sample:
    made = page(*(said(moment(n), name(n), part(text(n)), guid=f"G{n}") for n in range(messages)))
    return Sample("imessage", "exporter page", {"+447700900123.html": made}, messages)


SAMPLES: dict[str, Builder] = {
    "imessage, exporter text": exporter_text,
    "imessage, exporter page": exporter_page,
}
