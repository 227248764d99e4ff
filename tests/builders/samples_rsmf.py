"""Samples of RSMF, for test_promises.py."""

import rsmf_made as rsmf
from sample import NAMES, Builder, Sample, moment, name, text


def manifest(messages: int) -> Sample:
    events = [
        rsmf.said(n, str(NAMES.index(name(n))), text(n), moment(n).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for n in range(messages)
    ]
    people: list[rsmf.Value] = [{"id": str(at), "display": who} for at, who in enumerate(NAMES)]
    data = rsmf.spelled(rsmf.manifest(people, [rsmf.talk("c", ["0", "1", "2"])], [*events]))
    return Sample("rsmf", "manifest", {"rsmf_manifest.json": data}, messages)


SAMPLES: dict[str, Builder] = {"rsmf, manifest": manifest}
