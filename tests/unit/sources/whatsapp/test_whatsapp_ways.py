"""Promises of speed: the quick way, the whole way, and any window tell the same of every file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from make_whatsapp import chat_lines
from safehand.model.conversation import Event
from safehand.sources import whatsapp
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import ReadOptions, SourceFile
from safehand.sources.whatsapp.survey import Survey, survey
from whatsapp_reading import messages_of, notes_of, read_file

VECTORS = Path(__file__).parents[3] / "vectors" / "whatsapp"

Told = tuple[list[Event], FileAccount]


def slowly(file: SourceFile, options: ReadOptions) -> Survey:
    """What the survey finds, without the pattern that makes the quick way."""
    return replace(survey(file, options), quick=None)


def both_ways(monkeypatch: pytest.MonkeyPatch, data: bytes, options: ReadOptions) -> tuple[Told, Told]:
    quick = read_file(data, options)
    with monkeypatch.context() as patch:
        patch.setattr(whatsapp, "survey", slowly)
        whole = read_file(data, options)
    return quick, whole


@pytest.mark.parametrize("form", ["android", "ios"])
@pytest.mark.parametrize(
    "options", [ReadOptions(), ReadOptions(zone="Europe/London", zone_by="holder")], ids=["no zone", "zone"]
)
def test_a_made_chat_is_told_alike_both_ways(monkeypatch: pytest.MonkeyPatch, form: str, options: ReadOptions) -> None:
    data = "".join(chat_lines(form, 3000)).encode()
    quick, whole = both_ways(monkeypatch, data, options)
    assert len(quick[0]) == 3002
    assert quick == whole


@pytest.mark.parametrize("path", sorted(VECTORS.glob("*.json")), ids=lambda path: str(path.stem))
def test_a_vector_is_told_alike_both_ways(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    made = json.loads(path.read_text(encoding="utf-8"))
    data = bytes.fromhex(made["hex"]) if "hex" in made else made["text"].encode()
    quick, whole = both_ways(monkeypatch, data, ReadOptions(zone=made.get("zone"), zone_by=made.get("zone") and "x"))
    assert quick == whole


HEADERS = st.sampled_from(
    [
        "14/01/2023, 10:00 - ",
        "14/01/2023, 10:01 - ",
        "15/01/2023, 10:01 - ",
        "13/01/2023, 09:00 - ",
        "04/05/2023, 23:59 - ",
        "4/5/2023, 9:59 - ",
        "[14/01/2023, 10:00:05] ",
        "14.01.23, 10:00 - ",
        "14/01/2023 10:00 - ",
        "99/01/2023, 10:00 - ",
        "\u200e14/01/2023, 10:02 - ",
        "14/01/2023, 10:00\u202fPM - ",
        "",
    ]
)
WHO = st.sampled_from(["Tom: ", "Plot 9: Water: ", "Plot 9: ", "Zoë 🌻: ", "Tom:", ": ", "", 'x "a: ', "Tom: note: "])
WORDS = st.sampled_from(
    [
        "beans",
        "",
        "<Media omitted>",
        "IMG-20230114-WA0001.jpg (file attached)",
        "10:15 train",
        "see https://maps.google.com/?q=1",
        "\u200eimage omitted",
        "POLL:\nWhat?\nOPTION: a (1 vote)",
        "This message was deleted",
        "left",
        "two\nlines",
        "x <This message was edited>",
        "a (b)",
        "caf\udce9",
        "\r",
    ]
)
FILES = st.lists(st.tuples(HEADERS, WHO, WORDS, st.sampled_from(["\n", "\r\n", ""])), max_size=25).map(
    lambda lines: "".join("".join(line) for line in lines).encode(errors="surrogateescape")
)


LATE = "14/01/2023, 10:00 - Tom: beans\n"
MARKED = "\u200e14/01/2023, 10:02 - Tom: peas\n"


@example(data=(LATE + MARKED + LATE + LATE).encode(), window=1 << 20, zone=None)  # once: not late the second time
@settings(max_examples=300, deadline=None)
@given(data=FILES, window=st.sampled_from([1, 7, 64, 1 << 20]), zone=st.sampled_from([None, "Europe/London"]))
def test_whatever_stands_there_is_told_alike_both_ways_and_through_any_window(
    data: bytes, window: int, zone: str | None
) -> None:
    options = ReadOptions(zone=zone, zone_by="holder" if zone else None)
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, whole = both_ways(monkeypatch, data, options)
    assert quick == whole
    assert read_file(data, replace(options, window=window)) == quick


def test_who_is_told_of_each_segment_changes_nothing() -> None:
    data = "".join(chat_lines("android", 500)).encode()
    assert read_file(data, told=False) == read_file(data, told=True)


def joined(first: Callable[[int], str], second: Callable[[int], str], lines: int) -> str:
    return "".join(first(n) for n in range(lines)) + "".join(second(n) for n in range(lines * 2 // 3))


def test_a_file_joined_from_two_exports_gives_every_message_of_both() -> None:
    text = joined(
        lambda n: f"{n % 28 + 1:02}/01/2023, 10:00 - Tom: row {n}\n",
        lambda n: f"[{n % 28 + 1}.02.23, 10:00:00] Priya: bed {n}\r\n",
        3000,
    )
    messages = messages_of(text, window=16 << 10)
    assert [m.text for m in messages] == [f"row {n}" for n in range(3000)] + [f"bed {n}" for n in range(2000)]
    assert (
        "Lines that start messages in another style than most: 2000. The file was joined or edited by hand."
        in notes_of(text)
    )


def test_the_maker_of_benchmarks_writes_the_same_bytes_each_time() -> None:
    assert list(chat_lines("ios", 50)) == list(chat_lines("ios", 50))
