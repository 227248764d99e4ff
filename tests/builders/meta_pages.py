"""Meta's pages, made for tests: allotments, in the layouts that Instagram and Messenger have written since 2018.

page("Priya", [said("Priya", "Apr 23, 2022 10:03 am", "The gate is open")])         b"<html>…"

Blocks stand in a page in the order in which they are given: the platforms give the newest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

_STYLE = "<style>._a6-g{background:#fff}._a6-h{font-weight:700}._a6-o{color:#8d949e}</style>"


@dataclass(frozen=True)
class Layout:
    """The elements and classes of one time."""

    block: tuple[str, str]
    sender: tuple[str, str]
    body: str
    time: tuple[str, str]
    inner_time: str
    reactions: str
    times: str
    """As GNU's strftime has it: ``%-I`` is the hour without its zero, ``%P`` am or pm in small letters."""

    def when(self, at: datetime) -> str:
        """A moment as these pages write it."""
        hour, half = str(int(at.strftime("%I"))), at.strftime("%p")
        return at.strftime(self.times.replace("%-I", hour).replace("%P", half.lower()))


INSTAGRAM = Layout(
    ("div", "pam _3-95 _2ph- _a6-g uiBoxWhite noborder"), ("h2", "_3-95 _2pim _a6-h _a6-i"), "_3-95 _a6-p",
    ("div", "_3-94 _a6-o"), "", "_a6-q", "%b %d, %Y %-I:%M %P",
)  # fmt: skip
"""Since about 2023."""
INSTAGRAM_2020 = Layout(
    ("div", "pam _3-95 _2ph- _a6-g uiBoxWhite noborder"), ("div", "_3-95 _2pim _a6-h _a6-i"), "_3-95 _a6-p",
    ("div", "_3-94 _a6-o"), "", "_a6-q", "%b %d, %Y, %-I:%M %p",
)  # fmt: skip
MESSENGER = Layout(
    ("section", "_3-95 _a6-g"), ("h2", "_2ph_ _a6-h _a6-i"), "_2ph_ _a6-p",
    ("footer", "_3-94 _a6-o"), '<div class="_a72d">', "_a6-q", "%b %d, %Y %-I:%M:%S %P",
)  # fmt: skip
"""Since about 2024."""
MESSENGER_2018 = Layout(
    ("div", "pam _3-95 _2pi0 _2lej uiBoxWhite noborder"), ("div", "_3-96 _2pio _2lek _2lel"), "_3-96 _2let",
    ("div", "_3-94 _2lem"), "", "_tqp", "%d %b %Y, %H:%M",
)  # fmt: skip
LAYOUTS = {
    "Instagram": INSTAGRAM,
    "Instagram 2020": INSTAGRAM_2020,
    "Messenger": MESSENGER,
    "Messenger 2018": MESSENGER_2018,
}


def words(text: str) -> str:
    """As people write it, as the platforms escape it."""
    return escape(text).replace("&#x27;", "&#039;").replace("\n", "<br />")


def said(
    name: str | None,
    when: str | None,
    text: str = "",
    *parts: str,
    layout: Layout = INSTAGRAM,
    raw: str = "",
) -> str:
    """A message. ``parts`` stand behind the text, each in an element of its own."""
    block, classes = layout.block
    inside = "".join(f"<div>{part}</div>" for part in parts) or "<div></div><div></div>"
    who = "" if name is None else _element(layout.sender, words(name))
    body = f'<div class="{layout.body}"><div><div></div><div>{raw or words(text)}</div>{inside}</div></div>'
    closing = "</div>" if layout.inner_time else ""
    at = "" if when is None else _element(layout.time, f"{layout.inner_time}{when}{closing}")
    return f'<{block} class="{classes}">{who}{body}{at}</{block}>'


def archived(name: str, when: str, text: str = "", *, raw: str = "") -> str:
    """A message as archives of until 2017 have it: ``raw`` in place of its paragraph."""
    return (
        f'<div class="message"><div class="message_header"><span class="user">{words(name)}</span>'
        f'<span class="meta">{when}</span></div></div>{raw or f"<p>{words(text)}</p>"}'
    )


def archive(owner: str, *threads: tuple[str, Sequence[str]]) -> bytes:
    """A page of threads: of each the line that says who takes part, and its messages."""
    told = "".join(f'<div class="thread">{words(who)}{"".join(blocks)}</div>' for who, blocks in threads)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />'
        f"<title>{words(owner)} - Messages</title></head><body>"
        f'<div class="nav"><ul><li><a href="../index.htm">Profile</a></li><li class="selected">Messages</li></ul></div>'
        f'<div class="contents"><h1>{words(owner)}</h1><div>{told}</div></div></body></html>'
    ).encode()


def header(text: str, layout: Layout = INSTAGRAM) -> str:
    """A block that stands before the messages: ``Participants: Priya and Tom``."""
    block, classes = layout.block
    return f'<{block} class="{classes}">{_element(layout.sender, words(text))}</{block}>'


def photo(address: str) -> str:
    return f'<div><a target="_blank" href="{address}"><img src="{address}" class="_a6_o _3-96" /></a></div>'


def player(address: str, element: str = "video") -> str:
    click = f'<a target="_blank" href="{address}"><div>Click for {element}:</div></a>'
    return f'<div><{element} src="{address}" controls="1" class="_a6_o _3-96">{click}</{element}></div>'


def shared(link: str, *beside: str) -> str:
    lines = "".join(f"<div>{words(line)}</div>" for line in beside)
    return f'<div><div>{lines}<div><a target="_blank" href="{link}">{link}</a></div></div></div>'


def reactions(*lines: str, layout: Layout = INSTAGRAM) -> str:
    """``("❤️Tom", "😂Priya<span> (Apr 23, 2022 5:32 pm)</span>")``"""
    inside = "".join(f"<li><span>{line}</span></li>" for line in lines)
    return f'<ul class="{layout.reactions}">{inside}</ul>'


def page(title: str, blocks: Sequence[str], *, before: str = "", after: str = "") -> bytes:
    """A whole page."""
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><base href="../../../../" />'
        f'<title>{words(title)}</title>{_STYLE}</head><body class="_5vb_ _2yq _a7o5">'
        f'<div class="_li"><div class="_a705">'
        f'<header class="_as-_ _a70a"><div class="_a70d"><h1>{words(title)}</h1></div></header>{before}'
        f'<main class="_a706" role="main">{"".join(blocks)}</main>{after}</div></div></body></html>'
    ).encode()


def _element(kind: tuple[str, str], inside: str) -> str:
    name, classes = kind
    return f'<{name} class="{classes}">{inside}</{name}>'
