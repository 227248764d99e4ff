"""The case of desk_cast with a chat in it at which rules point: ages, a meeting, a secret, and a passage in Polish.

talk(ready, ("Kim", "im 13 btw"), ("Sam", "wanna meet up"))      its case file is built again, of this one conversation
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from casefile_builders import account_of
from desk_cast import Ready
from indicator_lines import TOKENS, events, said
from safehand.analysis.indicators.lists import WordList
from safehand.casefile.build import build
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.model.conversation import ConversationClosed, Event
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.sources.contract import FileInMemory

CHAT: Final = (
    ("Kim", "hiya are the beans up"),
    ("Sam", "they are. how old r u"),
    ("Kim", "im 13 btw"),
    ("Sam", "ok. dont tell ur mum about the shed"),
    ("Kim", "why"),
    ("Sam", "wanna meet up saturday by the shed"),
    ("Kim", "no i dont want to"),
    ("Sam", "my football kit is in the wash"),
)
POLISH: Final = tuple(("Ola", "nie wiem czy jutro przyjde na dzialke") for _ in range(20))


def talk(ready: Ready, *lines: tuple[str, str] | tuple[str, str, int], words: WordList | None = TOKENS) -> None:
    """Build the case file again, of this talk."""
    file = FileInMemory("chat.txt", "chat.txt", b"0123456789" * 100)
    path, key = case_file_path(ready.case), case_key(ready.case)
    build(path, key, _named(events(said(*lines))), [file], lambda: (account_of(file),), words=words)


def _named(made: Iterable[Event]) -> Iterator[Event]:
    """The same, with everybody who wrote named at its end, as a source does."""
    wrote: Counter[str] = Counter()
    for event in made:
        if isinstance(event, Message):
            wrote[event.sender or ""] += 1
        if isinstance(event, ConversationClosed):
            people = tuple(Participant(name, (name,), count) for name, count in wrote.items())
            yield ConversationClosed(event.id, event.messages, people)
        else:
            yield event
