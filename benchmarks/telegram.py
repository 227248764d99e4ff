"""Telegram: how fast an export is read, recognition and the account of bytes included, and in how much memory.

    .venv/bin/python benchmarks/telegram.py --messages 1000000

One chat as Telegram Desktop writes it, and the same chat in one line, as other tools do: there the layout says nothing
and each element is scanned. The floors, on the same file in the same run: ``orjson.loads`` of the whole file, which
keeps everything in memory and knows neither where a message stands nor what it means, and ``sha256sum``. CPU seconds
are of reading alone, recognition included; memory is of the whole process.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import orjson

from make_telegram import make_telegram
from measure import Figure, arguments, measure, say, scratch_of, sha256sum, tell

RATE = 120_000
PEAK_MIB = 60
ONE_LINE_RATE = 100_000
ROUNDS = 3
READ = Path(__file__).parent / "peers" / "read_safehand.py"
ORJSON = """
import sys, time, orjson
begin = time.process_time()
with open(sys.argv[1], "rb") as stream:
    orjson.loads(stream.read())
print(time.process_time() - begin)
"""


def figures(form: str, title: str, path: Path, messages: int, target: int) -> None:
    """Read one file a few times, and tell how fast, beside its floors."""
    runs = [measure([sys.executable, READ, path]) for _ in range(ROUNDS)]
    told = [json.loads(run.stdout) for run in runs]
    if {one["messages"] for one in told} != {messages}:
        raise SystemExit(f"{messages} messages were written and {told[0]['messages']} were read.")
    seconds = min(one["cpu_seconds"] for one in told)
    orjson_seconds = min(float(measure([sys.executable, "-c", ORJSON, path]).stdout) for _ in range(ROUNDS))
    floors = {"orjson": (orjson_seconds, "orjson.loads of the same file")}
    floors["sha256sum"] = (sha256sum(path).cpu_seconds, "sha256sum of the same file")
    for name, (floor_seconds, floor) in floors.items():
        tell(
            Figure(
                figure=f"telegram.{form}.rate.{name}",
                what=f"Telegram, {title}",
                value=round(messages / seconds),
                unit="messages/CPU s",
                better="more",
                target=target,
                floor=floor,
                ratio=round(seconds / floor_seconds, 2),
            )
        )
    tell(
        Figure(
            figure=f"telegram.{form}.peak",
            what=f"Telegram, {title}: peak memory",
            value=round(max(run.peak_mib for run in runs), 1),
            unit="MiB",
            better="less",
            target=PEAK_MIB,
        )
    )


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages twice")
    own = scratch / "result.json"
    make_telegram(own, messages)
    figures("own", "as Telegram Desktop writes it", own, messages, RATE)
    one_line = scratch / "one-line.json"
    one_line.write_bytes(orjson.dumps(orjson.loads(own.read_bytes())))
    own.unlink()
    figures("one-line", "the same in one line", one_line, messages, ONE_LINE_RATE)


if __name__ == "__main__":
    main()
