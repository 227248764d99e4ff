"""One message of imessage-exporter's pages: everything that is not read by page_plain.py.

    <div class="message", id="r-GUID"><div class="sent iMessage"><p><span class="timestamp">…<span class="sender">Me
    <hr><div class="message_part"> a bubble, an edited text with its rows, a file, an app's bubble, or what was unsent
    <span class="expressive">, <div class="tapbacks">, <span class="reply_context">

What the model has no place for is kept in ``extra``. The words of the tool are those of its text (exporter_lines.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.message import Attachment, Entity, Kind, Reaction, Share
from safehand.sources.html_blocks import Block, Element, extra_of
from safehand.sources.html_text import LAYOUT
from safehand.sources.imessage.exporter_lines import DATE, RESTORED, Act, acted
from safehand.sources.imessage.page_files import files_in, lost, previews_in, shared

_STAMP: Final = re.compile(rf"({DATE})\s*(?:\((Read by .+)\))?", re.DOTALL)
_ACTS: Final = tuple(
    (re.compile(pattern, re.DOTALL), action)
    for pattern, action in (
        (r"(.+?) named the conversation (.*)", "renamed"),
        (r"(.+?) (?:deleted|unsent) a message\.", "unsent"),
        (r"(.+?) changed their phone number\.", "phone number changed"),
        (r"(.+?) (?:changed|set) the chat background\.", "chat background changed"),
        (r"(.+?) removed the chat background\.", "chat background removed"),
    )
)
_KNOWN: Final = frozenset({
    "app", "app_header", "app_footer", "name", "caption", "subcaption", "trailing_caption", "trailing_subcaption",
    "image_title", "image_subtitle", "ldtext", "attachment", "sticker", "sticker_effect", "sticker_name",
    "genmoji_prompt", "transcription", "inline_sticker",
})  # fmt: skip
"""Classes of what has no place in the model, and is no surprise."""

_STICKER_BY: Final = re.compile(r"\s*by ")
_BESIDES: Final = frozenset({"unsent", "app_error", "sticker", "attachment", "attachment_error", "app"})
"""Classes of what a part may hold besides words."""


@dataclass(slots=True)
class Draft:
    """What one stretch of a page says."""

    kind: Kind = Kind.EMPTY
    is_event: bool = False
    text: str = ""
    name: str | None = None
    from_owner: bool | None = None
    """None where nothing says it: an event, or more of a message."""
    date: bytes | None = None
    stamp: str = ""
    """What stands where the date should."""
    guid: str | None = None
    answers: bool = False
    """It says of itself that it answers an earlier message."""
    tool: bool = False
    action: str | None = None
    edited: bool = False
    share: Share | None = None
    attachments: list[Attachment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing in it is shown."""
        return self.kind is Kind.EMPTY and not self.reactions and not self.kept

    def say(self, words: str, entities: tuple[Entity, ...] = ()) -> None:
        """More words, on a line of their own."""
        base = len(self.text) + 1 if self.text else 0
        self.text = f"{self.text}\n{words}" if self.text else words
        self.entities += [Entity(one.start + base, one.end + base, one.type, one.target) for one in entities]


def read_draft(raw: bytes) -> Draft:
    """What a message, a reply, the rest of a message, or an event says."""
    block = Block(raw)
    draft = Draft()
    page = _Page(block)
    around = page.find("announcement")
    if around is not None and page.find("sender") is None:
        _event(around, draft)
    else:
        _head(page, draft)
        _body(page, draft)
    unread = block.unread()
    draft.kept += unread
    _settle(draft, block, unread)
    return draft


def extra_text(draft: Draft, more: tuple[tuple[str, str], ...] = ()) -> str | None:
    """What has no place of its own, as JSON."""
    kept = [*draft.kept, *more]
    return extra_of(kept) if kept else None


def _event(around: Element, draft: Draft) -> None:
    stamp = around.find("timestamp")
    shown = stamp.peek() if stamp is not None else ""
    words = around.text().removeprefix(shown).strip()
    found = _STAMP.fullmatch(shown)
    draft.date, draft.stamp = (found[1].encode() if found else None), shown
    act = _act(words)
    draft.is_event, draft.tool = True, True
    draft.kind, draft.text = (Kind.SYSTEM if act else Kind.UNKNOWN), words
    draft.name, draft.action = (act.who, act.action) if act else (None, None)


def _act(words: str) -> Act | None:
    for pattern, action in _ACTS:
        found = pattern.fullmatch(words)
        if found is not None:
            return Act(found[1], action)
    return acted(words)


class _Page:
    """A stretch and which classes stand in it at all: most that are asked for do not."""

    __slots__ = ("block", "classes")

    def __init__(self, block: Block) -> None:
        self.block = block
        self.classes: frozenset[str] = frozenset().union(*(tag.classes for tag in block.tags))

    def find(self, class_: str) -> Element | None:
        return self.block.find(class_) if class_ in self.classes else None

    def find_all(self, class_: str) -> Iterator[Element]:
        return self.block.find_all(class_) if class_ in self.classes else iter(())


def _head(page: _Page, draft: Draft) -> None:
    side = page.find("sent") or page.find("received")
    if side is not None:
        draft.from_owner = "sent" in side.classes
        draft.kept += [("service", one) for one in sorted(side.classes - {"sent", "received"})]
    stamp = page.find("timestamp")
    if stamp is not None and not _in_table(page.block, stamp):
        _stamp(stamp, draft)
    anchor = page.find("reply_anchor")
    if anchor is not None:
        link = anchor.find(name="a")
        target = (link.tag.attributes.get("href") or "") if link is not None else ""
        draft.guid = draft.guid or target.removeprefix("#").removeprefix("r-") or None
        anchor.pass_over()
    sender = page.find("sender")
    draft.name = sender.text() or None if sender is not None else None


def _stamp(stamp: Element, draft: Draft) -> None:
    link = stamp.find(name="a")
    if link is not None:
        draft.guid = (link.attribute("href") or "").partition("message-guid=")[2] or None
        link.attribute("title")
    draft.stamp = stamp.text()
    found = _STAMP.fullmatch(draft.stamp)
    if found is not None:
        draft.date = found[1].encode()
        draft.kept += [("read", found[2])] if found[2] else []


def _in_table(block: Block, stamp: Element) -> bool:
    """Whether it is the time of an edit: what follows replies has no date of its own."""
    return any(tag.name == "table" for tag in block.tags[: stamp.index])


def _body(page: _Page, draft: Draft) -> None:
    subject = page.find("subject")
    if subject is not None:
        draft.kept.append(("subject", subject.text()))
        _label(page.block, "Subject:")
    deleted = page.find("deleted")
    if deleted is not None:
        words = deleted.text()
        draft.kept.append(("deleted", words))
        draft.kind = Kind.DELETED if words == RESTORED else Kind.EMPTY
    for class_, kind in (("shareplay", Kind.SYSTEM), ("shared_location", Kind.LOCATION)):
        line = page.find(class_)
        if line is not None:
            draft.say(line.text())
            draft.kind, draft.tool = kind, True
            draft.action = "SharePlay" if kind is Kind.SYSTEM else draft.text.rstrip("!").lower()
    for part in page.find_all("message_part"):
        _part(part, page.classes, draft)
    draft.kept += [("effect", line.text()) for line in page.find_all("expressive")]
    for class_, item in (("reactions", "reaction"), ("tapbacks", "tapback")):
        for group in page.find_all(class_):
            draft.reactions += _reactions(group, item)
    context = page.find("reply_context")
    draft.answers = context is not None and bool(context.text())


def _label(block: Block, words: str) -> None:
    """A paragraph that says nothing but what stands in it is called."""
    for line in block.find_all(name="p"):
        if line.peek().startswith(words):
            line.own_text()
            return


def _part(part: Element, classes: frozenset[str], draft: Draft) -> None:
    """One part: ``classes`` are those of the whole stretch."""
    if "edited" in classes and (edited := part.find("edited")) is not None:
        _edited(edited, draft)
    if "bubble" in classes:
        for bubble in part.find_all("bubble"):
            draft.attachments += files_in(bubble, "sticker", links=False)
            content = bubble.content()
            draft.say(content.text, content.entities)
    if not _BESIDES.isdisjoint(classes):
        _besides(part, draft)
    words = part.own_text()
    if words == "Attachment does not exist!":
        draft.attachments.append(lost(part))
    elif words:
        draft.kept.append(("message_part", words))


def _besides(part: Element, draft: Draft) -> None:
    """What a part may hold besides words."""
    for class_, kind in (("unsent", Kind.DELETED), ("app_error", Kind.UNKNOWN)):
        line = part.find(class_)
        if line is not None:
            draft.say(line.text())
            draft.tool, draft.kind = True, kind
    for sticker in part.find_all("sticker", "div"):
        draft.attachments += files_in(sticker, "sticker")
    for file in part.find_all("attachment", "div"):
        draft.attachments += files_in(file)
        line = file.find(name="a")
        if line is not None:
            draft.kept.append(("attachment", line.text()))
    draft.attachments += [lost(error) for error in part.find_all("attachment_error")]
    app = part.find("app", "div")
    if app is not None:
        for preview in previews_in(app):
            if preview.name is not None and "://" in preview.name:
                draft.kept.append(("app", preview.name))
            else:
                draft.attachments.append(preview)
        draft.share = shared(app)


def _edited(table: Element, draft: Draft) -> None:
    """The rows of an edited text: the last is what stands there now. A version of 2024 tells them below each part."""
    told: list[str] = []
    texts: list[str] = []
    for row in table.find_all(name="tr"):
        cells = list(row.find_all(name="td"))
        told.append(cells[0].text() if cells else "")
        texts.append(cells[1].text() if len(cells) > 1 else "")
    again = draft.edited and texts[:-1] == draft.revisions and texts[-1:] == [draft.text]
    if texts and not again:
        draft.revisions += texts[:-1]
        draft.say(texts[-1])
        draft.kept += [("edits", one) for one in told]
    draft.edited = draft.edited or bool(texts)


def _reactions(group: Element, item: str) -> list[Reaction]:
    for line in group.find_all(name="p"):
        if line.peek() in {"Reactions:", "Tapbacks:"}:
            line.text()
    found: list[Reaction] = []
    for one in list(group.find_all(item, "div")) or list(group.find_all(item, "span")):
        files = [file.name or "" for file in files_in(one, "sticker")]
        mark = one.find(name="b")
        value = mark.peek() if mark is not None else ""
        words = one.text()
        if files:
            found.append(Reaction(f"Sticker {files[0]}".strip(), _STICKER_BY.sub("", words) or None))
        elif value and words.startswith(f"{value} by "):
            found.append(Reaction(value, words[len(value) + 4 :].strip(LAYOUT) or None))
        else:
            found.append(Reaction(words))
    return found


def _settle(draft: Draft, block: Block, unread: list[tuple[str, str]]) -> None:
    if draft.kind is Kind.EMPTY:
        if draft.share is not None:
            draft.kind = Kind.SHARE
        elif draft.attachments:
            stickers = all(one.type == "sticker" for one in draft.attachments)
            draft.kind = Kind.STICKER if stickers and not draft.text else Kind.MEDIA
        elif draft.text:
            draft.kind = Kind.TEXT
    elif draft.kind is Kind.DELETED and (draft.attachments or draft.edited) and draft.tool:
        draft.kind = Kind.MEDIA if draft.attachments else Kind.TEXT
    doubts = []
    if block.guessed:
        doubts.append(Doubt.ENCODING_GUESSED)
    if draft.tool:
        doubts.append(Doubt.TOOL_GENERATED_TEXT)
    if any(_KNOWN.isdisjoint(where.rpartition("/")[2].partition("@")[0].split(".")) for where, _ in unread):
        doubts.append(Doubt.FIELD_NOT_READ)
        if draft.kind is Kind.EMPTY:
            draft.kind = Kind.UNKNOWN  # something stands there, and nobody knows what
    draft.doubts = tuple(doubts)
