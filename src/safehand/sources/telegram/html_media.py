"""Files, calls, places, contacts and polls on Telegram's pages, and what kind of message each makes.

    <a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"><img class="photo" src="photos/thumb.jpg"/>
    <div class="media clearfix pull_left media_photo"> title "Photo" description "Not included, …" status "96.1 KB"
    <div class="media clearfix pull_left media_call success"> title "Priya" status "Outgoing (56 seconds)"
    <div class="media_poll"> question, details, answer "- Rhubarb 3 votes", total

The model has no place for titles, sizes and thumbnails: they are left for ``extra``, and are no surprise there.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.model.message import Attachment, Call, Kind, MediaState, Poll, PollOption
from safehand.sources.html_blocks import Element

_DESCRIPTIONS: Final = {
    "Not included, change data exporting settings to download.": MediaState.OMITTED,
    "Exceeds maximum size, change data exporting settings to download.": MediaState.OMITTED,
    "Unavailable, please try again later.": MediaState.MISSING,
}
_SELF_DESTRUCTING: Final = {"Please view it on your mobile": MediaState.OMITTED, "Expired": MediaState.MISSING}

_WRAPS: Final = {
    "photo_wrap": ("photo", Kind.MEDIA),
    "video_file_wrap": ("video_file", Kind.MEDIA),
    "animated_wrap": ("animation", Kind.MEDIA),
    "sticker_wrap": ("sticker", Kind.STICKER),
}
"""Files with a thumbnail."""

_CLASSES: Final = {
    "media_photo": ("photo", Kind.MEDIA),
    "media_video": ("video_file", Kind.MEDIA),
    "media_voice_message": ("voice_message", Kind.VOICE),
    "media_audio_file": ("audio_file", Kind.MEDIA),
    "media_file": ("file", Kind.MEDIA),
    "media_contact": ("vcard", Kind.CONTACT),
    "media_location": (None, Kind.LOCATION),
    "media_live_location": (None, Kind.LOCATION),
    "media_venue": (None, Kind.LOCATION),
    "media_game": (None, Kind.UNKNOWN),
    "media_invoice": (None, Kind.UNKNOWN),
    "media_call": (None, Kind.CALL),
}
"""Files without one, and what is no file."""

_TITLES: Final = {
    "Sticker": ("sticker", Kind.STICKER),
    "Animation": ("animation", Kind.MEDIA),
    "Video message": ("video_message", Kind.MEDIA),
}
"""Titles that tell apart what has one class: a sticker is a ``media_photo``, an animation a ``media_video``."""

_CALL: Final = re.compile(r"(Cancelled|Outgoing|Missed|Declined|Incoming)(?: \((\d{1,9}) seconds\))?", re.ASCII)
_VOTES: Final = re.compile(r"(\d{1,9}) votes?(?:, chosen vote)?", re.ASCII)

KNOWN: Final = frozenset({"title", "description", "status", "details", "total", "video_duration", "gif_play", "thumb"})
"""Classes of what is kept in ``extra`` and is no surprise."""


class Media(NamedTuple):
    """What was found beside the text."""

    kind: Kind | None = None
    attachments: tuple[Attachment, ...] = ()
    call: Call | None = None
    poll: Poll | None = None


def read_media(wrap: Element) -> Media:
    """What one ``media_wrap`` holds. A shape that is not known is not read, and so stays for ``extra``."""
    poll = wrap.find("media_poll")
    if poll is not None:
        return Media(Kind.POLL, poll=_poll(poll))
    for element in wrap.children():
        for name in element.classes:
            if name in _WRAPS:
                word, kind = _WRAPS[name]
                href = element.attribute("href")
                return Media(kind, (Attachment(MediaState.NAMED if href else MediaState.MISSING, href or None, word),))
            if name in _CLASSES:
                return _generic(element, *_CLASSES[name])
    return Media()


def _generic(element: Element, word: str | None, kind: Kind) -> Media:
    title, description, status = (_peek(element, name) for name in ("title", "description", "status"))
    if kind is Kind.CALL:
        return Media(kind, call=_call(element, status))
    if word is None:
        return Media(kind)  # the link to a map is left for extra: it is an address, and no file
    word, kind = _TITLES.get(title, (word, kind)) if word != "vcard" else (word, kind)
    href = element.attribute("href")
    if kind is Kind.CONTACT and not href:
        return Media(kind)
    state = MediaState.NAMED if href else _DESCRIPTIONS.get(description) or _SELF_DESTRUCTING.get(status)
    name = href or (title if word == "file" and title != "File" else None)
    return Media(kind, (Attachment(state or MediaState.MISSING, name or None, word),))


def _peek(element: Element, class_: str) -> str:
    """The words of a line, which stay for ``extra``."""
    line = element.find(class_)
    return "" if line is None else line.peek()


def _call(element: Element, status: str) -> Call:
    found = _CALL.fullmatch(status)
    if found is None:
        return Call()
    line = element.find("status")
    if line is not None:
        line.text()
    return Call(int(found[2]) if found[2] else None, found[1])


def _poll(poll: Element) -> Poll | None:
    question = poll.find("question")
    if question is None:
        return None
    options: list[PollOption] = []
    for answer in poll.find_all("answer"):
        details = answer.find("details")
        votes = _VOTES.fullmatch(details.peek()) if details is not None else None
        if details is not None and votes is not None and "chosen" not in votes[0]:
            details.text()
        options.append(PollOption(answer.own_text().removeprefix("- "), int(votes[1]) if votes else None))
    return Poll(question.text(), tuple(options))
