"""Whether the record is whole: places without a message, and two exports side by side as a page of the reader."""

from __future__ import annotations

import pytest
from django.test import Client

from casefile_builders import START, Made, conversation, device, message, texts
from desk_cast import PRIYA, SAM, WORDS, Ready
from safehand.analysis.gap import GapKind
from safehand.analysis.overlap import Verdict
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import comparing
from safehand.desk.review.presenters.whole import WORDS as GAP_WORDS
from safehand.model.instant import MICRO
from safehand.model.message import Kind, Message

DAY = 86_400 * MICRO


def page(browser: Client, ready: Ready, path: str) -> str:
    answer = browser.get(f"/cases/{ready.case.reference}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def compared(ready: Ready) -> Ready:
    """A conversation with a deletion and a silence, and the other side's export of it, in which nothing was deleted."""
    spoken = [f"row {number} of the potatoes is dug" for number in range(1, 9)]
    kept = texts(*spoken, sender=PRIYA)
    cut: list[Message] = [*kept[:4], *kept[5:]]
    mine = [message(n, one.text, sent=one.sent, sender=PRIYA) for n, one in enumerate(cut, 1)]
    gone = Message(2, Kind.DELETED, PRIYA, None, mine[1].sent, mine[1].span)
    mine[1] = gone
    mine.append(message(8, "a fortnight later", sent=device(START + 30 * DAY), sender=SAM))
    events = [*conversation(mine), *conversation(kept, "2")]
    Made(events=events, data=b"0123456789" * 20).build(case_file_path(ready.case), case_key(ready.case))
    return ready


def test_every_kind_of_gap_has_its_words() -> None:
    assert set(GAP_WORDS) == set(GapKind)
    assert set(Verdict) == {Verdict.SAME, Verdict.DIFFERING, Verdict.ONLY_A, Verdict.ONLY_B}


def test_each_place_leads_to_its_message_and_says_which_bytes(compared: Ready, as_bob: Client) -> None:
    shown = page(as_bob, compared, "whole/")
    assert f'href="/cases/{compared.case.reference}/conversations/1/?message=2#m2"' in shown
    for words in ("a mark that a message was deleted", "data/0001.txt, bytes 20 to 29", "No messages for 29 days"):
        assert words in shown


def test_no_message_and_no_name_stands_on_the_page_of_gaps(compared: Ready, as_alice: Client) -> None:
    shown = page(as_alice, compared, "whole/")
    for secret in (PRIYA, SAM, "potatoes", "fortnight"):
        assert secret not in shown


def test_what_one_side_deleted_stands_beside_what_the_other_kept(compared: Ready, as_alice: Client) -> None:
    shown = page(as_alice, compared, "whole/1/")
    for words in (
        "One message differs",
        "Shown as deleted in the source",
        "row 2 of the potatoes is dug",
        "1 message only in conversation 2",
        "row 5 of the potatoes is dug",
        "1 message only in conversation 1",
        "a fortnight later",
        "1 message only in conversation 1, which goes on longer",
    ):
        assert words in shown
    assert "Conversations 1 and 2, side by side" in shown


def test_looking_at_both_is_recorded(compared: Ready, as_alice: Client) -> None:
    page(as_alice, compared, "whole/")
    page(as_alice, compared, "whole/1/")
    gaps, sides = CustodyEntry.objects.order_by("sequence")
    assert (gaps.verb, gaps.record, sides.verb, sides.record) == (
        Verb.GAPS_LISTED,
        "case",
        Verb.SIDES_SHOWN,
        "conversation:1",
    )
    assert b'"beside":2' in bytes(sides.canonical)
    for secret in (PRIYA, "potatoes"):
        assert secret.encode() not in bytes(sides.canonical)
    seen = page(as_alice, compared, "who-saw-what/?purpose=lawfulness")
    assert "Read two exports side by side" in seen
    assert "beside conversation 2" in seen


def test_both_are_shown_a_page_at_a_time(compared: Ready, as_alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "GAPS", 1)
    monkeypatch.setattr(comparing, "ROWS", 2)
    assert "?after=1" in page(as_alice, compared, "whole/")
    assert "?after=1" not in page(as_alice, compared, "whole/?after=1")
    first, second = (page(as_alice, compared, f"whole/1/{query}") for query in ("", "?after=2"))
    assert ("?after=2" in first, "row 2 of" in first, "row 5 of" in first) == (True, True, False)
    assert ("?after=4" in second, "row 2 of" in second, "row 5 of" in second) == (True, False, True)


@pytest.mark.parametrize(
    "path", ["whole/?after=-1", "whole/?after=99", "whole/?after=many", "whole/2/", "whole/0/", "whole/1/?after=99"]
)
def test_what_is_not_there_is_404_and_no_entry(path: str, compared: Ready, as_alice: Client) -> None:
    assert as_alice.get(f"/cases/{compared.case.reference}/{path}").status_code == 404
    assert not CustodyEntry.objects.exists()


def test_a_record_without_a_gap_is_not_called_whole(ready: Ready, as_alice: Client) -> None:
    events = conversation(texts(*WORDS, sender=PRIYA))
    Made(events=list(events), data=b"0123456789" * 20).build(case_file_path(ready.case), case_key(ready.case))
    shown = page(as_alice, ready, "whole/")
    assert "That is no proof that nothing is" in shown
