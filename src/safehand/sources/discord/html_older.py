"""Pages of DiscordChatExporter from before the spring of 2022: a group has one header, and below it bare messages.

    <div class="chatlog__message-group">
      <div class="chatlog__author-avatar-container"><img class="chatlog__author-avatar" src="…" alt="Avatar"></div>
      <div class="chatlog__messages">
        <span class="chatlog__author-name" title="priya#0001" data-user-id="521…">Priya</span>
        <span class="chatlog__timestamp">04-Jan-26 07:02 PM</span>
        <div class="chatlog__message" data-message-id="106…" id="message-106…" title="Message sent: 04-Jan-26 07:02 PM">

What stands before the first message is a block of its own: whose the group is, when it began, and what the first of its
messages answers. Programs that write transcripts for bots copied this layout.
"""

from __future__ import annotations

from typing import NamedTuple

from safehand.model.doubt import Doubt
from safehand.model.message import Reply
from safehand.sources.discord.html_message import SENT, doubts_of, read_author, read_reply
from safehand.sources.discord.message import Author
from safehand.sources.html_blocks import Block
from safehand.sources.seen_ids import SeenIds


class Group(NamedTuple):
    """What the header of a group says."""

    author: Author
    written: str
    reply: Reply | None
    doubts: tuple[Doubt, ...]
    unread: tuple[tuple[str, str], ...]
    """What has no place: it goes to the first message."""


def read_group(block: Block, seen: SeenIds, *, new_author: bool) -> Group | None:
    """The header of a group; None where there is none."""
    author = read_author(block.find("chatlog__author-name"))
    if author is None:
        return None
    for picture in block.find_all("chatlog__author-avatar"):
        picture.attribute("alt")
        if not new_author:
            picture.pass_over()
    line = block.find("chatlog__timestamp")
    written = (line.attribute("title") or line.text()) if line is not None else ""
    doubts: list[Doubt] = []
    reply = read_reply(block.root, block, seen, doubts)
    unread = block.unread()
    return Group(author, written, reply, (*doubts, *doubts_of(unread, guessed=block.guessed)), tuple(unread))


def written_in(block: Block) -> str:
    """The time that a message of such a group has of its own; nothing where it has none."""
    return (block.root.attribute("title") or "").removeprefix(SENT)
