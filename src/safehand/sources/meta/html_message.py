"""One message of Meta's pages: the bytes of a block in, a ``Draft`` out.

    <section class="_a6-g"><h2 class="_2ph_ _a6-h _a6-i">Priya</h2>
      <div class="_2ph_ _a6-p"><div><div></div><div>The seed potatoes are in</div></div></div>
      <footer class="_3-94 _a6-o"><div class="_a72d">Jun 01, 2025 3:31:29 pm</div></footer></section>

    Draft(sender="Priya", text="The seed potatoes are in", sent=…, kind=Kind.TEXT)

What is not read stands in ``extra``. A block without a name, or without a time, is a message all the same, and in
doubt: whose the name above it is, or whether a name was left out because it is the same, nothing tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Attachment, Call, Entity, Kind, Reaction, Share
from safehand.sources.html_blocks import Block, Element
from safehand.sources.meta import fields
from safehand.sources.meta.html_body import Body, read_body
from safehand.sources.meta.html_layout import BODY, SENDER, TIME
from safehand.sources.meta.html_reactions import reaction_of
from safehand.sources.meta.html_times import PageTimes, Timed, read_nothing
from safehand.sources.meta.kinds import is_by_platform, kind_of
from safehand.sources.meta.mojibake import Mending

_UNSENT: Final = "This message was unsent"
_DURATION: Final = re.compile(r"Duration: (\d{1,6}) (second|minute|hour)s?", re.ASCII)
_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600}

_DEEPEST: Final = 12
"""Elements around the parts of a message that are looked into: real pages have two."""


@dataclass(slots=True)
class Draft:
    """What a block says."""

    sender: str | None
    text: str | None
    sent: Instant
    kind: Kind
    doubts: tuple[Doubt, ...]
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    share: Share | None = None
    call: Call | None = None
    unread: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Parts:
    """The elements of a block."""

    sender: Element | None = None
    body: Element | None = None
    time: Element | None = None

    def find(self, element: Element, depth: int = 0) -> None:
        """Look for them in ``element``: the first of each."""
        for child in element.children():
            if self.sender is None and self.body is None and not SENDER.isdisjoint(child.classes):
                self.sender = child
            elif self.body is None and not BODY.isdisjoint(child.classes):
                self.body = child
            elif self.time is None and not TIME.isdisjoint(child.classes):
                self.time = child
            elif depth < _DEEPEST:
                self.find(child, depth + 1)


def read_block(raw: bytes, times: PageTimes, *, bare: bool = False) -> Draft:
    """What a block says. ``bare``: its parts have no class, and their order tells which they are."""
    block = Block(raw)
    parts = _bare_parts(block, times) if bare else _Parts()
    if not bare:
        parts.find(block.root)
    body = Body() if parts.body is None else _bare_body(parts) if bare else read_body(parts.body)
    return _draft(block, parts, body, times)


def _draft(block: Block, parts: _Parts, body: Body, times: PageTimes) -> Draft:
    """What was found in a block, put together. ``body`` is read already."""
    sender = parts.sender.text() or None if parts.sender is not None else None
    timed = read_nothing("") if parts.time is None else times.read(parts.time.text())
    if body.has_table and parts.time is None:
        timed = _time_in_table(body, times)
    reactions, doubts = _reactions(body, times)
    unread = [one for one in block.unread() if one[1] != "#"]
    kind, text, call = _kind(body, parts)
    if unread and kind is Kind.EMPTY:
        kind = Kind.UNKNOWN  # something stands there, and nobody knows what
    if unread or (body.has_table and sender is None):
        doubts.append(Doubt.FIELD_NOT_READ)
    if block.guessed or body.guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if sender is None:
        doubts.append(Doubt.SENDER_AMBIGUOUS)
    if text and (kind is Kind.DELETED or is_by_platform(text, kind, sender)):
        doubts.append(Doubt.TOOL_GENERATED_TEXT)
    return Draft(
        sender, text, timed.instant, kind, (*timed.doubts, *doubts), body.entities, tuple(body.attachments),
        tuple(reactions), body.share, call, unread,
    )  # fmt: skip


def read_archived(raw: bytes, times: PageTimes) -> Draft:
    """The same of a message in an archive of until 2017: who and when in spans, and what in paragraphs behind them."""
    block = Block(raw)
    user, meta = block.find("user", "span"), block.find("meta", "span")
    paragraphs: list[Element] = []
    for one in block.find_all(name="p"):
        if not paragraphs or one.index > paragraphs[-1].end:
            paragraphs.append(one)
    parts = _Parts(user, paragraphs[0] if paragraphs else None, meta)
    return _draft(block, parts, read_body(*paragraphs), times)


def information_of(raw: bytes) -> str | None:
    """The words of a block that stands before the messages; "" where it has none. None where it is a message.

    A message has what was said, or when. The list of members has neither.
    """
    block = Block(raw)
    parts = _Parts()
    parts.find(block.root)
    if parts.body is not None or parts.time is not None:
        return None
    return block.root.text()


def _kind(body: Body, parts: _Parts) -> tuple[Kind, str | None, Call | None]:
    """What kind of message it is, by the same rules as in Meta's JSON."""
    call = None
    if body.duration is not None:
        found = _DURATION.fullmatch(body.duration)
        call = Call(int(found[1]) * _SECONDS[found[2]] if found else None)
    draft = fields.Draft(Mending())
    draft.attachments, draft.share, draft.call = body.attachments, body.share, call is not None
    draft.unsent = body.text == _UNSENT
    whole = parts.body is not None and not (body.has_table and parts.sender is None)
    return kind_of(draft, body.text if whole else None, unknown=not whole), body.text, call


def _reactions(body: Body, times: PageTimes) -> tuple[list[Reaction], list[Doubt]]:
    """Each line of the list, as reaction_of reads it."""
    found: list[Reaction] = []
    for line in body.reactions:
        spans = list(line.find_all(name="span"))
        aside = spans[-1].peek() if len(spans) > 1 else ""
        found.append(reaction_of(line.text(), aside, times))
    # A word and a name, or a name alone: where the one ends nothing tells.
    return found, [Doubt.SENDER_AMBIGUOUS] if any(one.sender is None for one in found) else []


def _time_in_table(body: Body, times: PageTimes) -> Timed:
    """The time that stands in a cell, if one alone does."""
    found = [timed for timed in map(times.read, body.cells) if timed.is_read]
    return found[0] if len(found) == 1 else read_nothing("")


def _bare_parts(block: Block, times: PageTimes) -> _Parts:
    """The first element is who, the last when if it reads as a time, and what is between is what was said."""
    inner = list(block.root.children())
    time = inner[-1] if len(inner) > 1 and times.read(inner[-1].peek()).is_read else None
    return _Parts(inner[0] if inner else None, block.root, time)


def _bare_body(parts: _Parts) -> Body:
    taken = {one.index for one in (parts.sender, parts.time) if one is not None}
    inner = parts.body.children() if parts.body is not None else ()
    words = [text for one in inner if one.index not in taken and (text := one.text())]
    return Body(text="\n".join(words) or None)
