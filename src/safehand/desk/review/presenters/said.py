"""What a message says, by kind: its words, and in words what the words leave out.

    Kind.MEDIA     a hatched square, "Image not shown", the file's name, the caption
    Kind.DELETED   "Shown as deleted in the source"
    Kind.CALL      "Video call, 3 minutes 20 seconds"

No picture, video or sound is ever opened, copied or played; a link is text and leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from safehand.desk.core import say
from safehand.desk.review.presenters.marks import Piece, cut
from safehand.desk.review.presenters.times import instant_words
from safehand.model.message import Attachment, Call, Kind, Match, MediaState, Message

LONGEST: Final = 6_000
"""Characters of one message shown in a list: three screens. The whole stands one link away."""

_NOT_SHOWN: Final[dict[str, str]] = {
    "photo": "Image not shown",
    "image": "Image not shown",
    "video": "Video not shown",
    "video_note": "Video not shown",
    "gif": "Animation not shown",
    "animation": "Animation not shown",
    "sticker": "Sticker not shown",
    "audio": "Sound not played",
    "voice": "Voice message not played",
    "voice_message": "Voice message not played",
    "document": "Document not opened",
    "contact": "Contact card not opened",
}
_STATE: Final[dict[MediaState, str]] = {
    MediaState.NAMED: "",
    MediaState.OMITTED: "The source leaves the file out",
    MediaState.MISSING: "The source says the file could not be had",
    MediaState.EMBEDDED: "The file stood inside the source and was taken out when it was sealed",
}
_KIND_NOT_SHOWN: Final[dict[Kind, str]] = {
    Kind.MEDIA: "File not opened",
    Kind.STICKER: "Sticker not shown",
    Kind.VOICE: "Voice message not played",
}
_NOTE: Final[dict[Kind, str]] = {
    Kind.DELETED: "Shown as deleted in the source",
    Kind.EMPTY: "The source shows nothing here: a view-once or disappearing message",
    Kind.LOCATION: "A location",
    Kind.CONTACT: "A contact card",
    Kind.UNKNOWN: "A kind of message this version does not know",
}


@dataclass(frozen=True, slots=True)
class FileWords:
    """A file that went with the message."""

    title: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """What it answers."""

    title: str
    quoted: str


@dataclass(frozen=True, slots=True)
class ReactionWords:
    """A reaction, and by whom."""

    value: str
    by: str


@dataclass(frozen=True, slots=True)
class PollWords:
    """A question and its answers."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShareWords:
    """What it passes on: not the sender's own words."""

    text: str
    owner: str
    link: str


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that stands in the row of a message beside who and when."""

    pieces: tuple[Piece, ...]
    note: str = ""
    files: tuple[FileWords, ...] = ()
    reply: ReplyWords | None = None
    forwarded: str = ""
    poll: PollWords | None = None
    share: ShareWords | None = None
    reactions: tuple[ReactionWords, ...] = ()
    links: tuple[str, ...] = ()
    edited: bool = False
    cut_from: int = 0
    """Characters the message has, where only the first LONGEST are shown."""
    cover: str = ""
    """What is said in place of all of it until somebody asks: the word for why. Empty where nothing is covered."""
    plain: bool = False
    """Words alone, as nearly all are: a template then asks for nothing else."""


Spans: TypeAlias = tuple[tuple[int, int], ...]


def said(message: Message, spans: Spans = (), *, whole: bool = False, cues: Spans = (), cover: str = "") -> Said:
    """What ``message`` says. ``spans`` were searched for, indicators rest on ``cues``; ``whole`` shows all of it.

    ``cover`` is the word for why it is covered until asked for; it covers all of it, not its words alone.
    """
    text = "" if _is_told_as_a_poll(message) else message.text or ""
    long = len(text) > LONGEST and not whole
    shown = text[:LONGEST] if long else text
    pieces = cut(shown, spans, cues)
    edited = message.edited_mark or message.edited is not None
    if _is_plain(message):
        return Said(pieces, edited=edited, cut_from=len(text) if long else 0, cover=cover, plain=True)
    return Said(
        pieces=pieces,
        note=_note(message),
        files=_files(message),
        reply=_reply(message),
        forwarded=_forwarded(message),
        poll=_poll(message),
        share=_share(message),
        reactions=_reactions(message),
        links=tuple(entity.target for entity in message.entities if entity.target and entity.target not in text),
        edited=edited,
        cut_from=len(text) if long else 0,
        cover=cover,
    )


def _is_plain(message: Message) -> bool:
    if message.kind is not Kind.TEXT or message.attachments or message.reactions or message.entities:
        return False
    beside = (message.call, message.reply, message.forward, message.poll, message.share)
    return all(one is None for one in beside)


def _is_told_as_a_poll(message: Message) -> bool:
    # A source in plain text writes a poll out; it is shown as a poll, once. Its own words stand in the original.
    return message.poll is not None and message.poll.question in (message.text or "")


def kind_words(kind: Kind) -> str:
    """The kind of a message, for the panel. Empty for plain text."""
    return "" if kind is Kind.TEXT else str(kind).replace("_", " ").capitalize()


def _note(message: Message) -> str:
    if message.call is not None or message.kind is Kind.CALL:
        return _call_words(message.call or Call())
    if message.kind is Kind.SYSTEM and not message.text:
        return f"The platform notes: {(message.action or 'an event').replace('_', ' ')}"
    return _NOTE.get(message.kind, "")


def _call_words(call: Call) -> str:
    match call.video:
        case True:
            words = "Video call"
        case False:
            words = "Voice call"
        case None:
            words = "Call"
    if call.seconds is not None:
        words += f", {say.stretch(call.seconds)}"
    return f"{words}, {call.outcome.replace('_', ' ')}" if call.outcome else words


def _files(message: Message) -> tuple[FileWords, ...]:
    if not message.attachments and message.kind in _KIND_NOT_SHOWN:
        return (FileWords(_KIND_NOT_SHOWN[message.kind], "", ""),)
    return tuple(_file(attachment, message.kind) for attachment in message.attachments)


def _file(attachment: Attachment, kind: Kind) -> FileWords:
    word = (attachment.type or "").lower()
    title = _NOT_SHOWN.get(word) or _by_mime(attachment.mime) or _KIND_NOT_SHOWN.get(kind, "File not opened")
    size = f", {say.size(attachment.size)}" if attachment.size is not None else ""
    return FileWords(title + size, attachment.name or "", _STATE[attachment.state])


def _by_mime(mime: str | None) -> str:
    return _NOT_SHOWN.get((mime or "").split("/", 1)[0], "")


def _reply(message: Message) -> ReplyWords | None:
    if message.reply is None:
        return None
    match message.reply.match:
        case Match.EXACT:
            title = "In reply to a message of this conversation"
        case Match.BY_TEXT:
            title = "In reply to a message with these words"
        case Match.NONE:
            title = "In reply to a message that could not be matched"
    return ReplyWords(title, message.reply.quoted or "")


def _forwarded(message: Message) -> str:
    if message.forward is None:
        return ""
    when = f", first sent {instant_words(message.forward.sent)}" if message.forward.sent is not None else ""
    return f"Forwarded from {message.forward.sender or 'an account the source does not name'}{when}"


def _poll(message: Message) -> PollWords | None:
    if message.poll is None:
        return None
    options = tuple(
        option.text if option.votes is None else f"{option.text} ({say.counted(option.votes, 'vote')})"
        for option in message.poll.options
    )
    return PollWords(message.poll.question, options)


def _share(message: Message) -> ShareWords | None:
    share = message.share
    if share is None:
        return None
    return ShareWords(share.text or "", share.owner or "", share.link or "")


def _reactions(message: Message) -> tuple[ReactionWords, ...]:
    return tuple(
        ReactionWords(
            reaction.value,
            reaction.sender or (say.counted(reaction.count, "person", "people") if reaction.count else ""),
        )
        for reaction in message.reactions
    )
