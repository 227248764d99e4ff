"""One message of Telegram's pages: everything that is not read by html_plain.py.

    <div class="message default clearfix joined" id="message102"> … <div class="text">same sender</div> …
        → Message(kind=TEXT, sender="Priya", native_id="102", extra='{"joined":"message101"}', …)

``joined`` says that the sender is that of the message before: ``extra`` names the element in which the name stands, and
that message's own bytes are where it is cited. A service line has no time of its own; it has the day above it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Entity, Forward, Kind, Match, Reaction, Reply
from safehand.sources.html_blocks import Block, Element, extra_of
from safehand.sources.html_text import MARKS
from safehand.sources.html_tokens import Tag
from safehand.sources.seen_ids import SeenIds
from safehand.sources.telegram import html_media
from safehand.sources.telegram.html_media import Media, read_media
from safehand.sources.telegram.html_times import PageTimes

_NO_SUCH: Final = Block(b"").root

_KNOWN: Final = html_media.KNOWN | {
    "userpic", "userpic_link", "initials", "photo", "sticker", "animated", "video_file", "signature", "block_link",
}  # fmt: skip
"""Classes of what has no place in the model, and is no surprise."""

_REPLY: Final = re.compile(r"(?:messages\d*\.html)?#go_to_message(-?\d{1,19})", re.ASCII)
_VIA: Final = re.compile(r"(.*?) +via (@[A-Za-z0-9_]{3,32})", re.DOTALL)
_CLICKS: Final = {
    "ShowHashtag": "hashtag",
    "ShowBotCommand": "bot_command",
    "ShowCashtag": "cashtag",
    "ShowMentionName": "mention_name",
    "ShowNotLoadedEmoji": "custom_emoji",
    "ShowNotAvailableEmoji": "custom_emoji",
}
_CLICK: Final = re.compile(r"(?:return )?(\w+)\(")

_ACTIONS: Final = tuple(
    (re.compile(pattern, re.DOTALL), action)
    for pattern, action in (
        (r".* pinned this message", "pin_message"),
        (r".* created group «.*", "create_group"),
        (r"Channel «.*» created", "create_channel"),
        (r"(.* changed group title to|Channel title changed to) «.*»", "edit_group_title"),
        (r"(.* changed group photo|Channel photo changed)", "edit_group_photo"),
        (r"(.* removed group photo|Channel photo removed)", "delete_group_photo"),
        (r".* joined group by link from .*", "join_group_by_link"),
        (r".* joined group by request", "join_group_by_request"),
        (r".* converted this group to a supergroup", "migrate_to_supergroup"),
        (r".* converted a basic group to this supergroup «.*»", "migrate_from_group"),
        (r"History cleared", "clear_history"),
        (r".* took a screenshot", "take_screenshot"),
        (r".* joined Telegram", "joined_telegram"),
        (r".* requested your phone number", "requested_phone_number"),
        (r"(.* started voice chat|Voice chat)( \(\d+ seconds\))?", "group_call"),
        (r".* invited .* to the voice chat", "invite_to_group_call"),
        (r".* invited .*", "invite_members"),
        (r".* removed .*", "remove_members"),
        (r".*(auto-delete|auto-delete in .*)", "set_messages_ttl"),
        (r".* (changed chat theme to .*|disabled chat theme)", "edit_chat_theme"),
    )
)
"""Words of Telegram's service lines, always English, and the name the same act has in Telegram's JSON."""

_UNSUPPORTED: Final = "This message is not supported by this version of Telegram Desktop."


class Draft(NamedTuple):
    """What one block says, before it is known who wrote it."""

    kind: Kind
    text: str | None
    sent: Instant
    doubts: tuple[Doubt, ...]
    sender: str | None = None
    """None where the page does not repeat it."""
    action: str | None = None
    media: Media = Media()
    reactions: tuple[Reaction, ...] = ()
    reply: Reply | None = None
    forward: Forward | None = None
    entities: tuple[Entity, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def read_service(block: Block, day: Instant, doubts: tuple[Doubt, ...]) -> Draft:
    """A line of the platform's own, sent on ``day``."""
    body = block.find("body") or _NO_SUCH
    text, entities, guessed = body.content(_mark)
    unread = block.unread()
    kind = Kind.SYSTEM
    if text.startswith(_UNSUPPORTED):
        kind, doubts = Kind.UNKNOWN, (*doubts, Doubt.TOOL_GENERATED_TEXT)
    action = next((name for pattern, name in _ACTIONS if pattern.fullmatch(text)), None)
    return Draft(
        kind,
        text or None,
        day,
        (*doubts, *_doubts_of(unread, guessed=guessed)),
        None,
        action,
        entities=entities,
        unread=tuple(unread),
    )


def read_default(block: Block, times: PageTimes, seen: SeenIds, native: int, day: Instant | None) -> Draft:
    """A message that somebody sent."""
    body = block.find("body") or _NO_SUCH
    more: list[tuple[str, str]] = []
    doubts: list[Doubt] = []
    for initials in block.find_all("initials"):
        if "title" not in initials.tag.attributes:
            initials.text()
    sent = _sent(body, times, day, doubts, more)
    outer = body.find("forwarded", "div")
    while outer is not None and "body" not in outer.classes:
        outer = next((one for one in body.find_all("forwarded", "div") if "body" in one.classes), None)
    names = [one for one in body.children() if "from_name" in one.classes]
    sender = _name(names[0].text(), more, doubts) if names else None
    forward = _forward(outer, times, more, doubts) if outer is not None else None
    inside = outer or body
    reply = _reply(body.find("reply_to"), seen, doubts)
    reactions = tuple(_reactions(body.find("reactions"), times))
    media = Media()
    for wrap in inside.find_all("media_wrap"):
        found = read_media(wrap)
        media = found if media.kind is None else media._replace(attachments=(*media.attachments, *found.attachments))
    line = next((one for one in inside.children() if "text" in one.classes), None)
    text, entities, guessed = line.content(_mark) if line is not None else ("", (), False)
    unread = [*block.unread(), *more]
    doubts += _doubts_of(unread[: len(unread) - len(more)], guessed=guessed or block.guessed)
    if reply is not None and reply.native_id == str(native):
        doubts.append(Doubt.REPLY_TARGET_MISSING)
    kind = media.kind or (Kind.TEXT if text else Kind.EMPTY)
    return Draft(
        kind, text or None, sent, tuple(dict.fromkeys(doubts)), sender, None, media, reactions, reply, forward,
        tuple(_linked(one, text) for one in entities), tuple(unread),
    )  # fmt: skip


def extra_text(draft: Draft, joined: int | None) -> str | None:
    """What has no place of its own, as JSON; and where the sender's name stands, if not here."""
    kept = [*draft.unread, *([("joined", f"message{joined}")] if joined is not None else [])]
    return extra_of(kept) if kept else None


def _sent(
    body: Element, times: PageTimes, day: Instant | None, doubts: list[Doubt], more: list[tuple[str, str]]
) -> Instant:
    date = next((one for one in body.children() if "date" in one.classes), _NO_SUCH)
    raw, shown = date.attribute("title") or "", date.text()
    timed = times.read(raw)
    doubts += timed.doubts
    if Doubt.TIME_UNREADABLE not in timed.doubts:
        differs = shown != raw[11:16]
        if differs:
            more.append(("date", shown))
        if differs or (day is not None and not times.is_on(raw, day)):
            doubts.append(Doubt.TIMES_DISAGREE)
    elif shown:
        more.append(("date", shown))
    return timed.instant


def _name(name: str, more: list[tuple[str, str]], doubts: list[Doubt]) -> str:
    """Who wrote. " via @gif" at its end names the bot that helped, or is part of the name: nothing tells."""
    found = _VIA.fullmatch(name)
    if found is None or not found[1]:
        return name
    more.append(("via", found[2]))
    doubts.append(Doubt.SENDER_AMBIGUOUS)
    return found[1]


def _forward(outer: Element, times: PageTimes, more: list[tuple[str, str]], doubts: list[Doubt]) -> Forward | None:
    name = outer.find("from_name")
    if name is None:
        return None
    date = name.find("date")
    sent = None
    if date is not None:
        timed = times.read(date.attribute("title") or date.peek())
        date.text()
        sent = timed.instant
        doubts += timed.doubts
    return Forward(_name(name.own_text(), more, doubts) or None, sent)


def _reply(line: Element | None, seen: SeenIds, doubts: list[Doubt]) -> Reply | None:
    if line is None:
        return None
    link = line.find(name="a")
    found = _REPLY.fullmatch(link.tag.attributes.get("href", "")) if link is not None else None
    if link is None or found is None:
        doubts.append(Doubt.REPLY_TARGET_MISSING)
        return Reply()
    link.attribute("href")
    line.text()
    target = int(found[1])
    if target not in seen:
        doubts.append(Doubt.REPLY_TARGET_MISSING)
        return Reply(found[1])
    return Reply(found[1], None, Match.EXACT)


def _reactions(line: Element | None, times: PageTimes) -> list[Reaction]:
    found: list[Reaction] = []
    for one in line.find_all("reaction") if line is not None else ():
        emoji = one.find("emoji")
        value = emoji.text() if emoji is not None else ""
        people = [who for who in one.find_all() if "title" in who.tag.attributes]
        for who in people:
            name, _, date = (who.attribute("title") or "").rpartition(", ")
            who.text()
            timed = times.read(date)
            known = Doubt.TIME_UNREADABLE not in timed.doubts
            found.append(Reaction(value, name if known else f"{name}, {date}", None, timed.instant if known else None))
        count = one.find("count")
        digits = count.peek() if count is not None else ""
        rest = int(digits) - len(people) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
        if count is not None and digits.isdigit():
            count.text()
        if rest > 0 or not people:
            found.append(Reaction(value, None, rest if rest > 0 else None))
    return found


def _mark(tag: Tag) -> tuple[str, str | None] | None:
    """The type of a marked stretch, in the words of Telegram's JSON."""
    if tag.name == "a":
        click = _CLICK.match(tag.attributes.get("onclick", ""))
        href = tag.attributes.get("href") or None
        if click is not None and click[1] in _CLICKS:
            return _CLICKS[click[1]], href
        if href is not None and href.startswith("mailto:"):
            return "email", href
        return ("phone" if href is not None and href.startswith("tel:") else "link"), href
    if tag.name == "span" and "spoiler" in tag.classes:
        return "spoiler", None
    kind = MARKS.get(tag.name)
    return None if kind is None else (kind, None)


def _linked(one: Entity, text: str) -> Entity:
    """A link whose words are another thing than its address is a text_link, and one to a name is a mention."""
    if one.type != "link" or one.target is None or (words := text[one.start : one.end]) == one.target:
        return one
    is_name = words.startswith("@") and one.target.endswith(f"/{words[1:]}")
    return Entity(one.start, one.end, "mention" if is_name else "text_link", one.target)


def _doubts_of(unread: list[tuple[str, str]], *, guessed: bool) -> tuple[Doubt, ...]:
    doubts = (Doubt.ENCODING_GUESSED,) if guessed else ()
    if any(_KNOWN.isdisjoint(where.rpartition("/")[2].partition("@")[0].split(".")) for where, _ in unread):
        return (*doubts, Doubt.FIELD_NOT_READ)
    return doubts
