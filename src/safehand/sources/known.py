"""What we know and do not read (yet): one table, so that a person is told which platform it is, and what to do.

    {"robin_k": [{"From": …, "Media Type": "TEXT", "Created": …      Snapchat, its own data as JSON
    msgstore.db.crypt15                                              WhatsApp, its locked backup

A row of ``MARKS`` looks at the first bytes of a text file: ``begins`` must match at the very beginning, and every one
of ``holds`` must be found after it. Beginnings are asked for so that a chat in which somebody pasted such a file is
not taken for one. A row of ``NAMES`` looks at the name of a file that was listed and not opened.

The marks are those of formats.md 1. A reader that comes for one of these platforms takes its row out of here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from safehand.model.attachment import FileType
from safehand.sources.contract import Certainty
from safehand.sources.databases import DATABASE_NAME

READ_NOT: Final = "this version does not read it"
_KEEP: Final = "Keep the file as it is: nothing in it is lost, and a later version may read it."


@dataclass(frozen=True, slots=True)
class Mark:
    """How one form of export is known by its first bytes."""

    form: str
    platform: str
    """The platform's name as its users say it."""
    what: str
    """What the file is, to be read after "This is"."""
    begins: re.Pattern[bytes]
    holds: tuple[re.Pattern[bytes], ...] = ()
    certainty: Certainty = Certainty.CERTAIN
    todo: str = _KEEP
    name: re.Pattern[str] | None = None
    """What the file must be called, where its first bytes are not enough."""
    why: str = READ_NOT
    """Why it is not read."""

    def meets(self, name: str, head: bytes) -> bool:
        """Whether a file of this name and with these first bytes is of this form."""
        if self.name is not None and self.name.search(name) is None:
            return False
        return self.begins.match(head) is not None and all(mark.search(head) for mark in self.holds)


@dataclass(frozen=True, slots=True)
class NameMark:
    """How a file that is listed and not opened is known by its name."""

    form: str
    platform: str
    what: str
    name: re.Pattern[str]
    todo: str


def _keys(*keys: str) -> tuple[re.Pattern[bytes], ...]:
    """Keys of JSON objects. Inside a text the quotation marks are escaped, so pasted JSON does not meet them."""
    return tuple(re.compile(rb'"' + re.escape(key.encode()) + rb'"\s*:') for key in keys)


_JSON: Final = re.compile(rb"(\xef\xbb\xbf)?\s*[\[{]")
_HTML: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html)", re.IGNORECASE)

_REDDIT_TABLES: Final = (
    rb"id,permalink(,direction|,(thread_id,)?date,ip[,\r\n]|\r?\n)|announcement_id,|content_link,|filename,sha256|date,ip\r?\n"
    rb"|statistic,value|preference,value|processor,(transaction|subscription)_id|scheduled_post_id,|post_id,user_selection"
    rb"|issuer_id,subject_id|username,note\r?\n|id,display_name,date,|id,title,body,kind,|birthdate,verified_birthdate"
    rb"|payout_amount_usd,|type,preference\r?\n"
)
"""How the other tables of Reddit's data begin (reddit/NOTES.md)."""

MARKS: Final[tuple[Mark, ...]] = (
    Mark("snapchat/json", "Snapchat", "Snapchat's own data", _JSON, (*_keys("Media Type", "Created"),)),
    Mark(
        "snapchat/html",
        "Snapchat",
        "a page of Snapchat's own data that is no chat, or one of its older pages",
        _HTML,
        (re.compile(rb"Snapchat|Chat History with"), re.compile(rb"Saved Chat History|chat_history|Chat History")),
        Certainty.LIKELY,
    ),
    Mark(
        "telegram/html-lists",
        "Telegram",
        "a page of a Telegram export that is no chat",
        _HTML,
        (re.compile(rb"<title>Exported Data</title>"), re.compile(rb'class="page_(header|body list_page)"')),
        Certainty.LIKELY,
    ),
    Mark(
        "meta/html",
        "Instagram or Messenger",
        "a page of an Instagram or Messenger download that is not known to be a chat",
        _HTML,
        (re.compile(rb'class="[^"]*(_a6-g|_a706|uiBoxWhite|_3b0d)|<div>Participants: '),),
        Certainty.POSSIBLE,
        "A chat lies in a folder of its own below messages, as message_1.html. Hand over the download as it came.",
    ),
    Mark(
        "x/headers", "X", "a list of X's direct messages without words", re.compile(rb"\s*window\.YTD\.direct_message")
    ),
    Mark("x/other", "X", "another part of X's own archive", re.compile(rb"\s*window\.(YTD|__THAR_CONFIG)\b")),
    Mark("google-voice/html", "Google Voice", "a Google Voice conversation", _HTML, (re.compile(rb'class="hChatLog'),)),
    Mark(
        "reddit/other",
        "Reddit",
        "another part of Reddit's own data",
        re.compile(rb"(\xef\xbb\xbf)?(" + _REDDIT_TABLES + rb")"),
        certainty=Certainty.LIKELY,
    ),
    Mark(
        "rsmf/eml",
        "RSMF",
        "the mail around a conversation in the review format RSMF",
        re.compile(rb"(?s:[A-Za-z-]+: .{0,4000}?^X-RSMF-Version: )", re.MULTILINE),
        todo="Hand it over by itself, not in an archive; or take the attached rsmf.zip out of it and hand that over: "
        "the manifest inside of it is read.",
    ),
)
"""Every form we know and do not read, the more particular before the more general."""

TABLE: Final = Mark(
    "table/stated",
    "Table",
    "a table",
    re.compile(b""),
    certainty=Certainty.POSSIBLE,
    todo=(
        "Say which of its columns is what, counted from the left, and how its times are written: "
        '--columns "time=1,sender=2,text=3" --time-format "DD/MM/YYYY HH:MM".'
    ),
    why="nobody has said which of its columns is what",
)
"""A table of which nobody has said what its columns are: what is none of the others, and has rows of several fields."""

TABLE_UTF16: Final = Mark(
    "table/utf-16",
    "Table",
    "a table",
    re.compile(rb"\xff\xfe|\xfe\xff"),
    certainty=Certainty.POSSIBLE,
    todo="Open it in the program that made it, save a copy as “CSV UTF-8”, and hand over both.",
    name=re.compile(r"\.(csv|tsv|tab)$", re.IGNORECASE),
    why="it is written in UTF-16, which this version does not read as a table",
)
"""Whatever its columns are."""

_EXPORT_CHAT: Final = "Open the chat in the app and choose “Export chat”, without media: that gives a text file."

NAMES: Final[tuple[NameMark, ...]] = (
    NameMark(
        "whatsapp/crypt",
        "WhatsApp",
        "a WhatsApp backup, locked with a key that only the phone has",
        re.compile(r"\.crypt\d+$"),
        _EXPORT_CHAT,
    ),
    NameMark(
        "whatsapp/database",
        "WhatsApp",
        "WhatsApp's database from a phone",
        re.compile(r"(^|/)(msgstore.*\.db|ChatStorage\.sqlite)$"),
        _EXPORT_CHAT,
    ),
    NameMark(
        "imessage/database",
        "iMessage",
        "the message database of a Mac or iPhone",
        DATABASE_NAME,
        "Nothing is lost: keep the file, and ask the desk how it wants it. To read it, name the file itself.",
    ),
    NameMark(
        "signal/backup",
        "Signal",
        "a Signal backup, locked with a passphrase",
        re.compile(r"(^|/)signal-[\d-]+\.backup$"),
        "Keep the file and its passphrase, and ask the desk how it wants them.",
    ),
    NameMark(
        "safehand/package",
        "Safehand",
        "a sealed package",
        re.compile(r"\.safehand$"),
        "Only the desk it was sealed for can open it: safehand unseal.",
    ),
)
"""Files that are known by their name alone and never opened."""

_LEAVE: Final = "Do not open, copy or send them: leave them where they are, and tell the desk that they are there."
_AS_TEXT: Final = "A chat is read as text: export it in the app with “Export chat”, without media."

NOT_TEXT: Final[dict[FileType, tuple[str, str]]] = {
    FileType.IMAGE: ("pictures", f"{_LEAVE} {_AS_TEXT} A screenshot is a picture too."),
    FileType.VIDEO: ("films", f"{_LEAVE} {_AS_TEXT}"),
    FileType.AUDIO: ("sounds", f"Leave them where they are, and tell the desk that they are there. {_AS_TEXT}"),
    FileType.DOCUMENT: ("documents", f"A PDF or a document may hold pictures, so none is opened. {_AS_TEXT}"),
    FileType.ARCHIVE: ("archives", "Only ZIP archives are opened, and not one inside another. Unpack it first."),
}
"""What they are and what a person may do, when there is no text at all: by the type that most of the files have."""
