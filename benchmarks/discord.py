"""Discord: how fast a channel is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/discord.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_discord import make_discord
from measure import arguments, say, scratch_of
from measure_reading import ORJSON, Form, tell_growth, tell_reading

RATE = 100_000


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / f"discord-{count}.json"
        if not path.exists():
            make_discord(path, count)
        return path

    what = "Discord, as DiscordChatExporter writes JSON"
    tell_reading(Form("discord.dce-json", what, made(messages), messages, RATE, ORJSON))
    tell_growth("discord.dce-json", what, made, messages)


if __name__ == "__main__":
    main()
