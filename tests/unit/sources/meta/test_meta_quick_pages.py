"""The short way through Meta's pages gives what the long way gives, or leaves it to that."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from meta_pages import INSTAGRAM, LAYOUTS, MESSENGER, MESSENGER_2018, photo, reactions, said, shared
from safehand.model.conversation import ConversationKind, ConversationOpened
from safehand.model.span import Span
from safehand.sources.meta.html_message import read_block
from safehand.sources.meta.html_teller import Teller, plain_block
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.thread import Thread

FOLDER = "your_instagram_activity/messages/inbox/priya_1/"
REEL = shared("https://example.org/reel/1?a=1&amp;b=2", "How to dig", "digger")
AT_TEN = datetime(2022, 4, 3, 10, 3, tzinfo=UTC)
OPENED = ConversationOpened("1", "instagram", "instagram/thread-html", None, ConversationKind.UNKNOWN, ())


def teller() -> Teller:
    return Teller(PageTimes(), Thread(OPENED), plain_block, read_block)


texts = st.text(st.sampled_from("aB é🥕\n\t&<>\"'\u00a0\u202f.—"), max_size=12)


notices = st.sampled_from(
    ["Liked a message", "x sent an attachment.", "You sent an attachment.", "This message was unsent"]
)
parts = st.sampled_from(
    [
        reactions("❤️Tom"),
        reactions("❤Zoë &amp; Tom<span> (Apr 23, 2022 5:32 pm)</span>", "😆🌻 (Jun 01, 2025 3:32:01 pm)"),
        reactions("👍Tom<span> (gestern)</span>", "wowTom"),
        f"<div>{reactions('❤️')}</div>",
        photo(f"{FOLDER}photos/1.jpg"),
        photo("messages/stickers_used/ü 1.png"),
        photo("https://example.org/1.png"),
        photo("//example.org/1.png"),
        f"<div>{photo('photos/1.jpg')}{photo('photos/2.jpg')}</div>",
        '<a target="_blank" href="a.jpg"><img src="b.jpg" /></a>',
        shared("https://example.org/?a=1&amp;copy=2", "How to <dig>\nand “water”", "digger & co"),
        shared("https://example.org/1", " ", "a title"),
        shared("https://example.org/1"),
        shared("https://example.org/1", "one", "two", "three"),
        shared("https://example.org/1&#039;", "one"),
        '<div><div><a target="_blank" href="https://example.org/2">see &amp; dig</a></div></div>',
        '<div><a target="_blank" href="https://example.org/3">https://example.org/3</a></div>',
        '<div><div><a target="_blank" href="https://example.org/2"> </a></div></div>',
        '<div><div><a target="_blank" href="https://\0example.org/?a&amp;b">x</a></div></div>',
        '<div><a target="_blank" href="1.jpg"><img src="1.jpg" class="\udce4" /></a></div>',
        "",
    ]
)


@given(
    name=texts,
    text=texts | notices,
    more=st.lists(parts, max_size=3),
    layout=st.sampled_from(sorted(LAYOUTS)),
    moment=st.datetimes(timezones=st.just(UTC)),
    breaks=st.sampled_from(["<br />", "<br/>", "<br>", "<br >"]),
)
def test_the_quick_way_gives_what_the_long_way_gives(
    name: str, text: str, more: list[str], layout: str, moment: datetime, breaks: str
) -> None:
    chosen = LAYOUTS[layout]
    made = said(name.replace("\n", " "), chosen.when(moment), text, *more, layout=chosen)
    raw = made.replace("<br />", breaks).encode("utf-8", "surrogateescape")
    span = Span("a", 0, len(raw))
    quick, long = teller().plain(raw, span), teller().any(raw, span)
    assert quick in (None, long)


def test_the_commonest_message_goes_the_quick_way() -> None:
    for layout in (INSTAGRAM, MESSENGER, MESSENGER_2018):
        raw = said("Tom", layout.when(AT_TEN), "Beans &\npeas", layout=layout).encode()
        assert teller().plain(raw, Span("a", 0, len(raw))) is not None
        for part in (
            reactions("❤️Tom", "😆Zoë<span> (Apr 23, 2022 5:32 pm)</span>"),
            photo(f"{FOLDER}photos/1.jpg"),
            REEL,
        ):
            raw = said("Tom", layout.when(AT_TEN), "Beans", part, layout=layout).encode()
            assert teller().plain(raw, Span("a", 0, len(raw))) is not None
