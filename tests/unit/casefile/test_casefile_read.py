"""Promises of reading: letters, pages by number, one message and the bytes it came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile_builders import FILE, HOUR, KEY, START, Made, account_of, conversation, device, known, message, texts
from safehand.casefile.activity import activity
from safehand.casefile.clock import Clock
from safehand.casefile.letters import letter_of, number_of_letter
from safehand.casefile.read import open_casefile
from safehand.casefile.schema import CHUNK, conversation_of, number_of, place
from safehand.casefile.views import Line
from safehand.errors import CannotRead
from safehand.model.conversation import Event
from safehand.model.doubt import Doubt
from safehand.model.message import Attachment, Call, Kind, MediaState, Message, Poll, PollOption, Reaction, Reply, Share
from safehand.model.people import Participant
from safehand.sources.contract import FileInMemory


@given(st.integers(1, 10**6), st.integers(0, 2**40 - 1))
def test_a_place_is_read_back_and_grows_in_reading_order(conversation_number: int, number: int) -> None:
    here = place(conversation_number, number)
    assert (conversation_of(here), number_of(here)) == (conversation_number, number)
    assert here < place(conversation_number + 1, 0) < 2**63


def test_letters_go_on_after_z() -> None:
    assert [letter_of(n) for n in (1, 2, 26, 27, 52, 53, 702, 703)] == ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert [number_of_letter(letter_of(n)) for n in range(1, 20_000)] == list(range(1, 20_000))


def test_every_field_of_a_message_comes_back(tmp_path: Path) -> None:
    full = Message(
        number=1,
        kind=Kind.MEDIA,
        sender="Priya",
        text="The gate",
        sent=device(START),
        span=message(1, None, sent=device(START)).span,
        doubts=(Doubt.ZONE_UNKNOWN, Doubt.TEXT_REPAIRED),
        sender_id="user1",
        native_id="77",
        text_raw="The gate, as it stood",
        edited=known(START + HOUR),
        edited_mark=True,
        attachments=(Attachment(MediaState.NAMED, "gate.jpg", "photo", size=4),),
        reactions=(Reaction("👍", "Tom"),),
        reply=Reply("76", "Which gate?"),
        call=Call(60, "answered", video=False),
        poll=Poll("When?", (PollOption("Saturday", 2),)),
        share=Share("https://example.org/", "Opening times", "Allotments"),
        revisions=("The gat",),
        recipients=("Tom",),
        extra='{"new_field":1}',
    )
    Made(conversation([full])).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        line = casefile.message(1, 1)
    assert line == Line(1, "A", START, None, Clock.DEVICE, None, full)


def test_letters_follow_the_order_of_first_appearance_in_the_case(tmp_path: Path) -> None:
    when = device(START)

    def events() -> Iterator[Event]:
        yield from conversation(
            [message(1, None, sent=when, sender=None), message(2, "a", sent=when, sender="Tom"),
             message(3, "b", sent=when, sender="Priya"), message(4, "c", sent=when, sender="Tom")],
            participants=[Participant("Ngozi", ("Ngozi",), declared=True), Participant("Priya", ("Priya",), 1),
                          Participant("Tom", ("Tom",), 2)],
        )  # fmt: skip
        yield from conversation(
            [message(1, "d", sent=when, sender="Tom")], "2", participants=[Participant("Tom", ("Tom",), 1)]
        )

    Made(events()).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [line.letter for line in casefile.page(1, 1, 9)] == [None, "A", "B", "A"]
        here = [(who.letter, who.participant.key) for who in casefile.participants(1)]
        assert here == [("A", "Tom"), ("B", "Priya"), ("C", "Ngozi")]
        # Only a name: the Tom of another conversation is another account until an officer says otherwise.
        assert [(who.letter, who.conversation) for who in casefile.participants()][-1] == ("D", 2)
        assert casefile.page(2, 1, 1)[0].letter == "D"


def test_an_account_with_the_platforms_own_id_keeps_its_letter_in_every_conversation(tmp_path: Path) -> None:
    when = known(START)

    def events() -> Iterator[Event]:
        for id_, platform, name in (("1", "telegram", "Tom"), ("2", "telegram", "Tom A."), ("3", "other", "Tom")):
            yield from conversation(
                [message(1, "a", sent=when, sender=name, sender_id="user7")],
                id_, platform, [Participant("user7", (name,), 1), Participant("user8", (), declared=True)],
            )  # fmt: skip

    Made(events()).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [casefile.page(number, 1, 1)[0].letter for number in (1, 2, 3)] == ["A", "A", "C"]
        assert [who.letter for who in casefile.participants(2)] == ["A", "B"]


def test_pages_by_number_are_exact_at_their_ends(tmp_path: Path) -> None:
    Made(conversation(texts(*["beans"] * 450))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        numbers = [line.number for line in casefile.page(1, 201, 200)]
        assert numbers == list(range(201, 401))
        assert [line.number for line in casefile.page(1, 449, 200)] == [449, 450]
        assert casefile.page(1, 451, 200) == casefile.page(2, 1, 200) == casefile.page(1, 1, 0) == ()
        assert casefile.message(1, 451) is None
        assert casefile.neighbours(1, 1) == (None, 2)
        assert casefile.neighbours(1, 450) == (449, None)
        assert casefile.conversation(2) is None


@pytest.mark.parametrize("number", [-1, 0, 2, 2**23 - 1, 2**23, 2**63 - 1, 2**63, 10**30])
def test_a_conversation_that_cannot_be_is_not_there(tmp_path: Path, number: int) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert casefile.conversation(number) is None
        assert casefile.message(number, 1) is None
        assert casefile.page(number, 1, 200) == ()
        assert casefile.day_page(number, 1) is None
        assert casefile.neighbours(number, 1) == (None, None)
        assert casefile.participants(number) == ()
        assert casefile.doubts(number) == {}


def test_a_conversation_tells_its_first_and_last_reading_even_out_of_order(tmp_path: Path) -> None:
    spoken = [message(n, "beans", sent=device(START + at * HOUR)) for n, at in enumerate((5, 1, 9, 2), 1)]
    Made(conversation(spoken)).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        (one,) = casefile.conversations()
        assert (one.first_at, one.last_at) == (START + HOUR, START + 9 * HOUR)
        assert one.first_clock is one.last_clock is Clock.DEVICE
        assert (one.number, one.messages, one.opened.title, one.closed.messages) == (1, 4, "Allotment", 4)
        assert casefile.conversation(1) == one
        assert casefile.doubts() == casefile.doubts(1) == {Doubt.ZONE_UNKNOWN: 4}


def test_a_conversation_without_messages_is_there_and_has_no_page(tmp_path: Path) -> None:
    Made(conversation([])).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        (one,) = casefile.conversations()
        assert (one.messages, one.first_shown, one.last_shown) == (0, None, None)
        assert casefile.day_page(1, 1) is None
        assert activity(casefile, 1) is None


data = bytes(range(256)) * 1000


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(data) + 10), st.integers(0, 3 * CHUNK))
def test_the_bytes_of_a_span_are_the_bytes_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes-case"
    if not path.exists():
        Made(conversation(texts("beans")), data).build(path)
    with open_casefile(path, KEY) as casefile:
        assert casefile.source_bytes(FILE, start, start + length) == data[start : start + length]


def test_bytes_of_an_unknown_file_are_not_there(tmp_path: Path) -> None:
    files = tuple(FileInMemory(f"data/{n}.txt", "x", bytes([n]) * n) for n in range(3))
    Made(conversation(texts("beans")), files=files).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert casefile.source_bytes("data/9.txt", 0, 1) is None
        assert casefile.source_bytes("data/1.txt", 5, 1) is None
        assert casefile.source_bytes("data/1.txt", -1, 1) is None
        assert casefile.source_bytes("data/1.txt", 10**30, 10**31) == b""
        assert [casefile.source_bytes(file.id, 0, 9) for file in files] == [b"", b"\x01", b"\x02\x02"]
        assert [file.size for file in casefile.files()] == [0, 1, 2]
        assert casefile.accounts() == tuple(account_of(file) for file in files)


def test_a_byte_is_found_on_its_line_also_far_into_a_file(tmp_path: Path) -> None:
    data = b"".join(b"%d beans\n" % number for number in range(1, 20_001))
    Made(files=(FileInMemory(FILE, "chat.txt", data),)).build(tmp_path / "c")
    wanted = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 17, len(data) - 1]
    with open_casefile(tmp_path / "c", KEY) as casefile:
        assert casefile.line_numbers(FILE, wanted) == {at: data[:at].count(b"\n") + 1 for at in wanted}
        assert casefile.line_numbers(FILE, [len(data) + 5 * CHUNK]) == {}
        assert casefile.line_numbers("data/9.txt", [0]) == {}


def test_lines_of_a_file_in_utf16_are_not_counted_by_bytes(tmp_path: Path) -> None:
    data = "\ufeffbeans\n\u010a\n".encode("utf-16-le")
    Made(files=(FileInMemory(FILE, "chat.txt", data),)).build(tmp_path / "c")
    with open_casefile(tmp_path / "c", KEY) as casefile:
        assert casefile.line_numbers(FILE, [4]) == {}


def test_a_case_file_of_another_format_is_to_be_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safehand.casefile.build.FORMAT", 999)
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with pytest.raises(CannotRead, match="another version"):
        open_casefile(tmp_path / "case", KEY)


def test_reading_cannot_write(tmp_path: Path) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    before = (tmp_path / "case").read_bytes()
    with open_casefile(tmp_path / "case", KEY) as casefile, pytest.raises(apsw.ReadOnlyError):
        casefile.rows("DELETE FROM messages")
    assert (tmp_path / "case").read_bytes() == before


def test_the_words_of_the_spec_name_every_table_and_column(tmp_path: Path) -> None:
    spec = (Path(__file__).parents[3] / "docs" / "spec" / "casefile.md").read_text(encoding="utf-8")
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        tables = casefile.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND instr(name, '_') = 0")
        names = [name for (name,) in tables]
        assert {"messages", "words", "signs"} <= set(names)
        for table in names:
            assert f"`{table}`" in spec
            for column in casefile.rows("SELECT name FROM pragma_table_info(?)", (table,)):
                assert f"`{column[0]}`" in spec, (table, column)


def test_every_value_that_is_stored_is_frozen() -> None:
    assert issubclass(Line, msgspec.Struct)
    with pytest.raises(AttributeError):
        Line(1, None, None, None, Clock.NONE, None, texts("a")[0]).number = 2  # type: ignore[misc]
