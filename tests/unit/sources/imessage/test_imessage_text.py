"""imessage-exporter's text: whose it is, that both ways of reading agree, and that near misses cost nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imessage_export import block, date, reply
from imessage_reading import claims_of, messages_of, read_file, verdict
from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.contract import LONGEST_MESSAGE, Certainty
from safehand.sources.imessage import exporter_text

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "imessage"
NOON = datetime(2026, 1, 4, 12, 0, 0, tzinfo=UTC)

LINES = [
    "The seed potatoes are in", "", "Reactions:", "Loved by Me", "Tapbacks:", "Edited 2 seconds later: ten",
    "Sent with Confetti", "attachments/2/11.heic", "/srv", "~/x", "Sticker from Me: a.heic", "    indented",
    "This message responded to an earlier message.", "This message was deleted from the conversation!",
    "They deleted a message.", "You unsent this message part!", "Attachment missing!", "SharePlay Message", "Ended",
    date(NOON), date(NOON) + " see you", f"    {date(NOON)}", "    Priya", "\ufeff", "Started sharing location!",
    "Outline Sticker from Me: a.heic",
]  # fmt: skip


def test_it_is_known_by_its_first_message_or_its_first_event() -> None:
    said = block(NOON, "Priya", "In").encode()
    event = f"{date(NOON)} Priya left the conversation.\n\n".encode()
    for data, certainty in ((said, Certainty.CERTAIN), (b"\xef\xbb\xbf" + said, Certainty.CERTAIN),
                            (block(NOON, "Tom", "In", read="you after 1 hour").encode(), Certainty.CERTAIN),
                            (event, Certainty.LIKELY)):  # fmt: skip
        assert [(one.form, one.certainty) for one in claims_of(data)] == [("imessage/exporter-text", certainty)]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"Jan 04, 2026  7:02:11 PM", b"Jan 04, 2026 7:02 PM\nPriya\nIn\n\n", b"04/01/2026, 19:02 - Priya: In\n",
        b"Mai 04, 2026  7:02:11 PM\nPriya\nIn\n\n", b"Jan 04, 2026  7:02:11 PM was great\nand so on\n",
        b"He wrote:\n\nJan 04, 2026  7:02:11 PM\nPriya\nIn\n\n", b"\x00" * 100,
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_left_to_others(data: bytes) -> None:
    assert claims_of(data) == ()


@given(
    st.lists(st.lists(st.sampled_from(LINES), max_size=4), min_size=1, max_size=6), st.sampled_from([1, 61, 1 << 20])
)
def test_the_short_way_reads_what_the_long_way_reads(said: list[list[str]], window: int) -> None:
    data = "".join(block(NOON + timedelta(minutes=n), "Priya", *lines) for n, lines in enumerate(said)).encode()
    quick = read_file(data, window=window)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporter_text._TextReader, "_plain", lambda *_: None)
        assert read_file(data, window=window) == quick


@given(st.data())
def test_a_changed_file_is_still_accounted_for_and_told(data: st.DataObject) -> None:
    made = bytearray(
        block(NOON, "Priya", "Shall we dig on Sunday?", reply(NOON, "Tom", "Yes").rstrip("\n"), "")
        + block(NOON + timedelta(hours=1), "Tom", "Yes", "This message responded to an earlier message.")
        + block(NOON + timedelta(hours=2), "Me", "Good", "Tapbacks:", "Loved by Tom", ""),
        "utf-8",
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(made)))
        piece = data.draw(st.sampled_from([b"\n", b"\r\n", b"    ", b"\xff", b"\xe2\x82", date(NOON).encode(), b""]))
        made[at : at + data.draw(st.integers(0, 30))] = piece
    read_file(bytes(made), window=data.draw(st.sampled_from([1, 7, 1 << 20])))


def test_times_are_the_exporting_computer_s_and_say_so() -> None:
    sent = messages_of(block(NOON, "Priya", "In").encode())[0].sent
    assert sent.basis is Basis.EXPORTER_LOCAL
    assert sent.utc is None
    assert sent.raw == "Jan 04, 2026 12:00:00 PM"


def test_a_message_longer_than_any_is_unparsed_and_the_next_is_read() -> None:
    long = block(NOON, "Priya", "plot " * (LONGEST_MESSAGE // 5 + 100_000))
    data = (long + block(NOON, "Tom", "In")).encode()
    events, account = read_file(data)
    assert [one.text for one in events if isinstance(one, Message)] == ["In"]
    assert sum(gap.end - gap.start for gap in account.unparsed) == len(long)


def test_every_conversation_says_that_the_form_can_be_forged() -> None:
    closed = read_file(block(NOON, "Priya", "In").encode())[0][-1]
    assert isinstance(closed, ConversationClosed)
    assert dict(closed.doubts)[Doubt.FORGED_POSSIBLE] == 1
    assert len(closed.notes) == 1


def test_the_replies_that_are_remembered_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter_text, "_COPIES_KEPT", 2)
    copies = [reply(NOON, "Tom", f"Yes {n}").rstrip("\n") + "\n" for n in range(4)]
    own = [block(NOON, "Tom", f"Yes {n}", "This message responded to an earlier message.") for n in range(4)]
    data = (block(NOON, "Priya", "Shall we dig?", *copies) + "".join(own)).encode()
    found = [Doubt.DUPLICATE_OF in one.doubts for one in messages_of(data) if one.reply is not None]
    assert found == [False] * 6 + [True] * 2


def test_a_published_sample_is_read_whole() -> None:
    path = SAMPLES / "made_imessage_exporter.txt"
    if not path.exists():
        pytest.skip("the published samples are not on this machine")
    data = path.read_bytes()
    assert len(claims_of(data)) == 1
    messages = messages_of(data)
    assert [one.kind for one in messages] == [Kind.TEXT, Kind.TEXT, Kind.SYSTEM]
    assert "unparsed" not in verdict(data)
