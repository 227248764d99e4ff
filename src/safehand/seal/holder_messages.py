"""What a desk may tell a holder: a closed list, in data/holder-messages.json, and nothing else.

    MESSAGES["call_in_danger"].title            "Call 999 if a child is in danger"
    tasking_in("Ask him where he lives")  ["ask"]

A police desk must never task a holder (domain.md 2.4): whoever keeps a talk going because police asked may become a
source under the law, and the evidence may be lost. So the list is closed, no route takes free text, and a message in
which a holder would be asked to do something with the other person cannot be loaded at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

import msgspec

from safehand.errors import UsageError

_TASKS: Final = re.compile(
    r"\b(?:"
    r"ask(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|repl(?:y|ies) to|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?"
    r"|talk(?:s|ed|ing)?|chat(?:s|ted|ting)? (?:to|with)"
    r"|keep (?:on )?(?:talking|chatting|writing|going|in touch|them|him|her)"
    r"|carry on|continue|go on (?:with|talking|writing)|stay in (?:touch|contact)|string (?:them|him|her) along"
    r"|writ(?:e|es|ing) (?:to|back)|text (?:them|him|her|back)|message (?:them|him|her|back)|contact (?:them|him|her)"
    r"|arrang(?:e|es|ed|ing)|set up|meet(?:s|ing)? (?:them|him|her|up)|agree to|invite|suggest|offer"
    r"|find out|get (?:them|him|her) to|try to get|lead (?:them|him|her)|pretend(?:s|ing)?|pose|act as"
    r"|film|record|screenshots?|photograph|follow (?:them|him|her)|watch (?:them|him|her)|look for|search for"
    r"|befriend|add (?:them|him|her)|call (?:them|him|her)|ring (?:them|him|her)|block|warn|confront"
    r")\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+|\n+")
_FORBIDS: Final = re.compile(r"(?:please )?do not\b", re.IGNORECASE)
_AFTER_ALL: Final = re.compile(r"\b(?:but|instead|unless|until|except|then|only)\b", re.IGNORECASE)


class HolderMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message."""

    id: str
    title: str
    lines: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    about: tuple[str, ...]
    messages: tuple[HolderMessage, ...]


def tasking_in(words: str) -> list[str]:
    """The verbs in ``words`` that would have a holder do something with the other person.

    A sentence that forbids ("Do not write to them") tasks nobody, unless it goes on with a but.
    """
    found: list[str] = []
    for sentence in _SENTENCE.split(words):
        forbids = _FORBIDS.match(sentence.strip())
        if forbids is None or _AFTER_ALL.search(sentence):
            found += [verb[0].lower() for verb in _TASKS.finditer(sentence)]
    return found


def parse_holder_messages(data: bytes) -> Mapping[str, HolderMessage]:
    """The messages by id. UsageError for a message that tasks, or for two of one id."""
    messages = msgspec.json.decode(data, type=_File).messages
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

FINISHED: Final = MESSAGES["finished"].id
"""The last one: its holder is told that the report is finished."""
