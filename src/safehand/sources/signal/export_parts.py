r"""What signal-export's two forms have in common: how it spells quotes and calls, whom it calls by which name.

"\n\n> Shall we dig\n> on Sunday?\n\n"     what a message answers, as Markdown
"Incoming voice call (accepted, 2m 5s)"     a call, in the program's own words
"hello  "                                   two blanks behind everything that was said, for Markdown
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened
from safehand.model.message import Call
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.thread import Thread

PLATFORM: Final = "signal"

OWNER: Final = "Me"
"""What the program calls the account whose Signal Desktop it read."""
NOBODY: Final = "No-Sender"
"""What it writes where it found no account: the platform's own events among them."""
PADDING: Final = "  "
"""What it adds to what was said, so that Markdown breaks the line."""

CLOCK: Final = "The times are those of the computer that made the export; its time zone is not stated in the file."

_CALL: Final = re.compile(
    r"(?:(Incoming|Outgoing)(?: (voice|video))? call|(Missed)(?: (voice|video))? call)"
    r"(?: \(([a-z ]+)(?:, (?:(\d{1,5})m )?(\d{1,2})s)?\))?"
)


def opened(file: SourceFile, form: str, desk: ReadingDesk) -> Thread:
    """The conversation of one file, called by the folder it stands in: so the program names its folders."""
    folders = file.name.replace("\\", "/").split("/")[:-1]
    title = folders[-1] if folders else None
    return Thread(
        ConversationOpened(
            desk.next_conversation(), PLATFORM, form, title or None, ConversationKind.UNKNOWN, (file.id,)
        )
    )


def name_owner(thread: Thread) -> None:
    """Say whose export it is, once all have been counted."""
    if OWNER in thread.accounts:
        thread.accounts[OWNER].is_owner = True


def clock_note(desk: ReadingDesk, thread: Thread) -> Iterator[str]:
    """That nobody stated a zone, where it matters."""
    if thread.count and desk.options.zone is None:
        yield CLOCK


def said_of(body: str) -> str | None:
    """What was said, without what the program added; None for nothing."""
    return body.removesuffix(PADDING) or None


def quoted_of(quote: str) -> str | None:
    """The words that are answered, out of their Markdown."""
    lines = quote.strip("\n").split("\n")
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines) or None


def call_of(words: str | None, *, missed: bool = False) -> Call | None:
    """The call that the program's own words tell of; None where they tell of none."""
    match = None if words is None else _CALL.fullmatch(words)
    if match is None:
        return Call(None, "missed") if missed else None
    way, kind, gone, other, outcome, minutes, seconds = match.groups()
    length = None if seconds is None else int(minutes or 0) * 60 + int(seconds)
    told = "missed" if gone or missed else outcome or (way.lower() if way else None)
    return Call(length, told, (kind or other) == "video" if kind or other else None)
