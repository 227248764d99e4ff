"""X: how fast the direct messages of its archive are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/x.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_x import make_x
from measure import arguments, say, scratch_of
from measure_reading import Floor, Form, tell_growth, tell_reading

RATE = 100_000
AFTER_SIGN = Floor(
    "orjson",
    "orjson.loads of the same file behind its assignment",
    "import orjson",
    "data = open(path, 'rb').read(); orjson.loads(data[data.index(b'=') + 1:])",
)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / str(count) / "direct-messages.js"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_x(path, count)
        return path

    what = "X, direct messages of its archive"
    tell_reading(Form("x.direct-messages", what, made(messages), messages, RATE, AFTER_SIGN))
    tell_growth("x.direct-messages", what, made, messages)


if __name__ == "__main__":
    main()
