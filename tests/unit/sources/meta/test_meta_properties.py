"""What is written is read; near misses of good files never crash and never lose a byte; no window shows."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meta_reading import messages_of, read_all, told
from meta_thread import START, Object, Style, Thread, said, sent
from safehand.model.conversation import ConversationClosed
from safehand.model.message import Message

FOLDER = "your_facebook_activity/messages/inbox/a_1/"

names = st.sampled_from(["Tom", "Zoë Fraser", "Никита", 'O\'Neill: "Bob"', "花子", "👩‍🌾"])
texts = st.text(max_size=60) | st.sampled_from(
    ['"},{"sender_name":"Eve"', "\\u00c3", "line\nbreak", "a\u2028b", "{", "❤️"]
)
stamps = st.integers(min_value=START, max_value=START + 10**10)
reactions = st.lists(
    st.builds(lambda what, who: {"reaction": what, "actor": who}, st.sampled_from("❤👍x"), names), max_size=3
)
styles = st.builds(
    Style,
    indent=st.sampled_from([None, 0, 1, 2, 4]),
    bom=st.booleans(),
    ascii=st.booleans(),
    crlf=st.booleans(),
)


@st.composite
def threads(draw: st.DrawFn, form: Callable[..., Object] = said) -> Thread:
    times = sorted(draw(st.lists(stamps, min_size=1, max_size=12, unique=True)))
    messages = [_one(draw, form, time) for time in times]
    members = draw(st.lists(names, max_size=4, unique=True))
    return Thread(tuple(members), messages, title=draw(names | st.none()), style=draw(styles))


def _one(draw: st.DrawFn, form: Callable[..., Object], time: int) -> Object:
    others: Object = {}
    if draw(st.booleans()):
        others["reactions"] = list(draw(reactions))
    return form(draw(names), time, draw(texts), **others)


def expected(thread: Thread, name: str, text: str) -> list[tuple[object, object, object, object]]:
    return [
        (
            one[name],
            one[text],
            [(r["reaction"], r["actor"]) for r in one.get("reactions", ())],  # type: ignore[union-attr,index,call-overload]
            one.get("timestamp_ms", one.get("timestamp")),
        )
        for one in thread.messages
    ]


def found(messages: list[Message]) -> list[tuple[object, object, object, object]]:
    return [
        (one.sender, one.text, [(r.value, r.sender) for r in one.reactions], (one.sent.utc or 0) // 1000)
        for one in messages
    ]


@given(threads(), st.integers(min_value=1, max_value=5))
@settings(max_examples=150, deadline=None)
def test_a_thread_that_was_written_and_split_is_read_as_it_was(thread: Thread, per_file: int) -> None:
    files = {FOLDER + name: data for name, data in thread.files(per_file).items()}
    _, events, accounts, _ = read_all(files)
    messages = [event for event in events if isinstance(event, Message)]
    assert found(messages) == expected(thread, "sender_name", "content")
    assert [one.number for one in messages] == list(range(1, len(thread.messages) + 1))
    assert not any(account.unparsed for account in accounts)
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert {one.key for one in closed.participants if one.declared} == set(thread.participants)
    assert sum(one.messages for one in closed.participants) == len(messages)


@given(threads(form=sent), st.booleans())
@settings(max_examples=80, deadline=None)
def test_an_encrypted_thread_that_was_written_is_read_as_it_was(thread: Thread, turned: bool) -> None:  # noqa: FBT001
    written = Thread(thread.participants, thread.messages[::-1], thread.title, style=thread.style) if turned else thread
    messages = messages_of({"a_1.json": written.encrypted()})
    assert found(messages) == expected(thread, "senderName", "text")


@given(threads(), st.integers(min_value=1, max_value=400))
@settings(max_examples=100, deadline=None)
def test_no_window_shows_in_what_is_told(thread: Thread, window: int) -> None:
    files = {FOLDER + name: data for name, data in thread.files(4).items()}
    assert told(files, window) == told(files)


damage = st.lists(
    st.tuples(
        st.sampled_from(["cut", "drop", "put", "swap", "double"]),
        st.integers(min_value=0, max_value=10**6),
        st.integers(min_value=1, max_value=40),
        st.sampled_from(
            [b'"', b"{", b"}", b"[", b"]", b",", b"\\", b"\x00", b"\xff", b"\n", b"null", b'"messages": [', b"1e999"]
        ),
    ),
    min_size=1,
    max_size=3,
)


def damaged(data: bytes, steps: list[tuple[str, int, int, bytes]]) -> bytes:
    for what, place, length, put in steps:
        at = place % (len(data) + 1)
        match what:
            case "cut":
                data = data[:at]
            case "drop":
                data = data[:at] + data[at + length :]
            case "put":
                data = data[:at] + put + data[at:]
            case "swap":
                data = data[:at] + put + data[at + len(put) :]
            case _:
                data = data[: at + length] + data[at:]
    return data


@given(threads(), damage)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_never_crashes_and_never_loses_a_byte(
    thread: Thread, steps: list[tuple[str, int, int, bytes]]
) -> None:
    """read_all checks that every byte of the damaged file stands in one segment, and that they hash to the file."""
    data = damaged(thread.file(), steps)
    files = {FOLDER + "message_1.json": data}
    _, events, accounts, segments = read_all(files)
    for event in events:
        if isinstance(event, Message):
            assert data[event.span.start : event.span.start + 1] == b"{"
    marked = sum(kind in ("message", "event") for _, kind, _, _ in segments)
    assert marked == sum(isinstance(event, Message) for event in events)
    assert len(accounts) == 1


@given(threads(), damage, st.integers(min_value=1, max_value=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_window_shows_in_what_is_told_of_a_damaged_file(
    thread: Thread, steps: list[tuple[str, int, int, bytes]], window: int
) -> None:
    files = {FOLDER + "message_1.json": damaged(thread.file(), steps)}
    assert told(files, window) == told(files)


@given(threads(), st.data())
@settings(max_examples=100, deadline=None)
def test_cutting_a_file_anywhere_keeps_every_message_before_the_cut(thread: Thread, data: st.DataObject) -> None:
    whole = thread.file()
    files = {FOLDER + "message_1.json": whole}
    cut = data.draw(st.integers(min_value=0, max_value=len(whole)))
    before = [one for one in messages_of(files) if one.span.end < cut]
    after = messages_of({FOLDER + "message_1.json": whole[:cut]})
    assert {one.span for one in before} <= {one.span for one in after}
