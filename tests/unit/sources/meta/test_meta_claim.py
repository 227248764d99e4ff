"""Whose file is it, which platform, which parts belong together: by what stands in the file and by where it lies."""

from __future__ import annotations

import json

import pytest

from meta_pages import header, page, photo
from meta_pages import said as pages_said
from meta_reading import probes_of
from meta_thread import START, Thread, said, sent
from safehand.sources.contract import HEAD, Certainty, Claim
from safehand.sources.meta import SOURCE

TWO = [said("Tom", START, "Are the beans in?"), said("Priya", START + 1, "By the shed")]
FILE = Thread(("Priya", "Tom"), TWO, title="Priya").file()
ENCRYPTED = Thread(("Priya", "Tom"), [sent("Tom", START, "Beans")], title="Priya").encrypted()


def claim(files: dict[str, bytes]) -> tuple[Claim, ...]:
    return SOURCE.claim(probes_of(files))


def names(one: Claim) -> list[str]:
    return [file.name.rpartition("/")[2] for file in one.files]


@pytest.mark.parametrize(
    ("folder", "form"),
    [
        ("messages/inbox/priya_1/", "messenger_or_instagram/thread-json"),
        ("your_activity_across_facebook/messages/inbox/priya_1/", "messenger/thread-json"),
        ("your_facebook_activity/messages/e2ee_cutover/priya_1/", "messenger/thread-json"),
        ("your_instagram_activity/messages/inbox/priya_1/", "instagram/thread-json"),
        ("your_instagram_activity/messages/message_requests/priya_1/", "instagram/thread-json"),
        ("facebook-tom-01_02_2026-AbC/messages/filtered_threads/priya_1/", "messenger/thread-json"),
        ("instagram-tom-2026-01-02-AbC/messages/archived_threads/priya_1/", "instagram/thread-json"),
        ("Downloads/instagram-tom/your_facebook_activity/messages/inbox/priya_1/", "messenger/thread-json"),
        ("inbox/priya_1/", "messenger_or_instagram/thread-json"),
        ("priya_1/", "messenger_or_instagram/thread-json"),
        ("", "messenger_or_instagram/thread-json"),
    ],
)
def test_the_layout_tells_the_platform_where_it_can(folder: str, form: str) -> None:
    (one,) = claim({folder + "message_1.json": FILE})
    assert (one.form, one.certainty) == (form, Certainty.CERTAIN)


def test_the_encrypted_form_is_messengers() -> None:
    (one,) = claim({"Priya_3.json": ENCRYPTED})
    assert (one.form, one.certainty) == ("messenger/encrypted-json", Certainty.CERTAIN)


def test_evidence_that_disagrees_leaves_the_platform_open() -> None:
    photo = [said("Tom", START, photos=[{"uri": "your_instagram_activity/messages/inbox/a_1/photos/1.jpg"}])]
    sticker = [said("Tom", START, sticker={"uri": "messages/stickers_used/1.png"})]
    files = {
        "messages/inbox/a_1/message_1.json": Thread(("Tom",), photo).file(),
        "messages/inbox/b_2/message_1.json": Thread(("Tom",), sticker).file(),
    }
    assert {one.form for one in claim(files)} == {"messenger_or_instagram/thread-json"}


def test_two_accounts_side_by_side_are_each_of_their_own_platform() -> None:
    files = {
        "a/your_instagram_activity/messages/inbox/x_1/message_1.json": FILE,
        "b/your_facebook_activity/messages/inbox/x_1/message_1.json": FILE,
    }
    assert [one.form for one in claim(files)] == ["instagram/thread-json", "messenger/thread-json"]


def test_loose_files_do_not_lend_each_other_their_platform() -> None:
    sticker = [said("Tom", START, sticker={"uri": "messages/stickers_used/1.png"})]
    forms = [one.form for one in claim({"a.json": Thread(("Tom",), sticker).file(), "b.json": FILE})]
    assert forms == ["messenger/thread-json", "messenger_or_instagram/thread-json"]


def test_words_in_a_message_are_no_evidence_of_the_platform() -> None:
    text = 'it says "uri": "your_instagram_activity/messages/inbox/a/photos/1.jpg" and messages/stickers_used/1.png'
    (one,) = claim({"messages/inbox/a_1/message_1.json": Thread(("Tom",), [said("Tom", START, text)]).file()})
    assert one.form == "messenger_or_instagram/thread-json"


def test_part_ten_goes_with_part_two_in_the_order_of_numbers() -> None:
    (one,) = claim({f"messages/inbox/a_1/message_{number}.json": FILE for number in (1, 10, 11, 2, 9)})
    assert names(one) == [f"message_{number}.json" for number in (11, 10, 9, 2, 1)]


def test_every_thread_of_an_account_is_a_conversation_of_its_own() -> None:
    files = {
        f"your_facebook_activity/messages/{section}/name_{number}/message_{part}.json": FILE
        for section in ("inbox", "archived_threads", "filtered_threads", "message_requests", "e2ee_cutover")
        for number in range(40)
        for part in (1, 2)
    }
    claims = claim(files)
    assert len(claims) == 200
    assert all(len(one.files) == 2 for one in claims)


def test_two_threads_with_one_folder_name_in_two_sections_stay_apart() -> None:
    files = {f"messages/{section}/a_1/message_1.json": FILE for section in ("inbox", "archived_threads")}
    assert len(claim(files)) == 2


def test_loose_files_with_other_members_are_no_parts_of_one_thread() -> None:
    other = Thread(("Ngozi", "Tom"), TWO, title="Ngozi").file()
    assert [names(one) for one in claim({"message_1.json": FILE, "message_2.json": other})] == [
        ["message_1.json"],
        ["message_2.json"],
    ]


def test_a_number_in_another_name_joins_nothing() -> None:
    files = {"chat_1.json": FILE, "chat_20260101.json": FILE, "Tom_2.json": ENCRYPTED, "Tom_3.json": ENCRYPTED}
    assert len(claim(files)) == 4


def test_a_thread_whose_messages_begin_beyond_the_first_look_is_known_by_more_of_its_head() -> None:
    crowd = Thread(tuple(f"Member number {number:05}" for number in range(400)), TWO)
    assert 9_000 < crowd.file().index(b"sender_name") < HEAD
    (one,) = claim({"message_1.json": crowd.file()})
    assert one.certainty is Certainty.CERTAIN


def test_a_message_longer_than_the_head_leaves_the_thread_likely_where_it_lies_loose() -> None:
    long = Thread(("Priya", "Tom"), [said("Tom", START, "beans " * HEAD)], fields={"title": "Priya"}).file()
    assert claim({"loose.json": long}) == ()
    (one,) = claim({"messages/inbox/a_1/message_1.json": long})
    assert one.certainty is Certainty.POSSIBLE


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"{", b"[]", b"null", b"<html></html>", b'{"a": 1}'])
def test_what_lies_where_threads_lie_is_claimed_though_it_is_none(content: bytes) -> None:
    (one,) = claim({"messages/inbox/a_1/message_1.json": content})
    assert one.certainty is Certainty.POSSIBLE
    assert claim({"anywhere.json": content}) == ()


@pytest.mark.parametrize(
    "value",
    [
        {
            "name": "Plot",
            "type": "personal_chat",
            "messages": [{"id": 1, "type": "message", "from": "Tom", "text": "a"}],
        },
        {"guild": {}, "channel": {}, "messages": [{"id": "1", "timestamp": "2026", "content": "a", "author": {}}]},
        {"messages": [{"sender": "Tom", "timestamp": 1, "text": "a"}]},
        {"messages": [{"senderName": "Tom", "text": "a"}]},
        {"participants": ["Tom"], "messages": [{"senderId": "a", "timestamp": 1}]},
        {"participants": [{"name": "Tom"}], "items": []},
        {"userId": "8:tom", "conversations": [{"MessageList": []}]},
        {"chats": {"list": [{"name": "x", "messages": [{"sender_name": "Tom", "timestamp_ms": 1}]}]}},
        [{"sender_name": "Tom", "timestamp_ms": 1}],
    ],
)
def test_json_of_others_is_not_claimed(value: object) -> None:
    assert claim({"result.json": json.dumps(value).encode()}) == ()


@pytest.mark.parametrize("name", ["message_1.txt", "message_1", "message_1.json.zip"])
def test_only_json_and_pages_are_claimed(name: str) -> None:
    assert claim({"messages/inbox/a_1/" + name: FILE}) == ()


def test_no_reason_for_a_claim_tells_a_name_or_words() -> None:
    files = {"messages/inbox/priya_1/message_1.json": FILE, "Priya_1.json": ENCRYPTED, "x/message_1.json": FILE}
    for one in claim(files):
        assert not any(word in one.why for word in ("Priya", "priya", "Tom", "beans", "shed"))


PAGES = page("Priya", [pages_said("Tom", "Apr 23, 2022 10:03 am", "Beans")])


@pytest.mark.parametrize(
    ("folder", "form", "certainty"),
    [
        ("your_instagram_activity/messages/inbox/priya_1/", "instagram", Certainty.CERTAIN),
        ("your_facebook_activity/messages/e2ee_cutover/priya_1/", "messenger", Certainty.CERTAIN),
        ("your_activity_across_facebook/messages/message_requests/priya_1/", "messenger", Certainty.CERTAIN),
        ("messages/inbox/priya_1/", "messenger_or_instagram", Certainty.CERTAIN),
        ("", "messenger_or_instagram", Certainty.LIKELY),
    ],
)
def test_pages_are_claimed_where_threads_lie_and_by_their_name(folder: str, form: str, certainty: Certainty) -> None:
    (one,) = claim({folder + "message_1.html": PAGES})
    assert (one.form, one.certainty) == (f"{form}/thread-html", certainty)


def test_addresses_of_files_tell_the_platform_of_a_loose_page() -> None:
    block = pages_said(
        "Tom", "Apr 23, 2022 10:03 am", "", photo("your_instagram_activity/messages/inbox/a/photos/1.jpg")
    )
    (one,) = claim({"message_1.html": page("Priya", [block])})
    assert one.form == "instagram/thread-html"


def test_the_same_thread_as_json_and_as_pages_is_two() -> None:
    files = {f"messages/inbox/a_1/message_{n}.{suffix}": data
             for suffix, data in (("json", FILE), ("html", PAGES)) for n in (1, 2)}  # fmt: skip
    assert [names(one) for one in claim(files)] == [
        ["message_2.json", "message_1.json"],
        ["message_2.html", "message_1.html"],
    ]


def test_every_thread_of_an_account_of_pages_is_a_conversation_of_its_own() -> None:
    files = {
        f"your_facebook_activity/messages/{section}/name_{number}/message_{part}.html": PAGES
        for section in ("inbox", "archived_threads", "message_requests")
        for number in range(100)
        for part in (1, 2, 10)
    }
    claims = claim(files)
    assert len(claims) == 300
    assert {tuple(names(one)) for one in claims} == {("message_10.html", "message_2.html", "message_1.html")}


def test_loose_pages_with_one_title_are_parts_of_one_thread_and_with_two_are_not() -> None:
    other = page("Zoë", [pages_said("Tom", "Apr 23, 2022 10:03 am", "Beans")])
    assert len(claim({"message_1.html": PAGES, "message_2.html": PAGES})) == 1
    assert len(claim({"message_1.html": PAGES, "message_2.html": other})) == 2


@pytest.mark.parametrize(
    "name",
    [
        "your_instagram_activity/messages/secret_conversations.html",
        "your_instagram_activity/messages/chats.html",
        "your_instagram_activity/media/posts_1.html",
        "your_facebook_activity/posts/your_posts_1.html",
        "chat.html",
    ],
)
def test_other_pages_of_a_download_are_nobodys_though_they_have_the_same_marks(name: str) -> None:
    assert claim({name: PAGES}) == ()


def test_words_in_a_message_list_no_members() -> None:
    data = page("Your posts", [pages_said("Tom", "Apr 23, 2022 10:03 am", "Participants: Priya and Tom")])
    assert claim({"your_facebook_activity/posts/your_posts_1.html": data}) == ()


def test_a_page_of_any_name_that_lists_who_takes_part_is_a_thread() -> None:
    listed = page("Priya", [header("Participants: Priya and Tom"), pages_said("Tom", "Apr 23, 2022 10:03 am", "Beans")])
    (one,) = claim({"saved by Tom.html": listed})
    assert one.certainty is Certainty.CERTAIN


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"<html></html>", b"<html><body><p>hello</p></body></html>"])
def test_what_lies_where_pages_of_threads_lie_is_claimed_though_it_is_none(content: bytes) -> None:
    (one,) = claim({"messages/inbox/a_1/message_1.html": content})
    assert (one.form, one.certainty) == ("messenger_or_instagram/thread-html", Certainty.POSSIBLE)
    assert claim({"message_1.html": content}) == ()
