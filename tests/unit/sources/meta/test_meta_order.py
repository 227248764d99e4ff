"""Split threads are read in the order their times run, and what is missing is said."""

from __future__ import annotations

import random

import pytest

from meta_reading import messages_of, read_all
from meta_thread import START, Thread, said, sent
from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.sources.meta.order import CAP

FOLDER = "your_facebook_activity/messages/inbox/a_1/"


def thread(count: int) -> Thread:
    return Thread(("Priya", "Tom"), [said("Tom", START + number * 1_000, f"row {number}") for number in range(count)])


def in_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    return {FOLDER + name: data for name, data in files.items()}


def closing(files: dict[str, bytes]) -> ConversationClosed:
    last = read_all(files)[1][-1]
    assert isinstance(last, ConversationClosed)
    return last


def test_a_thread_in_twelve_parts_is_numbered_oldest_first_across_them() -> None:
    files = in_folder(thread(120).files(per_file=10))
    assert len(files) == 12
    messages = messages_of(files)
    assert [one.text for one in messages] == [f"row {number}" for number in range(120)]
    assert [one.number for one in messages] == list(range(1, 121))


def test_the_order_files_are_handed_over_in_changes_nothing() -> None:
    files = in_folder(thread(60).files(per_file=5))
    shuffled = list(files.items())
    random.Random(7).shuffle(shuffled)
    assert messages_of(dict(shuffled)) == messages_of(files)


def test_each_missing_part_is_counted_and_named() -> None:
    files = in_folder(thread(50).files(per_file=10))
    del files[FOLDER + "message_2.json"], files[FOLDER + "message_4.json"]
    closed = closing(files)
    assert dict(closed.doubts)[Doubt.FILE_MISSING] == 2
    assert any(note.endswith("these are not here: 2, 4.") for note in closed.notes)


def test_many_missing_parts_are_told_by_how_many_they_are() -> None:
    files = in_folder({"message_300.json": thread(1).file()})
    closed = closing(files)
    assert dict(closed.doubts)[Doubt.FILE_MISSING] == 299
    assert any(note.endswith("19, 20 and 279 more.") for note in closed.notes)


@pytest.mark.parametrize(("count", "clipped"), [(CAP - 1, False), (CAP, True), (CAP + 1, False)])
def test_a_last_part_that_is_full_to_the_message_may_be_followed_by_another(count: int, clipped: bool) -> None:  # noqa: FBT001
    closed = closing(in_folder({"message_1.json": thread(count).file()}))
    assert (Doubt.CLIPPED_AT_CAP in dict(closed.doubts)) is clipped


def test_a_full_part_with_another_behind_it_is_not_in_doubt() -> None:
    closed = closing(in_folder(thread(CAP + 5).files()))
    assert closed.messages == CAP + 5
    assert closed.doubts == ()


def test_parts_that_overlap_are_read_by_number_and_their_common_messages_are_duplicates() -> None:
    whole = thread(30)
    files = in_folder(
        {"message_1.json": whole.file(whole.messages[15:]), "message_2.json": whole.file(whole.messages[:20])}
    )
    closed = closing(files)
    assert closed.messages == 35
    assert dict(closed.doubts) == {Doubt.DUPLICATE_OF: 5, Doubt.OUT_OF_ORDER: 1}


def test_a_duplicate_is_the_later_one_and_says_nothing_else() -> None:
    whole = thread(3)
    files = in_folder({"message_1.json": whole.file(), "message_1 (1).json": whole.file(whole.messages[2:])})
    doubts = [one.doubts for one in messages_of(files)]
    assert doubts == [(), (), (), (Doubt.DUPLICATE_OF,)]


def test_messages_of_one_time_and_sender_with_other_words_are_no_duplicates() -> None:
    same = Thread(("Tom",), [said("Tom", START, "beans"), said("Tom", START, "peas")])
    assert all(not one.doubts for one in messages_of({"message_1.json": same.file()}))


def test_parts_whose_own_order_differs_are_each_read_by_their_times() -> None:
    whole = thread(20)
    turned = Thread(("Priya", "Tom"), list(reversed(whole.messages[10:])))
    files = in_folder({"message_1.json": turned.file(), "message_2.json": whole.file(whole.messages[:10])})
    assert [one.text for one in messages_of(files)] == [f"row {number}" for number in range(20)]
    assert "Some files of this thread run the other way; each was read by its own times." in closing(files).notes


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_encrypted_form_is_read_the_way_its_times_run(newest_first: bool) -> None:  # noqa: FBT001
    messages = [sent("Tom", START + number, f"row {number}") for number in range(1_200)]
    data = Thread(("Tom",), messages[::-1] if newest_first else messages, title="Tom").encrypted()
    assert [one.text for one in messages_of({"Tom_1.json": data})] == [f"row {number}" for number in range(1_200)]


def test_a_thread_without_any_time_is_read_newest_first_as_the_platform_writes() -> None:
    messages = [{"sender_name": "Tom", "content": f"row {number}"} for number in range(3)]
    data = Thread(("Tom",), messages, title="Tom").file()  # type: ignore[arg-type]  # fields of text alone
    files = in_folder({"message_1.json": data})
    assert [one.text for one in messages_of(files)] == ["row 0", "row 1", "row 2"]
    assert dict(closing(files).doubts) == {Doubt.TIME_UNREADABLE: 3}
