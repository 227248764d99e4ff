"""Samples of iMessage's forms, for test_promises.py."""

from imessage_export import block
from sample import Builder, Sample, moment, name, text


def exporter_text(messages: int) -> Sample:
    made = "".join(block(moment(n), name(n), *text(n).split("\n")) for n in range(messages))
    return Sample("imessage", "exporter text", {"+447700900123.txt": made.encode()}, messages)


SAMPLES: dict[str, Builder] = {
    "imessage, exporter text": exporter_text,
}
