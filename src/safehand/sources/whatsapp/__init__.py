"""WhatsApp text exports: ``_chat.txt`` and ``WhatsApp Chat with NAME.txt``, in every form phones write.

    04/01/2023, 19:02 - Priya: the seed potatoes are in

Two passes, neither of which holds more than a window and one message. survey.py looks at the whole file and decides
what no line can say alone (style, order of day and month, names); reading.py cuts it into messages. What is known of
the format, and from where, is NOTES.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.sources.contract import Claim, ReadingDesk, Source, SourceFile
from safehand.sources.whatsapp.claim import SOURCE_ID, claim
from safehand.sources.whatsapp.reading import ChatReader
from safehand.sources.whatsapp.survey import Survey, survey
from safehand.sources.whatsapp.wordings import title_of

CAPS: Final = (40_000, 10_000)
"""Messages an export holds at most, without media and with (WhatsApp's help pages; formats.md 1.1). Older ones are cut
off without a notice."""

_NEAR_CAP: Final = 100
"""An export this near below or above a cap is likely to have been cut: the cap was seen to be kept loosely."""


def read(found: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """Read the claimed files, one conversation each."""
    # Chained, not nested: a million events that pass through three generators cost a tenth of a second in each.
    return chain.from_iterable(chain.from_iterable(_read_one(file, found.form, desk) for file in found.files))


def _read_one(file: SourceFile, form: str, desk: ReadingDesk) -> Iterator[Sequence[Event]]:
    surveyed = survey(file, desk.options)
    reader = ChatReader(file, surveyed, desk.ledger(file), desk.options)
    if surveyed.main is None:
        # Not a chat after all: no conversation, and an account that says so.
        yield from reader.batches()
        return
    opened = desk.next_conversation()
    kind = ConversationKind.GROUP if surveyed.group else ConversationKind.UNKNOWN
    yield (ConversationOpened(opened, SOURCE_ID, form, title_of(file.name), kind, (file.id,)),)
    yield from reader.batches()
    yield (_closed(opened, reader, surveyed),)


def _closed(opened: str, reader: ChatReader, surveyed: Survey) -> ConversationClosed:
    doubts: Counter[Doubt] = reader.doubts()
    notes = list(surveyed.notes)
    # True of every file of this form: a line typed or pasted in the file's own style is a message to any reader.
    doubts[Doubt.FORGED_POSSIBLE] += 1
    notes.append("This form is plain text: a message pasted or typed in the file's own style cannot be told from one.")
    if any(abs(reader.count - cap) <= _NEAR_CAP for cap in CAPS):
        doubts[Doubt.CLIPPED_AT_CAP] += 1
        notes.append("The number of messages is close to the most an export holds: older ones may be missing.")
    if surveyed.encoding.codec:
        notes.append("The file is written in UTF-16.")
    people = reader.participants()
    if any(who.is_owner for who in people):
        notes.append(
            "Whose export it is rests on words that WhatsApp shows to the account itself, for a message that it "
            "deleted. Anybody can type them."
        )
    return ConversationClosed(opened, reader.count, people, tuple(sorted(doubts.items())), tuple(notes))


SOURCE: Final = Source(SOURCE_ID, "WhatsApp", claim, read)
"""The row of the table."""
