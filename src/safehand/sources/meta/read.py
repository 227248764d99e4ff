"""A thread, read: every file of it walked once to account for its bytes, then read again oldest message first.

    ConversationOpened(platform="messenger", form="messenger/thread-json", title="Tom", section="inbox", …)
    Message(number=1, …)          the last object of the part with the highest number
    …
    ConversationClosed(participants=…, doubts=…, notes=…)

(1) survey each file  (2) decide their order  (3) open  (4) read each part from the end its times begin at  (5) close
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.json_events import Trouble
from safehand.sources.meta.decode import Decoder
from safehand.sources.meta.html_archive import read_archive
from safehand.sources.meta.html_read import read_pages
from safehand.sources.meta.layout import EITHER, Form, place_of
from safehand.sources.meta.mojibake import Mending
from safehand.sources.meta.order import Order, Part, order_of
from safehand.sources.meta.people import People
from safehand.sources.meta.survey import Survey, survey
from safehand.sources.meta.thread import Thread, thread_of
from safehand.sources.places import read_again
from safehand.sources.repeats import Repeats

_REPEATED: Final = (Doubt.DUPLICATE_OF,)


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The one conversation of ``claim``."""
    platform, _, form = claim.form.partition("/")
    if form == Form.PAGES:
        yield from read_pages(claim, desk)
        return
    if form == Form.ARCHIVE:
        yield from read_archive(claim, desk)
        return
    surveys = []
    for file in claim.files:  # (1)
        place = place_of(file.name)
        surveys.append(survey(file, None if place is None else place.number, desk))
    order = order_of(surveys, Form(form))  # (2)
    mending = Mending()
    people = People(mending)
    thread = thread_of([part.survey for part in reversed(order.parts)], people, mending)
    ident = desk.next_conversation()
    yield _opened(ident, claim, platform, order, thread, people)  # (3)
    decoder = Decoder(Form(form), mending, people)
    doubts: Counter[Doubt] = Counter()
    number = 0
    for block in _blocks(order.parts, decoder, desk.options.window):  # (4)
        number += len(block)
        for message in block:
            for doubt in message.doubts:
                doubts[doubt] += 1
        yield from block
    for doubt, count in (*order.doubts, *thread.doubts(), *_damage(surveys)):
        doubts[doubt] += count
    notes = [*_about_platform(platform), *order.notes, *thread.notes(), *_about_files(surveys)]
    notes += [*_about_names(people), *_about_strings(mending)]
    yield ConversationClosed(ident, number, people.participants(), tuple(sorted(doubts.items())), tuple(notes))  # (5)


def _opened(
    ident: str, claim: Claim, platform: str, order: Order, thread: Thread, people: People
) -> ConversationOpened:
    places = [place_of(part.survey.file.name) for part in order.parts]
    sections = [place.section for place in places if place is not None and place.section is not None]
    extra = ", ".join(f'"{key}": {value}' for key, value in thread.extra_items())
    return ConversationOpened(
        ident,
        platform,
        claim.form,
        thread.title,
        thread.kind(people),
        tuple(part.survey.file.id for part in order.parts),
        sections[0] if sections else thread.section,
        thread.path,
        thread.title_span,
        f"{{{extra}}}" if extra else None,
    )


def _blocks(parts: Sequence[Part], decoder: Decoder, window: int) -> Iterator[list[Message]]:
    """The messages in reading order, a block at a time."""
    befores = [0, *accumulate(part.survey.count for part in parts)]

    def bytes_of(number: int) -> bytes:
        which = bisect_left(befores, number) - 1
        part = parts[which]
        place = number - 1 - befores[which]
        start, end = part.survey.spans[part.survey.count - 1 - place if part.reverse else place]
        with part.survey.file.open() as stream:
            stream.seek(start)
            return stream.read(end - start)

    seen, read_message = Repeats(bytes_of).seen, decoder.message
    number = 0
    for part in parts:
        file = part.survey.file
        for pieces in read_again(file, part.survey.spans, window=window, reverse=part.reverse):
            block = []
            for number, (start, end, raw) in enumerate(pieces, number + 1):  # noqa: B020  it goes on counting
                if not raw.startswith(b"{"):
                    raise CannotRead(
                        "The file changed while it was being read.",
                        where=file.id,
                        todo="Close the program that writes it and read it again.",
                    )
                doubts = _REPEATED if seen(raw, number) else ()
                block.append(read_message(raw, number, Span(file.id, start, end), doubts))
            yield block


def _damage(surveys: Sequence[Survey]) -> list[tuple[Doubt, int]]:
    """Doubts about files: cut off, or with a key that stands there twice."""
    cut = sum(Trouble.TRUNCATED in one.troubles for one in surveys)
    repeated = sum(one.repeated > 0 for one in surveys)
    found = [(Doubt.TRUNCATED_FILE, cut), (Doubt.FIELD_REPEATED, repeated)]
    return [(doubt, count) for doubt, count in found if count]


def _about_platform(platform: str) -> list[str]:
    if platform != EITHER:
        return []
    return ["Messenger and Instagram write this form alike, and nothing here tells which of the two it is."]


def _about_files(surveys: Sequence[Survey]) -> list[str]:
    damaged = sum(one.is_damaged for one in surveys)
    bare = sum(not one.found and not one.is_damaged for one in surveys)
    notes = []
    if damaged:
        notes.append(f"{_of(damaged, surveys)} bytes that could not be read; the account of bytes says where.")
    if bare:
        notes.append(f"{_of(bare, surveys)} no list of messages.")
    return notes


def _of(count: int, surveys: Sequence[Survey]) -> str:
    return "The file has" if len(surveys) == 1 else f"Of the {len(surveys)} files, {count} have"


def _about_names(people: People) -> list[str]:
    if not people.has_placeholder():
        return []
    return ["Meta gives all accounts that no longer exist one name; more than one account may stand behind it."]


def _about_strings(mending: Mending) -> list[str]:
    """How the strings were written, where it is not the same throughout: then a repair may have gone too far."""
    if not mending.repaired or not (mending.right or mending.refused):
        return []
    mixed = "Some strings were repaired, and others were written rightly or cannot be repaired"
    return [f"{mixed}: where a repaired text matters, compare it with the original."]
