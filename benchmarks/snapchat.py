"""Snapchat: how fast each of its forms is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/snapchat.py --messages 1000000
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from make_snapchat import make_page, make_sections, make_snapchat, make_snaps
from measure import arguments, say, scratch_of
from measure_reading import HTML, ORJSON, Form, tell_growth, tell_reading

RATE = 100_000
PAGE_RATE = 40_000
FORMS = (
    ("snapchat.chats", "Snapchat, its own chat history as JSON", "chat_history.json", make_snapchat, RATE, ORJSON),
    ("snapchat.sections", "Snapchat, its own chat history until 2022", "until_2022.json", make_sections, RATE, ORJSON),
    ("snapchat.snaps", "Snapchat, its own history of snaps", "snap_history.json", make_snaps, RATE, ORJSON),
    ("snapchat.page", "Snapchat, a page of its own", "subpage_account_1.html", make_page, PAGE_RATE, HTML),
)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    for figure, what, name, make, rate, floor in FORMS:
        say(f"writing {messages} messages")
        made = _making(scratch, name, make)
        tell_reading(Form(figure, what, made(messages), messages, rate, floor))
        tell_growth(figure, what, made, messages)


def _making(scratch: Path, name: str, make: Callable[[Path, int], None]) -> Callable[[int], Path]:
    def made(count: int) -> Path:
        path = scratch / str(count) / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, count)
        return path

    return made


if __name__ == "__main__":
    main()
