"""A channel as DiscordChatExporter writes it as a page, made for tests: allotments, in the layout of the program.

page([group(PRIYA, [said(1, "The gate is open"), said(2, "and the shed")]), group(TOM, [said(3, "Good")])])

The program makes its pages smaller: no quotes where HTML does not need them. ``quoted`` gives them as they were before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from discord_export import Who, at, snowflake

HEAD = """<!DOCTYPE html><html lang=en><head><title>Allotments - seeds</title><meta charset=utf-8>\
<style>.chatlog__message-container{background-color:transparent}.preamble{display:grid}</style>\
<script>function scrollToMessage(event,id){document.getElementById('chatlog__message-container-'+id)}</script>\
</head><body><div class=preamble><div class=preamble__guild-icon-container>\
<img class=preamble__guild-icon src=https://example.org/0.png alt="Guild icon" loading=lazy></div>\
<div class=preamble__entries-container>"""


@dataclass(frozen=True)
class Said:
    """One message of a group. ``inside`` is HTML that stands in place of the text, ``after`` what stands behind it."""

    moment: datetime
    native: str
    words: str
    inside: str = ""
    after: str = ""
    reply: str = ""
    edited: str = ""


def said(number: int, words: str, *, moment: datetime | None = None, native: str = "", **others: str) -> Said:
    """A message with the id of its moment."""
    sent = moment or at(number)
    return Said(sent, native or snowflake(sent, number % 4096), words, **others)


def shown(moment: datetime) -> str:
    """The short time, in English."""
    hour = moment.hour % 12 or 12
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment.minute:02d} {'PM' if moment.hour > 11 else 'AM'}"


def long(moment: datetime) -> str:
    """The long time, in English."""
    hour = moment.hour % 12 or 12
    half = "PM" if moment.hour > 11 else "AM"
    return f"{moment:%A}, {moment:%B} {moment.day}, {moment.year} {hour}:{moment.minute:02d} {half}"


def container(native: str, inside: str, pinned: str = "") -> str:
    """The element that is one message."""
    return (
        f"<div id=chatlog__message-container-{native} class={pinned or 'chatlog__message-container'}"
        f" data-message-id={native}><div class=chatlog__message>{inside}</div></div>"
    )


def message(who: Who, one: Said, *, first: bool) -> str:
    """One message; the first of a group has a header."""
    aside = '<img class=chatlog__avatar src="https://example.org/a.png?size=512" alt=Avatar loading=lazy>'
    head = (
        f"{one.reply}<div class=chatlog__header><span class=chatlog__author style=color:rgb(230,126,34)"
        f' title="{escape(who[1].lower())}" data-user-id={who[0]}>{escape(who[1])}</span> <span'
        f' class=chatlog__timestamp title="{long(one.moment)}"><a href=#chatlog__message-container-{one.native}>'
        f"{shown(one.moment)}</a></span></div>"
    )
    if not first:
        short = shown(one.moment).partition(" ")[2]
        aside = f'<div class=chatlog__short-timestamp title="{long(one.moment)}">{short}</div>'
        head = ""
    text = one.inside or escape(one.words)
    mark = f'<span class=chatlog__edited-timestamp title="{one.edited}">(edited)</span>' if one.edited else ""
    content = (
        f'<div class="chatlog__content chatlog__markdown"><span class=chatlog__markdown-preserve>{text}</span>'
        f"{mark}</div>"
        if text
        else ""
    )
    return container(
        one.native,
        f"<div class=chatlog__message-aside>{aside}</div>"
        f"<div class=chatlog__message-primary>{head}{content}{one.after}</div>",
    )


def reply_to(native: str, words: str = "The gate is open") -> str:
    """What an answer says of the message it answers."""
    return (
        '<div class=chatlog__reply><img class=chatlog__reply-avatar src="https://example.org/a.png" alt=Avatar'
        " loading=lazy><div class=chatlog__reply-author title=priya>Priya</div><div class=chatlog__reply-content>"
        f"<span class=chatlog__reply-link onclick=\"scrollToMessage(event,'{native}')\">{words}</span></div></div>"
    )


def group(who: Who, messages: Sequence[Said]) -> str:
    """What one account said within a few minutes."""
    inside = "".join(message(who, one, first=index == 0) for index, one in enumerate(messages))
    return f"<div class=chatlog__message-group>{inside}</div>"


def notice(who: Who, one: Said, icon: str, words: str) -> str:
    """A group with an act of the platform."""
    inside = (
        f"<div class=chatlog__message-aside><svg class=chatlog__system-notification-icon><use href=#{icon}></use></svg>"
        f"</div><div class=chatlog__message-primary><span class=chatlog__system-notification-author"
        f" title={who[1].lower()} data-user-id={who[0]}>{who[1]}</span> <span> </span> <span"
        f" class=chatlog__system-notification-content>{words}</span> <span class=chatlog__system-notification-timestamp"
        f' title="{long(one.moment)}"><a href=#chatlog__message-container-{one.native}>{shown(one.moment)}</a></span>'
        "</div>"
    )
    return f"<div class=chatlog__message-group>{container(one.native, inside)}</div>"


def page(
    groups: Sequence[str],
    count: int,
    *,
    entries: Sequence[str] = ("Direct Messages", "Group / Allotment"),
    zone: str = "<div class=postamble__entry>Timezone: UTC+00:00</div>",
) -> bytes:
    """The whole page."""
    said_first = "".join(f"<div class=preamble__entry>{escape(entry)}</div>" for entry in entries)
    foot = f"<div class=postamble><div class=postamble__entry>Exported {count:,} message(s)</div>{zone}</div>"
    head = f'{HEAD}{said_first}</div></div>\n\n<div class="chatlog">\n\n'
    return (head + "\n".join(groups) + "\n\n</div>\n\n" + foot + "</body></html>\n").encode()


def quoted(made: bytes) -> bytes:
    """With quotes around every value, as the program wrote before it made its pages smaller."""
    return re.sub(rb'(?<= )([a-z-]+)=([^"\s<>]+)(?=[ >])', rb'\1="\2"', made)


def older(moment: datetime) -> str:
    """The time on pages from before the spring of 2022."""
    return f"{moment:%d-%b-%y %I:%M %p}"


def older_group(who: Who, messages: Sequence[Said], reference: str = "") -> str:
    """A group as it was before: one header, and below it bare messages."""
    inside = "".join(
        f'<div class="chatlog__message" data-message-id="{one.native}" id="message-{one.native}" '
        f'title="Message sent: {older(one.moment)}">\n<div class="chatlog__content">\n<div class="markdown">\n'
        f'<span class="preserve-whitespace">{one.inside or escape(one.words)}</span>\n</div>\n</div>\n'
        f"{one.after}</div>\n"
        for one in messages
    )
    return (
        f'<div class="chatlog__message-group">\n{reference}<div class="chatlog__author-avatar-container">\n'
        '<img alt="Avatar" class="chatlog__author-avatar" loading="lazy" src="https://example.org/a.png?size=128"/>\n'
        f'</div>\n<div class="chatlog__messages">\n<span class="chatlog__author-name" data-user-id="{who[0]}" style="" '
        f'title="{escape(who[1].lower())}#0001">{escape(who[1])}</span>\n<span class="chatlog__timestamp">'
        f"{older(messages[0].moment)}</span>\n{inside}</div>\n</div>"
    )


def talk(
    *groups: str, count: int | None = None, entries: Sequence[str] = ("Direct Messages", "Group / Allotment")
) -> bytes:
    """A page of these groups, with the number of their messages."""
    number = sum(group.count(" data-message-id=") for group in groups)
    return page(groups, number if count is None else count, entries=entries)
