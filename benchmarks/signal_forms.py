"""Signal: how fast each form is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/signal_forms.py --messages 1000000

The script is not called signal.py: that is a module of Python itself, which would be hidden by it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from make_signal import make_chat_md, make_data_json, make_main_jsonl, make_rows, make_sigtop
from measure import arguments, say, scratch_of
from measure_reading import JSON_LINES, LINES, ORJSON, Floor, Form, tell_growth, tell_reading

RATE = 100_000

FORMS: tuple[tuple[str, str, str, Callable[[Path, int], None], Floor], ...] = (
    ("signal.own", "Signal, its own export", "main.jsonl", make_main_jsonl, JSON_LINES),
    ("signal.exporter_json", "Signal, as signal-export writes JSON", "data.json", make_data_json, JSON_LINES),
    ("signal.exporter_text", "Signal, as signal-export writes text", "chat.md", make_chat_md, LINES),
    ("signal.sigtop_json", "Signal, as sigtop writes JSON", "Priya.json", make_rows, ORJSON),
    ("signal.sigtop_text", "Signal, as sigtop writes text", "Priya.txt", make_sigtop, LINES),
)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    for figure, what, name, make, floor in FORMS:
        say(f"writing {messages} messages of {figure}")

        def made(count: int, name: str = name, make: Callable[[Path, int], None] = make) -> Path:
            path = scratch / str(count) / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                make(path, count)
            return path

        tell_reading(Form(figure, what, made(messages), messages, RATE, floor))
        tell_growth(figure, what, made, messages)


if __name__ == "__main__":
    main()
