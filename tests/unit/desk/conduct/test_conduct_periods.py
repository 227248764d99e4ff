"""Who typed when, as the holder declared it, along the messages of the account that an officer says is meant."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from django.test import Client

from casefile_builders import HOUR, START, device, either, known, message
from desk_cast import Ready, clock, hold, signed_in
from desk_conduct import REASON, record
from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.models import AccountRecord, RecordedAs
from safehand.desk.conduct.periods import LISTED, AlongSeen, Inside
from safehand.desk.conduct.presenters.page import conduct_page
from safehand.desk.conduct.presenters.periods import TypedWords
from safehand.desk.conduct.recording import record_account
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.errors import UsageError
from safehand.model.instant import unknown_instant
from safehand.model.message import Message
from talked_made import talk

PAGE = "/cases/SH-7K3M9QXA1/conduct/"
FORM = f"{PAGE}accounts/"
Row = list[int | str | None]

HANDED = "2026-01-01T12:00:00Z"
"""START is midnight of that day."""
CHILD_THEN_PARENT: list[Row] = [[1, "child", None, HANDED], [1, "parent_or_carer", HANDED, None]]


def hourly(count: int = 24, who: Sequence[str] = ("Kim", "Sam")) -> list[Message]:
    """A message on each hour of 1 January, by each in turn: Kim is A and writes at 0, 2, 4 … o'clock."""
    return [
        message(number, "beans", sent=known(START + (number - 1) * HOUR), sender=who[(number - 1) % len(who)])
        for number in range(1, count + 1)
    ]


def declared(ready: Ready, *rows: Row, messages: list[Message] | None = None) -> Ready:
    """The case with this talk, and a statement with these periods."""
    talk(ready, messages if messages is not None else hourly())
    ready.package.summary["periods"] = list(rows)
    ready.package.save()
    return ready


def tie(
    ready: Ready, account: int | None = 1, letter: str = "A", kind: RecordedAs = RecordedAs.CITIZEN
) -> AccountRecord:
    return record_account(ready.cast.alice, ready.case, letter, kind, REASON, declared=account, clock=clock)


def along(ready: Ready) -> AlongSeen:
    (found,) = view_conduct(ready.cast.alice, ready.case, clock=clock).along
    return found


def typed(ready: Ready) -> TypedWords:
    words = conduct_page(view_conduct(ready.cast.alice, ready.case, clock=clock)).typed
    assert words is not None
    return words


def test_each_period_holds_the_messages_from_its_beginning_to_before_its_end(ready: Ready) -> None:
    declared(
        ready, [1, "holder", "2026-01-01T04:00:00Z", HANDED], [1, "parent_or_carer", HANDED, "2026-01-01T18:00:00Z"]
    )
    tie(ready)
    seen = along(ready)
    assert [one.inside for one in seen.periods] == [Inside(4, 5, 11), Inside(3, 13, 17)], "4, 6, 8, 10 and 12, 14, 16"
    assert seen.outside == Inside(5, 1, 23), "0, 2 and 18, 20, 22"
    assert (seen.overlaps, seen.not_placed, seen.without_hour, seen.more) == ((), 0, 0, 0)


@pytest.mark.parametrize(("end", "last"), [("2026-01-01T11:59:59Z", 11), (HANDED, 11), ("2026-01-01T12:00:01Z", 13)])
def test_a_message_of_the_second_of_a_limit_is_in_the_later_period(ready: Ready, end: str, last: int) -> None:
    declared(ready, [1, "holder", None, end], [1, "police", end, None])
    tie(ready)
    first, second = along(ready).periods
    assert first.inside is not None
    assert second.inside is not None
    assert (first.inside.last, second.inside.first) == (last, last + 2)
    assert first.inside.messages + second.inside.messages == 12
    assert along(ready).outside == Inside(0, None, None)


def test_where_every_zone_is_known_nothing_is_near_and_no_doubt_is_told(ready: Ready) -> None:
    declared(ready, [1, "holder", None, HANDED], [1, "police", HANDED, None])
    tie(ready)
    assert [one.near for one in along(ready).periods] == [None, None]
    (words,) = typed(ready).along
    assert words.notes == ()


@pytest.mark.parametrize("limit", ["2026-01-01T12:00:00Z", "2026-01-01T13:00:00+01:00", "2026-01-01T07:00:00-05:00"])
def test_a_limit_with_an_offset_is_the_same_instant_wherever_it_was_written(ready: Ready, limit: str) -> None:
    declared(ready, [1, "holder", None, limit])
    tie(ready)
    assert along(ready).periods[0].inside == Inside(6, 1, 11)


def test_a_limit_without_a_zone_tells_how_many_messages_another_zone_would_move(ready: Ready) -> None:
    declared(ready, [1, "holder", None, "2026-01-03T00:00:00"], messages=hourly(96))
    tie(ready)
    (seen,) = along(ready).periods
    assert seen.inside == Inside(24, 1, 47)
    assert seen.near == 14, "the even hours from 10 o'clock before to before 14 o'clock after"
    (words,) = typed(ready).along
    assert words.rows[0].near == "14 within 14 hours of a limit"
    assert words.notes[0].startswith("The statement names no zone")
    assert words.notes[1] == "With another zone, what is within 14 hours of a limit might be on its other side."


def test_messages_by_a_clock_without_a_zone_are_told_and_so_is_what_is_near(ready: Ready) -> None:
    made = [message(number, "beans", sent=device(START + number * HOUR), sender="Kim") for number in range(1, 5)]
    declared(ready, [1, "holder", None, "2026-01-01T03:00:00Z"], messages=made)
    tie(ready)
    assert along(ready).periods[0].inside == Inside(2, 1, 2)
    assert along(ready).periods[0].near == 4
    (words,) = typed(ready).along
    assert words.notes[0] == "4 messages of this account by a clock that names no zone."


def test_a_date_alone_ends_with_its_day_and_begins_with_it(ready: Ready) -> None:
    declared(ready, [1, "holder", None, "2026-01-01"], [1, "police", "2026-01-02", "2026-01-02"], messages=hourly(72))
    tie(ready)
    assert [one.inside for one in along(ready).periods] == [Inside(12, 1, 23), Inside(12, 25, 47)]
    assert along(ready).outside == Inside(12, 49, 71)


def test_a_limit_in_summer_is_put_on_the_clock_of_the_united_kingdom(ready: Ready) -> None:
    june = START + 160 * 24 * HOUR
    made = [message(number, "beans", sent=known(june + number * HOUR), sender="Kim") for number in range(1, 5)]
    declared(
        ready, [1, "holder", None, "2026-06-10T03:00:00Z"], [1, "police", "2026-06-10T04:00:00", None], messages=made
    )
    tie(ready)
    first, second = along(ready).periods
    assert first.inside == Inside(2, 1, 2), "the third is at 03:00 in UTC"
    assert second.inside == Inside(2, 3, 4), "and reads 04:00 on the wall"


def test_of_a_period_whose_limit_nobody_knows_nothing_is_counted_and_it_may_hold_what_is_left(ready: Ready) -> None:
    declared(ready, [1, "holder", "dont_know", HANDED], [1, "police", HANDED, None])
    tie(ready)
    seen = along(ready)
    assert [one.inside for one in seen.periods] == [None, Inside(6, 13, 23)]
    assert seen.outside == Inside(6, 1, 11)
    (words,) = typed(ready).along
    assert words.rows[0].messages == "Not counted: a limit is not known."
    assert words.notes == ("A period with a limit that the holder does not know may hold some of what is in no other.",)


def test_periods_that_have_time_in_common_are_told_with_the_messages_in_both(ready: Ready) -> None:
    declared(
        ready,
        [1, "holder", None, "2026-01-01T12:00:00Z"],
        [1, "police", "2026-01-01T06:00:00Z", "2026-01-01T18:00:00Z"],
        [1, "group_member", "2026-01-01T18:00:00Z", None],
    )
    tie(ready)
    seen = along(ready)
    assert [(one.first, one.second, one.messages) for one in seen.overlaps] == [(1, 2, 3)], "6, 8 and 10 o'clock"
    assert seen.outside == Inside(0, None, None), "nothing is taken off twice"
    (words,) = typed(ready).along
    assert words.notes == ("Periods 1 and 2 have time in common: 3 messages in both.",)


def test_what_has_no_one_reading_is_in_no_row_and_is_told(ready: Ready) -> None:
    made = [
        *hourly(4, ("Kim",)),
        message(5, "beans", sent=unknown_instant("?"), sender="Kim"),
        message(6, "beans", sent=either(START, START + 30 * 24 * HOUR), sender="Kim"),
    ]
    declared(ready, [1, "holder", None, None], messages=made)
    tie(ready)
    seen = along(ready)
    assert (seen.periods[0].inside, seen.outside, seen.not_placed) == (Inside(4, 1, 4), Inside(0, None, None), 2)
    assert typed(ready).along[0].notes == ("2 messages have no time, or a day that can be read two ways: in no row.",)


def test_every_message_of_the_account_is_in_a_row_or_told_to_be_in_none(ready: Ready) -> None:
    declared(ready, [1, "holder", "2026-01-01T03:00:00Z", "2026-01-01T05:00:00Z"], [1, "police", HANDED, "2026-01-01"])
    tie(ready)
    seen = along(ready)
    inside = sum(one.inside.messages for one in seen.periods if one.inside is not None)
    assert inside + seen.outside.messages + seen.not_placed + seen.without_hour == 12


def test_what_a_child_typed_is_not_counted_and_a_real_childs_account_is_not_laid_out(ready: Ready) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    tie(ready, kind=RecordedAs.CHILD_THEN_CITIZEN)
    child, parent = along(ready).periods
    assert (child.inside, child.near) == (None, None)
    assert parent.inside == Inside(6, 13, 23)
    assert typed(ready).along[0].rows[0].messages == "Not counted: a child typed."
    tie(ready, kind=RecordedAs.CHILD)
    assert view_conduct(ready.cast.alice, ready.case).along == ()
    assert typed(ready).why_not == (
        "Account 1 of the statement is recorded as a real child’s: nothing of it is laid out.",
    )


def test_nobody_guesses_which_account_the_holder_means(ready: Ready) -> None:
    declared(ready, *CHILD_THEN_PARENT, [2, "police", None, None])
    assert typed(ready).along == ()
    assert typed(ready).why_not == tuple(
        f"Account {number} of the statement: nobody has recorded which account of this case it is." for number in (1, 2)
    )
    record(ready, "A", RecordedAs.CITIZEN)
    assert typed(ready).along == (), "what it is recorded as does not say which the holder means"
    tie(ready, 2)
    assert [one.title for one in typed(ready).along] == ["Account 2 of the statement"]
    record(ready, "A", RecordedAs.CITIZEN)
    assert typed(ready).along == (), "a later record that does not say so stands in its place"


def test_without_periods_in_the_statement_there_is_no_such_part(ready: Ready, as_alice: Client) -> None:
    declared(ready)
    assert conduct_page(view_conduct(ready.cast.alice, ready.case)).typed is None
    assert "Who typed when" not in as_alice.get(PAGE).content.decode()
    assert "of the statement" not in as_alice.get(FORM).content.decode()


def test_more_periods_than_are_listed_are_all_reckoned_with(ready: Ready) -> None:
    rows: list[Row] = [
        [1, "holder", f"2026-01-01T00:{place:02}:00Z", f"2026-01-01T00:{place + 1:02}:00Z"] for place in range(LISTED)
    ]
    declared(ready, *rows, [1, "police", "2026-01-01T01:00:00Z", None])
    tie(ready)
    seen = along(ready)
    assert (len(seen.periods), seen.more) == (LISTED, 1)
    assert seen.outside == Inside(0, None, None)


# The record that says which account it is


def test_the_entry_holds_the_account_of_the_statement_by_its_number(ready: Ready) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    one = tie(ready)
    assert one.declared == 1
    last = CustodyEntry.objects.last()
    assert last is not None
    details = json.loads(bytes(last.canonical))["details"]
    assert (details["account"], details["declared"]) == (1, 1)
    with pytest.raises(UsageError):
        one.save()


@pytest.mark.parametrize("account", [0, 2, -1, 10**6])
def test_an_account_that_the_statement_does_not_have_is_refused(ready: Ready, account: int) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    with pytest.raises(UsageError):
        tie(ready, account)
    assert not AccountRecord.objects.exists()


def test_the_form_asks_with_nothing_chosen_and_takes_none_for_an_answer(ready: Ready, as_alice: Client) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    shown = as_alice.get(FORM).content.decode()
    assert "Account 1: the child, a parent or carer" in shown
    assert " checked>" not in shown
    said = {"account": "A", "recorded_as": "citizen", "reason": REASON}
    for given, kept in (({}, None), ({"declared": "none"}, None), ({"declared": "1"}, 1)):
        assert as_alice.post(FORM, said | given).status_code == 302
        assert AccountRecord.objects.latest("pk").declared == kept
    for wrong in ("2", "x", "1.0"):
        answer = as_alice.post(FORM, {**said, "declared": wrong})
        assert (answer.status_code, "Choose one of these, or none." in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_numbers_and_no_name_in_any_address(
    who: str, ready: Ready, request: pytest.FixtureRequest
) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    tie(ready)
    text = request.getfixturevalue(who).get(PAGE).content.decode()
    assert "Period 2: a parent or carer" in text
    assert "conversations/1/?message=13#m13" in text
    assert "Account 1 of the statement" in text
    for said in ("Kim", "Sam", "beans"):
        assert said not in text
    for part in text.split('href="')[1:]:
        assert "parent" not in part.split('"')[0]


def test_charlie_sees_none_of_it(ready: Ready, as_charlie: Client) -> None:
    declared(ready, *CHILD_THEN_PARENT)
    assert as_charlie.get(PAGE).status_code == 404
    assert as_charlie.get(FORM).status_code in (403, 404)
    reads = hold(ready.cast.bob, Role.DISCLOSURE)
    assert "Who typed when" in signed_in(reads).get(PAGE).content.decode()
