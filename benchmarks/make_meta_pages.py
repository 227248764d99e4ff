"""A thread of Messenger's and Instagram's pages, of any length, newest first: the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

NAMES = ("Priya", "Tom", "Zoë 🌻")
TEXTS = (
    "The seed potatoes are in &amp; the gate is open",
    "Plot 7 is dug<br />and the kettle is on",
    "Is the 10:15 on time today?",
)
BEGIN = datetime(2023, 1, 4, 9, 2, 11, tzinfo=UTC)

HEAD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><base href="../../../../" />'
    "<title>Allotment</title><style>._a6-g{background:#fff}</style></head>"
    '<body class="_5vb_ _2yq _a7o5"><div class="_li"><div class="_a705"><header class="_as-_ _a70a">'
    '<div class="_a70d"><h1>Allotment</h1></div></header><main class="_a706" role="main">'
)
TAIL = "</main></div></div></body></html>"

INSTAGRAM = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{name}</h2>'
    '<div class="_3-95 _a6-p"><div><div></div><div>{text}</div><div></div><div></div>{more}</div></div>'
    '<div class="_3-94 _a6-o">{at:%b %d, %Y} {hour}:{at:%M} {half}</div></div>'
)
MESSENGER = (
    '<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">{name}</h2>'
    '<div class="_2ph_ _a6-p"><div><div></div><div>{text}</div><div></div><div></div>{more}</div></div>'
    '<footer class="_3-94 _a6-o"><div class="_a72d">{at:%b %d, %Y} {hour}:{at:%M:%S} {half}</div></footer></section>'
)
REACTION = '<div><ul class="_a6-q"><li><span>❤️Tom</span></li></ul></div>'
PHOTO = (
    '<div><div><a target="_blank" href="your_instagram_activity/messages/inbox/allotment_1/photos/{n}.jpg">'
    '<img src="your_instagram_activity/messages/inbox/allotment_1/photos/{n}.jpg" class="_a6_o _3-96" /></a>'
    "</div></div>"
)
REEL = (
    '<div><div><div><div>How to dig</div><div>digger</div><div><a target="_blank" href="https://example.org/reel/{n}">'
    "https://example.org/reel/{n}</a></div></div></div></div>"
)


def make_meta_pages(path: Path, messages: int, block: str = INSTAGRAM) -> None:
    """Write ``messages`` of them: every tenth passes something on, every twelfth has a reaction, a few have a photo."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        for number in range(messages, 0, -1):
            at = BEGIN + timedelta(seconds=37 * number)
            more = REACTION if number % 12 == 0 else PHOTO.format(n=number) if number % 40 == 0 else ""
            if number % 10 == 7:
                more += REEL.format(n=number)
            out.write(
                block.format(
                    name=NAMES[number // 3 % 3],
                    text=TEXTS[number % 3],
                    more=more,
                    at=at,
                    hour=at.hour % 12 or 12,
                    half="am" if at.hour < 12 else "pm",
                )
            )
        out.write(TAIL)


def make_meta_archive(path: Path, messages: int) -> None:
    """The same in one thread of an archive of until 2017, without reactions."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("<html><head><title>Priya - Messages</title></head><body><h1>Priya</h1><div>")
        out.write(f'<div class="thread">{", ".join(NAMES)}')
        for number in range(messages, 0, -1):
            at = BEGIN + timedelta(seconds=37 * number)
            out.write(
                f'<div class="message"><div class="message_header"><span class="user">{NAMES[number // 3 % 3]}</span>'
                f'<span class="meta">{at:%A, %B} {at.day}, {at.year} at {at:%H:%M} UTC+01</span></div></div>'
                f"<p>{TEXTS[number % 3]}</p>"
            )
        out.write("</div></div></body></html>")
