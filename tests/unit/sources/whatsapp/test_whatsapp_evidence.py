"""Promises about what only the whole file can tell: the order of dates, the file's style, and where names end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, MediaState
from safehand.sources.contract import ReadOptions
from safehand.sources.whatsapp.names import Names
from whatsapp_reading import messages_of, notes_of, read_file


def chat(dates: Iterable[str], time: str = ", 10:00") -> str:
    return "".join(f"{date}{time} - Tom: row {n}\n" for n, date in enumerate(dates))


def days_of(text: str, options: ReadOptions = ReadOptions()) -> list[str]:  # noqa: B008  a frozen value
    found = []
    for message in messages_of(text, options):
        readings = [one.local for one in message.sent.alternatives] or [message.sent.local]
        found.append(
            " or ".join(
                "?" if one is None else f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=one):%Y-%m-%d}"
                for one in readings
            )
        )
    return found


def test_one_contradicting_date_in_many_is_read_by_itself_and_suspect() -> None:
    dates = [f"{day}/{month:02}/2023" for month in (1, 2) for day in range(13, 27)] + ["02/15/2023", "03/04/2023"]
    messages = messages_of(chat(dates))
    assert days_of(chat(dates))[-2:] == ["2023-02-15", "2023-04-03"]
    assert Doubt.HEADER_SUSPECT in messages[-2].doubts
    assert Doubt.HEADER_SUSPECT not in messages[-1].doubts
    assert "and 1 only in another; those are marked" in notes_of(chat(dates))[0]


def test_a_phone_that_lost_its_clock_is_no_evidence() -> None:
    assert days_of(chat(["01/01/1970", "14/01/2023", "03/04/2023"]))[-1] == "2023-04-03"


@pytest.mark.parametrize(("back", "decided"), [(1, False), (2, True), (5, True)])
def test_days_that_run_back_once_decide_nothing(back: int, *, decided: bool) -> None:
    dates = [f"{day:02}/{month:02}/2023" for month in range(1, back + 2) for day in (3, 9)]
    assert any(" or " in day for day in days_of(chat(dates))) is not decided


def test_a_wrong_clock_now_and_then_does_not_undo_the_direction() -> None:
    dates = [f"{day:02}/{month:02}/{year}" for year in (2022, 2023) for month in range(1, 13) for day in (3, 9)]
    dates.insert(6, "01/02/2022")
    assert not any(" or " in day for day in days_of(chat(dates)))


@pytest.mark.parametrize(
    ("line", "decided"),
    [
        ("Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.", True),
        ("Messages and calls are end-to-end encrypted.", False),
        ("Los mensajes están cifrados de extremo a extremo.", False),
        ("Priya left", False),
        ("hat die Gruppe verlassen", True),
    ],
)
def test_the_language_of_platform_lines_decides_where_its_phones_all_write_alike(line: str, *, decided: bool) -> None:
    text = f"03/04/23, 10:00 - {line}\n" + chat(["04/04/23"])
    assert any(" or " in day for day in days_of(text)) is not decided


def test_two_languages_of_which_one_is_english_decide_nothing() -> None:
    text = (
        "03/04/23, 10:00 - Nachrichten sind Ende-zu-Ende-verschlüsselt.\n"
        "03/04/23, 10:00 - Messages and calls are end-to-end encrypted.\n"
    )
    assert all(" or " in day for day in days_of(text))


def test_a_word_between_date_and_time_is_finnish() -> None:
    assert days_of(chat(["4.1.2023"], " klo 19.02")) == ["2023-01-04"]


@pytest.mark.parametrize(("stated", "day"), [(True, "2023-04-03"), (False, "2023-03-04")])
def test_a_statement_decides_what_is_open_and_the_note_says_whose(day: str, *, stated: bool) -> None:
    options = ReadOptions(day_first=stated, day_first_by="officer 7")
    assert days_of(chat(["03/04/2023"]), options) == [day]
    assert "was stated by officer 7" in notes_of(chat(["03/04/2023"]), options)[0]


@settings(max_examples=60, deadline=None)
@given(
    year=st.integers(2010, 2039),
    days=st.lists(st.integers(0, 365 + 180), min_size=1, max_size=30),
    pattern=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%y", "%y-%m-%d", "%Y/%m/%d"]),
)
def test_the_true_date_is_always_among_the_readings(year: int, days: list[int], pattern: str) -> None:
    written = [date(year, 1, 1) + timedelta(days=number) for number in sorted(days)]
    for told, day in zip(days_of(chat([f"{day:{pattern}}" for day in written])), written, strict=True):
        assert day.isoformat() in told.split(" or ")


def names_from(*lines: str) -> Names:
    names = Names()
    pairs = [line.encode().partition(b": ") for line in lines]
    names.see([first + colon for first, colon, _ in pairs], [rest for *_, rest in pairs], list(range(len(pairs))))
    names.settle()
    return names


def resolved(names: Names, line: str) -> tuple[str | None, str, bool]:
    first, _, rest = line.encode().partition(b": ")
    reading = names.resolve(first, rest)
    return None if reading.sender is None else reading.sender.decode(), reading.text.decode(), reading.open


def test_a_name_with_two_colons_is_found_when_it_is_there_every_time() -> None:
    names = names_from("A: B: C: one", "A: B: C: two", "A: B: C: three: four", "Tom: hello")
    assert resolved(names, "A: B: C: five") == ("A: B: C", "five", False)
    assert names.long_names() == (b"A: B: C",)


def test_two_names_with_one_beginning_are_left_open() -> None:
    names = names_from("Plot: North: one", "Plot: North: two", "Plot: South: three", "Plot: South: four")
    assert resolved(names, "Plot: North: five") == ("Plot", "North: five", True)


def test_a_name_that_is_also_said_alone_ends_at_its_colon() -> None:
    names = names_from("Plot: North: one", "Plot: North: two", "Plot: hello there")
    assert resolved(names, "Plot: North: five") == ("Plot", "North: five", False)


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ('Dave changed the subject from "A: b" to "C"', None),
        ("Dave changed the subject to “A: b”", None),
        ("Jörg hat den Betreff zu „A: b“ geändert", None),
        ("Marie a changé le sujet en « A: b »", None),
        ('Tom "the train: hello', 'Tom "the train'),
        ('"Tom": hello "all: of" you', '"Tom"'),
    ],
)
def test_a_colon_in_quotation_marks_ends_no_name(line: str, sender: str | None) -> None:
    assert resolved(names_from("Tom: hello", line), line)[0] == sender


def test_a_platform_line_about_a_name_with_a_colon_is_nobodys() -> None:
    names = names_from(
        "Plot 9: Water: one", "Plot 9: Water: two", "Tom: x", "Tom added Plot 9: Water", "Plot 9: Water left"
    )
    assert resolved(names, "Tom added Plot 9: Water") == (None, "Tom added Plot 9: Water", True)
    assert resolved(names, "Plot 9: Water left") == (None, "Plot 9: Water left", True)
    assert resolved(names, "Plot 9: Water:") == ("Plot 9: Water", "", False)


def test_names_are_never_merged() -> None:
    text = "".join(
        f"14/01/2023, 10:0{n} - {name}: hi\n" for n, name in enumerate(("Tom", "tom", "Tom\u200e", "Tоm", "Tom "))
    )
    assert len({message.sender for message in messages_of(text)}) == 5


LRM = "\u200e"


def closed_of(*lines: str) -> ConversationClosed:
    said = "".join(f"[14/01/2023, 10:00:{n:02d}] {line}\r\n" for n, line in enumerate(lines))
    (closed,) = (event for event in read_file(said.encode())[0] if isinstance(event, ConversationClosed))
    return closed


def test_typed_words_make_nobody_the_owner_where_phones_mark_their_own() -> None:
    typed = closed_of("Tom: You deleted this message.", "Priya: The gate is open", "Tom: Good")
    assert [who.is_owner for who in typed.participants] == [None, None]
    marked = closed_of("Tom: You deleted this message.", f"Priya: {LRM}You deleted this message.", "Tom: Good")
    assert [(who.key, who.is_owner) for who in marked.participants] == [("Tom", False), ("Priya", True)]


def test_a_note_says_on_what_it_rests_whose_export_it_is() -> None:
    notes = closed_of("Tom: Hello", f"Priya: {LRM}You deleted this message.").notes
    assert any("Anybody can type them" in note for note in notes)
    assert not any("Anybody can type them" in note for note in closed_of("Tom: Hello", "Priya: Hi").notes)


def test_a_group_that_is_called_as_its_name_in_quotation_marks_is_nobody() -> None:
    closed = closed_of(
        f"Plot 9: {LRM}Tom created this group",
        "Tom: Hello",
        f"Plot 9: {LRM}Tom changed the subject from “Plot” to “Plot 9”",
    )
    assert [who.key for who in closed.participants] == ["Tom"]


def test_a_document_left_out_has_its_name() -> None:
    (message,) = messages_of(f"{LRM}[14/01/2023, 10:00:00] Tom: plan • b.pdf • {LRM}12 pages {LRM}document omitted\r\n")
    assert message.kind is Kind.MEDIA
    assert [(one.state, one.name, one.type) for one in message.attachments] == [
        (MediaState.OMITTED, "plan • b.pdf", "document")
    ]
    (typed,) = messages_of(f"[14/01/2023, 10:00:00] Tom: beans • {LRM}document forgotten\r\n")
    assert typed.kind is Kind.TEXT
