"""What a desk may tell a holder: a closed list, in data/holder-messages.json, and nothing else.

    MESSAGES["call_in_danger"].title            "Call 999 if a child is in danger"

A police desk must never task a holder (domain.md 2.4): whoever keeps a talk going because police asked may become a
source under the law, and the evidence may be lost. So the list is closed, no route takes free text, and a message in
which a holder would be asked to do something with the other person (tasking.py) cannot be loaded at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

import msgspec

from safehand.errors import UsageError
from safehand.seal.sentences import with_sentences
from safehand.seal.tasking import tasking_in


class HolderMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message."""

    id: str
    title: str
    lines: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    about: tuple[str, ...]
    messages: tuple[HolderMessage, ...]


def parse_holder_messages(data: bytes) -> Mapping[str, HolderMessage]:
    """The messages by id. UsageError for a message that tasks, or for two of one id."""
    messages = msgspec.convert(with_sentences(msgspec.json.decode(data)), type=_File).messages
    for message in messages:
        tasks = [verb for words in (message.title, *message.lines) for verb in tasking_in(words)]
        if tasks:
            raise UsageError(
                f"The message {message.id} asks a holder to do something with the other person: {tasks[0]}."
            )
    if len({message.id for message in messages}) != len(messages):
        raise UsageError("Two messages to holders have one id.")
    return MappingProxyType({message.id: message for message in messages})


MESSAGES: Final = parse_holder_messages(
    resources.files("safehand.seal").joinpath("data/holder-messages.json").read_bytes()
)
RECEIVED: Final = MESSAGES["received"].id
"""Told by the desk itself when it has a report."""

NOT_OPENED: Final = MESSAGES["not_opened"].id
"""Told by the desk itself when what came cannot be opened: its holder would wait for an answer that never comes."""

FINISHED: Final = MESSAGES["finished"].id
"""The last one: its holder is told that the report is finished."""
