"""A thread of Meta's pages: every page walked once to account for its bytes, then read again oldest message first.

    ConversationOpened(platform="instagram", form="instagram/thread-html", title="Priya", section="inbox", …)
    Message(number=1, …)          the last block of the page with the highest number
    …
    ConversationClosed(participants=…, doubts=…, notes=…)

In which order the pages are read, and from which end, is decided as for the JSON: by their times (order.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

import orjson

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.html_blocks import extra_of
from safehand.sources.html_text import LAYOUT
from safehand.sources.meta.html_message import read_block
from safehand.sources.meta.html_plain import PLAIN
from safehand.sources.meta.html_survey import Page, survey_page
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.meta.kinds import DOUBTFUL_ENDINGS
from safehand.sources.meta.layout import EITHER, Form, place_of
from safehand.sources.meta.order import Order, order_of
from safehand.sources.meta.people import PLACEHOLDERS
from safehand.sources.places import Piece, read_again
from safehand.sources.thread import Thread

_TEXT: Final = Kind.TEXT
_TOLD: Final = (*DOUBTFUL_ENDINGS, "This message was unsent")
_PAIR: Final = 2


def read_pages(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The one conversation of ``claim``."""
    times = PageTimes(desk.options.zone, desk.options.zone_by)
    pages: dict[str, Page] = {}
    for file in claim.files:
        place = place_of(file.name)
        pages[file.id] = survey_page(file, None if place is None else place.number, desk, times)
    order = order_of([page.survey for page in pages.values()], Form.PAGES)
    newest_first = [pages[part.survey.file.id] for part in reversed(order.parts)]
    thread = Thread(_opened(claim, desk.next_conversation(), order, newest_first))
    yield thread.opened
    for page in newest_first:
        for name in page.members:
            thread.name(name, name, page.members_span).declared = True
    reader = _Reader(times, thread)
    for part in order.parts:
        file = part.survey.file
        bare = pages[file.id].is_bare
        for pieces in read_again(file, part.survey.spans, window=desk.options.window, reverse=part.reverse):
            yield from reader.block(pieces, file.id, bare=bare)
    for doubt, count in (*order.doubts, (Doubt.TRUNCATED_FILE, sum(page.is_cut for page in pages.values()))):
        thread.doubt(doubt, count)
    yield thread.closed([*_about_platform(claim), *order.notes, *_notes(newest_first, thread, times)])


def _opened(claim: Claim, ident: str, order: Order, pages: Sequence[Page]) -> ConversationOpened:
    platform, _, _ = claim.form.partition("/")
    places = [place for part in order.parts if (place := place_of(part.survey.file.name)) is not None]
    place = next((place for place in places if place.section is not None), None)
    titled = next((page for page in pages if page.title), None)
    lines = list(dict.fromkeys(line for page in pages for line in page.lines))
    return ConversationOpened(
        ident,
        platform,
        claim.form,
        titled.title if titled else None,
        _kind_of(titled.title if titled else None, next((page.members for page in pages if page.members), ())),
        tuple(part.survey.file.id for part in order.parts),
        place.section if place else None,
        f"{place.section}/{place.slug}" if place and place.slug else None,
        titled.title_span if titled else None,
        orjson.dumps({"head": lines}).decode("utf-8") if lines else None,
    )


def _kind_of(title: str | None, members: Sequence[str]) -> ConversationKind:
    if len(members) > _PAIR:
        return ConversationKind.GROUP
    # A conversation of two is called by the other's name. A group that shrank to two has a name of its own.
    if len(members) == _PAIR and title in members:
        return ConversationKind.DIRECT
    return ConversationKind.UNKNOWN


class _Reader:
    """Reads the messages of one thread, one after another."""

    def __init__(self, times: PageTimes, thread: Thread) -> None:
        self._times = times
        self._thread = thread

    def block(self, pieces: Sequence[Piece], file: str, *, bare: bool) -> list[Message]:
        """Several messages, in the order in which they are told."""
        found = []
        for start, end, raw in pieces:
            if not raw.startswith(b"<"):
                raise CannotRead(
                    "The file changed while it was being read.",
                    where=file,
                    todo="Close the program that writes it and read it again.",
                )
            span = Span(file, start, end)
            found.append(self._plain(raw, span) or self._any(raw, span, bare=bare))
        return found

    def _plain(self, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        plain = PLAIN.fullmatch(raw)
        if plain is None:
            return None
        _, _, name, text, _, when, otherwise = plain.groups()
        try:
            sender, words = name.decode("utf-8"), text.decode("utf-8")
            raw_time = (otherwise if when is None else when).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if "<" in words:
            words = words.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n")
        sender, words, raw_time = sender.strip(LAYOUT), words.strip(LAYOUT), raw_time.strip(LAYOUT)
        if "&" in words:
            words = unescape(words)
        if "&" in sender:
            sender = unescape(sender)
        if (
            not sender
            or not words
            or "&" in raw_time
            or words.endswith(_TOLD)
            or words[0] in LAYOUT
            or words[-1] in LAYOUT
        ):
            return None
        timed = self._times.read(raw_time)
        if timed.instant.earliest is None:
            return None
        doubts = self._thread.take(sender, sender, timed.instant, span, timed.doubts)
        return Message(self._thread.count, _TEXT, sender, words, timed.instant, span, doubts)

    def _any(self, raw: bytes, span: Span, *, bare: bool) -> Message:
        draft = read_block(raw, self._times, bare=bare)
        doubts = self._thread.take(draft.sender, draft.sender, draft.sent, span, draft.doubts)
        for one in draft.reactions:
            if one.sender is not None:
                self._thread.name(one.sender, one.sender, span)
        return Message(
            self._thread.count,
            draft.kind,
            draft.sender,
            draft.text,
            draft.sent,
            span,
            doubts,
            attachments=draft.attachments,
            reactions=draft.reactions,
            share=draft.share,
            call=draft.call,
            entities=draft.entities,
            extra=extra_of(draft.unread) if draft.unread else None,
        )


def _about_platform(claim: Claim) -> list[str]:
    if not claim.form.startswith(f"{EITHER}/"):
        return []
    return ["Messenger and Instagram write this form alike, and nothing here tells which of the two it is."]


def _notes(pages: Sequence[Page], thread: Thread, times: PageTimes) -> Iterator[str]:
    skipped = sum(page.skipped for page in pages)
    if skipped:
        yield f"Stretches that are longer than any message: {skipped}. The account of bytes says where."
    if times.zones:
        yield f"Beside times stands a zone, in {len(times.zones)} spelling{'s' if len(times.zones) > 1 else ''}."
    if Doubt.ZONE_UNKNOWN in thread.doubts:
        yield (
            "The times are those of a clock that the pages do not name: neither the account's own zone nor UTC can be "
            "taken for granted. The same download as JSON has its times in UTC."
        )
    if any(account.name in PLACEHOLDERS for account in thread.accounts.values()):
        yield "Meta gives all accounts that no longer exist one name; more than one account may stand behind it."
