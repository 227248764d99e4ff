"""The summary of a reading: who, how many, from when to when and by whose clock, and what is missing or in doubt.

    Conversation 1: WhatsApp, whatsapp/android-txt
      Title       Allotment
      Messages    1,204
      From        2019-01-03 07:12   chat.txt, bytes 0 to 83
      To          2019-03-09 22:27   chat.txt, bytes 93,211 to 93,280
      Clock       the device's own; the source does not say its zone
      Wrote       Priya 602 · Tom 598
      In doubt    zone_unknown 1,204: it gives a clock reading and no zone

Only what is asked of every message is kept: the first and the last, and how many rest on which clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.cli.account import account_value
from safehand.cli.messages_json import local_text, utc_text
from safehand.cli.say import counted, shown
from safehand.cli.words import CLOCKS, DOUBTS
from safehand.model.canonical import Json
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.instant import MICRO, Basis, Instant, Precision
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import Capture

SCHEMA: Final = "safehand.summary/1"

_PEOPLE: Final = 12
"""Participants named in the summary for people; --json names all."""

_FILES: Final = 10
"""Files of which nothing was read, in the summary; a download of a whole account has hundreds. --account names all."""

_STRETCHES: Final = 10
"""Unparsed stretches named for a file; --account names all."""


_DAY: Final = 86_400 * MICRO - 1
_DIGITS: Final = {Precision.DAY: 10, Precision.MINUTE: 16}
"""Characters of ``2026-01-09 22:27:01`` that the source gave; it gave the rest where it is not listed."""


@dataclass(slots=True)
class Summary:
    """A conversation as it goes by."""

    opened: ConversationOpened
    closed: ConversationClosed | None = None
    earliest: Message | None = None
    latest: Message | None = None
    first: Message | None = None
    last: Message | None = None
    """As they are told: where none has a time, they say where it begins and ends."""
    bases: Counter[Basis] = field(default_factory=Counter)
    zones: set[tuple[str | None, str | None]] = field(default_factory=set)
    _first: int = 1 << 80
    _last: int = -1 << 80

    def add(self, message: Message) -> None:
        """One more message."""
        sent = message.sent
        self.first = self.first or message
        self.last = message
        self.bases[sent.basis] += 1
        if sent.zone is not None:
            self.zones.add((sent.zone, sent.zone_by))
        key = _key(sent)
        if key is None:
            return
        # A day begins before everything of that day and ends after it: neither makes it the first or the last.
        end = key + _DAY if sent.precision is Precision.DAY else key
        if end < self._first:
            self.earliest, self._first = message, end
        if key >= self._last:
            self.latest, self._last = message, key


def summaries_of(events: Iterable[Event]) -> list[Summary]:
    """A summary of every conversation."""
    found: list[Summary] = []
    for event in events:
        if type(event) is Message:
            found[-1].add(event)
        elif type(event) is ConversationOpened:
            found.append(Summary(event))
        elif type(event) is ConversationClosed:
            found[-1].closed = event
    return found


def summary_value(summaries: list[Summary], accounts: tuple[FileAccount, ...], capture: Capture) -> dict[str, Json]:
    """The summary as JSON."""
    closed = [one.closed for one in summaries if one.closed is not None]
    return {
        **account_value(closed, accounts, capture),
        "schema": SCHEMA,
        "conversations": [_conversation_value(one) for one in summaries],
    }


def summary_lines(summaries: list[Summary], accounts: tuple[FileAccount, ...], capture: Capture) -> Iterator[str]:
    """The summary for people, line by line."""
    for one in summaries:
        yield from _conversation_lines(one)
        yield ""
    if not summaries:
        yield "No conversation stands in what was given: it is a part of an export that speaks of others."
        yield ""
    yield "Bytes"
    unread = [account for account in accounts if not account.is_read]
    told = {account.file for account in unread[:_FILES]}
    for account in accounts:
        if account.is_read or account.file in told:
            yield from _file_lines(account)
    if len(unread) > _FILES:
        rest = counted(sum(account.bytes for account in unread[_FILES:]), "byte")
        yield f"  and {len(unread) - _FILES:,} more files of which nothing was read, {rest}: see --account"
    yield from _listed_lines(capture)


def when_text(sent: Instant) -> str:
    """When a message was sent, in the words of its own clock."""
    if sent.utc is not None:
        return f"{_reading_text(sent.utc, sent)} UTC"
    if sent.local is not None:
        return _reading_text(sent.local, sent)
    known = [_reading_text(reading.local, sent) for reading in sent.alternatives]
    return " or ".join(dict.fromkeys(known)) or shown(sent.raw)


def _key(sent: Instant) -> int | None:
    key = sent.order_key()
    return sent.alternatives[0].local if key is None and sent.alternatives else key


def _reading_text(micros: int | None, sent: Instant) -> str:
    text = local_text(micros, sent.precision)
    if text is None:
        return shown(sent.raw)
    return text.replace("T", " ")[: _DIGITS.get(sent.precision)]


def _conversation_lines(one: Summary) -> Iterator[str]:
    opened, closed = one.opened, one.closed
    yield f"Conversation {opened.id}: {opened.form}"
    if opened.title is not None:
        yield _line("Title", shown(opened.title))
    elif opened.native_id is not None:
        yield _line("Id", shown(opened.native_id))
    if opened.section is not None:
        yield _line("Stood in", shown(opened.section))
    if closed is None:
        return
    yield _line("Messages", f"{closed.messages:,}")
    yield from _ends(one)
    yield from (_line("Clock", words) for words in _clock_words(one))
    yield _line("Wrote", _people(closed.participants) or "nobody that the source names")
    if silent := _silent(closed.participants):
        yield _line("Members", silent)
    for doubt, count in closed.doubts:
        yield _line("In doubt", f"{doubt} {count:,}: {DOUBTS.get(doubt, '')}")
    yield from (_line("Note", shown(note)) for note in closed.notes)


def _ends(one: Summary) -> Iterator[str]:
    """From when to when, and where that stands; without any time, where it begins and ends."""
    for label, message in (("From", one.earliest), ("To", one.latest)):
        if message is not None:
            yield _line(label, f"{when_text(message.sent)}   {_place(message.span)}")
    if one.earliest is None:
        for label, message in (("First", one.first), ("Last", one.last)):
            if message is not None:
                yield _line(label, _place(message.span))


def _clock_words(one: Summary) -> Iterator[str]:
    for basis in Basis:
        if basis in one.bases:
            share = "" if len(one.bases) == 1 else f"{counted(one.bases[basis], 'message')}: "
            yield share + CLOCKS[basis]
    for zone, by in sorted(one.zones, key=str):
        yield f"read as {zone}, stated by: {by}"


def _people(participants: tuple[Participant, ...]) -> str:
    wrote = sorted((who for who in participants if who.messages), key=lambda who: -who.messages)
    names = _names(participants)
    return _named([f"{names[who.key]} {who.messages:,}" for who in wrote])


def _silent(participants: tuple[Participant, ...]) -> str:
    names = _names(participants)
    silent = [names[who.key] for who in participants if not who.messages]
    return f"{_named(silent)}: wrote nothing here" if silent else ""


def _names(participants: tuple[Participant, ...]) -> dict[str, str]:
    """What each account is called, by its key; two that are called alike have their keys beside the name."""
    names = {who.key: shown(who.names[0] if who.names else who.key) for who in participants}
    times = Counter(names.values())
    return {key: name if times[name] == 1 else f"{name} ({shown(key)})" for key, name in names.items()}


def _named(names: list[str]) -> str:
    more = len(names) - _PEOPLE
    return " · ".join([*names[:_PEOPLE], f"and {more:,} more"] if more > 0 else names)


def _file_lines(account: FileAccount) -> Iterator[str]:
    kinds = ", ".join(f"{tally.count:,} {kind}" for kind, tally in account.segments.items())
    yield f"  {shown(account.file)}: {counted(account.bytes, 'byte')}, {kinds or 'empty'}"
    yield f"    sha256 {account.sha256}"
    for gap in account.unparsed[:_STRETCHES]:
        yield f"    not read: bytes {gap.start:,} to {gap.end:,}: {shown(gap.reason)}"
    if len(account.unparsed) > _STRETCHES:
        yield f"    and {len(account.unparsed) - _STRETCHES:,} more stretches that could not be read: see --account"


def _listed_lines(capture: Capture) -> Iterator[str]:
    if capture.register:
        types = Counter(str(entry.type) for entry in capture.register)
        listed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(types.items()))
        yield f"  Listed by name and not opened: {listed}"
    for entry in capture.register:
        if entry.refused is not None:
            yield f"    {shown(entry.name)}: {shown(entry.refused)}"
    for note in capture.notes:
        yield f"  {shown(note.file)}: {shown(note.words)}"


def _conversation_value(one: Summary) -> dict[str, Json]:
    opened, closed = one.opened, one.closed
    return {
        "id": opened.id,
        "platform": opened.platform,
        "form": opened.form,
        "title": opened.title,
        "kind": str(opened.kind),
        "section": opened.section,
        "files": list(opened.files),
        "messages": 0 if closed is None else closed.messages,
        "earliest": _moment_value(one.earliest),
        "latest": _moment_value(one.latest),
        "first": _moment_value(one.first),
        "last": _moment_value(one.last),
        "clocks": {str(basis): count for basis, count in sorted(one.bases.items())},
        "zones": [{"zone": zone, "stated_by": by} for zone, by in sorted(one.zones, key=str)],
        "participants": [] if closed is None else [_participant_value(who) for who in closed.participants],
        "doubts": {} if closed is None else {str(doubt): count for doubt, count in closed.doubts},
        "notes": [] if closed is None else list(closed.notes),
    }


def _participant_value(who: Participant) -> dict[str, Json]:
    return {
        "key": who.key,
        "names": list(who.names),
        "messages": who.messages,
        "declared": who.declared,
        "is_owner": who.is_owner,
    }


def _moment_value(message: Message | None) -> Json:
    if message is None:
        return None
    sent, span = message.sent, message.span
    return {
        "number": message.number,
        "raw": sent.raw,
        "utc": utc_text(sent.utc, sent.precision),
        "local": local_text(sent.local, sent.precision),
        "basis": str(sent.basis),
        "span": {"file": span.file, "start": span.start, "end": span.end},
    }


def _place(span: Span) -> str:
    return f"{shown(span.file)}, bytes {span.start:,} to {span.end:,}"


def _line(label: str, words: str) -> str:
    return f"  {label:<11} {words}"
