"""Pages as imessage-exporter writes them, built for tests: the layout of 2025, and that of 2024 without the links.

page(said(moment, "Priya", part("Hello")), said(moment, "Me", part("Hi"), guid="A1"))        bytes
"""

from __future__ import annotations

from datetime import datetime
from html import escape

from imessage_export import date

HEAD = (
    '<html>\n<head>\n<meta charset="UTF-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<style>\n.message { margin: 5px; }\n</style><link rel="stylesheet" href="style.css">\n</head>\n<body>\n'
)
FOOT = "</body></html>"


def page(*blocks: str) -> bytes:
    """A whole page."""
    return (HEAD + "".join(blocks) + FOOT).encode()


def part(text: str) -> str:
    """A bubble of words."""
    return f'<hr><div class="message_part">\n<span class="bubble">{escape(text)}</span>\n</div>\n'


def other(markup: str) -> str:
    """A part that is no bubble."""
    return f'<hr><div class="message_part">\n{markup}\n</div>\n'


def tapbacks(*lines: str, old: bool = False) -> str:
    """Reactions, each ``Loved by Tom``; in the words of 2024 if ``old``."""
    word = "reaction" if old else "tapback"
    told = "".join(
        f'<div class="{word}"><span class="{word}"><b>{value}</b> by {who}</span></div>\n'
        for value, _, who in (line.partition(" by ") for line in lines)
    )
    return f'<div class="{word}s"><hr><p>{word.capitalize()}s:</p>\n{told}\n</div>\n'


def replies(*inside: tuple[str, str]) -> str:
    """Replies below a part: the id and the message of each."""
    told = "".join(f'<div class="reply" id="{guid}">{message}</div>\n' for guid, message in inside)
    return f'<div class="replies">\n{told}</div>\n'


def said(
    moment: datetime,
    name: str,
    *parts: str,
    guid: str | None = None,
    sent: str = "",
    read: str = "",
    answers: str = "",
    before: str = "",
) -> str:
    """A message. ``sent``: the service, if the owner wrote it. ``answers``: "top" or "below", for a reply."""
    side = f"sent {sent}" if sent else "received"
    after = f"(Read by {read})" if read else ""
    when = date(moment)
    if guid is not None:
        when = f'<a title="Reveal in Messages app" href="sms://open?message-guid={guid}">{when}</a> {after}'
    elif after:
        when = f"{when} {after}"
    own = guid or "G"
    anchor = {"top": f'<a title="View in thread" href="#{own}">⇱</a>', "below": f'<a href="#r-{own}">⇲</a>'}
    reply = f'<span class="reply_anchor">{anchor[answers]}</span>\n' if answers else ""
    ident = f', id="r-{own}"' if answers == "top" else ""
    context = '<span class="reply_context">This message responded to an earlier message.</span>\n'
    return (
        f'<div class="message"{ident}>\n<div class="{side}">\n<p><span class="timestamp">{when}</span>\n{reply}'
        f'<span class="sender">{escape(name)}</span></p>\n{before}{"".join(parts)}'
        f"{context if answers == 'top' else ''}</div>\n</div>\n"
    )


def said_2026(moment: datetime, name: str, text: str, *, guid: str = "", sent: str = "") -> str:
    """The same message as a version of 2026 lays it out."""
    link = f'<a title="Reveal in Messages app" href="sms://open?message-guid={guid}">{date(moment)}</a>'
    return (
        f'<div class="message">\n    <div class="{f"sent {sent}" if sent else "received"}">\n        <p>\n'
        f'            <span class="timestamp">\n                {link}\n                \n            </span>\n'
        f'            \n            <span class="sender">{escape(name)}</span>\n        </p>\n        \n        \n'
        f'        <hr>\n<div class="message_part">\n    <span class="bubble">{escape(text)}</span>\n    </div>\n\n'
        "        \n        \n    </div>\n</div>\n"
    )


def event(moment: datetime, words: str) -> str:
    """A line of the tool's own."""
    return f'\n<div class ="announcement"><p><span class="timestamp">{date(moment)}</span> {words}</p></div>\n'
