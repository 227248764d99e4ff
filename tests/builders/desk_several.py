"""The case of desk_cast with several conversations in it.

case_of(ready, ((PRIYA, known(START), "im 13 btw"),), ((SAM, device(START), "beans"),))      who, when, what
"""

from __future__ import annotations

from collections.abc import Sequence

from casefile_builders import Made, conversation, message
from desk_cast import Ready
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.model.instant import Instant
from safehand.model.people import Participant

Chat = Sequence[tuple[str, Instant, str]]


def case_of(ready: Ready, *chats: Chat) -> Ready:
    """The case file built again, of these conversations. Nobody has an id: a name is another account in each."""
    events = [
        event
        for at, chat in enumerate(chats, 1)
        for event in conversation(
            [message(n, words, sent=sent, sender=who) for n, (who, sent, words) in enumerate(chat, 1)],
            str(at),
            participants=people_of(chat),
        )
    ]
    Made(events, data=b"0123456789" * 10).build(case_file_path(ready.case), case_key(ready.case))
    return ready


def people_of(chat: Chat) -> tuple[Participant, ...]:
    """Everybody who wrote, as a source names them at the end."""
    names = dict.fromkeys(who for who, _, _ in chat)
    return tuple(Participant(name, (name,), sum(who == name for who, _, _ in chat)) for name in names)
