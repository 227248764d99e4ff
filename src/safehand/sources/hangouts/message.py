"""One event of Hangouts of any kind. The plain ones are read by read.py's short way.

    {"event_type": "HANGOUT_EVENT", "hangout_event": {"event_type": "END_HANGOUT", "hangout_duration_secs": "56", …}, …}
        → Message(kind=CALL, action="HANGOUT_EVENT", call=Call(seconds=56, outcome="END_HANGOUT"))

What the model has no place for stands verbatim in ``extra``. Nothing is dropped, except what is the same for every
event and says nothing: that it was not off the record, that it came by Hangouts, that its version is its time.
"""

from __future__ import annotations

from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Call, Kind, Message
from safehand.model.span import Span
from safehand.sources.hangouts.head import Head, key_of
from safehand.sources.hangouts.segments import Said, read_said
from safehand.sources.json_draft import Draft
from safehand.sources.json_fields import Odd
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

MARKS: Final = frozenset({"timestamp", "event_id", "event_type", "chat_message", "hangout_event"})
"""An object with none of these is no event."""

_READ: Final = frozenset({"timestamp", "event_id", "event_type", "chat_message", "sender_id", "conversation_id"})
_KEPT: Final = frozenset({
    "self_event_state", "advances_sort_timestamp", "event_otr", "delivery_medium", "event_version", "persisted",
    "hangout_event", "membership_change", "conversation_rename", "otr_modification", "group_link_sharing_modification",
    "expiration_timestamp", "otr_status", "medium_type",
})  # fmt: skip
SILENT: Final[dict[str, Any]] = {
    "advances_sort_timestamp": True,
    "event_otr": "ON_THE_RECORD",
    "delivery_medium": {"medium_type": "BABEL_MEDIUM"},
}
"""Fields that say nothing when they hold this, as they nearly always do."""

USUAL: Final = "REGULAR_CHAT_MESSAGE"
_SPOKEN: Final = frozenset({USUAL, "SMS", "MMS", "VOICEMAIL", "OBSERVED_EVENT"})
_SYSTEM: Final = frozenset({"ADD_USER", "REMOVE_USER", "RENAME_CONVERSATION", "OTR_MODIFICATION",
                            "GROUP_LINK_SHARING_MODIFICATION"})  # fmt: skip
_CALLS: Final = frozenset({"HANGOUT_EVENT", "PHONE_CALL"})
ACTIONS: Final = _SPOKEN | _SYSTEM | _CALLS
"""Every type of event that is known."""
_IDS: Final = frozenset({"gaia_id", "chat_id"})
_STATE: Final = frozenset({"user_id", "notification_level"})
_LONGEST: Final = 17
_LAST: Final = 253_402_300_799_999_999
"""The end of the year 9999, in microseconds."""
_VIDEO: Final = {"AUDIO_VIDEO": True, "AUDIO_ONLY": False}
_UTC, _MICRO = Basis.UTC, Precision.MICROSECOND


def is_event(value: Any) -> bool:
    """Whether an element has anything of an event."""
    found = value.value if isinstance(value, Odd) else value
    return isinstance(found, dict) and not MARKS.isdisjoint(found)


def moment_of(digits: Any) -> Instant | None:
    """Microseconds in UTC, as a string of digits or a number; None for anything else."""
    if type(digits) is int:
        digits = str(digits)
    if type(digits) is not str or len(digits) > _LONGEST or not (digits.isascii() and digits.isdigit()):
        return None
    micros = int(digits)
    return None if micros > _LAST else Instant(digits, _UTC, _MICRO, micros, micros, micros)


def is_silent_state(state: Any, owner: str | None) -> bool:
    """Whether ``self_event_state`` says no more than whose account it is."""
    if not isinstance(state, dict) or owner is None or not state.keys() <= _STATE:
        return False
    alike = state.get("notification_level", "RING") == "RING" and key_of(state.get("user_id")) == owner
    return alike and _is_person(state.get("user_id"))


def read_message(value: Any, raw: bytes, span: Span, head: Head, seen: SeenNames, thread: Thread | None) -> Message:
    """The message in one element, for which ``is_event`` held. Without a ``thread`` it has no number."""
    draft = Draft(value, raw, _READ, _KEPT)
    fields = draft.value
    _leave_silent(draft, head)
    sender = _sender(draft)
    sent = moment_of(fields.get("timestamp"))
    if sent is None:
        stood = fields.get("timestamp")
        sent = unknown_instant("" if stood is None else str(stood))
        draft.doubt(Doubt.TIME_UNREADABLE)
        draft.keep("timestamp")
    native = draft.id_of("event_id")
    if native is not None and not seen.add(native):
        draft.doubt(Doubt.DUPLICATE_OF)
    said = _said(draft)
    action = draft.words("event_type")
    call = call_of(fields.get("hangout_event"), action)
    if call is None and action is not None and action not in ACTIONS:
        draft.leave("event_type")
    kind = kind_of(said, call, action, has_unknown=draft.has_unknown)
    spoken = kind not in (Kind.SYSTEM, Kind.CALL)
    extra = draft.extra()
    name = None if sender is None else head.names.get(sender)
    doubts = draft.found()
    if thread is not None:
        doubts = thread.take(sender, name, sent, span, doubts)
    return Message(
        0 if thread is None else thread.count,
        kind,
        name,
        said.text,
        sent,
        span,
        doubts,
        sender,
        native,
        action=None if spoken and action == USUAL else action,
        attachments=said.attachments,
        call=call,
        entities=said.entities,
        extra=extra,
    )


def _leave_silent(draft: Draft, head: Head) -> None:
    fields = draft.value
    silent = [name for name, usual in SILENT.items() if fields.get(name) == usual]
    if fields.get("event_version") == fields.get("timestamp"):
        silent.append("event_version")
    if is_silent_state(fields.get("self_event_state"), head.owner):
        silent.append("self_event_state")
    draft.drop(*silent)
    conversation = fields.get("conversation_id")
    if conversation is not None and not (isinstance(conversation, dict) and conversation.keys() == {"id"}):
        draft.leave("conversation_id")
    elif conversation is not None and conversation["id"] != head.native_id:
        draft.keep("conversation_id")


def _sender(draft: Draft) -> str | None:
    sender = draft.value.get("sender_id")
    key = key_of(sender)
    if sender is not None and (key is None or not _is_person(sender)):
        draft.leave("sender_id")
    return key


def _is_person(value: Any) -> bool:
    """Whether both ids are the same, as they are, so that one of them says it."""
    if not isinstance(value, dict) or not value.keys() <= _IDS:
        return False
    found = list(value.values())
    return bool(found) and isinstance(found[0], str) and found[0] == found[-1]


def _said(draft: Draft) -> Said:
    if draft.value.get("chat_message") is None:
        return Said()
    said = read_said(draft.value["chat_message"])
    if not said.known:
        draft.leave("chat_message")
    elif not said.whole or draft.has_oddities:
        draft.keep("chat_message")
    return said


def call_of(event: Any, action: str | None) -> Call | None:
    """The call that ``hangout_event`` tells of; None where there is none."""
    if not isinstance(event, dict):
        return Call() if action == "PHONE_CALL" else None
    seconds, outcome, media = (event.get(key) for key in ("hangout_duration_secs", "event_type", "media_type"))
    spelled = str(seconds) if type(seconds) in (int, str) else ""
    digits = spelled if spelled.isascii() and spelled.isdigit() and len(spelled) <= _LONGEST else ""
    return Call(
        int(digits) if digits else None,
        outcome if isinstance(outcome, str) else None,
        _VIDEO.get(media) if isinstance(media, str) else None,
    )


def kind_of(said: Said, call: Call | None, action: str | None, *, has_unknown: bool = False) -> Kind:
    """What an event is. ``has_unknown``: something stands in it that was not understood."""
    if call is not None:
        return Kind.CALL
    if action in _SYSTEM:
        return Kind.SYSTEM
    if said.kind is not None:
        return said.kind
    if said.text:
        return Kind.TEXT
    return Kind.EMPTY if action in _SPOKEN and not has_unknown else Kind.UNKNOWN
