"""The reading itself: what is opened, what is closed, and what happens when a file changes under it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import BinaryIO

import pytest

from meta_reading import read_all
from meta_thread import START, Thread, said
from safehand.errors import CannotRead, SafehandError
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened
from safehand.sources.contract import Claim, FileInMemory, Probe, ReadingDesk
from safehand.sources.meta import SOURCE

NAME = "your_facebook_activity/messages/inbox/a_1/message_1.json"
THREAD = Thread(("Priya", "Tom"), [said("Tom", START + n, f"row {n}") for n in range(20)], title="Priya")


@dataclass
class Changing:
    """A file that is another one each time it is opened."""

    contents: list[bytes]
    id: str = "1"
    name: str = NAME
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = len(self.contents[0])

    def open(self) -> BinaryIO:
        return io.BytesIO(self.contents.pop(0) if len(self.contents) > 1 else self.contents[0])


def claim_of(file: Changing) -> Claim:
    (claim,) = SOURCE.claim((Probe(file, file.contents[0][:4096]),))
    return claim


@pytest.mark.parametrize("later", [b"", THREAD.file()[:900], b"x" * 10_000])
def test_a_file_that_changes_between_the_passes_stops_the_reading(later: bytes) -> None:
    file = Changing([THREAD.file(), later])
    with pytest.raises(CannotRead, match="changed while it was being read") as caught:
        list(SOURCE.read(claim_of(file), ReadingDesk()))
    assert caught.value.where == "1"
    assert "row" not in str(caught.value)


def test_a_changed_file_is_never_read_as_another_conversation() -> None:
    changed = THREAD.file().replace(b"{", b"[").replace(b"}", b"]")
    with pytest.raises(SafehandError):
        list(SOURCE.read(claim_of(Changing([THREAD.file(), changed])), ReadingDesk()))


def test_conversations_are_numbered_as_they_come() -> None:
    files = {f"messages/inbox/{name}_1/message_1.json": THREAD.file() for name in "abc"}
    opened = [event for event in read_all(files)[1] if isinstance(event, ConversationOpened)]
    assert [one.id for one in opened] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("members", "title", "fields", "kind"),
    [
        (("Priya", "Tom"), "Priya", {}, ConversationKind.DIRECT),
        (("Priya", "Tom"), "Plot nine", {}, ConversationKind.UNKNOWN),
        (("Priya", "Tom", "Jo"), "Priya", {}, ConversationKind.GROUP),
        (("Priya",), "Priya", {}, ConversationKind.UNKNOWN),
        (("Priya", "Tom"), "Priya", {"thread_type": "RegularGroup"}, ConversationKind.GROUP),
        (("Priya", "Tom", "Jo"), "Plot", {"thread_type": "Regular"}, ConversationKind.DIRECT),
        (("Priya", "Tom"), "Priya", {"joinable_mode": {"mode": 1, "link": ""}}, ConversationKind.GROUP),
        (("Priya", "Tom"), "Priya", {"thread_type": "Pending"}, ConversationKind.DIRECT),
    ],
)
def test_how_many_may_speak_is_told_as_far_as_the_thread_says(
    members: tuple[str, ...], title: str, fields: dict[str, object], kind: ConversationKind
) -> None:
    thread = Thread(members, THREAD.messages, title=title, fields=fields)  # type: ignore[arg-type]  # a table of fields
    opened = read_all({NAME: thread.file()})[1][0]
    assert isinstance(opened, ConversationOpened)
    assert opened.kind is kind


def test_a_participant_is_cited_where_he_first_wrote_or_else_where_he_is_listed() -> None:
    data = THREAD.file()
    closed = read_all({NAME: data})[1][-1]
    assert isinstance(closed, ConversationClosed)
    priya, tom = closed.participants
    assert priya.first_seen is not None
    assert tom.first_seen is not None
    assert data[priya.first_seen.start : priya.first_seen.end].startswith(b'[\n    {\n      "name": "Priya"')
    assert b'"row 0"' in data[tom.first_seen.start : tom.first_seen.end]


def test_the_title_is_cited() -> None:
    data = THREAD.file()
    opened = read_all({NAME: data})[1][0]
    assert isinstance(opened, ConversationOpened)
    assert opened.title_span is not None
    assert data[opened.title_span.start : opened.title_span.end] == b'"Priya"'


def test_notes_tell_no_names_and_no_words() -> None:
    odd = THREAD.file().replace(b'"title"', b'"Priya likes rows": 1, "title"')
    again = Thread(("Facebook user",), THREAD.messages, title="Zoë").file()
    notes = " ".join(
        note
        for files in ({NAME: odd}, {NAME: again}, {NAME: odd, NAME.replace("_1.json", "_7.json"): again})
        for event in read_all(files)[1]
        if isinstance(event, ConversationClosed)
        for note in event.notes
    )
    assert notes
    assert not any(word in notes for word in ("Priya", "Tom", "row", "Zoë", "likes"))


def test_one_reading_leaves_nothing_for_the_next() -> None:
    first, second = read_all({NAME: THREAD.file()})[1], read_all({NAME: THREAD.file()})[1]
    assert first == second


def test_a_file_in_memory_and_its_claim_are_left_as_they_were() -> None:
    file = FileInMemory("1", NAME, THREAD.file())
    (claim,) = SOURCE.claim((Probe(file, file.data[:4096]),))
    list(SOURCE.read(claim, ReadingDesk()))
    assert file.data == THREAD.file()
