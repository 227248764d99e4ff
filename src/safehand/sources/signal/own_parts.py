"""Parts of a message in Signal's own export: files, reactions, what is answered, marked words, polls, calls.

Each reader takes what it knows from a ``Draft``, and leaves there what has no place in the model (``keep``) or was not
understood (``leave``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.model.message import (
    Attachment,
    Call,
    Entity,
    Match,
    MediaState,
    Poll,
    PollOption,
    Reaction,
    Reply,
    Share,
)
from safehand.sources.json_draft import Draft
from safehand.sources.signal.millis import instant_of
from safehand.sources.signal.own_people import People, account_id

Range = tuple[Any, int, str, str | None]
"""Start and length in halves of characters, what it is, and what it points to."""

_VOICE: Final = "VOICE_MESSAGE"
_FLAGS: Final = {_VOICE: "voice", "GIF": "gif", "BORDERLESS": "sticker"}
_REACTION: Final = frozenset({"emoji", "authorId", "sentTimestamp", "sortOrder"})
"""``sortOrder`` says the order that they stand in anyway."""
_QUOTE: Final = frozenset({"targetSentTimestamp", "authorId", "text", "type"})
_ASTRAL: Final = 0xFFFF
_SECOND: Final = 1000


def words_of(draft: Draft, name: str) -> tuple[str | None, tuple[Entity, ...]]:
    """The words of ``{"body": …, "bodyRanges": […]}``, and what is marked in them."""
    given = draft.value.get(name)
    if not given:
        return None, ()
    body = given.get("body", "") if isinstance(given, dict) else None
    if not isinstance(body, str):
        draft.leave(name)
        return None, ()
    ranges = given.get("bodyRanges", [])
    if given.keys() - {"body", "bodyRanges"} or not isinstance(ranges, list):
        draft.leave(name)
        return body or None, ()
    entities = entities_of(body, [found for one in ranges if (found := _range(one)) is not None])
    if len(entities) != len(ranges):
        draft.leave(name)
    return body or None, entities


def _range(one: Any) -> Range | None:
    match one:
        case {"length": int(length), "mentionAci": str(aci)}:
            return one.get("start", 0), length, "mention", account_id(aci)
        case {"length": int(length), "style": str(style)}:
            return one.get("start", 0), length, style.lower(), None
        case _:
            return None


def entities_of(body: str, ranges: Sequence[Range]) -> tuple[Entity, ...]:
    """Places are counted in halves of characters, as UTF-16 has them: here they become characters."""
    places: dict[int, int] | None = None
    if ranges and max(body, default="") > chr(_ASTRAL):
        halves = accumulate((1 + (char > chr(_ASTRAL)) for char in body), initial=0)
        places = {half: index for index, half in enumerate(halves)}
    found: list[Entity] = []
    for start, length, kind, target in ranges:
        if not isinstance(start, int):
            continue
        first, last = start, start + length
        if places is not None:
            if first not in places or last not in places:
                continue
            first, last = places[first], places[last]
        if 0 <= first <= last <= len(body):
            found.append(Entity(first, last, kind, target))
    return tuple(found)


def reactions_of(draft: Draft, people: People) -> tuple[Reaction, ...]:
    """Who answered with which sign, and when."""
    found: list[Reaction] = []
    for one in draft.objects("reactions"):
        emoji, author = one.get("emoji"), people.of(one.get("authorId", "0"))
        if not isinstance(emoji, str) or one.keys() - _REACTION:
            draft.leave("reactions")
            continue
        sent = instant_of(one["sentTimestamp"]) if "sentTimestamp" in one else None
        found.append(Reaction(emoji, author.name or author.key, None, sent))
    return tuple(found)


def attachments_of(draft: Draft, name: str) -> tuple[Attachment, ...]:
    """Files. All else that is known of them (their hash, size of a picture, keys) stays where it stood."""
    given = draft.value.get(name)
    found = [given] if isinstance(given, dict) else draft.objects(name)
    if found:
        draft.keep(name)
    return tuple(map(attachment_of, found))


def has_voice(draft: Draft) -> bool:
    """Whether one of the files is a voice message."""
    return any(map(is_voice, draft.objects("attachments")))


def is_voice(one: dict[str, Any]) -> bool:
    """Whether an attachment is a voice message."""
    return bool(one.get("flag") == _VOICE)


def attachment_of(one: dict[str, Any]) -> Attachment:
    """A file by its attachment."""
    pointer = one.get("pointer")
    return file_of(pointer if isinstance(pointer, dict) else {}, one.get("flag"))


def file_of(pointer: dict[str, Any], flag: object = None) -> Attachment:
    """A file by its pointer: its name, if it has one, and its type."""
    name, mime, locator = pointer.get("fileName"), pointer.get("contentType"), pointer.get("locatorInfo")
    mime = mime if isinstance(mime, str) and mime else None
    size = locator.get("size") if isinstance(locator, dict) else None
    named = isinstance(name, str) and name != ""
    known = named or (isinstance(locator, dict) and "plaintextHash" in locator)
    return Attachment(
        MediaState.NAMED if known else MediaState.MISSING,
        name if named else None,
        _FLAGS.get(str(flag)) or (mime.partition("/")[0] if mime else None),
        mime,
        size if type(size) is int else None,
    )


def reply_of(draft: Draft, people: People) -> Reply | None:
    """What is answered: by its author and its time, which is all the id that Signal has."""
    quote = draft.value.get("quote")
    if quote is None:
        return None
    if not isinstance(quote, dict):
        draft.leave("quote")
        return None
    author, target, words = people.of(quote.get("authorId", "0")), quote.get("targetSentTimestamp"), quote.get("text")
    body = words.get("body") if isinstance(words, dict) else None
    if quote.keys() - _QUOTE or quote.get("type", "NORMAL") != "NORMAL" or (words and words != {"body": body}):
        draft.keep("quote")
    quoted = body if isinstance(body, str) and body else None
    if not isinstance(target, str | int):
        draft.doubt(Doubt.REPLY_TARGET_MISSING)
        return Reply(None, quoted)
    return Reply(f"{author.key}:{target}", quoted, Match.EXACT)


def share_of(draft: Draft) -> Share | None:
    """The first link that was shown with its title; more of them, and its picture, stay where they stood."""
    previews = draft.objects("linkPreview")
    if not previews:
        return None
    first = previews[0]
    told = [one for one in (first.get("title"), first.get("description")) if isinstance(one, str) and one]
    link = first.get("url")
    if len(previews) > 1 or first.keys() - {"url", "title", "description"} or not isinstance(link, str):
        draft.keep("linkPreview")
    return Share(link if isinstance(link, str) else None, "\n".join(told) or None)


def poll_of(draft: Draft) -> Poll | None:
    """The question, and how many chose which answer. Who it was stays where it stood."""
    question = draft.words("question")
    options: list[PollOption] = []
    for one in draft.objects("options"):
        votes = one.get("votes", [])
        if not isinstance(one.get("option"), str) or not isinstance(votes, list):
            draft.leave("options")
            continue
        if votes:
            draft.keep("options")
        options.append(PollOption(one["option"], len(votes)))
    return Poll(question or "", tuple(options))


def call_of(update: dict[str, Any]) -> Call | None:
    """A call between two, or one of a group. Signal does not keep the length of the former."""
    match update:
        case {"individualCall": dict(call)}:
            kind = call.get("type")
            return Call(None, _state(call), kind == "VIDEO_CALL" if kind in {"VIDEO_CALL", "AUDIO_CALL"} else None)
        case {"groupCall": dict(call)}:
            begin, end = (instant_of(call.get(key)).utc for key in ("startedCallTimestamp", "endedCallTimestamp"))
            length = None if begin is None or end is None or end < begin else (end - begin) // (_SECOND * _SECOND)
            return Call(length, _state(call))
        case _:
            return None


def _state(call: dict[str, Any]) -> str | None:
    state = call.get("state")
    return None if state is None else str(state).replace("_", " ").lower()


def action_of(update: dict[str, Any]) -> str | None:
    """Which act of the platform, in its own words: ``JOINED_SIGNAL``, ``groupNameUpdate``."""
    match update:
        case {"simpleUpdate": {"type": str(kind)}}:
            return kind
        case {"groupChange": {"updates": list(updates)}}:
            found = dict.fromkeys(name for one in updates if isinstance(one, dict) for name in one)
            return ", ".join(found) or "groupChange"
        case _:
            return next(iter(update), None)
