"""What is written is read, whatever the window, and whatever happens to the file nothing is lost or made up."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safehand.errors import SafehandError
from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO
from safehand.model.message import Entity, Kind, Match, Message
from safehand.model.span import Span
from safehand.sources.telegram import thread
from telegram_chat import GONE, LEFT_OUT, PRIYA, START, TOM, Object, Part, Value, Who, chat, said, spelled, times, told
from telegram_reading import messages_of, read_file, verdict

WINDOWS = st.sampled_from([1, 17, 300, 4 << 20])
ZONES = st.sampled_from([0, 3600, -18_000, 20_700, 50_400, -43_200])

letters = st.text(st.sampled_from('ab: "\\{}[],é🌱\n\t\x1f\u2028'), max_size=12)
words = st.text(st.sampled_from('ab: "\\{}[],é🌱\n\t\u2028'), min_size=1, max_size=12)
marked = st.builds(
    lambda kind, text, href: {"type": kind, "text": text, **({"href": href} if kind == "text_link" else {})},
    st.sampled_from(["bold", "link", "mention", "text_link"]),
    words,
    words,
)
parts: st.SearchStrategy[list[Part]] = st.lists(words | marked, max_size=4)


ODD_VALUES: list[Value] = [
    *(None, 0, 5, "x", "5", "", [], {}, True, 1.5, 2**70, "1767225600", " 1767225600"),
    [{"type": "plain", "text": ""}],
]
CLOCKS = ["{} {}", "{}t{}", "{}T{}.000", "{}T{}.5", "{}T{}Z", "{}T{}+00:00", "{}"]


@dataclass(frozen=True)
class Spec:
    """A message as it is meant: what is written is derived from it, and so is what should be read."""

    who: Who
    parts: str | list[Part]
    gap: int
    answers: int | None = None
    edited: int | None = None
    photo: str | None = None
    thumbs: int | None = None
    forwarded: bool = False
    call: int | None = None

    def written(self, number: int, at: int, offset: int) -> Object:
        if self.call is not None:
            return told(number, self.who, at, "phone_call", duration_seconds=self.call, discard_reason="hangup")
        others: Object = {}
        if self.edited is not None:
            others |= times("edited", at + self.edited, offset)
        if self.forwarded:
            others["forwarded_from"] = "Trains"
        if self.answers is not None:
            others["reply_to_message_id"] = self.answers
        if self.photo is not None:
            others |= {"photo": self.photo, "width": 7, "height": 9}
        made = said(number, self.who, at, self.parts, offset, **others)
        if self.thumbs is not None:
            made["reactions"] = [{"type": "emoji", "count": self.thumbs, "emoji": "👍"}]
        return made

    @property
    def text(self) -> str:
        if isinstance(self.parts, str):
            return self.parts
        return "".join(part if isinstance(part, str) else str(part["text"]) for part in self.parts)

    def check(self, message: Message, number: int, at: int) -> None:
        assert message.native_id == str(number)
        assert (message.sender, message.sender_id) == self.who
        assert message.sent.utc == at * MICRO
        assert message.sent.raw == str(at)
        if self.call is not None:
            assert message.kind is Kind.CALL
            assert message.call is not None
            assert (message.call.seconds, message.call.outcome) == (self.call, "hangup")
            return
        assert (message.text or "") == self.text
        self.check_rest(message, number, at)

    def check_rest(self, message: Message, number: int, at: int) -> None:
        kind = Kind.TEXT if self.text else Kind.EMPTY
        assert message.kind is (kind if self.photo is None else Kind.MEDIA)
        assert [message.text[one.start : one.end] for one in message.entities if message.text] == [
            part["text"] for part in self.parts if not isinstance(part, str)
        ]
        assert (message.edited.utc if message.edited else None) == (
            None if self.edited is None else (at + self.edited) * MICRO
        )
        assert [one.name for one in message.attachments] == (
            [] if self.photo is None else [None if self.photo == LEFT_OUT else self.photo]
        )
        assert [one.count for one in message.reactions] == ([] if self.thumbs is None else [self.thumbs])
        assert (message.forward.sender if message.forward else None) == ("Trains" if self.forwarded else None)
        if self.answers is None:
            assert message.reply is None
        else:
            seen = 0 < self.answers < number
            assert message.reply is not None
            assert message.reply.native_id == str(self.answers)
            assert message.reply.match is (Match.EXACT if seen else Match.NONE)
            assert (Doubt.REPLY_TARGET_MISSING in message.doubts) is not seen


specs = st.builds(
    Spec,
    who=st.sampled_from([PRIYA, TOM, GONE]),
    parts=letters | parts,
    gap=st.integers(0, 90_000),
    answers=st.none() | st.none() | st.integers(-1, 9),
    edited=st.none() | st.none() | st.integers(0, 999),
    photo=st.none() | st.none() | st.sampled_from([LEFT_OUT, "photos/1.jpg"]),
    thumbs=st.none() | st.none() | st.integers(1, 9),
    forwarded=st.sampled_from([False, False, True]),
    call=st.none() | st.none() | st.none() | st.integers(1, 99),
)


def written(made: list[Spec], offset: int = 0) -> tuple[list[Value], list[int]]:
    at = START
    rows: list[Value] = []
    moments = []
    for number, spec in enumerate(made, 1):
        at += spec.gap
        rows.append(spec.written(number, at, offset))
        moments.append(at)
    return rows, moments


def bytes_of(rows: list[Value], indent: int | None) -> bytes:
    whole = chat("Allotment", "private_group", 7, rows)
    return spelled(whole) if indent == 1 else json.dumps(whole, indent=indent, ensure_ascii=False).encode()


@given(st.lists(specs, max_size=7), ZONES, WINDOWS, st.sampled_from([1, 1, None, 4]))
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read(made: list[Spec], offset: int, window: int, indent: int | None) -> None:
    rows, moments = written(made, offset)
    data = bytes_of(rows, indent)
    events, account = read_file(data, window=window)
    messages = [event for event in events if isinstance(event, Message)]
    assert [one.number for one in messages] == list(range(1, len(made) + 1))
    for spec, message, at in zip(made, messages, moments, strict=True):
        spec.check(message, message.number, at)
        assert Doubt.FIELD_NOT_READ not in message.doubts
        assert Doubt.FIELD_REPEATED not in message.doubts
    assert account.unparsed == ()
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert closed.doubts == tuple(sorted(
        (doubt, sum(doubt in one.doubts for one in messages)) for doubt in {d for one in messages for d in one.doubts}
    ))  # fmt: skip
    counted = {one.key: one.messages for one in closed.participants}
    assert counted == {who[1]: sum(one.who == who for one in made) for who in {one.who for one in made}}


@given(st.lists(specs, max_size=5), ZONES, st.data())
@settings(max_examples=250, deadline=None)
def test_the_short_way_gives_what_the_long_way_gives(made: list[Spec], offset: int, data: st.DataObject) -> None:
    """Any message may come as plain as it can be, and with a field moved, missing, or of another kind."""
    rows, _ = written([replace(one, call=None) for one in made], offset)
    for row in rows:
        assert isinstance(row, dict)
        if data.draw(st.booleans()):
            name = data.draw(st.sampled_from(sorted(row)))
            row[name] = data.draw(st.sampled_from([*ODD_VALUES, row[name]]))
        if data.draw(st.booleans()) and "T" in str(row.get("date")):
            row["date"] = data.draw(st.sampled_from(CLOCKS)).format(*str(row["date"]).split("T"))
        if data.draw(st.booleans()):
            row.pop(data.draw(st.sampled_from(sorted(row))))
    spelling = bytes_of(rows, 1)
    short = verdict(spelling)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thread.Thread, "_plain", lambda *_: None)
        assert verdict(spelling) == short


def test_an_account_of_no_letters_is_none_whichever_way_it_is_read() -> None:
    rows, _ = written([Spec(PRIYA, ":", 0)])
    assert isinstance(rows[0], dict)
    rows[0]["from_id"] = ""
    short = verdict(bytes_of(rows, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(thread.Thread, "_plain", lambda *_: None)
        assert verdict(bytes_of(rows, 1)) == short
    assert short["conversations"][0]["participants"] == [{"key": "Priya", "names": ["Priya"], "messages": 1}]


changes = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat", "remove"]),
    st.floats(0, 1),
    st.integers(1, 200),
    st.sampled_from([b"\n", b'"', b"\\", b"\x00", b"\xff", b"{", b"]", b",", b"}", b'"id": 1,', b'"text": "x",', b"9"]),
)


def changed(data: bytes, change: tuple[str, float, int, bytes]) -> bytes:
    kind, where, length, new = change
    at = int(where * len(data))
    match kind:
        case "flip":
            return data[:at] + bytes(byte ^ 0x15 for byte in data[at : at + 2]) + data[at + 2 :]
        case "cut":
            return data[:at]
        case "insert":
            return data[:at] + new + data[at:]
        case "repeat":
            return data[: at + length] + data[at:]
        case _:
            return data[:at] + data[at + length :]


@given(st.lists(specs, min_size=1, max_size=5), st.lists(changes, min_size=1, max_size=3), WINDOWS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_never_crashes_never_loses_a_byte_and_hides_no_window(
    made: list[Spec], steps: list[tuple[str, float, int, bytes]], window: int
) -> None:
    """read_file checks that the segments are the file and that each message cites one of them."""
    data = bytes_of(written(made)[0], 1)
    for step in steps:
        data = changed(data, step)
    try:
        seen = verdict(data)
    except SafehandError:
        pytest.fail("damage is told, not raised")
    assert verdict(data, window) == seen
    json.dumps(seen, ensure_ascii=False).encode()  # all of it can be stored


@given(st.lists(specs, min_size=3, max_size=6), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_one_damaged_message_does_not_take_the_others_with_it(made: list[Spec], where: float) -> None:
    """A quote flipped anywhere inside one message of Telegram's layout costs at most that message."""
    rows, _ = written(made)
    data = bytes_of(rows, 1)
    whole = messages_of(data)
    victim = whole[int(where * len(whole)) % len(whole)]
    quotes = [at for at in range(victim.span.start, victim.span.end) if data[at] == 0x22]
    at = quotes[int(where * len(quotes)) % len(quotes)]
    read = messages_of(data[:at] + b"#" + data[at + 1 :])
    kept = [one.native_id for one in read]
    expected = [one.native_id for one in whole if one is not victim]
    assert [one for one in kept if one != victim.native_id] == expected


def test_a_link_is_marked_by_characters_and_not_by_bytes() -> None:
    rows: list[Value] = [said(1, PRIYA, START, ["🌱é ", {"type": "link", "text": "https://example.org/é"}, "!"])]
    (message,) = messages_of(bytes_of(rows, 1))
    assert message.entities == (Entity(3, 24, "link"),)
    assert message.text is not None
    assert message.text[3:24] == "https://example.org/é"


def test_a_million_is_no_other_than_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    """More messages than a batch and a window hold: numbers run on, and answers far back are found."""
    rows: list[Value] = [said(n, PRIYA, START + n, f"row {n}") for n in range(1, 3001)]
    rows.append(said(3001, TOM, START + 3001, "the first one", reply_to_message_id=1))
    calls: list[Any] = []
    long_way = thread.Thread._any

    def watched(self: thread.Thread, value: Any, raw: bytes, span: Span) -> Message:
        calls.append(value)
        return long_way(self, value, raw, span)

    monkeypatch.setattr(thread.Thread, "_any", watched)
    messages = messages_of(bytes_of(rows, 1), window=4096)
    assert [one.number for one in messages] == list(range(1, 3002))
    assert messages[-1].reply is not None
    assert messages[-1].reply.match is Match.EXACT
    assert len(calls) == 1, "only the first looks closer: nothing was before it"
