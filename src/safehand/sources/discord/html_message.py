"""One message of DiscordChatExporter's pages: everything that is not read by html_plain.py.

    <div id=chatlog__message-container-106… class=chatlog__message-container data-message-id=106…> …
      <div class=chatlog__header><span class=chatlog__author title=priya data-user-id=521…>Priya</span> …
      <div class="chatlog__content chatlog__markdown"><span class=chatlog__markdown-preserve>The gate is open</span> …
        → Message(kind=TEXT, sender="Priya", sender_id="521…", text="The gate is open", native_id="106…")

Messages of one account that follow one another stand in one group, and the first alone has a header: the others name
nobody. An emoji is a picture whose ``alt`` is the sign; the sign is put into the text, and ``:name:`` for one of a
server's own. What has no place in the model is told in ``extra``.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final, NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
from safehand.model.message import Attachment, Call, Entity, Forward, Kind, Match, MediaState, Reaction, Reply, Share
from safehand.sources.discord.message import Author
from safehand.sources.html_blocks import Block, Element
from safehand.sources.html_text import LAYOUT, MARKS
from safehand.sources.html_tokens import Tag
from safehand.sources.seen_ids import SeenIds

_NO_SUCH: Final = Block(b"").root

_PREFIX: Final = "chatlog__"
_REPLIES: Final = (f"{_PREFIX}reply", f"{_PREFIX}reference")
"""What an answered message is called, since 2023 and before."""
_LINES: Final = (f"{_PREFIX}markdown-preserve", "preserve-whitespace", "markdown")
"""What the words of a message stand in, the newest pages first."""
SENT: Final = "Message sent: "
"""Before the time that a message has of its own on older pages."""
_EDITED: Final = "(edited)"
_KNOWN_TOO: Final = frozenset({"pinned"})
_KNOWN_BARE: Final = frozenset({"mention", "emoji", "emoji--small", "emoji--large", "spoiler", "spoiler--hidden"})
"""Classes of older pages, which have no common beginning."""
_TARGET: Final = re.compile(r"scrollToMessage\(event, ?'(\d{1,19})'\)", re.ASCII)
_FILE: Final = re.compile(r"(Image|Video|Audio): (.*) \([\d.,]+ [A-Za-z]+\)", re.DOTALL)
_CUSTOM: Final = re.compile(r"\w{1,64}", re.ASCII)
_PINNED: Final = frozenset({f"{_PREFIX}message-container--pinned", f"{_PREFIX}message--pinned"})
_LANGUAGE: Final = "language-"
_EMOJI: Final = frozenset({f"{_PREFIX}emoji", "emoji"})
_MARKS: Final = {
    f"{_PREFIX}markdown-spoiler": "spoiler",
    "spoiler": "spoiler",
    "spoiler-text": "spoiler",
    f"{_PREFIX}markdown-quote-content": "blockquote",
    "quote": "blockquote",
}
"""By class: what kind of mark it is."""
_MULTILINE: Final = frozenset({f"{_PREFIX}markdown-pre--multiline", "pre--multiline"})
_MENTION: Final = frozenset({f"{_PREFIX}markdown-mention", "mention"})
_SELF: Final = "#chatlog__message-container-"

_ACTIONS: Final = (
    ("added ", "RecipientAdd"),
    ("left the group", "RecipientRemove"),
    ("removed ", "RecipientRemove"),
    ("started a call", "Call"),
    ("changed the channel name", "ChannelNameChange"),
    ("changed the channel icon", "ChannelIconChange"),
    ("pinned ", "ChannelPinnedMessage"),
    ("started a thread", "ThreadCreated"),
    ("joined the server", "GuildMemberJoin"),
)
"""How DiscordChatExporter's own words for an act of the platform begin, and what its JSON calls the act."""

_KNOWN: Final = frozenset({
    "avatar", "reply-avatar", "reply-author", "reply-content", "reply-link", "reply-edited-timestamp", "reply-unknown",
    "reference-author", "reference-content", "reference-link", "reference-edited-timestamp", "reference-unknown",
    "reference-name", "reference-symbol", "author-avatar", "author-avatar-container", "author-tag", "bot-label",
    "bot-tag", "attachment", "attachment--hidden", "attachment-media", "attachment-thumbnail",
    "attachment-spoiler-caption", "attachment-container",
    "attachment-generic", "attachment-generic-name", "attachment-generic-size", "markdown-mention",
    "markdown-timestamp", "emoji", "system-notification-link", "sticker", "sticker--media", "reaction", "forwarded",
    "forwarded-header", "forwarded-content", "forwarded-timestamp", "forwarded-attachments", "forwarded-attachment",
})  # fmt: skip
_EMBED: Final = "embed"


class Draft(NamedTuple):
    """What one block says, before it is known who wrote it."""

    kind: Kind
    text: str | None
    written: str
    """The time, in the words of the page."""
    doubts: tuple[Doubt, ...]
    author: Author | None = None
    """None where the page does not repeat it."""
    action: str | None = None
    edited: Instant | None = None
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reply: Reply | None = None
    forward: Forward | None = None
    share: Share | None = None
    call: Call | None = None
    entities: tuple[Entity, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def id_of(block: Block) -> str | None:
    """The message's id."""
    return block.root.attribute("data-message-id")


def read_block(block: Block, seen: SeenIds, *, new_author: bool) -> Draft:
    """What a block says. ``new_author``: the account is spelled here as it was not before."""
    _spell_emoji(block)
    primary = block.find(f"{_PREFIX}message-primary") or block.root  # older pages have no such element
    if block.find(f"{_PREFIX}system-notification-content") is not None:
        return _system(block, primary)
    return _spoken(block, primary, seen, new_author=new_author)


def _system(block: Block, primary: Element) -> Draft:
    """An act of the platform, in the words of the program."""
    icon = block.find(f"{_PREFIX}system-notification-icon")
    if icon is not None:
        icon.pass_over()
    author = read_author(primary.find(f"{_PREFIX}system-notification-author"))
    content = primary.find(f"{_PREFIX}system-notification-content") or _NO_SUCH
    text, entities, guessed = content.content(_mark)
    written = _written(primary.find(f"{_PREFIX}system-notification-timestamp"), block)
    action = next((name for words, name in _ACTIONS if text.startswith(words)), None)
    unread = _unread(block)
    call = Call() if action == "Call" else None
    return Draft(
        Kind.CALL if call else Kind.SYSTEM,
        text or None,
        written,
        (Doubt.TOOL_GENERATED_TEXT, *doubts_of(unread, guessed=guessed)),
        author,
        action,
        call=call,
        entities=entities,
        unread=tuple(unread),
    )


def _spoken(block: Block, primary: Element, seen: SeenIds, *, new_author: bool) -> Draft:
    """What somebody said."""
    author = read_author(primary.find(f"{_PREFIX}author"))
    avatar = block.find(f"{_PREFIX}avatar")
    if avatar is not None:
        avatar.attribute("alt")
        if not new_author:
            avatar.pass_over()
    short = block.find(f"{_PREFIX}short-timestamp")
    written = _written(primary.find(f"{_PREFIX}timestamp") or short, block)
    doubts: list[Doubt] = []
    content = next((one for one in primary.children() if f"{_PREFIX}content" in one.classes), _NO_SUCH)
    edited = content.find(f"{_PREFIX}edited-timestamp")
    changed = None
    if edited is not None:
        changed = unknown_instant(edited.attribute("title") or "")
        edited.pass_over()
    line = next((one for name in _LINES if (one := content.find(name)) is not None), content)
    text, entities, guessed = line.content(_mark)
    if edited is not None and line.find(f"{_PREFIX}edited-timestamp") is not None:
        text = text.removesuffix(_EDITED).rstrip(LAYOUT)
    reply = read_reply(primary, block, seen, doubts)
    reactions = tuple(_reactions(primary))
    attachments = (*_attachments(primary, block), *_stickers(primary))
    passed = primary.find(f"{_PREFIX}forwarded-content")
    share = _share(primary)
    if passed is not None and share is None:
        share = Share(None, passed.peek() or None)
    unread = _unread(block)
    unsure = doubts_of(unread, guessed=guessed or block.guessed)
    kind = _kind(text, attachments, share)
    return Draft(
        Kind.UNKNOWN if kind is Kind.EMPTY and Doubt.FIELD_NOT_READ in unsure else kind,
        text or None,
        written,
        (*doubts, *unsure),
        author,
        None,
        changed,
        attachments,
        reactions,
        reply,
        Forward(None) if passed is not None else None,
        share,
        entities=tuple(_linked(one, text) for one in entities),
        unread=tuple(unread),
    )


def _spell_emoji(block: Block) -> None:
    """Put what each picture of an emoji stands for before the text behind it."""
    for index, tag in enumerate(block.tags):
        if tag.name == "img" and not _EMOJI.isdisjoint(tag.classes):
            sign = tag.attributes.get("alt", "")
            shown = f":{sign}:" if _CUSTOM.fullmatch(sign) else sign
            block.texts[index] = escape(shown, quote=False).encode("utf-8", "surrogateescape") + block.texts[index]
            block.read_attributes.add((index, "alt"))


def read_author(line: Element | None) -> Author | None:
    """The account in a header: its id, what it goes by here, and its own name where that is another."""
    if line is None:
        return None
    key, other, name = line.attribute("data-user-id"), line.attribute("title"), line.text() or None
    shown = name or other
    return Author(key or shown, shown, other if other != shown else None)


def _written(line: Element | None, block: Block) -> str:
    """The time as the page says it: the longer of its two spellings."""
    if line is None:
        return ""
    link = line.find(name="a")
    own = f"{_SELF}{block.root.tag.attributes.get('data-message-id', '')}"
    if link is not None and link.tag.attributes.get("href") == own:
        link.attribute("href")
    title = line.attribute("title")
    shown = line.text()
    return title or shown


def read_reply(primary: Element, block: Block, seen: SeenIds, doubts: list[Doubt]) -> Reply | None:
    """What it answers: by its id, with the words that stand there."""
    name = next((one for one in _REPLIES if primary.find(one) is not None), "")
    line = primary.find(name) if name else None
    if line is None:
        return None
    for picture in line.find_all(f"{name}-avatar"):
        picture.pass_over()
    link = line.find(f"{name}-link")
    found = _TARGET.search(link.tag.attributes.get("onclick", "")) if link is not None else None
    quoted = _words(link, block) or None if link is not None else None
    if found is None:
        if line.find(f"{name}-unknown") is None and link is None:
            return None  # a command of a bot: it stands in extra
        doubts.append(Doubt.REPLY_TARGET_MISSING)
        return Reply(None, quoted)
    here = int(found[1]) in seen
    if not here:
        doubts.append(Doubt.REPLY_TARGET_MISSING)
    else:
        for said_by in (*line.find_all(f"{name}-author"), *line.find_all(f"{name}-name")):
            said_by.pass_over()  # the message itself says
    return Reply(found[1], quoted, Match.EXACT if here else Match.NONE)


def _words(line: Element, block: Block) -> str:
    """What it says. Where a link in it points to has no place here: that stays unread."""
    before = set(block.read_attributes)
    words = line.text()
    block.read_attributes = before
    return words


def _reactions(primary: Element) -> list[Reaction]:
    found: list[Reaction] = []
    for one in primary.find_all(f"{_PREFIX}reaction"):
        count = one.find(f"{_PREFIX}reaction-count")
        digits = count.text() if count is not None else ""
        value = one.own_text() or (one.tag.attributes.get("title") or "")
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
        if number is not None or value:
            found.append(Reaction(value, None, number))
    return found


def _attachments(primary: Element, block: Block) -> list[Attachment]:
    """Files, by the names the page gives them. Where they lie stands in extra, and nobody looks."""
    found: list[Attachment] = []
    for one in primary.find_all(f"{_PREFIX}attachment"):
        for icon in one.find_all(f"{_PREFIX}attachment-generic-icon"):
            icon.pass_over()
        media = next((each for each in one.find_all() if "title" in each.tag.attributes), None)
        named = _FILE.fullmatch(media.tag.attributes["title"]) if media is not None else None
        generic = one.find(f"{_PREFIX}attachment-generic-name")
        if named is not None:
            found.append(Attachment(MediaState.NAMED, named[2], named[1].lower()))
        elif generic is not None:
            found.append(Attachment(MediaState.NAMED, _words(generic, block) or None))
        else:
            source = next((each for each in one.find_all() if "src" in each.tag.attributes), None)
            place = source.tag.attributes["src"] if source is not None else ""
            found.append(Attachment(MediaState.NAMED, place.partition("?")[0].rpartition("/")[2] or None))
    return found


def _stickers(primary: Element) -> list[Attachment]:
    return [
        Attachment(MediaState.NAMED, one.attribute("title"), "sticker") for one in primary.find_all(f"{_PREFIX}sticker")
    ]


def _share(primary: Element) -> Share | None:
    """What the page shows of the first link. All of it stands in extra."""
    embed = primary.find(f"{_PREFIX}embed")
    if embed is None:
        return None
    words = [
        said
        for name in ("embed-title", "embed-description")
        if (line := embed.find(f"{_PREFIX}{name}")) is not None and (said := line.peek())
    ]
    link = embed.find(f"{_PREFIX}embed-title-link") or embed.find(name="a")
    owner = embed.find(f"{_PREFIX}embed-author")
    return Share(
        link.tag.attributes.get("href") if link is not None else None,
        "\n".join(words) or None,
        (owner.peek() or None) if owner is not None else None,
    )


def _kind(text: str, attachments: tuple[Attachment, ...], share: Share | None) -> Kind:
    if attachments:
        return Kind.STICKER if all(one.type == "sticker" for one in attachments) and not text else Kind.MEDIA
    if text:
        return Kind.TEXT
    return Kind.SHARE if share is not None else Kind.EMPTY


def _mark(tag: Tag) -> tuple[str, str | None] | None:
    """The type of a marked stretch, and what it points to."""
    classes = tag.classes
    if not _MENTION.isdisjoint(classes):
        return "mention", tag.attributes.get("title")
    if not _MULTILINE.isdisjoint(classes):
        language = next((one for one in sorted(classes) if one.startswith(_LANGUAGE)), None)
        return "pre", None if language is None else language.removeprefix(_LANGUAGE)
    for one in sorted(classes):
        if one in _MARKS:
            return _MARKS[one], None
    kind = MARKS.get(tag.name)
    return None if kind is None else (kind, tag.attributes.get("href") or None)


def _linked(one: Entity, text: str) -> Entity:
    """A link whose words are another thing than its address is a text_link."""
    if one.type != "link" or one.target is None or text[one.start : one.end] == one.target:
        return one
    return Entity(one.start, one.end, "text_link", one.target)


def _unread(block: Block) -> list[tuple[str, str]]:
    """What has no place of its own."""
    block.root.attribute("data-message-id")
    if block.root.tag.attributes.get("title", "").startswith(SENT):
        block.root.attribute("title")
    pinned = [("pinned", "true")] if not _PINNED.isdisjoint(block.root.classes) else []
    return [*block.unread(), *pinned]


def doubts_of(unread: list[tuple[str, str]], *, guessed: bool) -> tuple[Doubt, ...]:
    """What is unsure for what was not read."""
    doubts = (Doubt.ENCODING_GUESSED,) if guessed else ()
    return doubts if all(_is_known(where) for where, _ in unread) else (*doubts, Doubt.FIELD_NOT_READ)


def _is_known(where: str) -> bool:
    """Whether it stands in an element that is no surprise."""
    if where in _KNOWN_TOO:
        return True
    names = where.partition("@")[0].replace("/", ".").split(".")
    if not _KNOWN_BARE.isdisjoint(names):
        return True
    marks = [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)]
    return any(mark in _KNOWN or mark.startswith(_EMBED) for mark in marks)
