"""One conversation while it is read: messages are numbered, accounts counted, doubts gathered, the order watched.

    thread = Thread(ConversationOpened(…))
    yield thread.opened
    for … in the file:
        doubts = thread.take(key, name, sent, span, doubts)
        yield Message(thread.count, Kind.TEXT, name, text, sent, span, doubts, sender_id=key)
    yield thread.closed(notes)

Every source has the same conversation to tell, so what is the same of it stands here: ``take`` is called for each
message, before the message is made, and costs a tenth of what making it does. ``key`` tells accounts apart: the
platform's id where there is one, else the name, and None where the platform itself speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant, Precision
from safehand.model.people import Participant
from safehand.model.span import Span

_DAY: Final = 86_400 * MICRO
_NEVER: Final = 2**63
"""Later than any moment: whatever follows is looked at closely."""

_BACK: Final = (Doubt.OUT_OF_ORDER,)


class Account:
    """One account as it is being counted."""

    __slots__ = ("declared", "first_seen", "is_owner", "messages", "name", "names")

    def __init__(self, first_seen: Span | None) -> None:
        self.names: list[str] = []
        self.name: str | None = None
        """The last it was called."""
        self.messages = 0
        self.declared = False
        self.is_owner: bool | None = None
        self.first_seen = first_seen

    def called(self, name: str | None) -> None:
        """From here on it is called ``name``."""
        self.name = name
        if name is not None and name not in self.names:
            self.names.append(name)


class Thread:
    """What is known of a conversation so far."""

    __slots__ = ("_last", "_last_utc", "accounts", "count", "doubts", "opened")

    def __init__(self, opened: ConversationOpened) -> None:
        self.opened = opened
        self.count = 0
        """Messages so far: the number of the one that was just taken."""
        self.accounts: dict[str, Account] = {}
        """By key, in order of appearance."""
        self.doubts: Counter[Doubt] = Counter()
        self._last: Instant | None = None
        self._last_utc = _NEVER

    def take(
        self, key: str | None, name: str | None, sent: Instant, span: Span, doubts: tuple[Doubt, ...] = ()
    ) -> tuple[Doubt, ...]:
        """Count the next message. The doubts of it: those given, and out_of_order where its time runs back."""
        self.count += 1
        if key is not None:
            account = self.accounts.get(key)
            if account is None:
                account = self.accounts[key] = Account(span)
                account.called(name)
            elif account.name != name:
                account.called(name)
            account.messages += 1
        utc = sent.utc
        if utc is not None and self._last_utc <= utc:
            self._last_utc = utc
            self._last = sent
        elif sent.earliest is not None:
            if self._last is not None and runs_back(sent, self._last):
                doubts = (*doubts, *_BACK)
            self._last = sent
            self._last_utc = _NEVER if utc is None else utc
        for doubt in doubts:  # one or two: Counter.update would look at what it was handed first
            self.doubts[doubt] += 1
        return doubts

    def name(self, key: str, name: str | None, span: Span | None, *, is_owner: bool | None = None) -> Account:
        """The account that somebody named, or a list declares, without its having written there.

        Whoever asks sets ``declared`` where it is a list of members.
        """
        account = self.accounts.get(key)
        if account is None:
            account = self.accounts[key] = Account(span)
        account.called(name)
        if is_owner is not None:
            account.is_owner = is_owner
        return account

    def doubt(self, doubt: Doubt, count: int = 1) -> None:
        """Something is in doubt about the conversation as a whole."""
        self.doubts[doubt] += count

    def participants(self) -> tuple[Participant, ...]:
        """All accounts, in order of appearance."""
        return tuple(
            Participant(key, tuple(one.names), one.messages, one.declared, one.is_owner, one.first_seen)
            for key, one in self.accounts.items()
        )

    def closed(self, notes: Iterable[str] = ()) -> ConversationClosed:
        """The closing value. Notes are plain sentences, without names and without the text of messages."""
        found = tuple(sorted((doubt, count) for doubt, count in self.doubts.items() if count))
        return ConversationClosed(self.opened.id, self.count, self.participants(), found, tuple(notes))


def runs_back(sent: Instant, last: Instant) -> bool:
    """Whether ``sent`` is certainly earlier: by UTC, by readings of the same clock, or by the intervals."""
    if sent.earliest is None or last.latest is None:
        return False
    if sent.utc is not None and last.utc is not None:
        return sent.utc < last.utc
    if sent.utc is None and last.utc is None and sent.local is not None and last.local is not None:
        # A day is earlier when all of it is.
        return sent.local < last.local and (sent.precision is not Precision.DAY or sent.local + _DAY <= last.local)
    return sent.latest is not None and last.earliest is not None and sent.latest < last.earliest
