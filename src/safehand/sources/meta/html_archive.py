"""Facebook's archives of until 2017: every thread of an account on one page, or one thread on a page of its own.

    html/messages.htm, messages/123.html
    <h1>Priya</h1>
    <div class="thread">Priya, Tom                                         who takes part; then newest first
      <div class="message"><div class="message_header">
        <span class="user">Tom</span><span class="meta">Friday, October 4, 2013 at 10:05pm PDT</span></div></div>
      <p>The seed potatoes are in</p>
    </div>

Each ``thread`` is a conversation. The same people may have several: Facebook went on with a long thread in another one,
and gave some twice, and nothing tells which is which. So none are joined. A name may be an address with an account's
number, ``100001@facebook.com``: it is kept as it stands, and nobody is taken for its owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.html_blocks import Block
from safehand.sources.html_tokens import plain
from safehand.sources.html_windows import Blocks, End, Head, scan_blocks
from safehand.sources.meta.html_layout import ARCHIVE_OPENING
from safehand.sources.meta.html_message import read_archived
from safehand.sources.meta.html_survey import Samples
from safehand.sources.meta.html_teller import Teller, plain_archived
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.meta.survey import Survey
from safehand.sources.places import read_again
from safehand.sources.thread import Thread

_WHEN: Final = re.compile(rb'<span class="meta"[^<>]*>([^<>]{6,100})<')
_THREAD: Final = b'<div class="thread"'
_PAIR: Final = 2
_LONGEST_TITLE: Final = 16_384


@dataclass(slots=True)
class _Found:
    """One thread, once its page was walked."""

    survey: Survey
    title: str | None = None
    members: tuple[str, ...] = ()
    span: Span | None = None
    samples: Samples = field(default_factory=Samples)

    @property
    def newest_first(self) -> bool:
        """The platform's way, unless its times run the other."""
        return self.survey.falls >= self.survey.rises


@dataclass(slots=True)
class _Archive:
    """A page, once walked."""

    threads: list[_Found] = field(default_factory=list)
    owner: str | None = None
    is_cut: bool = False


def read_archive(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the one file of ``claim``, in the order of the page."""
    times = PageTimes(desk.options.zone, desk.options.zone_by)
    for file in claim.files:
        archive = _walk(file, desk, times)
        last = len(archive.threads) - 1
        for index, found in enumerate(archive.threads):
            thread = Thread(_opened(claim, desk.next_conversation(), file, found))
            yield thread.opened
            for name in found.members:
                thread.name(name, name, found.span).declared = True
            if archive.owner is not None and (archive.owner in found.members or not found.members):
                thread.name(archive.owner, archive.owner, found.span, is_owner=True)
            teller = Teller(times, thread, plain_archived, read_archived)
            spans = found.survey.spans
            for pieces in read_again(file, spans, window=desk.options.window, reverse=found.newest_first):
                yield from teller.block(pieces, file.id)
            thread.doubt(Doubt.TRUNCATED_FILE, int(archive.is_cut and index == last))
            yield thread.closed(_notes(found, thread, archive))


def _walk(file: SourceFile, desk: ReadingDesk, times: PageTimes) -> _Archive:
    archive = _Archive()
    ledger, window = desk.ledger(file), desk.options.window
    for event in scan_blocks(file, ledger, ARCHIVE_OPENING, window=window, follows=b"p"):
        match event:
            case Head(raw=bytes(raw)):
                archive.owner = _owner_of(raw)
            case Blocks():
                _take(archive, file, event, times)
            case End(truncated=truncated):
                archive.is_cut = truncated
                _end_thread(archive, times)
            case _:
                pass
    if not archive.threads:  # a page without any is a conversation without messages, so that its account is told
        archive.threads.append(_Found(Survey(file, None)))
    return archive


def _take(archive: _Archive, file: SourceFile, batch: Blocks, times: PageTimes) -> None:
    for index, (start, end, raw) in enumerate(batch.rows()):
        if raw.startswith(_THREAD):
            batch.tell(index, SegmentKind.METADATA)
            _end_thread(archive, times)
            archive.threads.append(_thread_of(file, start, end, raw))
            continue
        if not archive.threads:  # a message before the first thread: damage
            archive.threads.append(_Found(Survey(file, None)))
        found = archive.threads[-1]
        found.survey.spans.add_one(start, end)
        found.samples.take((raw,), partial(_see, found.survey, times))


def _end_thread(archive: _Archive, times: PageTimes) -> None:
    """No more of the last thread comes."""
    if archive.threads:
        found = archive.threads[-1]
        found.samples.end(partial(_see, found.survey, times))


def _see(survey: Survey, times: PageTimes, raw: bytes) -> None:
    when = _WHEN.search(raw)
    if when is not None:
        survey.see(times.read(plain(when[1])[0].strip()).order)


def _thread_of(file: SourceFile, start: int, end: int, raw: bytes) -> _Found:
    """A thread begins: its line says who takes part, or how it is called."""
    block = Block(raw)
    own = block.root.own_text()
    title = "\n".join(part for part in (own, *(one.text() for one in block.root.children())) if part)
    members = tuple(name for name in own.split(", ") if name)
    return _Found(Survey(file, None), title[:_LONGEST_TITLE] or None, members, Span(file.id, start, end))


def _owner_of(head: bytes) -> str | None:
    """Whose archive it is: ``<h1>``, where the title says the same."""
    block = Block(head)
    heading, title = block.find(name="h1"), block.find(name="title")
    name = "" if heading is None else heading.text()
    return name if name and title is not None and title.text().startswith(f"{name} - ") else None


def _opened(claim: Claim, ident: str, file: SourceFile, found: _Found) -> ConversationOpened:
    # Two may be all that is left of a group, and nothing else tells.
    kind = ConversationKind.GROUP if len(found.members) > _PAIR else ConversationKind.UNKNOWN
    span = found.span if found.title else None
    return ConversationOpened(ident, "messenger", claim.form, found.title, kind, (file.id,), title_span=span)


def _notes(found: _Found, thread: Thread, archive: _Archive) -> Iterator[str]:
    survey = found.survey
    if survey.falls != survey.rises:
        way = "newest" if found.newest_first else "oldest"
        yield f"The thread has the {way} message first: its times say so."
    elif len(survey.spans) > 1:
        yield "The times do not tell which message is older; it was read as the platform writes: the newest first."
    if Doubt.ZONE_UNKNOWN in thread.doubts:
        yield "Beside the times stand letters for a zone, or none: letters are several zones, and none is assumed."
    if len(archive.threads) > 1:
        yield "The page has several threads. Two of the same people may be one, or one twice: nothing tells."
