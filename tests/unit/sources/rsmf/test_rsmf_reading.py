"""A manifest is read conversation by conversation; both ways to read an event tell the same; no zone is made up."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rsmf_made import ALICE, BOB, Object, manifest, said, spelled, talk
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Match, Message, Reply
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.local_time import LocalClock
from safehand.sources.recognise import recognise
from safehand.sources.rsmf import SOURCE
from safehand.sources.rsmf.read import _REACH, FORM
from safehand.sources.rsmf.times import Times
from source_verdict import claims_of, messages_of, read_files

NAME = "rsmf_manifest.json"
SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "rsmf"
TIMES = [
    "2018-09-11T09:45:00",
    "2018-09-11T09:45:00Z",
    "2018-09-11T09:45:00.5+02:00",
    "yesterday",
    "",
    "2018-13-11T09:45:00Z",
]

letters = st.text(st.sampled_from('ab: "\\{}[],é🌱\n\t\x1f\u2028/'), max_size=12)
odd: list[Any] = [None, 0, "", "x", "7", [], {}, True, 1.5, 2**70, [None], {"a": 1}]
FIELDS = [
    "id", "participant", "timestamp", "type", "conversation", "body", "parent", "deleted", "attachments", "reactions",
    "edits", "read_receipts", "custom", "direction", "new",
]  # fmt: skip
others: st.SearchStrategy[Object] = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(odd), max_size=2)
made = st.lists(st.tuples(letters, st.sampled_from(TIMES), st.sampled_from(["1", "2", "9"]), others), max_size=6)


def file_of(events: list[Any]) -> Object:
    return manifest([ALICE, BOB], [talk("c", ["1", "2"])], events)


@given(made, st.sampled_from([None, 4]), st.sampled_from(["escaped", "as it is"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_short_way_tells_what_the_careful_way_tells(
    monkeypatch: pytest.MonkeyPatch, found: list[Any], indent: int | None, letters_: str
) -> None:
    rows = [{**said(n, who, text, at), **other} for n, (text, at, who, other) in enumerate(found)]
    data = json.dumps(file_of(rows), indent=indent, ensure_ascii=letters_ == "escaped").encode()
    quick = messages_of(SOURCE, {NAME: data}, FORM)
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["safehand.sources.rsmf.read"], "plain_of", lambda _raw: None)
        assert quick == messages_of(SOURCE, {NAME: data}, FORM)
    assert len(quick) == len(found)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", odd, ids=repr)
def test_a_field_of_another_kind_is_kept_verbatim(field: str, value: Any) -> None:
    data = json.dumps(file_of([{**said(1, "1", "Row 1", TIMES[1]), field: value}])).encode()
    (message,) = messages_of(SOURCE, {NAME: data}, FORM)
    told = (message.native_id, message.sender_id, message.text, message.action, message.sent.raw)
    in_place = str(value) in told or value in (None, "", []) or isinstance(value, bool) or field == "conversation"
    answered = message.reply is not None and message.reply.native_id == str(value)
    assert in_place or answered or f'"{field}": {json.dumps(value)}' in (message.extra or "")


@given(st.binary(max_size=200), st.integers(0, 2_000), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_a_near_miss_raises_nothing_and_loses_no_byte(put: bytes, where: int, cut: int) -> None:
    data = spelled(file_of([said(n, "1", f"row {n}", TIMES[1]) for n in range(7)]))
    read_files(SOURCE, {NAME: data[:where] + put + data[where + cut :]}, FORM)


def test_a_moment_without_an_offset_is_an_interval_and_never_utc() -> None:
    (message,) = messages_of(SOURCE, {NAME: spelled(file_of([said(1, "1", "x", TIMES[0])]))}, FORM)
    assert message.sent.utc is None
    assert message.sent.basis is Basis.EXPORTER_LOCAL
    assert message.doubts == (Doubt.ZONE_UNKNOWN,)


@pytest.mark.parametrize(
    "spelled_as", ['"parent": "0"', '"p\\u0061rent": "0"', '"parent": null, "parent": "0"', '"parent": 0']
)
def test_an_answer_finds_what_it_answers_however_far_back_it_stands(spelled_as: str) -> None:
    between = [said(number, "1", "x", TIMES[1]) for number in range(2 * _REACH + 10)]
    answer = json.dumps(said(99_999, "2", "yes", TIMES[1]))[:-1] + f", {spelled_as}}}"
    data = json.dumps(file_of(between))[:-2] + f", {answer}]}}"
    assert data.count('"events"') == 1
    *_, last = messages_of(SOURCE, {NAME: data.encode()}, FORM)
    assert last.reply == Reply("0", None, Match.EXACT)


def test_who_answers_nothing_that_was_said_is_in_doubt() -> None:
    rows = [said(1, "1", "x", TIMES[1]), said(2, "2", "yes", TIMES[1], parent="7")]
    *_, last = messages_of(SOURCE, {NAME: spelled(file_of(rows))}, FORM)
    assert last.reply == Reply("7")
    assert Doubt.REPLY_TARGET_MISSING in last.doubts


def test_the_mail_around_a_manifest_is_known_and_what_to_do_is_said() -> None:
    data = b"From: a@example.org\nX-RSMF-Version: 2.0.0\nDate: Sun, 04 Jan 2026 10:59:50 +0000\n\nx\n"
    found = recognise(Capture((FileInMemory("a.rsmf", "a.rsmf", data),)))
    assert found.claims == ()
    assert [known.mark.form for known in found.known] == ["rsmf/eml"]
    assert "rsmf.zip" in found.known[0].mark.todo


@pytest.mark.parametrize("data", [b"", b"{}", b'{"version": "2.0.0"}', b'[{"version": "2.0.0", "events": []}]'])
def test_what_is_no_manifest_is_not_claimed(data: bytes) -> None:
    assert claims_of(SOURCE, {"x.json": data}) == ()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not on this machine")
def test_the_published_sample_is_read_as_far_as_it_goes() -> None:
    data = (SAMPLES / "rs_Sample1_rsmf_manifest.json").read_bytes()
    assert len(claims_of(SOURCE, {NAME: data})) == 1
    events, (account,) = read_files(SOURCE, {NAME: data}, FORM)
    assert sum(isinstance(event, Message) for event in events) == 1
    assert account.unparsed == ()


zones = st.sampled_from(["Z", "z", "", "+00:00", "ZZ"])
clocks = st.tuples(st.integers(0, 25), st.integers(0, 61), st.integers(0, 61), zones)


@given(st.lists(clocks, min_size=1, max_size=5))
def test_a_day_that_was_read_makes_no_difference_to_its_moments(found: list[tuple[int, int, int, str]]) -> None:
    times = Times(LocalClock())
    for hour, minute, second, zone in found:
        text = f"2018-09-11T{hour:02d}:{minute:02d}:{second:02d}{zone}"
        assert times.read(text) == Times(LocalClock()).read(text)
