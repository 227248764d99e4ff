"""Samples of Discord's exports, for test_promises.py."""

import discord_export as discord
import discord_package
import discord_pages as pages
import discord_tables as tables
import discord_texts as texts
from sample import NAMES, Builder, Sample, moment, name, text


def dce_json(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    said = [discord.said(n, accounts[name(n)], text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "channel", {"Allotment.json": discord.spelled(discord.channel(said))}, messages)


def dce_json_newest_first(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    said = [discord.said(n, accounts[name(n)], text(n), moment=moment(n)) for n in range(messages)]
    files = {"Allotment.json": discord.spelled(discord.channel([*reversed(said)]))}
    return Sample("discord", "channel, newest first", files, messages)


def package_json(messages: int) -> Sample:
    said = [discord_package.said(n, text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "data package", discord_package.package({discord_package.CHANNEL: said}), messages)


def dce_html(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    groups = [
        pages.group(accounts[name(n)], [pages.said(n, text(n), moment=moment(n))]) for n in range(min(messages, 3))
    ]
    for first in range(3, messages, 4):
        said = [pages.said(n, text(n), moment=moment(n)) for n in range(first, min(first + 4, messages))]
        groups.append(pages.group(accounts[name(first)], said))
    return Sample("discord", "page", {"Allotment.html": pages.page(groups, messages)}, messages)


def dce_html_older(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    groups = [pages.older_group(accounts[name(n)], [pages.said(n, text(n), moment=moment(n))]) for n in range(messages)]
    return Sample("discord", "older page", {"Allotment.html": pages.page(groups, messages)}, messages)


def dce_csv(messages: int) -> Sample:
    accounts = {who: (f"52148647698515500{n}", who) for n, who in enumerate(NAMES)}
    rows = [tables.row(n, accounts[name(n)], text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "table", {"Allotment.csv": tables.table(rows)}, messages)


def package_csv(messages: int) -> Sample:
    rows = [tables.package_row(n, text(n), moment=moment(n)) for n in range(messages)]
    native = discord_package.CHANNEL
    files = {
        f"messages/c{native}/channel.json": discord_package.spelled(discord_package.direct(native)),
        f"messages/c{native}/messages.csv": tables.package_table(rows),
    }
    return Sample("discord", "data package as a table", files, messages)


def dce_txt(messages: int) -> Sample:
    said = [texts.said(n, name(n), text(n), moment=moment(n)) for n in range(messages)]
    return Sample("discord", "text", {"Allotment.txt": texts.page(said, messages)}, messages)


SAMPLES: dict[str, Builder] = {
    "discord, DiscordChatExporter JSON": dce_json,
    "discord, DiscordChatExporter JSON, newest first": dce_json_newest_first,
    "discord, data package": package_json,
    "discord, data package as a table": package_csv,
    "discord, DiscordChatExporter page": dce_html,
    "discord, DiscordChatExporter older page": dce_html_older,
    "discord, DiscordChatExporter table": dce_csv,
    "discord, DiscordChatExporter text": dce_txt,
}
