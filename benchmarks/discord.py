"""Discord: how fast each form is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/discord.py --messages 1000000
"""

from __future__ import annotations

from make_discord import make_discord
from make_discord_forms import make_package, make_package_table, make_page, make_table, make_text
from measure_reading import CSV, HTML, LINES, ORJSON, Made, tell_forms

RATE = 100_000
PAGE_RATE = 40_000
FORMS = (
    Made("discord.dce-json", "Discord, as DiscordChatExporter writes JSON", "a.json", make_discord, RATE, ORJSON),
    Made("discord.package-json", "Discord, its own package as JSON", "messages.json", make_package, RATE, ORJSON),
    Made("discord.package-csv", "Discord, its own package as CSV", "messages.csv", make_package_table, RATE, CSV),
    Made("discord.dce-csv", "Discord, as DiscordChatExporter writes CSV", "a.csv", make_table, RATE, CSV),
    Made("discord.dce-txt", "Discord, as DiscordChatExporter writes text", "a.txt", make_text, RATE, LINES),
    Made("discord.dce-html", "Discord, as DiscordChatExporter writes a page", "a.html", make_page, PAGE_RATE, HTML),
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", *FORMS)
