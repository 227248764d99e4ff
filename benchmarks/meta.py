"""Messenger and Instagram: how fast a thread is read, account and both passes included, and in how much memory.

    .venv/bin/python benchmarks/meta.py --messages 1000000

The same messages as the platform splits them (files of 10,000), in one file, and as many in the encrypted form. The
floors, on the same files in the same run: ``orjson.loads`` of each file, which keeps everything in memory and knows
neither where a message stands nor what it means, and ``sha256sum``. CPU seconds are of reading alone, recognition
included; memory is of the whole process. And pages of either platform, whose floor is a parser of HTML that does
nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from make_meta import make_encrypted, make_meta
from make_meta_pages import INSTAGRAM, MESSENGER, make_meta_archive, make_meta_pages
from measure import Figure, arguments, best_of, measure, say, scratch_of, tell
from measure_reading import HTML, Form, tell_reading

RATE = 100_000
PAGE_RATE = 40_000
PEAK_MIB = 150
PER_FILE = 10_000
ROUNDS = 3
READ = Path(__file__).parent / "peers" / "read_safehand.py"
ORJSON = """
import sys, time, orjson
begin = time.process_time()
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        orjson.loads(stream.read())
print(time.process_time() - begin)
"""


def figures(form: str, title: str, folder: Path, files: Sequence[Path], messages: int) -> None:
    """Read one form a few times, and tell how fast, beside its floors."""
    runs = [measure([sys.executable, READ, folder]) for _ in range(ROUNDS)]
    told = [json.loads(run.stdout) for run in runs]
    if {one["messages"] for one in told} != {messages}:
        raise SystemExit(f"{messages} messages were written and {told[0]['messages']} were read.")
    seconds = min(one["cpu_seconds"] for one in told)
    orjson_seconds = min(float(measure([sys.executable, "-c", ORJSON, *files]).stdout) for _ in range(ROUNDS))
    sha_seconds = best_of(ROUNDS, ["sha256sum", *files]).cpu_seconds
    rate = round(messages / seconds)
    for floor, floor_seconds in (("orjson", orjson_seconds), ("sha256sum", sha_seconds)):
        tell(
            Figure(
                figure=f"meta.{form}.rate.{floor}",
                what=f"Messenger and Instagram, {title}",
                value=rate,
                unit="messages/CPU s",
                better="more",
                target=RATE,
                floor="orjson.loads of the same files" if floor == "orjson" else "sha256sum of the same files",
                ratio=round(seconds / floor_seconds, 2),
            )
        )
    tell(
        Figure(
            figure=f"meta.{form}.peak",
            what=f"Messenger and Instagram, {title}: peak memory",
            value=round(max(run.peak_mib for run in runs), 1),
            unit="MiB",
            better="less",
            target=PEAK_MIB,
        )
    )


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages six times")
    split = make_meta(scratch / "split", messages, PER_FILE)
    figures("split", f"{len(split)} files of {PER_FILE:,}", scratch / "split", split, messages)
    one = make_meta(scratch / "one", messages, messages)
    figures("one", "one file", scratch / "one", one, messages)
    encrypted = make_encrypted(scratch / "encrypted", messages)
    figures("encrypted", "the encrypted form", scratch / "encrypted", [encrypted], messages)
    for form, title, block in (("instagram-page", "Instagram", INSTAGRAM), ("messenger-page", "Messenger", MESSENGER)):
        page = scratch / form / "message_1.html"
        page.parent.mkdir()
        make_meta_pages(page, messages, block)
        tell_reading(Form(f"meta.{form}", f"{title}, as a page", page, messages, PAGE_RATE, HTML, PEAK_MIB))
        page.unlink()
    archive = scratch / "messages.htm"
    make_meta_archive(archive, messages)
    tell_reading(
        Form("meta.archive", "Facebook, an archive of until 2017", archive, messages, PAGE_RATE, HTML, PEAK_MIB)
    )
    archive.unlink()


if __name__ == "__main__":
    main()
