"""What every source promises (contract.py), asked of each row of the table with the same questions.

A new source is asked too as soon as it stands in SOURCES: it must bring a sample in tests/builders/promise_samples.py.
"""

from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promise_samples import BUILDERS, NAMES, WORD, Sample
from read_whole import bytes_of, check_account, in_memory, told
from safehand.errors import SafehandError
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.message import Message
from safehand.sources import SOURCES
from safehand.sources.accounting import SegmentKind
from safehand.sources.archive import capture_of
from safehand.sources.contract import (
    HEAD,
    Capture,
    Certainty,
    Claim,
    FileInMemory,
    Probe,
    ReadingDesk,
    ReadOptions,
    Source,
    SourceFile,
)
from safehand.sources.reading import Reading

MESSAGES = 40
SMALL = 4096
ROWS = {source.id: source for source in SOURCES}
every_sample = pytest.mark.parametrize("name", sorted(BUILDERS))
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.id))


@cache
def sample(name: str, messages: int = MESSAGES) -> Sample:
    return BUILDERS[name](messages)


@cache
def texts_of(name: str) -> dict[str, bytes]:
    """The text files of a sample, taken out of their archive."""
    made = sample(name)
    return {n: data for n, data in made.files.items() if not n.endswith(".zip")} or {"_chat.txt": _chat(name)}


def _chat(name: str) -> bytes:
    return BUILDERS[name.replace("ZIP", "iPhone")](MESSAGES).files["_chat.txt"]


def claimed(source: Source, files: tuple[SourceFile, ...]) -> tuple[Claim, ...]:
    return source.claim(tuple(Probe(file, bytes_of(file)[:HEAD]) for file in files))


def test_every_row_of_the_table_has_a_sample() -> None:
    assert {made.split(",")[0] for made in BUILDERS} == set(ROWS)
    assert len(ROWS) == len(SOURCES)


@every_sample
def test_every_sample_is_claimed_by_its_own_source_and_by_nobody_else(name: str) -> None:
    files = in_memory(texts_of(name)).files
    for source in SOURCES:
        claims = claimed(source, files)
        if source.id != sample(name).source:
            assert claims == ()
            continue
        ids = [file.id for claim in claims for file in claim.files]
        assert sorted(ids) == sorted(file.id for file in files)
        for claim in claims:
            assert claim.source == source.id
            assert claim.form.startswith(f"{source.id}/") or source.id == "meta"
            assert claim.why
            assert not WORD.search(claim.why.encode())
            assert not any(who in claim.why for who in NAMES)


@every_sample
def test_the_bytes_of_every_message_are_the_message(name: str) -> None:
    capture = in_memory(texts_of(name))
    data = {file.id: bytes_of(file) for file in capture.files}
    found, _ = told(capture)
    said = [message for message in found.messages if message.text is not None and WORD.search(message.text.encode())]
    assert [WORD.findall((message.text or "").encode())[0] for message in said] == sample(name).words
    for message in said:
        cited = data[message.span.file][message.span.start : message.span.end]
        assert set(WORD.findall(cited)) == set(WORD.findall((message.text or "").encode()))
    spans = sorted((message.span.file, message.span.start, message.span.end) for message in found.messages)
    for (file, _, end), (other, start, _) in pairwise(spans):
        assert file != other or end <= start, "two messages cite the same bytes"
    places = {(file, start) for file, all_ in found.segments.items() for kind, start, _ in all_
              if kind in {SegmentKind.MESSAGE, SegmentKind.EVENT}}  # fmt: skip
    assert {(message.span.file, message.span.start) for message in found.messages} <= places


@every_sample
def test_every_byte_of_a_sample_is_accounted_for_and_none_is_unparsed(name: str) -> None:
    capture = in_memory(texts_of(name))
    found, reading = told(capture)
    check_account(found, reading, capture)
    assert all(account.unparsed == () for account in reading.accounts())


@every_sample
def test_events_come_in_order_and_numbers_have_no_gap(name: str) -> None:
    found, _ = told(in_memory(texts_of(name)))
    number, opened = 0, None
    for event in found.events:
        match event:
            case ConversationOpened():
                assert opened is None
                number, opened = 0, event
                assert set(event.files) <= set(texts_of(name))
            case Message():
                number += 1
                assert opened is not None
                assert event.number == number
                assert event.span.file in opened.files
            case ConversationClosed():
                assert opened is not None
                assert (event.id, event.messages) == (opened.id, number)
                assert sum(one.messages for one in event.participants) <= number
                opened = None
    assert opened is None


@every_sample
def test_the_same_bytes_give_the_same_events_whatever_the_window(name: str) -> None:
    capture = in_memory(texts_of(name))
    once, _ = told(capture)
    again, _ = told(capture)
    assert once == again
    for window in (64, SMALL, 1 << 20):
        narrow, reading = told(capture, ReadOptions(window=window))
        assert narrow.events == once.events
        check_account(narrow, reading, capture)


def test_a_zip_gives_what_its_member_gives(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(sample("whatsapp, ZIP").files["export.zip"])
    capture = capture_of([path])
    found, reading = told(capture)
    check_account(found, reading, capture)
    bare, _ = told(in_memory(texts_of("whatsapp, ZIP")))
    assert [message.text for message in found.messages] == [message.text for message in bare.messages]
    assert len(capture.register) == 1


# Near misses.

cuts = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat"]),
    st.floats(0, 1),
    st.integers(1, 300),
    st.sampled_from([b"\n", b"\r\n", b'"', b"\\", b"\x00", b"\xff", b"{", b"]", b",", b"\xe2", b"[1/1/26, "]),
)


def missed(data: bytes, change: tuple[str, float, int, bytes]) -> bytes:
    kind, where, length, new = change
    at = int(where * len(data))
    match kind:
        case "flip":
            return data[:at] + bytes(byte ^ 0x11 for byte in data[at : at + 3]) + data[at + 3 :]
        case "cut":
            return data[:at] + data[at + length :]
        case "insert":
            return data[:at] + new * (1 + length % 3) + data[at:]
        case _:
            return data[:at] + data[at : at + length] * 2 + data[at + length :]


@every_sample
@given(changes=st.lists(cuts, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_raises_nothing_and_loses_no_byte(name: str, changes: list[tuple[str, float, int, bytes]]) -> None:
    files = dict(texts_of(name))
    for number, change in enumerate(changes):
        which = sorted(files)[number % len(files)]
        files[which] = missed(files[which], change)
    capture = in_memory(files)
    source = ROWS[sample(name).source]
    for claim in claimed(source, capture.files):
        # Asked directly: Reading would turn a fault into an unparsed stretch, and here it must be seen.
        list(source.read(claim, ReadingDesk()))
    found, reading = told(capture)
    check_account(found, reading, capture)


GARBAGE = {
    "empty": b"",
    "one byte": b"[",
    "byte order mark": b"\xef\xbb\xbf",
    "zeros": bytes(5_000),
    "line ends": b"\r\n" * 3_000,
    "one line": b"plot " * 60_000,
    "latin-1": "seed potatoes at the café\n".encode("latin-1") * 50,
    "utf-16": "\ufeff04/01/2026, 19:02 - Priya: hello\n".encode("utf-16-le") * 20,
    "half a character": b"04/01/2026, 19:02 - Priya: hello \xe2\x82",
    "brackets": b"[" * 30_000,
    "open object": b'{"messages": [' + b'{"a":' * 2_000,
    "quotes": b'{"messages": ["' + b"\\" * 9_999,
    "large numbers": b'{"messages": [' + b"9" * 9_000 + b"]}",
    "nothing but keys": b'{"messages": {}, "messages": [], "messages": [null, 1, "a", [], {}]}',
}


@every_source
@pytest.mark.parametrize("title", sorted(GARBAGE))
def test_garbage_that_is_forced_upon_a_source_raises_nothing_else_and_is_accounted_for(
    source: Source, title: str
) -> None:
    data = GARBAGE[title]
    file = FileInMemory("garbage.txt", "garbage.txt", data)
    for form in {claim.form for name in BUILDERS if sample(name).source == source.id
                 for claim in claimed(source, in_memory(texts_of(name)).files)}:  # fmt: skip
        forced = Claim(source.id, form, (file,), Certainty.POSSIBLE, "a test says so")
        with suppress(SafehandError):  # and nothing else
            list(source.read(forced, ReadingDesk()))
        capture = Capture((file,))
        reading = Reading(capture, sources=[replace(source, claim=partial(_always, forced))])
        list(reading.events())
        assert sum(tally.bytes for tally in reading.accounts()[0].segments.values()) == len(data)


def _always(claim: Claim, _probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    return (claim,)


@every_sample
@pytest.mark.parametrize("share", [0.35, 0.5, 0.77, 0.98])
def test_a_damaged_tail_does_not_take_the_good_part_with_it(name: str, share: float) -> None:
    files = dict(texts_of(name))
    last = max(files)
    cut = int(len(files[last]) * share)
    whole, _ = told(in_memory(files))
    good = [message.text or "" for message in whole.messages if message.span.file != last or message.span.end <= cut]
    files[last] = files[last][:cut]
    capture = in_memory(files)
    found, reading = told(capture)
    check_account(found, reading, capture)
    # In plain text the first half of a header may be more of the message before it: that is how the form is.
    read = [message.text or "" for message in found.messages]
    assert good
    assert all(any(text.startswith(part) for text in read) for part in good)
