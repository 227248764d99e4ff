"""Text messages: how fast a backup is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/sms.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_sms import make_sms
from measure import arguments, say, scratch_of
from measure_reading import EXPAT, Form, tell_growth, tell_reading

RATE = 100_000


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / f"sms-{count}.xml"
        if not path.exists():
            make_sms(path, count)
        return path

    what = "Text messages, as SMS Backup & Restore writes them"
    tell_reading(Form("sms", what, made(messages), messages, RATE, EXPAT))
    tell_growth("sms", what, made, messages)


if __name__ == "__main__":
    main()
