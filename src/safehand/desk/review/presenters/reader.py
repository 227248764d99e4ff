"""The reader's page: whole days of one conversation, the strip above them, the panel beside them.

Transcript, bubbles and grid are one page with another class. Letters stand everywhere; names, as the source wrote them,
stand here and nowhere else on the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

from safehand.casefile.clock import Clock
from safehand.casefile.views import CaseParticipant, DayPage, DaySection, Line
from safehand.desk.core import say
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.citations import cited
from safehand.desk.review.presenters.covers import covers_of
from safehand.desk.review.presenters.doubts import unsure_words
from safehand.desk.review.presenters.filtering import FilterWords, filter_words, not_shown
from safehand.desk.review.presenters.gutter import Gutter, gutter, passages_of
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.panel import BLANK, Parts, abouts
from safehand.desk.review.presenters.pointers import pointed
from safehand.desk.review.presenters.rows import Context, Row, Skipped, gap_words, row
from safehand.desk.review.presenters.strip import Strip, strip
from safehand.desk.review.shown import Page
from safehand.model.message import Message

NAMES: Final = 3
"""Names above the messages. The rest of a group is one press away."""

Spans: TypeAlias = Callable[[Message], tuple[tuple[int, int], ...]]


class Layout(StrEnum):
    """How the same messages are laid out."""

    TRANSCRIPT = "transcript"
    BUBBLES = "bubbles"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Name:
    """An account by its letter, and the name the source gives it."""

    letter: str
    side: str
    name: str
    others: tuple[str, ...]
    messages: str


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one day."""

    id: str
    heading: str
    count: str
    above: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked after a search: how many messages on this page, and the nearest on either side of the selected."""

    words: str
    here: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Where:
    """Which messages of how many stand on this page. The bar shows ``numbers``; the rest is for the ear."""

    noun: str
    numbers: str
    total: str


@dataclass(frozen=True, slots=True)
class First:
    """The first message on a tag. ``tagged``: a person said so; otherwise a rule offers it."""

    title: str
    number: int
    shown: str
    tagged: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """The page."""

    conversation: int
    group_name: str
    names: tuple[Name, ...]
    more_names: tuple[Name, ...]
    about: str
    zone: str
    unsure: tuple[str, ...]
    """What is in doubt about the whole, and plain notes on it."""
    where: Where | None
    part: str
    strip: Strip | None
    days: tuple[Day, ...]
    selected: Row | None
    earlier: int | None
    later: int | None
    layout: Layout
    marked: Marked | None
    gutter: Gutter
    firsts: tuple[First, ...]
    abouts: Mapping[str, Parts]
    """What the panel says of each message."""
    pointed: tuple[Row, ...]
    """Messages of which it says more: candidates, citations."""
    filter: FilterWords
    tail: Skipped | None
    """Messages after the last of this page that are not shown, where no other page follows."""
    others: bool
    """Whether there are other conversations, and so a time line to go to."""
    blank: Row = BLANK

    @property
    def names_count(self) -> int:
        """How many take part."""
        return len(self.more_names)


def reader(
    page: Page,
    *,
    selected: int | None,
    whole: int,
    layout: Layout,
    words: str = "",
    spans: Spans | None = None,
) -> Reader:
    """Present a page. ``spans`` says what to mark in a message, when the officer comes from a search."""
    days = page.days
    lines = [line for section in days.sections for line in section.lines] if days is not None else []
    chosen = _chosen(selected, [line.number for line in lines], is_filtered=page.filtered is not None)
    pointed_ = pointed(page.candidates.found, {line.number: line for line in lines})
    context = Context(
        page.case.reference,
        page.conversation.number,
        chosen,
        whole,
        cited=cited(page.citations),
        pointed=pointed_,
        passages=passages_of(page.candidates),
        covers=covers_of(page.covered, lines),
    )
    sections = _days(page, context, spans)
    rows = [row_ for day in sections for row_ in day.rows]
    names = tuple(_name(participant) for participant in page.participants)
    words_of_filter = filter_words(page.filtered, page.participants, page.conversation.messages, page.candidates.choice)
    return Reader(
        conversation=page.conversation.number,
        group_name=page.conversation.opened.title or "",
        names=names[:NAMES],
        more_names=names if len(names) > NAMES or any(name.others for name in names) else (),
        about=_about(page),
        zone=times.zone_once(days.sections) if days is not None else "",
        unsure=unsure_words(page.conversation),
        where=_where(page),
        part=_part(days),
        strip=_strip(page),
        days=sections,
        selected=next((row_ for row_ in rows if row_.selected), None),
        earlier=days.earlier if days is not None else None,
        later=days.later if days is not None else None,
        layout=layout,
        marked=_marked(words, lines, chosen, spans) if spans is not None else None,
        gutter=gutter(page.candidates, pointed_, chosen, words_of_filter.keep),
        firsts=tuple(First(one.tag.title, one.number, say.count(one.number), one.tagged) for one in page.firsts),
        abouts=abouts(rows),
        filter=words_of_filter,
        tail=_tail(page),
        others=page.others,
        pointed=tuple(row_ for row_ in rows if row_.marked),
    )


def _chosen(selected: int | None, numbers: Sequence[int], *, is_filtered: bool) -> int:
    """The message that is selected: where a filter does not show it, the next one that is shown, or else the last."""
    if selected is not None and not is_filtered:
        return selected
    after = (number for number in numbers if number >= (selected or 0))
    return next(after, numbers[-1] if numbers else 0)


def _days(page: Page, context: Context, spans: Spans | None) -> tuple[Day, ...]:
    if page.days is None:
        return ()
    # The number of the message that was shown before; without a filter none is ever left out.
    shown = page.days.earlier or 0
    made = []
    for section in page.days.sections:
        made.append(_day(section, context, page, spans, shown if page.filtered is not None else None))
        shown = section.last
    return tuple(made)


def _tail(page: Page) -> Skipped | None:
    if page.filtered is None or page.days is None or page.days.later is not None:
        return None
    count = page.conversation.messages - page.days.last
    return Skipped(not_shown(count), page.days.last + 1) if count > 0 else None


def _day(section: DaySection, context: Context, page: Page, spans: Spans | None, shown: int | None) -> Day:
    """``shown``: with a filter, the number of the message that was shown before."""
    rows: list[Row] = []
    before: Line | None = None
    for line in section.lines:
        found = spans(line.message) if spans is not None else ()
        left_out = line.number - shown - 1 if shown is not None else 0
        made = row(line, None if left_out > 0 else before, context, found, page.line_numbers.get(line.number))
        if left_out > 0 and shown is not None:
            # The silence before it stands between messages of which the first is not shown; it is true all the same.
            above = gap_words(line) if before is not None else ()
            made = replace(made, skipped=Skipped(not_shown(left_out), shown + 1), above=above)
        rows.append(made)
        before = line
        shown = line.number if shown is not None else None
    count = say.counted(len(section.lines), "message")
    return Day(
        id=f"day-{section.first}",
        heading=times.day_words(section.day, section.other) + _whose_clock(section, page),
        count=count if section.whole else f"{count} of this day on this page",
        above=gap_words(section.lines[0]) if section.lines else (),
        rows=tuple(rows),
    )


def _whose_clock(section: DaySection, page: Page) -> str:
    # Said only where two clocks meet on one page, as in the hour that occurs twice; otherwise it stands above, once.
    clocks = {one.clock for one in page.days.sections} if page.days is not None else set()
    return ", by the device’s clock" if section.clock is Clock.DEVICE and Clock.UK in clocks else ""


def _name(participant: CaseParticipant) -> Name:
    names = participant.participant.names
    messages = participant.participant.messages
    return Name(
        letter=participant.letter,
        side=side_of(participant.letter),
        name=names[0] if names else participant.participant.key,
        others=names[1:],
        messages=say.counted(messages, "message") if messages else "no messages",
    )


def _about(page: Page) -> str:
    """``5,000 messages, 4 January to 1 August 2026``."""
    count = say.counted(page.conversation.messages, "message")
    first, last = page.conversation.first_shown, page.conversation.last_shown
    return f"{count}, {say.days(first.date(), last.date())}" if first is not None and last is not None else count


def _where(page: Page) -> Where | None:
    days = page.days
    if days is None:
        return None
    total = say.count(page.conversation.messages)
    if days.first == days.last:
        return Where("Message", say.count(days.first), total)
    return Where("Messages", f"{say.count(days.first)} to {say.count(days.last)}", total)


def _part(days: DayPage | None) -> str:
    return f"This day is long: part {days.part} of {days.parts}." if days is not None and days.parts > 1 else ""


def _strip(page: Page) -> Strip | None:
    shown = [section.day for section in page.days.sections if section.day is not None] if page.days else []
    ends = min(shown, default=None), max(shown, default=None)
    return strip(page.activity, *ends, page.cited_days, page.pointed_bars)


def _marked(words: str, lines: Sequence[Line], chosen: int, spans: Spans) -> Marked:
    found = [line.number for line in lines if spans(line.message)]
    return Marked(
        words=words,
        here=len(found),
        before=max((number for number in found if number < chosen), default=None),
        after=min((number for number in found if number > chosen), default=None),
    )
