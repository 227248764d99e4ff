"""Traces: keyed hashes of a reading, by which two packages are seen to have something in common.

    traces = Traces(key)
    for event in traces.of(events): …       the events go by as they came
    traces.found()                          {("account", "9f0c…"), ("words", "03ab…"), …}

An account is traced by the platform's own id, or by its number: a name alone may be anybody's. Of the messages of a
conversation those sixteen are traced whose hashes are the smallest, so that two exports of one conversation, of which
one may be a part of the other, choose the same ones. Short messages say too little: "see you at 4" is nobody's own.

Whoever has no key learns nothing from a trace; whoever has it can only ask of words or an account they have in mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from heapq import heappush, heapreplace
from typing import Final, TypeAlias

from safehand.analysis.accounts import RELATIVE
from safehand.analysis.prints import words_of
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.message import Kind, Message
from safehand.model.people import Participant

Trace: TypeAlias = tuple[str, str]
"""What it is of, ``account`` or ``words``, and 32 hexadecimal digits."""

ACCOUNT: Final = "account"
WORDS: Final = "words"

OF_A_CONVERSATION: Final = 16
"""Messages traced: of a conversation that is a quarter of the other's, four of them meet, and three are asked for."""

SHORTEST: Final = 40
"""Characters of a message that is traced: about a sentence, which two people hardly write alike by chance."""

MOST: Final = 20_000
"""Traces of one package: an archive of a thousand conversations. What is beyond is not traced, and nothing is lost."""

_NUMBER: Final = re.compile(r"\+[0-9]{8,15}")
_BETWEEN: Final = re.compile(r"[\s()\u00a0\u202a-\u202e\u2066-\u2069.\-]+")


class Traces:
    """What is traced of a reading, as it goes by."""

    def __init__(self, key: bytes) -> None:
        """``key`` has at most 64 bytes (BLAKE2b)."""
        self._key = key
        self._platform = ""
        self._least: list[int] = []
        self._found: set[Trace] = set()

    def of(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events, in the same order."""
        for event in events:
            match event:
                case Message():
                    self._message(event)
                case ConversationOpened():
                    self._platform, self._least = event.platform, []
                case ConversationClosed():
                    self._closed(event.participants)
            yield event

    def found(self) -> frozenset[Trace]:
        """The traces. Accounts first, where there are more than MOST."""
        return frozenset(sorted(self._found)[:MOST])

    def _message(self, message: Message) -> None:
        if message.text is None or len(message.text) < SHORTEST or message.kind not in (Kind.TEXT, Kind.MEDIA):
            return
        words = words_of(message)
        if len(words) < SHORTEST:
            return
        value = -int(self._digest(WORDS, words), 16)  # the heap gives its smallest, and what is let go is the largest
        if value in self._least:
            return
        if len(self._least) < OF_A_CONVERSATION:
            heappush(self._least, value)
        elif value > self._least[0]:
            heapreplace(self._least, value)

    def _closed(self, participants: Iterable[Participant]) -> None:
        self._found.update((WORDS, f"{-value:032x}") for value in self._least)
        for participant in participants:
            called = account_called(self._platform, participant)
            if called is not None and participant.messages:
                self._found.add((ACCOUNT, self._digest(ACCOUNT, called)))

    def _digest(self, what: str, words: str) -> str:
        said = f"{what}\0{words}".encode("utf-8", "surrogatepass")
        return blake2b(said, digest_size=16, key=self._key).hexdigest()


def account_called(platform: str, participant: Participant) -> str | None:
    """What is the same for this account in every export of the platform; None where only a name is known."""
    key = participant.key
    number = _BETWEEN.sub("", key)
    if _NUMBER.fullmatch(number):
        return f"number\0{number}"  # of whichever platform: it is one number
    if key in participant.names or key.casefold() in RELATIVE:
        return None
    return f"{platform}\0{key}"
