"""A conversation is counted the same way whatever platform it is from."""

from safehand.model.conversation import ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant, utc_instant
from safehand.model.span import Span
from safehand.sources.local_time import LocalClock
from safehand.sources.thread import Thread

SPAN = Span("chat.txt", 0, 10)


def thread() -> Thread:
    return Thread(ConversationOpened("1", "platform", "platform/form", None, ConversationKind.UNKNOWN, ("chat.txt",)))


def at(second: int) -> Instant:
    return utc_instant(str(second), second * MICRO, Precision.SECOND)


def by_clock(second: int) -> Instant:
    return LocalClock().instant(str(second), second * MICRO, Precision.SECOND)


def test_an_account_has_every_name_it_was_called_and_every_message_it_wrote() -> None:
    told = thread()
    for number, name in enumerate(["Priya", "Priya", "Priya K.", "Priya"]):
        assert told.take("7", name, at(number), SPAN) == ()
    (priya,) = told.closed().participants
    assert (priya.key, priya.names, priya.messages, priya.first_seen) == ("7", ("Priya", "Priya K."), 4, SPAN)


def test_what_the_platform_says_is_counted_and_is_nobodys() -> None:
    told = thread()
    told.take(None, None, at(1), SPAN)
    assert told.count == 1
    assert told.closed().participants == ()


def test_a_time_that_runs_back_is_doubted_once_and_the_next_is_measured_from_it() -> None:
    told = thread()
    seen = [told.take("7", None, at(second), SPAN) for second in (10, 5, 6, 4, 20)]
    assert seen == [(), (Doubt.OUT_OF_ORDER,), (), (Doubt.OUT_OF_ORDER,), ()]
    assert told.closed().doubts == ((Doubt.OUT_OF_ORDER, 2),)


def test_readings_of_one_clock_are_compared_although_their_zone_is_not_known() -> None:
    told = thread()
    seen = [told.take("7", None, by_clock(second), SPAN) for second in (100, 50, 60)]
    assert [Doubt.OUT_OF_ORDER in one for one in seen] == [False, True, False]


def test_a_reading_and_a_moment_are_compared_only_where_every_zone_agrees() -> None:
    told = thread()
    day = 86_400
    told.take("7", None, at(10 * day), SPAN)
    assert told.take("7", None, by_clock(10 * day - 60), SPAN) == ()
    told.take("7", None, at(10 * day), SPAN)
    assert told.take("7", None, by_clock(8 * day), SPAN) == (Doubt.OUT_OF_ORDER,)


def test_a_message_without_a_time_neither_runs_back_nor_hides_one_that_does() -> None:
    told = thread()
    told.take("7", None, at(10), SPAN)
    assert told.take("7", None, unknown_instant("?"), SPAN) == ()
    assert told.take("7", None, at(9), SPAN) == (Doubt.OUT_OF_ORDER,)


def test_whoever_is_named_and_wrote_nothing_is_there_with_no_messages() -> None:
    told = thread()
    told.name("3", "Tom", SPAN, is_owner=True).declared = True
    (tom,) = told.closed().participants
    assert (tom.names, tom.messages, tom.declared, tom.is_owner) == (("Tom",), 0, True, True)


def test_doubts_about_the_whole_are_told_with_those_of_its_messages() -> None:
    told = thread()
    told.take("7", None, at(1), SPAN, (Doubt.TEXT_REPAIRED,))
    told.doubt(Doubt.ONE_SIDED)
    told.doubt(Doubt.COUNT_MISMATCH, 0)
    assert told.closed(["a note"]).doubts == ((Doubt.ONE_SIDED, 1), (Doubt.TEXT_REPAIRED, 1))
    assert told.closed(["a note"]).notes == ("a note",)
