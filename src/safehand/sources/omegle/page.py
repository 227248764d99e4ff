"""Omegle's log as it was saved as a web page.

    <div id="header"><h1>… conversation log</h1><h2>2011-05-02</h2></div><div id="log">
    <div class="logitem"><p class="statuslog">You're now chatting with a random stranger. Say hi!</p></div>
    <div class="logitem"><p class="strangermsg"><strong class="msgsource">Stranger:</strong> hi</p></div>
    <div class="logitem"><div class="question"><div class="questionHeading">Question to discuss:</div>
     <div class="questionText">Which bread?</div></div></div>

Here words cannot pass for a line of the other: what is pasted stands inside of one element. The file can still be
changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from safehand.model.conversation import Event
from safehand.model.message import Entity, Kind, Message
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.html_blocks import Block, Element, extra_of
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks
from safehand.sources.omegle.talk import Talk
from safehand.sources.omegle.wordings import status_of

_OPENING: Final = re.compile(rb'<div class="logitem"')
_DATE: Final = re.compile(rb"<h2>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*</h2>")
_SPEAKER: Final = re.compile(r"(You|Stranger(?: [12])?):")


def read_page(file: SourceFile, desk: ReadingDesk, form: str) -> Iterator[Event]:
    """The one conversation of the page."""
    talk: Talk | None = None
    truncated = False
    ledger = desk.ledger(file)
    for event in scan_blocks(file, ledger, _OPENING, window=desk.options.window):
        match event:
            case Head(raw=raw):
                date = _DATE.search(raw) if raw is not None else None
                talk = Talk(form, file.id, desk, date[1].decode() if date else None)
                yield talk.thread.opened
            case Blocks() if talk is not None:
                yield from _batch(event, talk)
            case Skipped() if talk is not None:
                talk.unread += 1
            case End(truncated=truncated):
                pass
            case _:
                pass
    if talk is None:
        talk = Talk(form, file.id, desk, None)
        yield talk.thread.opened
    yield talk.closed(truncated=truncated)


def _batch(batch: Blocks, talk: Talk) -> Iterator[Message]:
    for index, (start, end, raw) in enumerate(batch.rows()):
        message = _item(Block(raw), start, end, talk)
        if message.kind is Kind.SYSTEM:
            batch.tell(index, SegmentKind.EVENT)
        yield message


def _item(block: Block, start: int, end: int, talk: Talk) -> Message:
    source = block.find("msgsource")
    line = block.find("youmsg") or block.find("strangermsg")
    speaker = _SPEAKER.match(_peek(block, source)) if source is not None and line is not None else None
    for link in block.find_all(name="a"):
        link.attribute("href")  # an entity says it
    if line is None or speaker is None:
        content = block.root.content()
        action = "question" if block.find("question") else status_of(content.text.encode()) or "notice"
        return talk.told(action, (content.text, content.guessed), start, end, _extra(block))
    content = line.content()
    at = max(0, content.text.find(speaker[0]))
    before = [("before the name", words)] if (words := content.text[:at].strip(" \n")) else []
    skip = at + len(speaker[0]) if content.text.startswith(speaker[0], at) else 0
    skip += len(content.text[skip:]) - len(content.text[skip:].lstrip(" \n"))
    marks = tuple(
        Entity(one.start - skip, one.end - skip, one.type, one.target) for one in content.entities if one.start >= skip
    )
    return talk.said(speaker[1], (content.text[skip:], content.guessed), start, end, marks, _extra(block, before))


def _extra(block: Block, before: Sequence[tuple[str, str]] = ()) -> str | None:
    unread = [*before, *block.unread()]
    return extra_of(unread) if unread else None


def _peek(block: Block, source: Element | None) -> str:
    """What the name says; whether it counts as read is settled by the line around it."""
    return "" if source is None else block.words(source.index).strip()
