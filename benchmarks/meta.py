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
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from make_meta import make_encrypted, make_meta
from make_meta_pages import INSTAGRAM, MESSENGER, make_meta_archive, make_meta_pages
from measure import Figure, arguments, best_of, measure, scratch_of, tell
from measure_reading import HTML, USUAL, Made, making, tell_form, tell_growth

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


PAGES = (
    Made(
        "meta.instagram-page",
        "Instagram, as a page",
        "message_1.html",
        partial(make_meta_pages, block=INSTAGRAM),
        PAGE_RATE,
        HTML,
        PEAK_MIB,
    ),
    Made(
        "meta.messenger-page",
        "Messenger, as a page",
        "message_1.html",
        partial(make_meta_pages, block=MESSENGER),
        PAGE_RATE,
        HTML,
        PEAK_MIB,
    ),
    Made(
        "meta.archive",
        "Facebook, an archive of until 2017",
        "messages.htm",
        make_meta_archive,
        PAGE_RATE,
        HTML,
        PEAK_MIB,
    ),
)


def _split(folder: Path, messages: int) -> list[Path]:
    return make_meta(folder, messages, PER_FILE)


def _one(folder: Path, messages: int) -> list[Path]:
    return make_meta(folder, messages, messages)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    folders: tuple[tuple[str, str, Callable[[Path, int], object]], ...] = (
        ("split", f"{-(-messages // PER_FILE)} files of {PER_FILE:,}", _split),
        ("one", "one file", _one),
        ("encrypted", "the encrypted form", make_encrypted),
    )
    for form, title, make in folders:
        made = making(f"meta.{form}", form, make, scratch)
        if messages <= USUAL:
            folder = made(messages)
            figures(form, title, folder, sorted(folder.rglob("*.json")), messages)
        tell_growth(f"meta.{form}", f"Messenger and Instagram, {title}", made, messages)
    for page in PAGES:
        tell_form(page, scratch, messages)


if __name__ == "__main__":
    main()
