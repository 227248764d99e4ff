"""Events of a known shape that hold something else than words in one stretch: more stretches, files, a call, who came.

    {…, "hangout_event": {"event_type": "END_HANGOUT", "hangout_duration_secs": "56", …}, …}

What read_message tells of them, without looking at what is around: the shape has proved that it says nothing new.
"""

from __future__ import annotations

from typing import Final

from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.hangouts.head import Head
from safehand.sources.hangouts.message import ACTIONS, USUAL, call_of, kind_of, moment_of
from safehand.sources.hangouts.plain import State
from safehand.sources.hangouts.segments import Said, read_said
from safehand.sources.hangouts.shapes import Held
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

_SAID: Final = "chat_message"
_CALL: Final = "hangout_event"


def read_held(
    event: Held, span: Span, head: Head, silent: State | None, seen: SeenNames, thread: Thread
) -> Message | None:
    """The next message of ``thread``; None for what needs a closer look.

    ``silent`` is the state that says no more than whose account it is.
    """
    state, (talk, who, digits, _, event_id, stood, kind_word) = event.shaped
    action, native, sender, sent = kind_word.decode(), event_id.decode(), who.decode(), moment_of(digits.decode())
    said = read_said(event.value) if event.key == _SAID else Said()
    if talk.decode() != head.native_id or sent is None or action not in ACTIONS or not said.known:
        return None
    if not seen.add(native):
        return None
    call = call_of(event.value if event.key == _CALL else None, action)
    kind = kind_of(said, call, action)
    kept = [] if state is not None and state == silent else [stood]
    if event.key != _SAID or not said.whole:
        kept.insert(0 if event.first else len(kept), event.spelled)
    name = head.names.get(sender)
    doubts = thread.take(sender, name, sent, span)
    return Message(
        thread.count,
        kind,
        name,
        said.text,
        sent,
        span,
        doubts,
        sender,
        native,
        action=None if action == USUAL and kind not in (Kind.CALL, Kind.SYSTEM) else action,
        attachments=said.attachments,
        call=call,
        entities=said.entities,
        extra=f"{{{b', '.join(kept).decode()}}}" if kept else None,
    )
