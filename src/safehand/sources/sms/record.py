"""One record of a backup: a text message, a multimedia message or a call.

    <sms address="+447700900123" date="1767553331414" type="1" body="The gate is open" … contact_name="Priya" />
    <mms date="1767553331000" msg_box="1" address="+447700900123~+447700900456" …><parts>…</parts><addrs>…</addrs></mms>
    <call number="+447700900123" duration="62" date="1767553331414" type="2" … contact_name="Priya" />

``date`` is in milliseconds of UTC in all three. A backup does not name the telephone's own number: whoever owns it is
``owner`` here. Fields that say nothing ("null", and the usual zero) are left out of ``extra``; all others that have no
place stand there.
"""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Attachment, Call, Kind, MediaState, Message
from safehand.model.span import Span
from safehand.sources.decoding import decode
from safehand.sources.xml_values import Tag, Value, attributes_of, read_tag, value_of

OWNER: Final = "owner"
"""The account whose telephone it is."""
UNKNOWN: Final = "unknown"
"""A number that was withheld, or is not there."""

_PART: Final = re.compile(rb"<part\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ADDR: Final = re.compile(rb"<addr\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_OPENING: Final = re.compile(rb"<\w+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_INSIDE: Final = re.compile(
    rb"</(?:mms|parts?|addrs?)\s*>|<(?:parts|addrs)\s*/?>|<(?:mms|part|addr)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"
)
"""The tags of a multimedia message. What stands beside them is none of the program's."""
_PART_FIELDS: Final = frozenset({
    "seq", "ct", "name", "chset", "cd", "fn", "cid", "cl", "ctt_s", "ctt_t", "text", "data",
})  # fmt: skip
_QUICK: Final = re.compile(rb'<sms(?: protocol="[^"]*")? address="([^"]*)" date="(\d{1,15})" ')
"""How a text message begins, as the program writes it."""
_RECEIVED: Final = b"1"
_OWN: Final = frozenset({b"2", b"3", b"4", b"5", b"6"})
"""``type`` and ``msg_box`` of what the owner wrote. Any other says of nobody that he wrote it."""
_ACTIONS: Final = {b"3": "draft", b"4": "outbox", b"5": "failed", b"6": "queued"}
_OUTCOMES: Final = {
    b"1": "incoming", b"2": "outgoing", b"3": "missed", b"4": "voicemail", b"5": "rejected", b"6": "refused",
    b"7": "answered elsewhere",
}  # fmt: skip
_READ: Final = frozenset({
    "address", "date", "type", "body", "contact_name", "number", "duration", "msg_box", "parts",
})  # fmt: skip
_SILENT: Final = frozenset({b"", b"null", b"0", b"-1", b"NULL"})
_WITHHELD: Final = frozenset({b"-1", b"-2", b"-3"})
"""In the place of a number: not known, withheld, a public telephone. Which of them it was is kept."""
NOBODY: Final = frozenset({b"", b"null", b"(Unknown)"}) | _WITHHELD
_NUMBERS: Final = frozenset({"address", "number"})
_ADDR_FIELDS: Final = frozenset({"address", "type", "charset"})
_BESIDE: Final = "beside the fields"
_FROM: Final = b"137"
_TO: Final = frozenset({b"151", b"130", b"129"})
"""Types of an address that a multimedia message went to: to, copy, blind copy."""
_TOKEN: Final = b"insert-address-token"
_SMIL: Final = b"application/smil"
_CLOCK: Final = re.compile(rb"(?<![0-9:])[0-9]{1,2}:([0-5][0-9]):([0-5][0-9])(?![0-9:])")
QUARTER: Final = 900
"""Seconds: every zone is a multiple of it, so minutes and seconds within it are the same in all."""
LAST: Final = 253_402_300_799_999_000
"""The end of the year 9999, in microseconds."""
_UTC, _MILLI = Basis.UTC, Precision.MILLISECOND


class Record(NamedTuple):
    """A record as far as it is looked at before its conversation is known."""

    key: str
    """What tells its conversation apart: the address, or all of them."""
    millis: int | None
    is_call: bool


def survey(raw: bytes) -> Record:
    """Whose conversation it belongs to, and when it was."""
    quick = _QUICK.match(raw)
    if quick is not None and quick[1] not in NOBODY and b"&" not in quick[1]:
        return Record(decode(quick[1])[0], _millis(quick[2]), is_call=False)
    fields = attributes_of(_opening(raw))
    address = fields.get("address", fields.get("number", b""))
    key = UNKNOWN if address in NOBODY else value_of(address).text
    return Record(key, _millis(fields.get("date")), raw.startswith(b"<call"))


def other_of(raw: bytes) -> tuple[str, str]:
    """The key and the name of the other side of a record, whoever wrote it."""
    return _other(attributes_of(_opening(raw)))


def read_record(raw: bytes, span: Span) -> tuple[Message, str | None]:
    """The message in ``raw``, without its number, and the key of who sent it, where it says."""
    tag = read_tag(_opening(raw))
    fields, doubts = tag.fields, _doubts_of(tag)
    millis = _millis(fields.get("date"))
    sent = unknown_instant(value_of(fields.get("date", b"")).text)
    readable = fields.get("readable_date", b"")
    if millis is None:
        doubts.append(Doubt.TIME_UNREADABLE)
    elif disagree(millis, readable):
        doubts.append(Doubt.TIMES_DISAGREE)
    else:
        fields.pop("readable_date", None)  # it says the same again
    if millis is not None:
        sent = Instant(str(millis), _UTC, _MILLI, millis * 1000, millis * 1000, millis * 1000)
    beside = _odd(tag)
    if raw.startswith(b"<call"):
        return _call(fields, sent, span, doubts, beside)
    if raw.startswith(b"<mms"):
        return _multimedia(fields, raw, sent, span, doubts, beside)
    return _text(fields, sent, span, doubts, beside)


def disagree(millis: int, readable: bytes) -> bool:
    """Whether no zone makes the two times of a record one moment, as far as the telephone's words have a clock."""
    found = _CLOCK.search(readable)
    return found is not None and (int(found[1]) * 60 + int(found[2]) - millis // 1000) % QUARTER != 0


def _text(
    fields: dict[str, bytes], sent: Instant, span: Span, doubts: list[Doubt], beside: dict[str, list[str]]
) -> tuple[Message, str | None]:
    kind = fields.get("type", b"")
    body = value_of(fields["body"]) if "body" in fields else Value("")
    _doubt(body, doubts)
    key, name = _who(kind, _other(fields) if kind == _RECEIVED else None, doubts)
    message = Message(
        0,
        Kind.TEXT if body.text else Kind.EMPTY,
        name,
        body.text or None,
        sent,
        span,
        tuple(dict.fromkeys(doubts)),
        key,
        None,
        body.raw,
        _ACTIONS.get(kind),
        extra=_extra(fields, set() if kind in _OWN | {_RECEIVED} else {"type"}, beside),
    )
    return message, key


def _who(kind: bytes, other: tuple[str, str] | None, doubts: list[Doubt]) -> tuple[str, str] | tuple[None, None]:
    """Who wrote it: the owner, or ``other``. Where neither is said it is nobody's, and not the other side's."""
    if kind in _OWN:
        return OWNER, OWNER
    if kind != _RECEIVED:
        doubts.append(Doubt.FIELD_NOT_READ)
    if other is None:
        doubts.append(Doubt.SENDER_AMBIGUOUS)
        return None, None
    return other


def _multimedia(
    fields: dict[str, bytes],
    raw: bytes,
    sent: Instant,
    span: Span,
    doubts: list[Doubt],
    beside: dict[str, list[str]],
) -> tuple[Message, str | None]:
    words: list[str] = []
    stood: list[str] = []
    others: dict[str, list[str]] = {"part/text": [], "part/name": []}
    strange = _beside(raw)
    attachments: list[Attachment] = []
    repaired = False
    for part in _PART.findall(raw):
        tag = read_tag(part)
        about = tag.fields
        doubts += _doubts_of(tag)
        _leave(strange, "part", tag, _PART_FIELDS)
        mime = about.get("ct", b"")
        if mime == b"text/plain" and about.get("text", b"null") != b"null":
            value = value_of(about["text"])
            _doubt(value, doubts)
            words.append(value.text)
            stood.append(value.raw or value.text)
            repaired = repaired or value.raw is not None
        elif mime != _SMIL:
            attachments.append(_attachment(about))
            others["part/name"] += _names(about)[1:]
            if about.get("text", b"null") not in _SILENT:
                others["part/text"].append(value_of(about["text"]).text)
    text = "\n".join(words)
    box = fields.get("msg_box", b"")
    sender, recipients, others["addr/withheld"], left = _addresses(fields, raw)
    for unknown, texts in left.items():
        strange.setdefault(unknown, []).extend(texts)
    if strange:
        doubts.append(Doubt.FIELD_NOT_READ)
    group = b"~" in fields.get("address", b"")
    if sender is None and box == _RECEIVED and not group:
        sender = _other(fields)
    key, name = _who(box, sender, doubts)
    also = set() if box in _OWN | {_RECEIVED} else {"msg_box"}
    also |= {"contact_name"} if group and fields.get("contact_name", b"") not in NOBODY else set()
    message = Message(
        0,
        Kind.MEDIA if attachments else Kind.TEXT if text else Kind.EMPTY,
        name,
        text or None,
        sent,
        span,
        tuple(dict.fromkeys(doubts)),
        key,
        None,
        "\n".join(stood) if repaired else None,
        _ACTIONS.get(box),
        attachments=tuple(attachments),
        recipients=recipients,
        extra=_extra(fields, also, others | beside | dict(sorted(strange.items()))),
    )
    return message, key


def _call(
    fields: dict[str, bytes], sent: Instant, span: Span, doubts: list[Doubt], beside: dict[str, list[str]]
) -> tuple[Message, str | None]:
    kind, length = fields.get("type", b""), fields.get("duration", b"")
    outcome = _OUTCOMES.get(kind)
    key, name = _caller(fields, kind)
    seconds = int(length) if length.isdigit() and len(length) <= 9 else None
    also = {"type"} if outcome is None else set()
    if seconds is None and length not in _SILENT:
        also.add("duration")
    if also:
        doubts.append(Doubt.FIELD_NOT_READ)
    if key is None:
        doubts.append(Doubt.SENDER_AMBIGUOUS)
    call = Call(seconds, outcome)
    extra = _extra(fields, also, beside)
    found = tuple(dict.fromkeys(doubts))
    return Message(0, Kind.CALL, name, None, sent, span, found, key, call=call, extra=extra), key


def _caller(fields: dict[str, bytes], kind: bytes) -> tuple[str, str] | tuple[None, None]:
    """Who called: nobody, where the type does not say whether the call came or went."""
    if kind not in _OUTCOMES:
        return None, None
    return (OWNER, OWNER) if kind == b"2" else _other(fields)


def _attachment(about: dict[str, bytes]) -> Attachment:
    name = next(iter(_names(about)), None)
    mime = value_of(about.get("ct", b"")).text or None
    state = MediaState.EMBEDDED if about.get("data", b"") not in _SILENT else MediaState.NAMED
    return Attachment(state, name, mime.partition("/")[0] if mime else None, mime)


def _names(about: dict[str, bytes]) -> list[str]:
    """What a part is called, each name once. The first is the file's; another may be what it was called before."""
    names = (about.get(key, b"null") for key in ("cl", "name", "fn"))
    return list(dict.fromkeys(value_of(one).text for one in names if one not in _SILENT))


def _beside(raw: bytes) -> dict[str, list[str]]:
    """What stands in a multimedia message and is no part and no address."""
    words = _INSIDE.sub(b"", raw).strip()
    return {"beside the parts": [decode(words)[0]]} if words else {}


def _addresses(
    fields: dict[str, bytes], raw: bytes
) -> tuple[tuple[str, str] | None, tuple[str, ...], list[str], dict[str, list[str]]]:
    """Who sent a multimedia message, if an address of type 137 says so, to which addresses it went, which were
    withheld, and what of the addresses is not known.
    """
    sender: tuple[str, str] | None = None
    recipients: list[str] = []
    left: dict[str, list[str]] = {}
    withheld: list[str] = []
    for addr in _ADDR.findall(raw):
        tag = read_tag(addr)
        about = tag.fields
        _leave(left, "addr", tag, _ADDR_FIELDS)
        address, kind = about.get("address", b""), about.get("type")
        if address in _WITHHELD:
            withheld.append(f"{value_of(kind or b'').text} {address.decode()}")
        if address in NOBODY or address == _TOKEN:
            continue
        key = value_of(address).text
        if kind == _FROM and sender is None:
            own, name = _other(fields)
            sender = key, name if own == key else key
        elif kind in _TO:
            recipients += [key] if key not in recipients else []
        else:
            left.setdefault("addr", []).append(f"{value_of(kind or b'').text} {key}")
    return sender, tuple(recipients), withheld, left


def _other(fields: dict[str, bytes]) -> tuple[str, str]:
    """The key and the name of the other side."""
    address, name = fields.get("address", fields.get("number", b"")), fields.get("contact_name", b"")
    key = UNKNOWN if address in NOBODY else value_of(address).text
    return key, key if name in NOBODY else value_of(name).text


def _extra(
    fields: dict[str, bytes], also: set[str] | None = None, beside: dict[str, list[str]] | None = None
) -> str | None:
    kept: dict[str, str | list[str]] = {
        name: value_of(value).text
        for name, value in fields.items()
        if (name not in _READ and value not in _SILENT and not (name == "read" and value == b"1"))
        or (also and name in also)
        or (name in _NUMBERS and value in _WITHHELD)
    }
    kept |= {name: texts for name, texts in (beside or {}).items() if texts}
    return json.dumps(kept, ensure_ascii=False) if kept else None


def _doubts_of(tag: Tag) -> list[Doubt]:
    """What is in doubt about a tag, whatever its attributes say. ``data`` is never looked at."""
    doubts = []
    if any(value_of(value).guessed for name, value in tag.fields.items() if name != "data"):
        doubts.append(Doubt.ENCODING_GUESSED)
    if tag.repeated:
        doubts.append(Doubt.FIELD_REPEATED)
    if tag.stray:
        doubts.append(Doubt.FIELD_NOT_READ)
    return doubts


def _odd(tag: Tag) -> dict[str, list[str]]:
    """What a well-formed tag does not have: names that stand twice with all their values, words of no attribute."""
    found = {
        name: [value_of(one).text for one in values]
        for name, values in tag.repeated.items()
        if name != "data"  # it is never looked at
    }
    return found | ({_BESIDE: [decode(tag.stray)[0]]} if tag.stray else {})


def _leave(found: dict[str, list[str]], name: str, tag: Tag, known: frozenset[str]) -> None:
    """Put into ``found`` what a tag inside of a message has beside the fields that are known."""
    for unknown in tag.fields.keys() - known:
        found.setdefault(f"{name}/{unknown}", []).append(value_of(tag.fields[unknown]).text)
    for odd, texts in _odd(tag).items():
        found.setdefault(f"{name}/{odd}", []).extend(texts)


def _doubt(value: Value, doubts: list[Doubt]) -> None:
    if value.guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if value.raw is not None:
        doubts.append(Doubt.TEXT_REPAIRED)


def _millis(value: bytes | None) -> int | None:
    if value is None or not value.isdigit() or len(value) > 15:
        return None
    millis = int(value)
    return millis if millis * 1000 <= LAST else None


def _opening(raw: bytes) -> bytes:
    match = _OPENING.match(raw)
    return match[0] if match else raw
