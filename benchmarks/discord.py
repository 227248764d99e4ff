"""Discord: how fast each form is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/discord.py --messages 1000000
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from make_discord import make_discord
from make_discord_forms import make_package, make_package_table, make_page, make_table, make_text
from measure import arguments, say, scratch_of
from measure_reading import CSV, HTML, LINES, ORJSON, Floor, Form, tell_growth, tell_reading

RATE = 100_000
PAGE_RATE = 40_000


class Made(NamedTuple):
    """A form: what it is called, and how a file of it is made."""

    figure: str
    what: str
    name: str
    make: Callable[[Path, int], None]
    rate: int
    floor: Floor


FORMS = (
    Made("discord.dce-json", "Discord, as DiscordChatExporter writes JSON", "a.json", make_discord, RATE, ORJSON),
    Made("discord.package-json", "Discord, its own package as JSON", "messages.json", make_package, RATE, ORJSON),
    Made("discord.package-csv", "Discord, its own package as CSV", "messages.csv", make_package_table, RATE, CSV),
    Made("discord.dce-csv", "Discord, as DiscordChatExporter writes CSV", "a.csv", make_table, RATE, CSV),
    Made("discord.dce-txt", "Discord, as DiscordChatExporter writes text", "a.txt", make_text, RATE, LINES),
    Made("discord.dce-html", "Discord, as DiscordChatExporter writes a page", "a.html", make_page, PAGE_RATE, HTML),
)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")
    for form in FORMS:
        _measure(form, scratch, messages)


def _measure(form: Made, scratch: Path, messages: int) -> None:
    def made(count: int) -> Path:
        path = scratch / f"{form.figure}-{count}" / form.name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            form.make(path, count)
        return path

    tell_reading(Form(form.figure, form.what, made(messages), messages, form.rate, form.floor))
    tell_growth(form.figure, form.what, made, messages)


if __name__ == "__main__":
    main()
