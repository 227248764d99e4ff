"""Samples of Discord's exports, for test_promises.py."""

import discord_export as discord
import discord_package
from sample import NAMES, Builder, Sample, moment, name, text


def dce_json(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    said = [discord.said(n, accounts[name(n)], text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "channel", {"Allotment.json": discord.spelled(discord.channel(said))}, messages)


def package_json(messages: int) -> Sample:
    said = [discord_package.said(n, text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "data package", discord_package.package({discord_package.CHANNEL: said}), messages)


SAMPLES: dict[str, Builder] = {
    "discord, DiscordChatExporter JSON": dce_json,
    "discord, data package": package_json,
}
