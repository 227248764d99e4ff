"""Samples of Messenger's and Instagram's downloads, for test_promises.py."""

from meta_thread import START, Thread, said, sent
from sample import NAMES, Builder, Sample, name, text


def messenger(messages: int) -> Sample:
    said_ = [said(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages))
    return Sample("meta", "one file", dict(files), messages)


def messenger_split(messages: int) -> Sample:
    said_ = [said(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages // 3))
    return Sample("meta", "split files", {f"inbox/allotment_1/{name}": data for name, data in files.items()}, messages)


def messenger_encrypted(messages: int) -> Sample:
    sent_ = [sent(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    data = Thread(NAMES, sent_, title="Allotment_1").encrypted()
    return Sample("meta", "encrypted form", {"Allotment_1.json": data}, messages)


SAMPLES: dict[str, Builder] = {
    "meta, one file": messenger,
    "meta, split files": messenger_split,
    "meta, encrypted": messenger_encrypted,
}
