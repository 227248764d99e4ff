"""WhatsApp text: how fast a chat is read, both passes and the account of bytes included, and in how much memory.

    .venv/bin/python benchmarks/whatsapp.py --messages 1000000

One chat as Android writes it and one as an iPhone does (make_whatsapp.py). The floor, on the same file in the same run,
is ``sha256sum``. CPU seconds are of reading alone, recognition included; memory is of the whole process. How others
read the same chats is peers.py.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from make_whatsapp import make_whatsapp
from measure import Figure, arguments, measure, scratch_of, sha256sum, tell
from measure_reading import USUAL, making, tell_growth

RATE = 200_000
SHA256SUMS = 10
PEAK_MIB = 150
ROUNDS = 3
READ = Path(__file__).parent / "peers" / "read_safehand.py"


def figures(form: str, title: str, path: Path, messages: int) -> None:
    """Read one file a few times, and tell how fast, beside its floor."""
    runs = [measure([sys.executable, READ, path]) for _ in range(ROUNDS)]
    told = [json.loads(run.stdout) for run in runs]
    if {one["messages"] for one in told} != {messages}:
        raise SystemExit(f"{messages} messages were written and {told[0]['messages']} were read.")
    seconds = min(one["cpu_seconds"] for one in told)
    tell(
        Figure(
            figure=f"whatsapp.{form}.rate",
            what=f"WhatsApp text of {title}",
            value=round(messages / seconds),
            unit="messages/CPU s",
            better="more",
            target=RATE,
            floor="sha256sum of the same file",
            ratio=round(seconds / sha256sum(path).cpu_seconds, 2),
            ratio_target=SHA256SUMS,
        )
    )
    tell(
        Figure(
            figure=f"whatsapp.{form}.peak",
            what=f"WhatsApp text of {title}: peak memory",
            value=round(max(run.peak_mib for run in runs), 1),
            unit="MiB",
            better="less",
            target=PEAK_MIB,
        )
    )


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    for form, title in (("android", "Android"), ("ios", "an iPhone")):
        made = making(f"whatsapp.{form}", f"{form}.txt", partial(_make, form), scratch_of(options))
        if options.messages <= USUAL:
            figures(form, title, made(options.messages), options.messages)
        tell_growth(f"whatsapp.{form}", f"WhatsApp text of {title}", made, options.messages)


def _make(form: str, path: Path, messages: int) -> None:
    make_whatsapp(path, form, messages)


if __name__ == "__main__":
    main()
