r"""One message of sigtop's text in its parts: fields, what is answered, what was said, what it said before.

From: Ada (+447700900123)                    From: You
Type: incoming                               Type: outgoing
Sent: Wed, 30 Jul 2025 09:17:39 +0200        Sent: Wed, 30 Jul 2025 09:20:00 +0200
Received: Wed, 30 Jul 2025 09:17:40 +0200    Edited: 2 versions
Attachment: a.jpg (image/jpeg, 123 bytes)
Reaction: 👍 from You                        | Version: 2
                                             | Sent: Wed, 30 Jul 2025 09:25:00 +0200
> From: You                                  |
> Sent: Wed, 30 Jul 2025 09:00:00 +0200      | yes, at nine
>                                            |
> dig on Sunday?                             | Version: 1
                                             | Sent: Wed, 30 Jul 2025 09:20:00 +0200
yes                                          |
                                             | yes
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.model.message import Attachment, MediaState, Reaction

YOU: Final = "You"
"""What the program calls the account whose Signal Desktop it read."""
UNKNOWN: Final = "Unknown"
"""Nobody that it could find."""

_FIELD: Final = re.compile(r"([A-Z][a-z]+): (.*)")
_FILE: Final = re.compile(r"(.*) \(([^\s,()]*)(?:, ([0-9]{1,15}) bytes)?\)")
_NO_NAME: Final = "no filename"
_DETAIL: Final = re.compile(r"(.*) \(([^()]*)\)")
_VERSIONS: Final = re.compile(r"[0-9]+ versions?")
_QUOTE: Final = "> From: "
_EDIT: Final = "| Version: "


@dataclass(slots=True)
class Quoted:
    """What is answered."""

    sender: str = ""
    sent: str = ""
    text: str | None = None
    files: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Fields that nobody knew."""


@dataclass(slots=True)
class Version:
    """One wording of a message that was edited."""

    sent: str = ""
    text: str | None = None
    files: list[Attachment] = field(default_factory=list)
    quoted: Quoted | None = None
    others: list[str] = field(default_factory=list)
    """Fields that nobody knew."""


@dataclass(slots=True)
class Words:
    """One message in its parts."""

    sender: str | None = None
    type: str = ""
    sent: str | None = None
    received: str | None = None
    text: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    quoted: Quoted | None = None
    versions: list[Version] = field(default_factory=list)
    """The newest first, as they stand there."""
    others: list[str] = field(default_factory=list)
    """Fields that nobody knew."""

    @property
    def has_unknown(self) -> bool:
        """Whether a field that nobody knew stands in it, in a wording of it or in what it answers."""
        quoted = [self.quoted, *(one.quoted for one in self.versions)]
        told = [self.others, *(one.others for one in self.versions), *(one.others for one in quoted if one is not None)]
        return any(told)


def read_words(block: str) -> Words:
    """The parts of one block, without the empty line behind it."""
    lines = block.split("\n")
    words = Words()
    at = 0
    while at < len(lines) and (match := _FIELD.fullmatch(lines[at])) is not None:
        _take_field(words, match[1], match[2])
        at += 1
    rest = lines[at + 1 :]
    if at < len(lines) and lines[at]:
        words.others.append(lines[at])
    if rest and rest[0].startswith(_EDIT):
        words.versions = _versions(rest)
        if words.versions:
            newest = words.versions[0]
            words.text, words.quoted = newest.text, newest.quoted
            words.attachments += newest.files
            return words
    words.quoted, rest = _quoted(rest)
    words.text = "\n".join(rest) or None
    return words


def parted(name: str) -> tuple[str, str | None]:
    """``Ada (+447700900123)`` as name and number; for somebody without one, what Signal knows instead."""
    match = _DETAIL.fullmatch(name)
    return (name, None) if match is None else (match[1], match[2])


def _take_field(words: Words, name: str, value: str) -> None:
    match name:
        case "From" if words.sender is None:
            words.sender = value
        case "Type" if not words.type:
            words.type = value
        case "Sent" if words.sent is None:
            words.sent = value
        case "Received" if words.received is None:
            words.received = value
        case "Attachment":
            words.attachments.append(_file(value))
        case "Reaction" if " from " in value:
            emoji, _, who = value.partition(" from ")
            words.reactions.append(Reaction(emoji, parted(who)[0]))
        case "Edited" if _VERSIONS.fullmatch(value):
            pass
        case _:
            words.others.append(f"{name}: {value}")


def _file(value: str) -> Attachment:
    match = _FILE.fullmatch(value)
    if match is None:
        return Attachment(MediaState.NAMED, value)
    name, mime, size = match.groups()
    known = name != _NO_NAME
    return Attachment(
        MediaState.NAMED if known else MediaState.OMITTED,
        name if known else None,
        mime.partition("/")[0] or None,
        mime or None,
        None if size is None else int(size),
    )


def _quoted(lines: list[str]) -> tuple[Quoted | None, list[str]]:
    """What is answered, and the lines behind it and behind the empty line that parts them.

    Where words follow without that line, the program wrote none of it: somebody typed it, and all of it is words.
    """
    end = next((at for at, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if not (lines and lines[0].startswith(_QUOTE)) or (end < len(lines) and lines[end]):
        return None, lines
    return _read_quote([line.removeprefix(">").removeprefix(" ") for line in lines[:end]]), lines[end + 1 :]


def _read_quote(lines: list[str]) -> Quoted:
    quoted = Quoted()
    at = 0
    while at < len(lines) and (match := _FIELD.fullmatch(lines[at])) is not None:
        match match[1]:
            case "From":
                quoted.sender = match[2]
            case "Sent":
                quoted.sent = match[2]
            case "Attachment":
                quoted.files.append(match[2])
            case _:
                quoted.others.append(lines[at])
        at += 1
    quoted.text = "\n".join(_behind(lines, at)) or None
    return quoted


def _behind(lines: list[str], at: int) -> list[str]:
    """What stands behind the fields that end before line ``at``. An empty line parts them; where there is none, the
    line there is the first of the words.
    """
    return lines[at:] if at < len(lines) and lines[at] else lines[at + 1 :]


def _versions(lines: list[str]) -> list[Version]:
    """All wordings. None where a line among them is not what the program writes."""
    if not all(line.startswith("|") for line in lines):
        return []
    inner = [line.removeprefix("|").removeprefix(" ") for line in lines]
    begins = [at for at, line in enumerate(lines) if line.startswith(_EDIT)]
    return [
        _read_version(inner[begin + 1 : end], is_last=end == len(inner))
        for begin, end in zip(begins, [*begins[1:], len(inner)], strict=True)
    ]


def _read_version(lines: list[str], *, is_last: bool) -> Version:
    if not is_last and lines and not lines[-1]:
        lines = lines[:-1]  # the line that parts it from the next
    version = Version()
    at = 0
    while at < len(lines) and (match := _FIELD.fullmatch(lines[at])) is not None:
        match match[1]:
            case "Sent":
                version.sent = match[2]
            case "Attachment":
                version.files.append(_file(match[2]))
            case _:
                version.others.append(lines[at])
        at += 1
    version.quoted, rest = _quoted(_behind(lines, at))
    version.text = "\n".join(rest) or None
    return version
