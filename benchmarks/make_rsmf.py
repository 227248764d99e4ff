"""A manifest of RSMF of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_rsmf.py 1000000 /tmp/rsmf_manifest.json

Ten conversations whose events are mixed. Of a thousand events about 880 are plain, 50 have reactions, 40 files, 30 were
edited.
"""

from __future__ import annotations

import base64
import json
import random
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from make_json import laid_out
from make_telegram import sentence

SEED: Final = 20261126
_PEOPLE: Final = ("Priya", "Tom Ashworth", "Zoë 🌻")
_TALKS: Final = 10
_LINE: Final = 57


def _others(dice: random.Random, number: int) -> dict[str, Any]:
    roll = dice.random()
    if roll < 0.88:
        return {}
    if roll < 0.93:
        return {"reactions": [{"value": "👍", "count": 1, "participants": ["0"]}]}
    if roll < 0.97:
        return {"attachments": [{"id": f"{number}.jpg", "display": "bread.jpg", "size": 48211}]}
    return {"edits": [{"participant": "1", "previous": sentence(dice), "new": "", "timestamp": "2019-01-03T07:12:05Z"}]}


def manifest_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The manifest, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    people = [{"id": str(at), "display": name} for at, name in enumerate(_PEOPLE)]
    talks = [
        {"id": f"c{at}", "platform": "skype", "type": "direct", "participants": ["0", "1", "2"]} for at in range(_TALKS)
    ]
    yield f'{{"version": "2.0.0",\n"participants": {json.dumps(people)},\n"conversations": {json.dumps(talks)},\n'
    yield '"events": ['
    for number in range(messages):
        moment += timedelta(seconds=dice.randint(1, 600))
        event = {
            "id": str(number),
            "participant": str(dice.randrange(3)),
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "type": "message",
            "conversation": f"c{dice.randrange(_TALKS)}",
            "body": sentence(dice),
            **_others(dice, number),
        }
        yield ("," if number else "") + "\n    " + laid_out(event, "    ", 4)
    yield "\n]}\n"


def make_rsmf(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the manifest to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in manifest_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


def make_rsmf_mail(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the mail that the manifest comes in, packed, and give its size in bytes."""
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(zipfile.ZipInfo("AV1", (2026, 1, 4, 19, 2, 10)), "w") as out:
            out.write(bytes(100_000))
        member = zipfile.ZipInfo("rsmf_manifest.json", (2026, 1, 4, 19, 2, 10))
        member.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(member, "w") as out:
            for part in manifest_parts(messages, seed):
                out.write(part.encode())
    with packed.open("rb") as archived, path.open("wb") as mail:
        mail.write(
            b"From: Allotment <desk@example.org>\r\nX-RSMF-Version: 2.0.0\r\n"
            b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
            b"Content-Type: text/plain\r\n\r\nBread\r\n--b\r\n"
            b"Content-Disposition: attachment; filename=rsmf.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        while data := archived.read(_LINE):
            mail.write(base64.b64encode(data) + b"\r\n")
        mail.write(b"--b--\r\n")
    packed.unlink()
    return path.stat().st_size


if __name__ == "__main__":
    print(make_rsmf(Path(sys.argv[2]), int(sys.argv[1])))
