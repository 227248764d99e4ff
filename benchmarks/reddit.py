"""Reddit: how fast a chat history is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/reddit.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_reddit import make_reddit
from measure import arguments, say, scratch_of
from measure_reading import CSV, Form, tell_growth, tell_reading

RATE = 100_000


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / str(count) / "chat_history.csv"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_reddit(path, count)
        return path

    what = "Reddit, its own chat history as a table"
    tell_reading(Form("reddit.chats", what, made(messages), messages, RATE, CSV))
    tell_growth("reddit.chats", what, made, messages)


if __name__ == "__main__":
    main()
