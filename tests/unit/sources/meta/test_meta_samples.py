"""Every sample of the two platforms is read exactly, where the samples are at hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from meta_reading import messages_of, read_all
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message

SAMPLES = Path(__file__).parents[5] / "shared" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not part of the project")


def sample(*names: str) -> dict[str, bytes]:
    return {name.rpartition("/")[2]: (SAMPLES / name).read_bytes() for name in names}


def test_the_samples_are_those_that_are_known() -> None:
    found = {
        path.relative_to(SAMPLES).as_posix()
        for name in ("messenger", "instagram")
        for path in (SAMPLES / name).glob("*.*")
    }
    assert found == {
        "messenger/ca_2A_7M.json",
        "messenger/mv_e2ee_alice.json",
        "messenger/mv_multi_message_1.json",
        "messenger/mv_multi_message_2.json",
        "messenger/mv_multi_message_10.json",
        "messenger/mv_simple.json",
        "instagram/cm_test_export.json",
        "instagram/cp_instagram_export.json",
        "instagram/made_message_1_2023.html",
        "messenger/mv_html_layout1.html",
        "messenger/mv_html_simple.html",
    }


@pytest.mark.parametrize(
    ("name", "count", "platform"),
    [
        ("messenger/ca_2A_7M.json", 7, "messenger"),
        ("messenger/mv_simple.json", 3, "messenger_or_instagram"),
        ("messenger/mv_e2ee_alice.json", 4, "messenger"),
        ("instagram/cm_test_export.json", 2, "messenger_or_instagram"),
        ("instagram/cp_instagram_export.json", 7, "messenger_or_instagram"),
    ],
)
def test_a_sample_has_as_many_messages_as_its_maker_says(name: str, count: int, platform: str) -> None:
    _, events, accounts, _ = read_all(sample(name))
    opened, *messages, closed = events
    assert isinstance(opened, ConversationOpened)
    assert isinstance(closed, ConversationClosed)
    assert opened.platform == platform
    assert closed.messages == len(messages) == count
    assert not accounts[0].unparsed
    times = [one.sent.utc for one in messages if isinstance(one, Message)]
    assert times == sorted(time for time in times if time is not None)


def test_the_sample_in_three_parts_is_one_conversation_in_the_order_of_its_times() -> None:
    names = [f"messenger/mv_multi_message_{number}.json" for number in (1, 10, 2)]
    messages = messages_of(sample(*names))
    assert [one.text and one.text[:9] for one in messages] == ["Message A", "Message B", "Message C", "Message D"]
    assert [one.number for one in messages] == [1, 2, 3, 4]


def test_the_sample_with_a_byte_order_mark_has_one_message_of_each_kind() -> None:
    data = sample("messenger/ca_2A_7M.json")
    kinds = [one.kind for one in messages_of(data)]
    assert kinds == [Kind.MEDIA, Kind.STICKER, Kind.VOICE, Kind.MEDIA, Kind.TEXT, Kind.TEXT, Kind.TEXT]
    assert read_all(data)[2][0].segments["bom"].bytes == 3


@pytest.mark.parametrize("name", ["messenger/mv_simple.json", "messenger/mv_e2ee_alice.json"])
def test_the_samples_with_mojibake_are_repaired_and_keep_both_forms(name: str) -> None:
    second = messages_of(sample(name))[1]
    assert (second.text, second.text_raw) == ("café time?", "cafÃ© time?")
    assert second.reactions[0].value == "❤"
    assert second.doubts == (Doubt.TEXT_REPAIRED,)


def test_an_unsent_message_of_the_encrypted_sample_is_told_as_deleted_with_the_words_it_still_has() -> None:
    last = messages_of(sample("messenger/mv_e2ee_alice.json"))[-1]
    assert (last.kind, last.text) == (Kind.DELETED, "oops")


@pytest.mark.parametrize(
    "other", ["telegram", "discord_dce", "discord_package", "snapchat", "skype", "signal", "tiktok", "google_chat"]
)
def test_no_sample_of_another_platform_is_claimed(other: str) -> None:
    files = {path.name: path.read_bytes() for path in (SAMPLES / other).rglob("*") if path.is_file()}
    assert files
    assert read_all(files)[0] == ()


def test_every_message_of_a_sample_cites_its_bytes() -> None:
    data = sample("messenger/mv_simple.json")
    for one in messages_of(data):
        cited = data[one.span.file][one.span.start : one.span.end]
        assert cited.startswith(b"{")
        assert cited.endswith(b"}")
        assert str((one.sent.utc or 0) // 1000).encode() in cited


def test_the_account_of_a_sample_has_the_hash_of_its_file() -> None:
    data = sample("messenger/ca_2A_7M.json")
    assert read_all(data)[2][0].sha256 == hashlib.sha256(data["ca_2A_7M.json"]).hexdigest()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("instagram/made_message_1_2023.html", ["thanks!", "Here are photos & notes"]),
        ("messenger/mv_html_simple.html", ["Hello", "café time?", "See you soon"]),
        ("messenger/mv_html_layout1.html", ["ping"]),
    ],
)
def test_a_sample_of_a_page_is_read_whole_and_oldest_first(name: str, texts: list[str]) -> None:
    files = sample(name)
    _, events, accounts, _ = read_all(files)
    messages = [event for event in events if isinstance(event, Message)]
    assert [one.text for one in messages] == texts
    assert all(one.doubts == (Doubt.ZONE_UNKNOWN,) and one.extra is None for one in messages)
    assert accounts[0].unparsed == ()
