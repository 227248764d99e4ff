"""An officer cites a message: with an entry, never edited, only followed, its note sealed, its bytes named."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from django.db import OperationalError
from django.http import Http404
from django.test import Client

from desk_cast import NOW, Ready, clock, hold, signed_in
from desk_pointed import CHAT, talk
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, GlassWhy
from safehand.desk.cases.sealed_words import open_each, open_words, seal_words
from safehand.desk.core.clock import system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.review import citing
from safehand.desk.review.actions import read_page
from safehand.desk.review.citing import LONGEST, cite, take_back
from safehand.desk.review.filter import Ask, Filter
from safehand.desk.review.models import Citation
from safehand.desk.review.tags import TAGS
from safehand.errors import CheckFailed, NotAllowed, UsageError
from safehand.model.digest import sha256_of

REFERENCE = "SH-7K3M9QXA1"
READER = f"/cases/{REFERENCE}/conversations/1/"
CITE = f"{READER}messages/3/cite/"
NOTE = "the second row of beans tells it"
FORM = {"tag": "age", "points": "towards", "note": NOTE}


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


def entry() -> dict[str, object]:
    row = CustodyEntry.objects.last()
    assert row is not None
    value: dict[str, object] = json.loads(bytes(row.canonical))
    return value


def test_a_citation_names_the_message_its_bytes_and_the_file_they_stand_in(pointed: Ready) -> None:
    one = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards", NOTE, clock=clock)
    assert (one.conversation, one.number, one.letter, one.file, one.start, one.end) == (1, 3, "A", "chat.txt", 3, 4)
    assert one.sha256 == sha256_of(b"0123456789" * 100)
    assert int(one.cited_at.timestamp() * 1_000_000) == NOW


def test_it_is_an_entry_with_its_tag_and_nothing_that_can_be_read(pointed: Ready) -> None:
    one = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards", NOTE, clock=clock)
    said = entry()
    assert (said["verb"], said["act"], said["record"]) == ("message.cited", "alteration", "conversation:1/message:3")
    sealed = sha256_of(bytes(one.sealed_note))
    assert said["details"] == {
        "citation": one.pk,
        "note": sealed,
        "points": "towards",
        "row": row_digest(one),
        "tag": "age",
    }
    assert NOTE not in json.dumps(said)


def test_no_entry_no_citation(pointed: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(CustodyEntry, "save", refuse)
    with pytest.raises(Exception, match="custody log"):
        cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards")
    assert not Citation.objects.exists()


def test_a_note_is_sealed_under_the_cases_key_and_opens_for_this_case_alone(pointed: Ready) -> None:
    one = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards", NOTE)
    sealed = bytes(one.sealed_note)
    assert NOTE.encode() not in sealed
    assert open_words(pointed.case, sealed) == NOTE
    assert seal_words(pointed.case, NOTE) != seal_words(pointed.case, NOTE), "each with a nonce of its own"
    assert (seal_words(pointed.case, ""), open_words(pointed.case, b"")) == (b"", "")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for bad in (changed, sealed[:20], b"x"):
        with pytest.raises(CheckFailed):
            open_words(pointed.case, bad)
    pointed.case.reference = "SH-000000000"
    with pytest.raises(CheckFailed):
        open_words(pointed.case, sealed)


def test_several_notes_open_in_their_order_and_one_that_was_changed_opens_none(pointed: Ready) -> None:
    sealed = [seal_words(pointed.case, words) for words in ("peas", "", "beans")]
    assert open_each(pointed.case, sealed) == ("peas", "", "beans")
    assert open_each(pointed.case, [b"", b""]) == ("", "")
    assert open_each(pointed.case, []) == ()
    with pytest.raises(CheckFailed):
        open_each(pointed.case, [*sealed, sealed[0][:-1]])


def test_a_note_of_a_message_that_a_filter_does_not_show_is_not_opened(
    pointed: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, case = pointed.cast.alice, pointed.case
    whole = read_page(alice, case, 1)
    assert whole.days is not None
    of_b = [line.number for day in whole.days.sections for line in day.lines if line.letter == "B"]
    cite(alice, case, 1, of_b[0] + 1, "age", "towards", "of the other", clock=clock)
    cite(alice, case, 1, of_b[1], "age", "towards", NOTE, clock=clock)
    opened: list[str] = []

    def watched(of: Case, sealed: Sequence[bytes]) -> tuple[str, ...]:
        opened.extend(open_each(of, sealed))
        return tuple(opened)

    monkeypatch.setattr(citing, "open_each", watched)
    page = read_page(alice, case, 1, ask=Ask(Filter(who="B")))
    assert page.days is not None
    assert page.days.first < of_b[0] + 1 < page.days.last, "it stands between two that are shown"
    assert [(one.number, one.note) for one in page.citations] == [(of_b[1], NOTE)]
    assert opened == [NOTE]


def test_a_citation_is_never_changed_and_never_taken_away(pointed: Ready) -> None:
    one = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards")
    one.tag = "meeting"
    for change in (
        one.save,
        one.delete,
        Citation.objects.all().delete,
        lambda: Citation.objects.all().update(tag="meeting"),
    ):
        with pytest.raises(UsageError):
            change()
    assert Citation.objects.get().tag == "age"


def test_another_stands_in_its_place_and_says_why_and_the_first_stays(pointed: Ready) -> None:
    first = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards")
    second = cite(pointed.cast.bob, pointed.case, 1, 3, "age", "both", "a joke, see 5", follows=first.pk)
    assert (entry()["verb"], second.follows) == ("citation.followed", first)
    assert list(Citation.objects.standing()) == [second]
    assert Citation.objects.count() == 2
    with pytest.raises(Http404):
        cite(pointed.cast.alice, pointed.case, 1, 3, "age", "away", "too late", follows=first.pk)
    with pytest.raises(UsageError):
        cite(pointed.cast.alice, pointed.case, 1, 3, "age", "away", " ", follows=second.pk)


def test_one_that_is_taken_back_stands_no_more_and_stays_readable(pointed: Ready) -> None:
    one = cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards", NOTE)
    with pytest.raises(UsageError):
        take_back(pointed.cast.alice, pointed.case, 1, 3, one.pk, "")
    take_back(pointed.cast.alice, pointed.case, 1, 3, one.pk, "the wrong message")
    assert entry()["verb"] == "citation.taken_back"
    assert not Citation.objects.standing()
    assert open_words(pointed.case, bytes(Citation.objects.order_by("pk")[0].sealed_note)) == NOTE
    with pytest.raises(Http404):
        take_back(pointed.cast.alice, pointed.case, 1, 3, one.pk, "again")


@pytest.mark.parametrize(
    ("conversation", "number", "follows"), [(1, 9, None), (2, 1, None), (1, 3, 99), (1, 0, None), (1, 10**12, None)]
)
def test_what_is_not_there_cannot_be_cited(pointed: Ready, conversation: int, number: int, follows: int | None) -> None:
    with pytest.raises(Http404):
        cite(pointed.cast.alice, pointed.case, conversation, number, "age", "away", "why", follows=follows)
    assert not CustodyEntry.objects.exists()


def test_a_citation_of_another_message_is_not_followed_here(pointed: Ready) -> None:
    other = cite(pointed.cast.alice, pointed.case, 1, 4, "secrecy", "away")
    with pytest.raises(Http404):
        cite(pointed.cast.alice, pointed.case, 1, 3, "age", "away", "why", follows=other.pk)


@pytest.mark.parametrize(
    ("tag", "points", "note"),
    [("", "away", ""), ("ages", "away", ""), ("age", "", ""), ("age", "guilty", ""), ("age", "away", "x" * 2_001)],
)
def test_a_tag_or_a_way_to_read_it_that_is_none_is_refused(pointed: Ready, tag: str, points: str, note: str) -> None:
    with pytest.raises(UsageError):
        cite(pointed.cast.alice, pointed.case, 1, 3, tag, points, note)
    assert not Citation.objects.exists()


def test_a_case_file_that_reads_the_place_otherwise_is_told(pointed: Ready) -> None:
    cite(pointed.cast.alice, pointed.case, 1, 3, "age", "towards")
    (here,) = read_page(pointed.cast.alice, pointed.case, 1).citations
    assert here.still_there
    Citation(
        case=pointed.case, conversation=1, number=4, letter="B", file="chat.txt", sha256="0" * 64, start=40, end=50,
        tag="secrecy", points="away", cited_at=here.at, cited_by=pointed.cast.bob,
    ).save()  # fmt: skip
    assert [one.still_there for one in read_page(pointed.cast.alice, pointed.case, 1).citations] == [True, False]


# The page


def test_the_form_comes_with_nothing_chosen_and_every_tag(pointed: Ready, as_alice: Client) -> None:
    for path in (READER, CITE):
        text = as_alice.get(path).content.decode()
        assert not re.search(r"<(?:input|option)[^>]* (?:checked|selected)", text)
        form = text[text.rindex('/cite/"') :]
        assert re.findall(r'<option value="([a-z_]*)"', form) == ["", *(tag.code for tag in TAGS)]
    assert pointed.case.reference in text
    assert "im 13" not in text, "the page of the form shows no message"


@pytest.mark.usefixtures("pointed")
def test_a_cited_message_is_marked_and_its_panel_says_all(as_alice: Client) -> None:
    answer = as_alice.post(CITE, FORM)
    assert (answer.status_code, answer["Location"]) == (302, f"{READER}?message=3#m3")
    text = as_alice.get(answer["Location"]).content.decode()
    assert "Citation saved" in text
    assert text.count('class="sh-gutter__cited">Cited<') == 1
    panel = text.split('id="panel"')[1]
    assert "<strong>Age</strong>. May point towards." in panel
    assert NOTE in panel
    assert '<p class="sh-quiet">alice, ' in panel


@pytest.mark.usefixtures("pointed")
def test_markup_in_a_note_is_words(as_alice: Client) -> None:
    as_alice.post(CITE, {**FORM, "note": "<script>peas</script>"})
    text = as_alice.get(f"{READER}?message=3").content.decode()
    assert "<script>peas" not in text
    assert "&lt;script&gt;peas" in text


@pytest.mark.usefixtures("pointed")
@pytest.mark.parametrize("form", [{}, {"tag": "age"}, {"points": "away"}, {**FORM, "note": "x" * (LONGEST + 1)}])
def test_what_was_not_filled_in_is_asked_for(form: dict[str, str], as_alice: Client) -> None:
    answer = as_alice.post(CITE, form)
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not Citation.objects.exists()


@pytest.mark.usefixtures("pointed")
def test_it_is_followed_and_taken_back_by_its_page(as_alice: Client, as_bob: Client) -> None:
    as_alice.post(CITE, FORM)
    first = Citation.objects.get()
    assert "Take it back" in as_bob.get(f"{CITE}?follows={first.pk}").content.decode()
    assert as_bob.post(CITE, {**FORM, "note": "", "follows": first.pk}).status_code == 400
    as_bob.post(CITE, {"tag": "age", "points": "both", "note": "a joke", "follows": first.pk})
    second = Citation.objects.standing().get()
    assert (second.cited_by.reference, second.points) == ("bob", "both")
    assert as_alice.get(f"{CITE}?follows={first.pk}").status_code == 404
    assert as_bob.post(CITE, {"act": "take_back", "follows": second.pk}).status_code == 400
    as_bob.post(CITE, {"act": "take_back", "note": "the wrong one", "follows": second.pk})
    assert not Citation.objects.standing()


@pytest.mark.usefixtures("pointed")
def test_charlie_cites_nothing(as_charlie: Client) -> None:
    assert as_charlie.get(CITE).status_code == 404
    assert as_charlie.post(CITE, FORM).status_code == 404
    assert not Citation.objects.exists()
    assert not CustodyEntry.objects.exists()


def test_a_role_that_reads_and_does_not_review_sees_citations_and_makes_none(pointed: Ready, as_alice: Client) -> None:
    as_alice.post(CITE, FORM)
    hold(pointed.cast.bob, Role.DISCLOSURE)
    browser = signed_in(pointed.cast.bob)
    text = browser.get(f"{READER}?message=3").content.decode()
    assert NOTE in text
    assert "/cite/" not in text
    assert browser.post(CITE, FORM).status_code == 403
    with pytest.raises(NotAllowed):
        cite(pointed.cast.bob, pointed.case, 1, 3, "age", "away")
    assert Citation.objects.count() == 1


def test_who_broke_glass_reads_and_cites_nothing(pointed: Ready, as_charlie: Client) -> None:
    break_glass(pointed.cast.charlie, REFERENCE, GlassWhy.DANGER, "nobody else is there", clock=system_clock)
    text = as_charlie.get(f"{READER}?message=3").content.decode()
    assert "im 13" in text
    assert 'id="cite"' not in text
    assert as_charlie.post(CITE, FORM).status_code == 404
    with pytest.raises(Http404):
        cite(pointed.cast.charlie, pointed.case, 1, 3, "age", "away")
    assert not Citation.objects.exists()
