"""Mails are read as the standard library reads them, in constant memory, and nothing that is attached is decoded."""

from __future__ import annotations

import email
import email.policy
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail_made import BEGIN, BOB, in_words, mail, mailbox
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Basis
from safehand.model.message import Kind, Match, MediaState, Message
from safehand.sources.contract import FileOnDisk, ReadingDesk
from safehand.sources.local_time import LocalClock
from safehand.sources.mail import SOURCE
from safehand.sources.mail.body import read_body
from safehand.sources.mail.dates import Dates
from safehand.sources.mail.headers import Header
from safehand.sources.mail.message import lines_in, quick_body
from safehand.sources.mail.read import EML, MBOX
from source_verdict import claims_of, messages_of, read_files

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "mbox"

values = st.text(st.sampled_from("abcé ,;<>@\"'()=?"), max_size=20).map(str.strip)
names = st.sampled_from(["Subject", "X-Plot", "Received", "To", "Cc", "Reply-To", "List-Id"])
bodies = st.text(st.sampled_from("ab é🌱\n.>-"), max_size=60)
fields = st.lists(st.tuples(names, values, st.booleans()), max_size=6)


def written(found: list[tuple[str, str, bool]], body: str, more: str = "") -> bytes:
    lines = ["From: Alice <alice@example.org>", *([more] if more else [])]
    for name, value, folded in found:
        lines.append(f"{name}: " + (value.replace(" ", "\n ", 1) if folded and value[:1].isalpha() else value))
    return ("\n".join(lines) + "\n\n" + body).encode()


@given(fields, bodies)
@settings(max_examples=200, deadline=None)
def test_the_fields_and_the_words_are_those_the_standard_library_reads(
    found: list[tuple[str, str, bool]], body: str
) -> None:
    data = written(found, body, "Content-Type: text/plain; charset=utf-8")
    theirs = email.message_from_bytes(data, policy=email.policy.compat32)
    head, _, rest = data.partition(b"\n\n")
    ours = Header(head + b"\n")
    assert ours.odd == []
    unfolded = [(name, " ".join(str(value).split())) for name, value in theirs.raw_items()]
    spelled = [
        (name, " ".join(value.encode("ascii", "surrogateescape").decode("utf-8").split())) for name, value in unfolded
    ]
    assert [(name, " ".join(value.split())) for name, value in ours.fields] == spelled
    quick, careful = quick_body(ours, rest), read_body(ours, lines_in(rest))
    payload = theirs.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert careful.text == (payload.decode().rstrip("\n") or None)
    assert quick is None or quick == careful


parts = st.lists(st.tuples(st.sampled_from(["text/plain", "text/html", "image/png", "text/csv"]), bodies), max_size=4)


@given(parts, st.sampled_from(["nested", "flat"]))
@settings(max_examples=100, deadline=None)
def test_the_parts_are_those_the_standard_library_finds(found: list[tuple[str, str]], shape: str) -> None:
    inner = "".join(f"--B\nContent-Type: {kind}; charset=utf-8\n\n{text}\n" for kind, text in found) + "--B--\n"
    nested = shape == "nested"
    if nested:
        inner = f"--A\nContent-Type: multipart/mixed; boundary=B\n\n{inner}\n--A--\n"
    top = "A" if nested else "B"
    data = f"From: a@example.org\nContent-Type: multipart/mixed; boundary={top}\n\n{inner}".encode()
    theirs = [one for one in email.message_from_bytes(data).walk() if not one.is_multipart()]
    (message,) = messages_of(SOURCE, {"a.eml": data}, EML)
    kinds = [kind for kind, _ in found]
    attached = [kind for kind in kinds if kind not in ("text/plain", "text/html")]
    assert [one.mime for one in message.attachments] == attached
    if found:
        assert [one.get_content_type() for one in theirs] == kinds
        said = [text for kind, text in found if kind == "text/plain"]
        if said and "text/html" not in kinds:
            assert message.text == ("\n".join(word for one in said if (word := one.rstrip("\n"))) or None)


moments = st.integers(0, 4_102_444_799).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(moments, st.integers(-12 * 60, 14 * 60))
def test_every_date_is_the_moment_the_standard_library_reads(moment: datetime, minutes: int) -> None:
    local = moment.astimezone(timezone(timedelta(minutes=minutes)))
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    zone = f"{sign}{size // 60:02d}{size % 60:02d}"
    read = Dates(LocalClock()).read(in_words(local, zone))
    assert read.doubts == ()
    assert read.instant.utc == int(moment.timestamp()) * MICRO
    assert read.instant.basis is (Basis.UTC if zone == "-0000" else Basis.OFFSET)
    assert int(parsedate_to_datetime(in_words(local, zone)).timestamp()) == int(moment.timestamp())


@given(st.text(st.sampled_from("Sun, 04 Ja206:95+0é(x)"), max_size=40))
def test_no_text_at_all_breaks_the_reading_of_a_date(text: str) -> None:
    assert Dates(LocalClock()).read(text).instant.raw == text


@given(st.binary(max_size=200), st.integers(0, 900), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_a_near_miss_loses_no_byte_and_the_other_mails_are_read(put: bytes, where: int, cut: int) -> None:
    data = mailbox([mail(f"row {n}", number=n) for n in range(5)])
    at = data.index(b"row 2") + 5 + where % 5
    changed = data[:at] + put + data[at + min(cut, 3) :]
    texts = [one.text or "" for one in messages_of(SOURCE, {"a.mbox": changed}, MBOX)]
    assert texts[:2] == ["row 0", "row 1"]
    assert texts[-1] == "row 4"


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_at_all_are_accounted_for(data: bytes) -> None:
    header = b"From: a@example.org\nMIME-Version: 1.0\n"
    for put in (data, header + data, header + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + data):
        read_files(SOURCE, {"a.eml": put}, EML)
        read_files(SOURCE, {"a.mbox": mailbox([put])}, MBOX)


def large(parts_: int) -> Iterator[bytes]:
    yield b"From MAILER-DAEMON Sun Nov 22 06:04:45 2026\n"
    yield mail("", more="").split(b"Content-Type")[0]
    yield b'Content-Type: multipart/mixed; boundary="B"\n\n--B\n\nlook\n--B\nContent-Type: image/jpeg; name="a.jpg"\n'
    yield b"Content-Transfer-Encoding: base64\n\n"
    for _ in range(parts_):
        yield (b"QUJD" * 19 + b"\n") * 1000
    yield b"--B--\n\n" + mailbox([mail("after", number=2)])


def test_a_large_attachment_streams_past_and_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as out:
        out.writelines(large(400))
    size = path.stat().st_size
    assert size > 30_000_000
    (claim,) = claims_of(SOURCE, {"a.mbox": b"".join(large(1))})
    file = FileOnDisk("a.mbox", "a.mbox", path, size)
    desk = ReadingDesk()
    tracemalloc.start()
    events = list(SOURCE.read(type(claim)(claim.source, claim.form, (file,), claim.certainty, claim.why), desk))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20, peak
    assert desk.ledger(file).close(size).unparsed == ()
    first, second = [event for event in events if isinstance(event, Message)]
    assert (first.kind, first.text, second.text) == (Kind.MEDIA, "look", "after")
    (attachment,) = first.attachments
    assert (attachment.state, attachment.name, attachment.size) == (MediaState.EMBEDDED, "a.jpg", 400 * 1000 * 57)


def test_single_mails_of_one_folder_make_threads_and_another_folder_does_not_join_them() -> None:
    files = {
        "a/1.eml": mail("one"),
        "a/2.eml": mail("two", BOB, number=2, answers=1),
        "b/3.eml": mail("three", number=3, answers=1),
    }
    assert [len(claim.files) for claim in claims_of(SOURCE, files)] == [2, 1]
    events, _ = read_files(SOURCE, files, EML)
    assert [event.files for event in events if isinstance(event, ConversationOpened)] == [
        ("a/1.eml", "a/2.eml"),
        ("b/3.eml",),
    ]


def test_ten_thousand_threads_are_told_apart_and_keep_their_order() -> None:
    mails = [mail(f"row {n}", number=n, answers=n - 9_000 if n >= 9_000 else None) for n in range(18_000)]
    events, _ = read_files(SOURCE, {"a.mbox": mailbox(mails)}, MBOX)
    opened = [event.native_id for event in events if isinstance(event, ConversationOpened)]
    assert opened == [f"<{n}@x>" for n in range(9_000)]
    assert sum(isinstance(event, Message) and event.reply is not None for event in events) == 9_000


NOT_MAILS = {
    "a letter": b"From: my garden\nwith love\n",
    "whatsapp": b"04/01/2026, 19:02 - Priya: From: a@example.org\nDate: x\n",
    "rsmf": b"From: a@example.org\nX-RSMF-Version: 2.0.0\nDate: Sun, 04 Jan 2026 10:59:50 +0000\n\nx\n",
    "no sender": b"Subject: x\nDate: Sun, 04 Jan 2026 10:59:50 +0000\n\nFrom: a\n",
    "a log": b"Date: today\nFrom: the shed\n",
    "from a line": b"From me to you\nFrom: a\nDate: b\n",
}


@pytest.mark.parametrize("name", sorted(NOT_MAILS.keys() - {"a log"}))
def test_what_is_no_mail_is_not_claimed(name: str) -> None:
    assert claims_of(SOURCE, {"x.txt": NOT_MAILS[name]}) == ()


def test_what_only_looks_like_a_mail_is_no_more_than_likely() -> None:
    assert [str(claim.certainty) for claim in claims_of(SOURCE, {"x.txt": NOT_MAILS["a log"]})] == ["likely"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not on this machine")
def test_the_published_sample_is_read_whole() -> None:
    data = (SAMPLES / "made_two.mbox").read_bytes()
    events, (account,) = read_files(SOURCE, {"made_two.mbox": data}, MBOX)
    messages = [event for event in events if isinstance(event, Message)]
    assert [one.sender for one in messages] == ["alice@example.org", "bob@example.org"]
    assert messages[0].text == "Hello Bob\n\n>From the library I send greetings."
    assert [one.sent.utc for one in messages] == [1672855200 * MICRO, 1672855260 * MICRO]
    assert account.unparsed == ()
    assert not any(Doubt.TIME_UNREADABLE in one.doubts for one in messages)


HOSTILE = {
    "blanks in a header": b"X: " + b" " * 200_000 + b"x",
    "comments without an end": b"Content-Type: text/html\n\n" + b"<!--" * 250_000,
    "scripts without an end": b"Content-Type: text/html\n\n" + b"<script " * 125_000,
    "parameters": b'Content-Type: text/plain; a="' + b";" * 200_000,
    "parts": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\n" * 150_000,
    "nested parts": b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(9_000)),
    "addresses": b"To: " + b"(" * 200_000,
    "encoded words": b"Subject: " + b"=?" * 100_000,
    "ids": b"References: " + b"<a" * 100_000,
    "quotes": b"\n" + b">" * 900_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_mail_takes_longer_than_its_length_allows(name: str) -> None:
    data = b"From: a@example.org\nMIME-Version: 1.0\n" + HOSTILE[name] + b"\n"
    begin = time.process_time()
    read_files(SOURCE, {"a.eml": data}, EML)
    assert time.process_time() - begin < 4 * max(1, len(data) / (1 << 20))


def with_parts(kind: str, *found: tuple[str, str]) -> Message:
    inner = "".join(f"--B\nContent-Type: {part}; charset=utf-8\n\n{text}\n" for part, text in found) + "--B--\n"
    data = f"From: a@example.org\nContent-Type: multipart/{kind}; boundary=B\n\n{inner}".encode()
    (message,) = messages_of(SOURCE, {"a.eml": data}, EML)
    return message


def test_a_page_that_is_no_choice_beside_a_text_is_told_with_it() -> None:
    message = with_parts("mixed", ("text/html", "<p>The gate is open</p>"), ("text/plain", "Sent from my phone"))
    assert message.text == "The gate is open\nSent from my phone"
    assert "taking off its tags" in (message.extra or "")


def test_of_a_choice_the_text_is_told_unless_it_says_nothing() -> None:
    page = ("text/html", "<p>The gate is open</p>")
    assert with_parts("alternative", ("text/plain", "The gate"), page).text == "The gate"
    assert with_parts("alternative", ("text/plain", " "), page).text == " \nThe gate is open"


def test_a_page_in_a_mail_in_a_choice_is_the_same_choice() -> None:
    inner = "--C\nContent-Type: text/html\n\n<p>page</p>\n--C--"
    head = "From: a@example.org\nContent-Type: multipart/alternative; boundary=B\n\n"
    plain, related = "--B\nContent-Type: text/plain\n\nwords\n", "--B\nContent-Type: multipart/related; boundary=C\n\n"
    (message,) = messages_of(SOURCE, {"a.eml": f"{head}{plain}{related}{inner}\n--B--\n".encode()}, EML)
    assert message.text == "words"


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_a_thread_is_told_by_its_dates_whatever_the_order_of_the_mailbox_and_no_answer_is_missing(
    order: tuple[int, ...],
) -> None:
    made = {
        n: mail(f"row {n}", BOB, BEGIN + timedelta(minutes=n), number=n, answers=n - 1 if n > 1 else None, root=1)
        for n in (1, 2, 3)
    }
    events, _ = read_files(SOURCE, {"a.mbox": mailbox([made[n] for n in order])}, MBOX)
    messages = [event for event in events if isinstance(event, Message)]
    assert [one.text for one in messages] == ["row 1", "row 2", "row 3"]
    assert [one.number for one in messages] == [1, 2, 3]
    assert [one.doubts for one in messages] == [(), (), ()]
    (closed,) = (event for event in events if isinstance(event, ConversationClosed))
    assert any("another order" in note for note in closed.notes) is (order != (1, 2, 3))


def test_an_answer_that_says_an_earlier_time_than_what_it_answers_is_in_doubt_and_no_answer_to_nothing() -> None:
    mails = [mail("row 2", at=BEGIN + timedelta(minutes=1), number=2), mail("row 1", number=1, answers=2)]
    events, _ = read_files(SOURCE, {"a.mbox": mailbox(mails)}, MBOX)
    messages = [event for event in events if isinstance(event, Message)]
    assert [(one.text, one.doubts) for one in messages] == [("row 1", (Doubt.OUT_OF_ORDER,)), ("row 2", ())]
    assert messages[0].reply is not None
    assert messages[0].reply.match is Match.EXACT


def test_what_stands_beside_the_parts_is_kept_though_no_program_shows_it() -> None:
    head = "From: a@example.org\nContent-Type: multipart/mixed; boundary=B\n\nbefore\n"
    body = "--B\nContent-Type: text/plain\n\nwords\n--B--\nbehind\n"
    (message,) = messages_of(SOURCE, {"a.eml": (head + body).encode()}, EML)
    assert message.text == "words"
    assert '"beside the parts":"before\\nbehind"' in (message.extra or "")
