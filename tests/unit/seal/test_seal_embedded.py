"""What is left out as a picture written as text: the published rules, and that pieces make no difference."""

import base64
import json
import re
import time
from importlib import resources
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.seal.embedded import EmbeddedScan
from safehand.seal.embedded_rules import marker, rules
from safehand.seal.removed import Removed, Why

RULES = json.loads((resources.files("safehand.seal") / "data" / "embedded.json").read_text())
NOISE = bytes((place * 89 + place * place * 7 + 31) % 256 for place in range(60_000))
PICTURE = base64.b64encode(NOISE)


def pattern(name: str) -> re.Pattern[bytes]:
    words = {key.upper(): f"(?:{RULES[key]})" for key in ("unit", "pad", "end")}
    text = RULES[name]
    for word, meaning in words.items():
        text = text.replace(word, meaning)
    return re.compile(text.encode())


def by_the_rules(data: bytes) -> list[tuple[int, int]]:
    """The rules of embedded.json again, word for word, over a whole file at once: a second implementation."""
    unit, least = f"(?:{RULES['unit']})", RULES["line_least"]
    units = re.compile(f"{unit}*+".encode())
    full = re.compile(f"{unit}{{{least}}}".encode())
    begin = re.compile(f"{RULES['may_begin']}{unit}{{{least}}}".encode())
    mark = RULES["mark"].encode()
    out: list[tuple[int, int]] = []
    place = 0
    while True:
        marked, found = data.find(mark, place), begin.search(data, place)
        if marked >= 0 and (found is None or marked < found.start()):
            start = marked + len(mark)
        elif found is not None:
            start, marked = found.start(), -1
        else:
            return out
        end = run_end(data, start, units, full)
        if left_out(data, start, end, is_marked=marked >= 0):
            out.append((start, end))
        place = end


def run_end(data: bytes, start: int, units: re.Pattern[bytes], full: re.Pattern[bytes]) -> int:
    line = start
    for before in count():
        units_end = units.match(data, line).end()  # type: ignore[union-attr]
        after = pattern("break").match(data, units_end)
        if after is not None and full.match(data, line):
            if full.match(data, after.end()):
                line = after.end()
                continue
            last = pattern("last_line").match(data, after.end()) if before else None
            if last is not None:
                return last.end()
        pads = re.compile(f"(?:{RULES['pad']}){{0,2}}".encode()).match(data, units_end)
        assert pads is not None
        return pads.end()
    raise AssertionError


def left_out(data: bytes, start: int, end: int, *, is_marked: bool) -> bool:
    if is_marked:
        return end - start >= int(RULES["marked_run_least"])
    look = data[max(0, start - RULES["address_look_back"]) : start]
    stops = [stop.end() for stop in pattern("address_stop").finditer(look)]
    token = look[stops[-1] if stops else 0 :] + data[start : start + RULES["address_into_run"]]
    return (
        end - start >= int(RULES["run_least"])
        and all(re.search(text.encode(), data[start:end]) for text in RULES["must_hold"])
        and pattern("address").search(token) is None
    )


def found_in(data: bytes, *pieces: int) -> list[tuple[int, int]]:
    scan, place = EmbeddedScan(), 0
    sizes = iter(pieces * (len(data) + 1) if pieces else [])
    while place < len(data):
        size = next(sizes, len(data))
        scan.feed(data[place : place + size])
        place += size
    return [(removed.start, removed.end) for removed in scan.finish()]


def wrapped(text: bytes, width: int, line_end: bytes) -> bytes:
    return line_end.join(text[place : place + width] for place in range(0, len(text), width))


CASES = {
    "a data: URI": (b'{"photo":"data:image/png;base64,', PICTURE[:900], b'"}'),
    "a tiny data: URI": (b"<img src='data:image/gif;base64,", b"R0lGODlhAQABAAAAACw=", b"'>"),
    "a data: URI with JSON's slashes": (
        b'{"p":"data:image\\/jpeg;base64,',
        PICTURE[:5000].replace(b"/", b"\\/"),
        b'","x":1}',
    ),
    "a data: URI in an address, with percents": (
        b"url(data:image/png;base64,",
        PICTURE[:3000].replace(b"/", b"%2F").replace(b"+", b"%2B") + b"%3D",
        b")",
    ),
    "base64 alone": (b'{"data":"', PICTURE, b'"}'),
    "base64 with its padding": (b"Content: ", PICTURE[:1500] + b"==", b"\nallotment"),
    "base64 in the letters of addresses": (b"[", PICTURE.replace(b"+", b"-").replace(b"/", b"_"), b"]"),
    "base64 escaped by Gson": (b'"', PICTURE[:3000].replace(b"+", b"\\u002b") + b"\\u003d\\u003d", b'"'),
    "base64 after an escape of JSON": (b'"Tuesday\\n', PICTURE[:2000], b'"'),
    "base64 after a letter in JSON's spelling": (b'"caf\\u00e9', PICTURE[:2000], b'"'),
    "a mail's lines of 76": (b"\r\n\r\n", wrapped(PICTURE, 76, b"\r\n"), b"\r\n--part--\r\n"),
    "lines of 64, the last one short": (b"Photo:\n", wrapped(PICTURE[: 64 * 20 + 12], 64, b"\n"), b"\nThanks, see you"),
    "lines in a JSON text": (b'{"mail":"Hello\\r\\n\\r\\n', wrapped(PICTURE[: 76 * 30 + 4], 76, b"\\r\\n"), b'"}'),
}


@pytest.mark.parametrize("case", CASES)
def test_a_picture_written_as_text_is_found_whole_and_nothing_beside_it(case: str) -> None:
    before, picture, after = CASES[case]
    data = b"09/01/2026, 22:27 - Priya: football\n" * 40 + before + picture + after + b" homework" * 300
    start = data.index(picture)
    assert found_in(data) == [(start, start + len(picture))] == by_the_rules(data)


ORDINARY = {
    "one letter, a million times": b"a" * 1_000_000,
    "laughter": b"haHAha" * 5_000,
    "a number": b"31415926535" * 500,
    "a hash after another": b"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" * 40,
    "a long address": b"https://trains.example/ticket?token=" + PICTURE[:4000].replace(b"+", b"-").replace(b"/", b"_"),
    "a long address in JSON": b'"https:\\/\\/trains.example\\/' + PICTURE[:4000].replace(b"/", b"\\/") + b'"',
    "an address without a point": b"http://localhost/" + PICTURE[:4000],
    "words, one to a line": b"\n".join([b"Tuesday", b"Football-Practice_2", b"allotment/shed+7"] * 500),
    "dashes between messages": b"\n".join([b"-" * 80, b"Priya_1: yes"] * 100),
    "names of files, one to a line": b"\n".join(b"IMG-20260104-WA%04d" % number for number in range(500)),
    "a short word that ends in base64,": b"use ;base64,SGVsbG8= there",
    "base64 a little too short": b'"' + PICTURE[:1022] + b'"',
    "a page of text": b"The allotment needs water; I can go on Tuesday after football.\n" * 200,
}


@pytest.mark.parametrize("case", ORDINARY)
def test_ordinary_text_is_not_touched(case: str) -> None:
    data = b"Priya: " + ORDINARY[case] + b"\nSam: ok"
    assert found_in(data) == [] == by_the_rules(data)


def test_a_run_of_exactly_the_least_length_is_left_out_and_one_byte_less_is_not() -> None:
    least = rules().run_least
    for size, found in ((least, [(3, 3 + least)]), (least - 1, [])):
        for offset in range(3, 40):
            data = b" " * offset + PICTURE[:size] + b" end"
            assert found_in(data) == [(start + offset - 3, end + offset - 3) for start, end in found]


def test_a_picture_longer_than_any_piece_is_one_place() -> None:
    data = b'"' + PICTURE * 20 + b'"'
    assert found_in(data, 65_536) == [(1, len(data) - 1)]
    lines = b"x\n" + wrapped(PICTURE * 20, 76, b"\n") + b"\n\nbye"
    assert found_in(lines, 65_536) == by_the_rules(lines)


def test_a_window_full_of_runs_that_are_none_takes_no_longer_than_its_length() -> None:
    """Each of them once made the search look at the whole rest of the window again: seconds became hours."""
    digest = b"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\nabc\n"

    def taken(size: int) -> float:
        begin = time.process_time()
        assert found_in(digest * (size // len(digest))) == []
        return time.process_time() - begin

    assert taken(800_000) < 12 * taken(200_000) + 0.5


# Near misses of every rule: cut and joined, they come close to each boundary from both sides.
PARTS = st.sampled_from(
    [
        b";base64,",
        b"data:image/png;base64,",
        b";bas",
        b"://",
        b"https:\\/\\/a.b/",
        b"\n",
        b"\r\n",
        b"\\r\\n",
        b"\\n",
        b"\\",
        b"\\u00e9",
        b"\\u002b",
        b"%2F",
        b"\\/",
        b"=",
        b"==",
        b"\\u003d",
        b'"',
        b"'",
        b" ",
        b"<",
        b"Hi",
        b"word",
        b"AbC1",
        PICTURE[:38],
        PICTURE[:40],
        PICTURE[:41],
        PICTURE[:76],
        PICTURE[:76] + b"\n",
        (PICTURE[:76] + b"\n") * 13,
        (PICTURE[:64] + b"\r\n") * 15,
        PICTURE[:1000],
        PICTURE[:1024],
        PICTURE[:1024].replace(b"/", b"\\/"),
        PICTURE[:3000],
        b"a" * 1100,
        b"a" * 2000 + b"A1+",
        b"the allotment ",
        b"x" * 500 + b" ",
        b"9" * 700,
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PARTS, max_size=14), st.lists(st.sampled_from([1, 2, 7, 31, 64, 500, 1023, 4096]), min_size=1, max_size=3)
)
def test_pieces_of_any_size_give_what_the_rules_give_for_the_whole(parts: list[bytes], sizes: list[int]) -> None:
    data = b"".join(parts)
    assert found_in(data, *sizes) == by_the_rules(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=14))
def test_in_a_sealed_copy_nothing_is_left_to_leave_out(parts: list[bytes]) -> None:
    data = b"".join(parts)
    sealed, place = b"", 0
    for start, end in found_in(data):
        sealed += data[place:start] + marker(Removed(start, end, Why.EMBEDDED))
        place = end
    assert found_in(sealed + data[place:]) == []


def test_a_text_in_json_is_still_json_when_a_picture_was_left_out() -> None:
    for before in ("caf\u00e9 ", "x\n", "\t", "\\", '"'):
        data = json.dumps({"text": before + PICTURE[:3000].decode() + "\n\u00e9", "n": 1}).encode()
        ((start, end),) = found_in(data)
        sealed = data[:start] + marker(Removed(start, end, Why.EMBEDDED)) + data[end:]
        assert "safehand left out" in json.loads(sealed)["text"]
