"""In what order the messages of a backup are told: that of the file, and a time that was set back is seen."""

from __future__ import annotations

import sms_backup as made
from safehand.model.conversation import ConversationClosed, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading


def events_of(*records: str, root: str = "smses") -> list[Event]:
    file = FileInMemory("sms.xml", "sms.xml", made.backup(records, root=root))
    return list(Reading(Capture((file,))).events())


def messages_of(*records: str, root: str = "smses") -> list[Message]:
    return [event for event in events_of(*records, root=root) if isinstance(event, Message)]


def test_text_and_multimedia_messages_of_one_conversation_are_told_in_the_order_of_their_times() -> None:
    told = messages_of(
        made.sms(1, made.PRIYA, "one"), made.sms(5, made.PRIYA, "five"), made.mms(3, made.PRIYA, "three")
    )
    assert [message.text for message in told] == ["one", "three", "five"]
    assert all(Doubt.OUT_OF_ORDER not in message.doubts for message in told)


def test_a_time_that_was_set_back_stays_where_it_stands_and_is_seen_to_run_back() -> None:
    records = [made.sms(n, made.PRIYA, f"row {n}") for n in range(5)]
    day = made.at(3) - 86_400_000
    records[3] = made.sms(3, made.PRIYA, "row 3", millis=day)
    for told in (messages_of(*records), messages_of(*records, made.mms(9, made.PRIYA, "row 5"))):
        assert [message.text for message in told] == [f"row {n}" for n in range(len(told))]
        assert [n for n, message in enumerate(told) if Doubt.OUT_OF_ORDER in message.doubts] == [3]
    calls = [made.call(n, made.PRIYA, "1") for n in (5, 1, 6)]
    assert [Doubt.OUT_OF_ORDER in m.doubts for m in messages_of(*calls, root="calls")] == [False, True, False]


def test_a_multimedia_message_that_was_set_back_is_seen_to_run_back() -> None:
    told = messages_of(
        *(made.sms(n, made.PRIYA, f"row {n}") for n in (1, 2, 7)),
        *(made.mms(n, made.PRIYA, f"mms {n}") for n in (3, 5, 4, 6)),
    )
    assert [m.text for m in told] == ["row 1", "row 2", "mms 3", "mms 5", "mms 4", "mms 6", "row 7"]
    assert [m.text for m in told if Doubt.OUT_OF_ORDER in m.doubts] == ["mms 4"]


def test_where_the_two_kinds_stand_mixed_the_order_of_the_file_is_kept() -> None:
    told = messages_of(
        made.sms(1, made.PRIYA, "one"), made.mms(2, made.PRIYA, "two"), made.sms(5, made.PRIYA, "five"),
        made.mms(4, made.PRIYA, "four"), made.sms(6, made.PRIYA, "six"),
    )  # fmt: skip
    assert [message.text for message in told] == ["one", "two", "five", "four", "six"]
    assert [m.text for m in told if Doubt.OUT_OF_ORDER in m.doubts] == ["four"]


def test_a_file_that_was_written_newest_first_is_told_from_its_other_end() -> None:
    events = events_of(
        *(made.sms(n, made.PRIYA, f"row {n}") for n in (6, 4, 2)), made.sms(9, made.TOM, "Tom"),
        *(made.mms(n, made.PRIYA, f"row {n}") for n in (5, 3)),
    )  # fmt: skip
    told = [event for event in events if isinstance(event, Message)]
    assert [message.text for message in told] == [*(f"row {n}" for n in range(2, 7)), "Tom"]
    assert all(message.doubts == () for message in told)
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert any("newest message stands first" in note for note in closed.notes)


def test_a_message_without_a_time_stays_behind_the_one_it_stands_behind() -> None:
    records = [
        made.sms(1, made.PRIYA, "one"),
        made.sms(2, made.PRIYA, "when?", date="soon"),
        made.sms(3, made.PRIYA, "3"),
    ]
    assert [message.text for message in messages_of(*records)] == ["one", "when?", "3"]
    records.append(made.mms(0, made.PRIYA, "zero"))
    assert [message.text for message in messages_of(*records)] == ["zero", "one", "when?", "3"]
