"""Kinds: what a message is, by the words the platform put in its place.

    <Media omitted>                                media, a file was here and was left out
    IMG-20230104-WA0001.jpg (file attached)        media, with the file's name; a caption stands in the next line
    ‎<attached: 00000003-PHOTO-2023-01-04-….jpg>    the same on iOS
    This message was deleted                       deleted
    Missed video call                              call
    POLL: / OPTION: carrots (2 votes)              poll
    Location: https://maps.google.com/?q=…         location

Nothing is taken out of a text here: what stood there stays, and a kind stands beside it. A person can type any of
these words, so text that reads as the platform's own carries the doubt tool_generated_text.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.model.message import Attachment, Call, Kind, MediaState, Poll, PollOption
from safehand.sources.whatsapp.wordings import MARKS, Wording, phrases, plain, system_wording, words_of

_MARK: Final = f"[{MARKS}]*"
_OWN_NAMES: Final = re.compile(r"(IMG|VID|AUD|PTT|STK|DOC|GIF)-\d{8}-WA\d{4,}\.\w{2,5}")
"""Names WhatsApp for Android gives to files: they say what they are in every language."""

_IOS_NAMES: Final = re.compile(r"\d{8}-(PHOTO|VIDEO|AUDIO|STICKER|GIF|DOCUMENT)-\d{4}(?:-\d\d){5}\.\w{2,5}")

_ANDROID_FILE: Final = re.compile(rf"{_MARK}(?P<name>[^\n]+?\.\w{{1,10}}) \((?P<word>[^()\n]+)\){_MARK}(?:\r?\n|\Z)")
_IOS_FILE: Final = re.compile(
    rf"{_MARK}<{_MARK}(?P<word>[^:<>\n]{{1,40}}): ?{_MARK}(?P<name>[^<>\n]+)>{_MARK}\s*?(?:\n|\Z)"
)
_IOS_FILE_OLD: Final = re.compile(
    rf"{_MARK}(?P<name>[^<>\n]+?) ?<{_MARK}(?P<word>[^:<>\n]{{1,40}})>{_MARK}\s*?(?:\n|\Z)"
)
_IOS_LEFT_OUT: Final = re.compile(rf"{_MARK}(?P<name>[^\n]+) • [^\n•]*?\u200e(?P<word>[^\u200e\n•]+){_MARK}\Z")
"""``plan.pdf • ‎1 page ‎document omitted``: a document left out, with its name."""
_CALL: Final = re.compile(
    rf"{_MARK}(?P<words>[^,.\n]{{3,60}}?)(?:[,.] ?{_MARK}(?P<rest>[^\n]{{1,60}}))?{_MARK}\.?{_MARK}\Z"
)
_LENGTH: Final = re.compile(
    r"(?P<number>\d+)\s*(?:(?P<hours>hours?|hrs?|h|Std|Stunden?)|(?P<minutes>minutes?|mins?|m|Minuten?|Min)|seconds?|secs?|s|Sek)\b"
)
_POLL: Final = re.compile(rf"{_MARK}(?P<word>[^\W\d_]{{3,20}}):[ \n\r{MARKS}]")
_OPTION: Final = re.compile(
    rf"(?m)^{_MARK}[^\W\d_a-z]{{3,20}}: (?P<text>.*?)(?: {_MARK}\({_MARK}(?P<votes>\d+)[^()]*\))?\r?{_MARK}$"
)
_LOCATION: Final = re.compile(r"https://(?:maps\.google\.com/\?q=-?\d|foursquare\.com/v/)")
_EDITED: Final = re.compile(rf"(?P<mark><[^<>\n]{{4,60}}>){_MARK}\s*\Z")

_TYPES: Final = {
    "IMG": "photo",
    "PHOTO": "photo",
    "VID": "video",
    "VIDEO": "video",
    "AUD": "audio",
    "AUDIO": "audio",
    "PTT": "voice",
    "STK": "sticker",
    "STICKER": "sticker",
    "GIF": "gif",
    "DOC": "document",
    "DOCUMENT": "document",
}
_KIND_OF_TYPE: Final = {"sticker": Kind.STICKER, "voice": Kind.VOICE, "contact": Kind.CONTACT}


_LONGEST_PHRASE: Final = 100
"""Characters: more than any row of the table."""

_FIRST_LINE_ENDS: Final = frozenset(b">):")


class Described(NamedTuple):
    """What a text says about its message."""

    kind: Kind
    attachments: tuple[Attachment, ...] = ()
    call: Call | None = None
    poll: Poll | None = None
    edited: bool = False
    action: str | None = None
    tool: bool = False
    """The words are the platform's own, not a person's."""
    own: bool = False
    """The platform addresses the account as "you": it is the exporter's."""


PLAIN: Final = Described(Kind.TEXT)
_EDITED_WORDS: Final = Described(Kind.TEXT, edited=True)

LEFT_TO_RIGHT: Final = "\u200e".encode()
_NEWLINE: Final = ord("\n")

ENDS: Final = frozenset(b">)")
"""Last bytes of texts that may be more than plain words. ``://`` or a mark of direction inside are the other signs."""


def describe(text: str, language: str | None = None) -> Described:
    """What a message with a sender is. ``language`` is that of the platform's words in this file, where known."""
    if not text.strip(MARKS):
        return Described(Kind.EMPTY)
    row = phrases().get(plain(text)) if len(text) < _LONGEST_PHRASE else None
    if row is not None:
        return _by_phrase(row)
    mark = _edited(text) if ">" in text else None
    if mark is None:
        return _by_sign(text, language)
    found = _by_sign(text[: mark.start()].rstrip(), language)
    return _EDITED_WORDS if found is PLAIN else found._replace(edited=True)


def _by_sign(body: str, language: str | None) -> Described:
    """What a text is that is no phrase of the platform's, and has lost the mark of an edit."""
    # Each form is looked for only where a sign of it stands: this is asked of one message in twenty.
    found = None
    if ">" in body or ")" in body:
        found = _file(body)
    if found is None and "•" in body:
        found = _left_out(body)
    if found is None and "\n" in body:
        found = _poll(body)
    elif found is None and ("," in body or "." in body):
        found = _call(body)
    if found is None and "://" in body:
        found = _location(body)
    if found is None and body.startswith("\u200e"):
        found = _platform_line(body, language)
    return found or PLAIN


def describe_platform_line(text: str, language: str | None = None) -> Described:
    """What a line without a sender is."""
    row = phrases().get(plain(text))
    if row is not None and row.use == "call":
        return _by_phrase(row)
    if not text.strip(MARKS):
        return Described(Kind.EMPTY)
    row = system_wording(text, language)
    return Described(Kind.SYSTEM, action=row.detail if row else None)


def _by_phrase(row: Wording) -> Described:
    match row.use:
        case "omitted":
            kind = _KIND_OF_TYPE.get(row.detail, Kind.MEDIA)
            return Described(kind, (Attachment(MediaState.OMITTED, type=row.detail or None),), tool=True)
        case "deleted":
            return Described(Kind.DELETED, tool=True, own=row.detail == "own")
        case "call":
            return Described(Kind.CALL, call=_call_of(row, None), tool=True)
        case "location":
            return Described(Kind.LOCATION, tool=True)
        case "empty":
            return Described(Kind.EMPTY, tool=True)
        case _:
            return Described(Kind.UNKNOWN, tool=True)


def may_be_more(text: bytes) -> bool:
    """Whether a text might be more than plain words: what quick.py asks of each, and describes if so.

    A text for which this is false is plain words, whatever ``describe`` would make of it.
    """
    return (
        not text
        or text[-1] in ENDS
        or text in PHRASES
        or text.find(b"://") >= 0
        or text.find(LEFT_TO_RIGHT) >= 0
        or (_NEWLINE in text and not is_plain(text))
    )


def is_plain(text: bytes) -> bool:
    """Whether a text of several lines is plain words by its first line. A caption or a poll begins with more."""
    first = text[: text.index(b"\n")].rstrip(b"\r")
    return bool(first) and first[-1] not in _FIRST_LINE_ENDS and text[-1] not in ENDS


def _file(text: str) -> Described | None:
    found = _ANDROID_FILE.match(text)
    if found and (_OWN_NAMES.fullmatch(_bare(found["name"])) or plain(found["word"]) in words_of("attached")):
        return _media(found["name"])
    found = _IOS_FILE.match(text) or (_IOS_FILE.search(text) if "•" in text else None)
    if found and (_IOS_NAMES.fullmatch(_bare(found["name"])) or plain(found["word"]) in words_of("attached-ios")):
        return _media(found["name"])
    found = _IOS_FILE_OLD.match(text)
    if found and plain(found["word"]) in words_of("attached-ios"):
        return _media(found["name"])
    return None


def _left_out(text: str) -> Described | None:
    found = _IOS_LEFT_OUT.match(text)
    row = phrases().get(plain(found["word"])) if found else None
    if found is None or row is None or row.use != "omitted":
        return None
    return Described(Kind.MEDIA, (Attachment(MediaState.OMITTED, _bare(found["name"]), row.detail or None),), tool=True)


def _media(raw: str) -> Described:
    name = _bare(raw)
    own = _OWN_NAMES.fullmatch(name) or _IOS_NAMES.fullmatch(name)
    kind_of_file = _TYPES[own[1]] if own else ("contact" if name.lower().endswith(".vcf") else None)
    attachment = Attachment(MediaState.NAMED, name=name, type=kind_of_file)
    return Described(_KIND_OF_TYPE.get(kind_of_file or "", Kind.MEDIA), (attachment,))


def _bare(name: str) -> str:
    """The name of a file without the marks the phone wrote round it: it must match the register's name."""
    return name.strip(MARKS + " ")


def _edited(text: str) -> re.Match[str] | None:
    found = _EDITED.search(text)
    return found if found and plain(found["mark"]) in words_of("edited") else None


def _call(text: str) -> Described | None:
    found = _CALL.match(text)
    row = words_of("call").get(plain(found["words"])) if found else None
    if found is None or row is None:
        return None
    # Phones put a mark of direction into what they write; without one only a length makes "Video call, …" a call.
    if "\u200e" not in text and not (found["rest"] and _LENGTH.match(found["rest"])):
        return None
    return Described(Kind.CALL, call=_call_of(row, found["rest"]), tool=True)


def _call_of(row: Wording, rest: str | None) -> Call:
    outcome = "missed" if "missed" in row.detail else None
    if rest is None:
        return Call(None, outcome, "video" in row.detail)
    bare = rest.strip(MARKS + " .")
    parts = list(_LENGTH.finditer(bare))
    seconds = sum(int(part["number"]) * (3600 if part["hours"] else 60 if part["minutes"] else 1) for part in parts)
    return Call(seconds if parts else None, outcome or (None if parts else bare), "video" in row.detail)


def _poll(text: str) -> Described | None:
    found = _POLL.match(text)
    if found is None or "\n" not in text:
        return None
    options = tuple(
        PollOption(option["text"].strip(MARKS), int(option["votes"]) if option["votes"] else None)
        for option in _OPTION.finditer(text, found.end())
    )
    # A word that is not in the table makes a poll only with the votes beside every option: "SHOPPING:" is no poll.
    counted = found["word"].isupper() and len(options) > 1 and all(option.votes is not None for option in options)
    if plain(found["word"]) not in words_of("poll") and not counted:
        return None
    lines = text[found.end() :].lstrip("\r\n").split("\n")
    return Described(Kind.POLL, poll=Poll(lines[0].strip(MARKS + "\r "), options))


def _location(text: str) -> Described | None:
    return Described(Kind.LOCATION) if _LOCATION.search(text) else None


def _platform_line(text: str, language: str | None) -> Described | None:
    # On iOS the platform's lines carry a name, the group's or the one who acted, and begin with a mark no person types.
    if "\n" in text:
        return None
    row = system_wording(text, language)
    return Described(Kind.SYSTEM, action=row.detail, tool=True) if row else None


def _phrase_table() -> dict[bytes, Described]:
    found: dict[bytes, Described] = {}
    for row in phrases().values():
        for text in {row.text, row.text.lower(), row.text[:1].upper() + row.text[1:]}:
            for spelled in (text, text + ".", "\u200e" + text, "\u200e" + text + "."):
                found[spelled.encode()] = _by_phrase(row)
    return found


PHRASES: Final = _phrase_table()
"""Whole texts as phones write them, in bytes: what ``describe`` would say of each."""
