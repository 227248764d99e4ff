"""The command line: what writing every message as JSON costs beside reading alone, and its peak memory.

    .venv/bin/python benchmarks/json_lines.py --messages 1000000

Both run as a shell would run them, start-up included. The floor is ``safehand read --account`` of the same file: the
same reading, and one object printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from make_whatsapp import make_whatsapp
from measure import Figure, arguments, best_of, say, scratch_of, tell

MOST_MEMORY = 150
"""MiB: the bound that every form of source file has."""


def main() -> None:
    options = arguments("safehand read --json-lines.").parse_args()
    messages: int = options.messages
    chat: Path = scratch_of(options) / "json-lines.txt"
    say(f"making a chat of {messages:,} messages")
    make_whatsapp(chat, "android", messages)
    read: list[str | Path] = [sys.executable, "-m", "safehand.cli.main", "read", chat, "--quiet"]
    floor = best_of(2, [*read, "--account"])
    lines = best_of(2, [*read, "--json-lines"])
    tell(
        Figure(
            "cli.json_lines.rate",
            "messages written as JSON in a CPU second, Android text",
            round(messages / lines.cpu_seconds),
            "messages/s",
            "more",
            floor="reading alone, safehand read --account",
            ratio=round(lines.cpu_seconds / floor.cpu_seconds, 2),
        )
    )
    tell(
        Figure(
            "cli.json_lines.memory",
            "peak memory while every message is written as JSON",
            round(lines.peak_mib, 1),
            "MiB",
            "less",
            MOST_MEMORY,
        )
    )


if __name__ == "__main__":
    main()
