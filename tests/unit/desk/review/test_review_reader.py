from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from casefile_builders import FILE, START, device, known, message
from safehand.casefile.activity import Activity, Stretch
from safehand.casefile.clock import Clock, wall_of
from safehand.casefile.views import CaseConversation, CaseParticipant, DayPage, DaySection, Line
from safehand.desk.cases.models import Case
from safehand.desk.review.presenters.conversations import conversation_rows
from safehand.desk.review.presenters.reader import Layout, Reader, Spans, reader
from safehand.desk.review.shown import ConversationList, Page
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant
from safehand.model.people import Participant

DAY = date(2026, 1, 1)


def line(number: int, sent: Instant, letter: str = "A", text: str = "beans", gap: int | None = 60) -> Line:
    wall = wall_of(sent)
    return Line(number, letter, wall.at, wall.other, wall.clock, gap, message(number, text, sent=sent))


def section(*lines: Line, day: date | None = DAY, whole: bool = True) -> DaySection:
    return DaySection(day, None, lines[0].clock, lines[0].number, lines[-1].number, lines, whole)


def conversation(messages: int = 5_000) -> CaseConversation:
    opened = ConversationOpened("1", "whatsapp", "whatsapp/test", "Allotment", ConversationKind.GROUP, (FILE,))
    closed = ConversationClosed("1", messages, (), ((Doubt.ZONE_UNKNOWN, messages),), ("The file is short.",))
    return CaseConversation(1, opened, closed, messages, START, Clock.DEVICE, START, Clock.DEVICE)


def participants(*names: str) -> tuple[CaseParticipant, ...]:
    return tuple(
        CaseParticipant(chr(ord("A") + at), 1, Participant(name, (name,), 10 * at)) for at, name in enumerate(names)
    )


def page_of(sections: Sequence[DaySection], *, part: int = 1, parts: int = 1) -> Page:
    first, last = sections[0].first, sections[-1].last
    days = DayPage(1, first, last, tuple(sections), first - 1 or None, last + 1, part, parts)
    found = (Stretch(DAY, DAY, 3, 1), Stretch(date(2026, 1, 2), date(2026, 1, 2), 4, 4))
    activity = Activity(DAY, date(2026, 1, 2), 2, found[1], 1, found, found, by_month=False)
    return Page(Case(reference="SH-7K3M9QXA1"), conversation(), days, activity, participants("Priya", "Sam"), {1: 9})


def present(page: Page, selected: int | None = None, spans: Spans | None = None) -> Reader:
    return reader(page, selected=selected, whole=0, layout=Layout.TRANSCRIPT, words="beans", spans=spans)


def test_the_first_message_of_the_page_is_selected_until_one_is_asked_for() -> None:
    page = page_of([section(line(1, known(START)), line(2, known(START + MICRO)))])
    first = present(page).selected
    asked = present(page, 2).selected
    assert first is not None
    assert asked is not None
    assert (first.number, asked.number) == (1, 2)
    assert first.about.place.line == "9"


def test_the_page_says_where_it_is_among_all() -> None:
    where = present(page_of([section(line(1, known(START)), line(2, known(START)))])).where
    assert where is not None
    assert (where.noun, where.numbers, where.total) == ("Messages", "1 to 2", "5,000")
    alone = present(page_of([section(line(7, known(START)))])).where
    assert alone is not None
    assert (alone.noun, alone.numbers) == ("Message", "7")


def test_the_silence_before_a_day_stands_above_its_heading() -> None:
    sections = [section(line(1, known(START))), section(line(2, known(START), gap=90_000), day=date(2026, 1, 2))]
    days = present(page_of(sections)).days
    assert days[1].above == ("No messages for 1 day 1 hour",)
    assert days[1].rows[0].above == (), "said once"


def test_whose_clock_a_day_is_by_is_said_only_where_two_meet() -> None:
    mixed = present(page_of([section(line(1, known(START))), section(line(2, device(START)))])).days
    assert [day.heading for day in mixed] == [
        "Thursday 1 January 2026",
        "Thursday 1 January 2026, by the device’s clock",
    ]
    assert present(page_of([section(line(2, device(START)))])).days[0].heading == "Thursday 1 January 2026"


def test_a_day_that_was_cut_says_so() -> None:
    page = present(page_of([section(line(1, known(START)), whole=False)], part=2, parts=5))
    assert page.part == "This day is long: part 2 of 5."
    assert page.days[0].count == "1 message of this day on this page"


def test_the_nearest_hits_on_either_side_are_known() -> None:
    lines = [line(number, known(START), text="beans" if number % 2 else "peas") for number in range(1, 8)]
    marked = present(page_of([section(*lines)]), 4, lambda one: ((0, 5),) if one.text == "beans" else ()).marked
    assert marked is not None
    assert (marked.here, marked.before, marked.after) == (4, 3, 5)


def test_a_conversation_without_messages_is_a_page_too() -> None:
    whole = page_of([section(line(1, known(START)))])
    empty = present(Page(whole.case, conversation(0), None, None, participants("Priya"), {}))
    assert (empty.where, empty.selected, empty.days, empty.strip) == (None, None, (), None)


def test_everyone_is_listed_where_not_all_stand_above() -> None:
    whole = page_of([section(line(1, known(START)))])
    many = Page(whole.case, conversation(), whole.days, None, participants("Priya", "Sam", "Dilys", "Maya"), {})
    shown = present(many)
    assert [name.name for name in shown.names] == ["Priya", "Sam", "Dilys"]
    assert [name.messages for name in shown.more_names] == ["no messages", "10 messages", "20 messages", "30 messages"]
    assert present(whole).more_names == ()


def test_what_is_not_sure_about_the_whole_is_counted() -> None:
    unsure = present(page_of([section(line(1, known(START)))])).unsure
    assert unsure == ("No time zone stated: 5,000 places", "The file is short.")


@pytest.mark.parametrize(("number", "shown", "more"), [(3, 3, 0), (300, 8, 292)])
def test_the_list_calls_accounts_by_letter(number: int, shown: int, more: int) -> None:
    people = tuple(CaseParticipant(f"{at}", 1, Participant(f"Priya {at}", ())) for at in range(number))
    people = tuple(
        CaseParticipant("ABCDEFGHIJ"[at % 10] * (at // 10 + 1), 1, one.participant) for at, one in enumerate(people)
    )
    (row,) = conversation_rows(
        ConversationList(Case(reference="SH-7K3M9QXA1"), (conversation(),), people, (), words_looked_for=True)
    )
    assert (len(row.chips), row.more) == (shown, more)
    assert (row.platform, row.kind, row.clock) == ("WhatsApp", "a group", "by the device’s clock")
    assert "Priya" not in repr(row)
    assert "Allotment" not in repr(row)
