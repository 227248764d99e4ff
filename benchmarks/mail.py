"""E-mail: how fast a mailbox is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/mail.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_mail import make_mail
from measure import arguments, say, scratch_of
from measure_reading import Floor, Form, tell_growth, tell_reading

RATE = 100_000
LINES = Floor("lines", "the lines of the same file, counted", "", "for line in open(path, 'rb'): pass")


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / str(count) / "mailbox.mbox"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_mail(path, count)
        return path

    what = "E-mail, a mailbox, thread by thread"
    tell_reading(Form("mail", what, made(messages), messages, RATE, LINES))
    tell_growth("mail", what, made, messages)


if __name__ == "__main__":
    main()
