"""A thread of Meta's pages: every page walked once to account for its bytes, then read again oldest message first.

    ConversationOpened(platform="instagram", form="instagram/thread-html", title="Priya", section="inbox", …)
    Message(number=1, …)          the last block of the page with the highest number
    …
    ConversationClosed(participants=…, doubts=…, notes=…)

In which order the pages are read, and from which end, is decided as for the JSON: by their times (order.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import orjson

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.meta.html_message import read_block
from safehand.sources.meta.html_survey import Page, survey_page
from safehand.sources.meta.html_teller import Teller, plain_block
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.meta.layout import EITHER, Form, place_of
from safehand.sources.meta.order import Order, order_of
from safehand.sources.meta.people import PLACEHOLDERS
from safehand.sources.places import read_again
from safehand.sources.thread import Thread

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
    for part in order.parts:
        file = part.survey.file
        bare = pages[file.id].is_bare
        teller = Teller(times, thread, plain_block, partial(read_block, bare=bare))
        for pieces in read_again(file, part.survey.spans, window=desk.options.window, reverse=part.reverse):
            yield from teller.block(pieces, file.id)
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
    for minutes in sorted({page.head_offset for page in pages if page.head_offset is not None}):
        sign, ahead = "-" if minutes < 0 else "+", abs(minutes)
        yield (
            f"The head of the pages gives a moment in UTC and by a clock that stood at UTC{sign}{ahead // 60:02d}:"
            f"{ahead % 60:02d} then; that the times of messages are of this clock is not said."
        )
    if any(account.name in PLACEHOLDERS for account in thread.accounts.values()):
        yield "Meta gives all accounts that no longer exist one name; more than one account may stand behind it."
