"""Reading Signal's files in tests."""

from __future__ import annotations

from safehand.model.conversation import ConversationClosed, Event
from safehand.model.message import Message
from safehand.sources.contract import Capture, Certainty, FileInMemory, Probe, ReadOptions
from safehand.sources.reading import Reading
from safehand.sources.signal import SOURCE


def read(data: bytes, name: str, zone: str | None = None) -> tuple[list[Event], Reading]:
    """Everything that is told of one file."""
    reading = Reading(
        Capture((FileInMemory(name, name, data),)), ReadOptions(zone=zone, zone_by="holder" if zone else None)
    )
    return list(reading.events()), reading


def messages_of(data: bytes, name: str, zone: str | None = None) -> list[Message]:
    """The messages alone; every byte must have been read."""
    events, reading = read(data, name, zone)
    (account,) = reading.accounts()
    assert account.unparsed == ()
    return [event for event in events if isinstance(event, Message)]


def closed_of(data: bytes, name: str) -> ConversationClosed:
    """The closing value of the last conversation."""
    return [event for event in read(data, name)[0] if isinstance(event, ConversationClosed)][-1]


def claimed(data: bytes, name: str) -> tuple[str, Certainty] | None:
    """The form it is claimed as, and how surely."""
    claims = SOURCE.claim((Probe(FileInMemory(name, name, data), data),))
    return (claims[0].form, claims[0].certainty) if claims else None
