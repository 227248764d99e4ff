"""HTML of any size, block by block: exact spans, whatever the window, and every byte accounted for."""

from __future__ import annotations

import re
import tracemalloc
from io import BytesIO
from time import process_time
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from html_scanned import OPENING, scanned_html
from safehand.sources import html_windows
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import FileInMemory
from safehand.sources.html_windows import REACH, Blocks, End, Head, Trouble, own_end, own_end_with_care, scan_blocks

WINDOWS = (1, 16, 61, 1000, 4 << 20)
HEAD = b"<!DOCTYPE html>\n<html><head><title>Allotment</title></head>\n<body>\n"
FOOT = b"</div>\n</body></html>\n"

insides = st.recursive(
    st.sampled_from(["plot 7", " ", "\n", "a &lt; b", "a < b", "é🌱", "<br>", "<img src='p.jpg'>", "<!-- <div> -->"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: '<div class="x">' + "".join(parts) + "</div>"),
    max_leaves=6,
)
blocks = insides.map(lambda inside: f'<div class="m" id="m1">{inside}</div>'.encode())
gaps = st.sampled_from([b"", b"\n", b"\r\n  ", b"<hr>", b'</div>\n<div class="group">'])


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[bytes], bytes]:
    """A page, and its blocks."""
    made = draw(st.lists(blocks, max_size=6))
    page = draw(st.sampled_from([HEAD, b"", b"\xef\xbb\xbf" + HEAD]))
    for block in made:
        page += draw(gaps) + block
    return made, page + draw(st.sampled_from([FOOT, b"", b"\n"]))


@given(pages(), st.sampled_from(WINDOWS))
@settings(max_examples=300, deadline=None)
def test_blocks_and_their_spans_are_those_that_were_written(made: tuple[list[bytes], bytes], window: int) -> None:
    written, data = made
    told = scanned_html(data, window)
    assert [data[start:end] for start, end in told.blocks] == written
    assert told.unclosed == []
    assert told.unparsed == ()


cuts = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat"]),
    st.floats(0, 1),
    st.integers(1, 60),
    st.sampled_from(
        [b"<", b">", b'"', b"'", b"<!--", b"-->", b"</div>", b"<div ", b"<script>", b"\x00", b"\xff", b"&"]
    ),
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
            return data[:at] + new + data[at:]
        case _:
            return data[:at] + data[at : at + length] * 2 + data[at + length :]


@given(pages(), st.lists(cuts, min_size=1, max_size=4), st.sampled_from(WINDOWS))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_loses_no_byte_and_reads_alike_through_any_window(
    made: tuple[list[bytes], bytes], changes: list[tuple[str, float, int, bytes]], window: int
) -> None:
    data = made[1]
    for change in changes:
        data = missed(data, change)
    assert scanned_html(data, window) == scanned_html(data)


def test_what_stands_before_the_first_block_is_the_head_and_behind_the_last_the_footer() -> None:
    told = scanned_html(HEAD + b'<div class="m">a</div>\n<div class="m">b</div>\n' + FOOT)
    assert told.head == (0, len(HEAD))
    assert told.truncated is False
    assert told.kinds() == [
        SegmentKind.HEADER,
        SegmentKind.MESSAGE,
        SegmentKind.STRUCTURE,
        SegmentKind.MESSAGE,
        SegmentKind.FOOTER,
    ]


def test_a_page_without_blocks_is_all_head() -> None:
    told = scanned_html(HEAD + FOOT)
    assert (told.head, told.blocks, told.truncated) == ((0, len(HEAD + FOOT)), [], False)
    assert scanned_html(b"").truncated is False
    assert scanned_html(HEAD).truncated is True


@pytest.mark.parametrize(
    "hidden",
    [
        b'<!-- <div class="m">a</div> -->',
        b'<!-- <div class="m">a</div> --!>',
        b"<script>var a = '<div class=\"m\">a</div>';</script>",
        b'<STYLE>/* <div class="m">a</div> */</Style >',
        b'<title>How <div class="m"> begins</title>',
    ],
)
def test_no_block_begins_in_a_comment_or_a_script(hidden: bytes) -> None:
    data = HEAD + hidden + b'<div class="m">b' + hidden + b"</div>" + FOOT
    for window in WINDOWS:
        told = scanned_html(data, window)
        assert [data[start:end] for start, end in told.blocks] == [b'<div class="m">b' + hidden + b"</div>"]


@pytest.mark.parametrize("unended", [b"<!-- ", b"<script>", b"<title>"])
def test_a_comment_or_script_without_an_end_hides_nothing(unended: bytes) -> None:
    told = scanned_html(HEAD + unended + b'<div class="m">a</div>' + unended + b'<div class="m">b</div>')
    assert len(told.blocks) == 2


def test_a_thousand_comments_without_an_end_are_not_a_thousand_walks() -> None:
    data = (b"<!--<script>" * 100 + b'<div class="m">a</div>') * 400
    before = process_time()
    told = scanned_html(data)
    assert len(told.blocks) == 400
    assert process_time() - before < 1


def test_what_a_page_shows_outside_of_any_block_is_unparsed_and_never_structure() -> None:
    shown = [b"a note", b"<p>a note</p>", b'<img src="p.jpg">', b'<a href="x.html"></a>', b"&nbsp;"]
    for word in shown:
        told = scanned_html(HEAD + b'<div class="m">a</div>' + word + b'<div class="m">b</div>' + word + FOOT)
        assert [one.reason for one in told.unparsed] == [Trouble.OUTSIDE, Trouble.OUTSIDE]
        assert len(told.blocks) == 2


def test_of_a_script_or_a_style_behind_a_block_a_page_shows_nothing() -> None:
    for unseen in (b"<script>if (a < b) { go('x') }</script>", b"<style>p { color: red }</style>"):
        told = scanned_html(
            HEAD + b'<div class="m">a</div>' + unseen + b'<div class="m">b</div></body>' + unseen + b"</html>"
        )
        assert told.unparsed == ()
        assert len(told.blocks) == 2


def test_a_block_whose_element_has_no_end_says_so() -> None:
    whole = HEAD + b'<div class="m">a</div><div class="m"><b>b</b>'
    told = scanned_html(whole + b'<div class="m">c</div>' + FOOT)
    assert told.unclosed == [len(HEAD) + 22]
    assert told.truncated is False
    assert scanned_html(whole).truncated is True
    assert scanned_html(whole + b"</div>").truncated is True, "the page has no end"
    assert scanned_html(whole[len(HEAD) :] + b"</div>").truncated is False, "and here it had no beginning"


def test_what_a_reader_tells_of_a_block_stands_in_the_account() -> None:
    data = HEAD + b'<div class="m">a</div><div class="m">b</div>note<div class="m">c</div>' + FOOT
    ledger = Ledger("f")
    for event in scan_blocks(FileInMemory("f", "f", data), ledger, OPENING):
        match event:
            case Head():
                event.refuse("no head of ours")
            case Blocks():
                for index, raw in enumerate(event.raws):
                    if b">a<" in raw:
                        event.tell(index, SegmentKind.EVENT)
                    if b">c<" in raw:
                        event.refuse(index, "no message")
            case _:
                pass
    account = ledger.close(len(data))
    assert [one.reason for one in account.unparsed] == ["no head of ours", Trouble.OUTSIDE, "no message"]
    assert {kind: tally.count for kind, tally in account.segments.items()} == {
        "event": 1,
        "footer": 1,
        "message": 1,
        "unparsed": 3,
    }


def test_a_block_longer_than_any_message_is_unparsed_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_windows, "LONGEST_MESSAGE", 20_000)
    long = b'<div class="m">' + b"plot " * 10_000 + b"</div>"
    data = HEAD + b'<div class="m">a</div>\n' + long + b'<div class="m">b</div>' + FOOT
    told = scanned_html(data, window=4096)
    assert [data[start:end] for start, end in told.blocks] == [b'<div class="m">a</div>', b'<div class="m">b</div>']
    assert told.skipped == [(len(HEAD) + 23, len(HEAD) + 23 + len(long))]
    assert {one.reason for one in told.unparsed} == {Trouble.TOO_LONG}
    told = scanned_html(b"<html>" + b"word " * 10_000 + data, window=4096)
    assert told.head == (0, 50_006 + len(HEAD))
    assert len(told.blocks) == 2
    told = scanned_html(b"word " * 10_000, window=4096)
    assert (told.head, told.blocks) == ((0, 50_000), [])


class Endless:
    """A file of a given size that is made while it is read."""

    id = name = "page.html"

    def __init__(self, piece: bytes, times: int) -> None:
        self._piece, self._times = piece, times
        self.size = len(piece) * times

    def open(self) -> BinaryIO:
        class Made(BytesIO):
            left = self._times
            piece = self._piece

            def read(self, size: int | None = -1, /) -> bytes:
                count = min(self.left, max(1, (size or 0) // len(self.piece)))
                Made.left -= count
                return self.piece * count

        return Made()


@pytest.mark.parametrize("piece", [b'<div class="m">' + b"plot " * 150 + b"</div>\n", b"<p>" + b"plot " * 150])
def test_memory_does_not_grow_with_the_file(piece: bytes) -> None:
    def peak(times: int) -> int:
        tracemalloc.start()
        count = 0
        for event in scan_blocks(Endless(piece, times), Ledger("f"), OPENING, window=64 << 10):
            count += len(event.starts) if isinstance(event, Blocks) else 0
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count in {0, times}
        return found

    few, many = (1_000, 20_000) if piece.startswith(b"<div") else (40_000, 80_000)
    assert peak(many) < 1.5 * peak(few)


@given(st.lists(st.sampled_from(["<div>", '<div class="a">', "</div>", "a", "<br>", "<b>", "</b>"]), max_size=12))
def test_counting_finds_the_same_end_as_reading_every_tag(parts: list[str]) -> None:
    raw = ('<div class="m">' + "".join(parts)).encode()
    assert own_end(raw) == own_end_with_care(raw)


def test_an_opening_that_reaches_too_far_is_none() -> None:
    opening = re.compile(rb'<div class="[a-z ]*" id="m')
    near = b'<div class="' + b"a" * (REACH - 40) + b'" id="m1">a</div>'
    far = b'<div class="' + b"a" * REACH + b'" id="m1">a</div>'
    for window in WINDOWS:
        assert len(scanned_html(near, window, opening).blocks) == 1
        assert scanned_html(far, window, opening).blocks == []


def test_the_end_is_always_told_once_and_last() -> None:
    for data in (b"", b"a", HEAD, b'<div class="m">', b"\xef\xbb\xbf", b"\xef\xbb"):
        events = list(scan_blocks(FileInMemory("f", "f", data), Ledger("f"), OPENING))
        assert isinstance(events[0], Head)
        assert [isinstance(event, End) for event in events] == [False] * (len(events) - 1) + [True]
