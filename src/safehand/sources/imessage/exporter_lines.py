r"""The lines that imessage-exporter writes around and among what people said, and what each of them means.

    May 17, 2022  5:29:42 PM (Read by you after 1 hour, 49 seconds)      when, and when it was read
    +15550001111                                                        who
    Hello world                                                         what was said
    Sent with Confetti                                                  an effect
    Tapbacks:                                                           reactions, up to an empty line
    Loved by Me
    This message responded to an earlier message.

Every one of them can be typed by a person too: that is how the form is, and every conversation says so. The words are
the tool's own (imessage-exporter's ``exporters/txt.rs``, versions of 2024 and 2025; NOTES.md), English whatever the
language of the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from safehand.model.message import Attachment, Kind, MediaState, Reaction

DATE: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d, \d{4} [ \d]\d:\d\d:\d\d [AP]M"
"""A clock reading: 24 characters, the hour padded with a blank."""

_DATE: Final = DATE.encode()
READ: Final = rb" \(Read by [^\r\n]{1,300} after [^\r\n()]{1,80}\)"

FIRST_MESSAGE: Final = re.compile(_DATE + rb"(?:" + READ + rb")?\r?\n[^\r\n]")
FIRST_ANNOUNCEMENT: Final = re.compile(_DATE + rb" [^\r\n]{3,400}\r?\n\r?\n")

REPLY: Final = re.compile(rb"    (" + _DATE + rb")(" + READ + rb")?\r?\n?")
"""The first line of a reply that is written below what it answers, indented."""

HEADER_LIKE: Final = re.compile(_DATE + rb"(?:" + READ + rb")?\r?\n?")
"""A line that would begin a message, if an empty line stood before it."""

_ANNOUNCEMENTS: Final = tuple(
    (re.compile(pattern, re.DOTALL), action)
    for pattern, action in (
        (r"(.+?) renamed the conversation to (.*)", "renamed"),
        (r"(.+?) changed the group photo\.", "group photo changed"),
        (r"(.+?) removed the group photo\.", "group photo removed"),
        (r"(.+?) added (.+) to the conversation\.", "added"),
        (r"(.+?) removed (.+) from the conversation\.", "removed"),
        (r"(.+?) left the conversation\.", "left"),
        (r"(.+?) kept an audio message\.", "audio message kept"),
        (r"(.+?) unsent a message!", "unsent"),
        (r"(.+?) performed unknown action (-?\d+)\.?", "unknown action"),
    )
)


class Act(NamedTuple):
    """An event of the conversation: who did it, and what, in our words."""

    who: str
    action: str


def acted(words: str) -> Act | None:
    """The event that a line after its date tells, or None."""
    for pattern, action in _ANNOUNCEMENTS:
        found = pattern.fullmatch(words)
        if found is not None:
            return Act(found[1], action)
    return None


NOTE: Final = "This message responded to an earlier message."
RESTORED: Final = "This message was deleted from the conversation!"
"""The owner deleted it, and it could still be restored: the text follows."""

_UNSENT: Final = re.compile(
    r"(?:They|You|.{1,100}) (?:deleted a message\.|unsent this message part(?: [^!\n]{1,80} after sending)?!)"
)
_REACTIONS: Final = frozenset({"Reactions:", "Tapbacks:"})
_REACTION: Final = re.compile(r" *(Loved|Liked|Disliked|Laughed|Emphasized|Questioned|[^\w\s]\S{0,40}) by (.+)")
_STICKER: Final = re.compile(
    r"(?:(?:Outline|Comic|Puffy|Shiny|Iridescent|Normal|Other) )?Sticker from (.+?): "
    r"(\S.*?)( \((?:App|Genmoji prompt): .*\))?"
)
_STICKER_LOST: Final = re.compile(r" *Sticker from (.+) not found!")
_EFFECT: Final = re.compile(
    r"Sent with (?:Confetti|Echo|Fireworks|Balloons|Heart|Lasers|Shooting Star|Sparkles|Spotlight|Slam|Loud|Gentle"
    r"|Invisible Ink)"
)
_PATH: Final = re.compile(r"(?:attachments/|(?:/|~/|[A-Z]:\\)(?=.*(?:attachments/|/Messages/|/SMS/|Attachments))).*")
_LOST: Final = "Attachment missing!"
_FIRST_TEXT: Final = re.compile(rf"({DATE}) (.*)", re.DOTALL)
_EDIT: Final = re.compile(r"Edited (\d+ (?:day|hour|minute|second)s?(?:, \d+ (?:hour|minute|second)s?)*)? ?later: (.*)")
_TOOL: Final = {
    "SharePlay Message\nEnded": (Kind.SYSTEM, "SharePlay"),
    "Started sharing location!": (Kind.LOCATION, "started sharing location"),
    "Stopped sharing location!": (Kind.LOCATION, "stopped sharing location"),
    "Shared location!": (Kind.LOCATION, "shared location"),
}

_SPECIAL: Final = re.compile(
    rb"Reactions:|Tapbacks:|This message |[A-Z][a-z]+ Sticker from |Attachment missing!|attachments/|[/~]|[A-Z]:\\"
    rb"|Edited |S[eth]|    |" + _DATE
)


def is_special(line: bytes) -> bool:
    """Whether the one line of a message may be more than words. Whatever may be is looked at closely."""
    return _SPECIAL.match(line) is not None or b"deleted a " in line or b"unsent this " in line


@dataclass(slots=True)
class Body:
    """What stands between the sender of a message and the next."""

    text: str | None = None
    kind: Kind = Kind.TEXT
    action: str | None = None
    tool: bool = False
    """The words are the tool's, not a person's."""
    responded: bool = False
    edited: bool = False
    revisions: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)


def read_body(lines: list[str]) -> Body:
    """The lines of one message, without line ends; those of a reply without their indent."""
    body = Body()
    left = list(lines)
    _strip(left)
    if left and left[0] == RESTORED:
        body.extra["deleted"] = left.pop(0)
    if left and left[-1] == NOTE:
        body.responded = True
        left.pop()
        _strip(left)
    left = _edits(body, _reactions(body, left))
    if not body.edited:
        left = [line for line in left if not _attached(body, line)]
    _strip(left)
    text = "\n".join(left)
    body.text = text or None
    _settle(body, text)
    return body


def _settle(body: Body, text: str) -> None:
    tool = _TOOL.get(text)
    if tool is not None:
        (body.kind, body.action), body.tool = tool, True
    elif _UNSENT.fullmatch(text):
        body.kind, body.tool = Kind.DELETED, True
    elif "deleted" in body.extra:
        body.kind = Kind.DELETED
    elif body.attachments:
        stickers = all(one.type == "sticker" for one in body.attachments)
        body.kind = Kind.STICKER if stickers and not text else Kind.MEDIA
    elif not text:
        body.kind = Kind.EMPTY


def _strip(lines: list[str]) -> None:
    while lines and not lines[-1]:
        lines.pop()


def _reactions(body: Body, lines: list[str]) -> list[str]:
    """What is left when the blocks of reactions are taken out. A block that holds anything else is words."""
    left: list[str] = []
    index = 0
    while index < len(lines):
        if lines[index].strip() in _REACTIONS:
            end = index + 1
            while end < len(lines) and lines[end]:
                end += 1
            found = [_reaction(line) for line in lines[index + 1 : end]]
            if found and None not in found:
                body.reactions += [one for one in found if one is not None]
                index = end + 1
                continue
        left.append(lines[index])
        index += 1
    return left


def _reaction(line: str) -> Reaction | None:
    found = _REACTION.fullmatch(line)
    if found is not None:
        return Reaction(found[1], found[2])
    sticker = _STICKER.fullmatch(line.strip()) or _STICKER_LOST.fullmatch(line)
    return None if sticker is None else Reaction(line.strip(), sticker[1])


def _edits(body: Body, lines: list[str]) -> list[str]:
    """The last text of an edited message; the earlier ones become its revisions."""
    marks = [place for place, line in enumerate(lines) if _EDIT.fullmatch(line)]
    first = _FIRST_TEXT.fullmatch(lines[0]) if lines else None
    if not marks and first is None:
        return lines
    if first is not None and not marks and len(lines) > 1:
        return lines  # a text that begins with a date: the tool would have written an edit below it
    body.edited = True
    told: list[str] = []
    begins = [0, *marks] if marks[:1] != [0] else marks
    texts = [lines[begin:end] for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True)]
    for text in texts:
        edit = _EDIT.fullmatch(text[0])
        if edit is not None:
            told.append(edit[1] or "")
            text[0] = edit[2]
        elif first is not None and text[0] == lines[0]:
            told.append(first[1])
            text[0] = first[2]
        _strip(text)
    body.revisions = ["\n".join(text) for text in texts[:-1]]
    body.extra["edits"] = told
    return texts[-1]


def _attached(body: Body, line: str) -> bool:
    """Whether a line names a file or an effect, which then stands in the message's own fields."""
    sticker = _STICKER.fullmatch(line)
    if sticker is not None:
        body.attachments.append(Attachment(MediaState.NAMED, sticker[2], "sticker"))
        if line != f"Sticker from {sticker[1]}: {sticker[2]}":
            body.extra["sticker"] = line
    elif line == _LOST:
        body.attachments.append(Attachment(MediaState.MISSING))
    elif _PATH.fullmatch(line):
        body.attachments.append(Attachment(MediaState.NAMED, line))
    elif _EFFECT.fullmatch(line):
        body.extra["effect"] = line
    else:
        return False
    return True
