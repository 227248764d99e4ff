"""What an account is recorded as: by a named officer, with a reason, sealed; followed and never changed or guessed."""

from __future__ import annotations

import json

import pytest
from django.http import Http404
from django.test import Client

from casefile_builders import START, conversation, known, message
from desk_cast import Ready, clock, hold
from desk_conduct import REASON, record, reviewed
from desk_pointed import talk
from safehand.casefile.build import build
from safehand.casefile.key import new_case_key
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.conduct.asking import LONGEST
from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.models import AccountRecord, RecordedAs
from safehand.desk.conduct.recording import record_account, standing_records
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

FORM = "/cases/SH-7K3M9QXA1/conduct/accounts/"


@pytest.fixture
def made(ready: Ready) -> Ready:
    return reviewed(ready)


def test_it_is_kept_sealed_with_who_and_when_and_its_entry_names_no_word(made: Ready) -> None:
    one = record(made, "A", RecordedAs.CITIZEN)
    assert (one.letter, one.recorded_as, one.by, one.follows) == ("A", "citizen", made.cast.alice, None)
    assert REASON.encode() not in bytes(one.sealed_reason)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert said["verb"] == "account.recorded"
    assert said["details"] == {
        "account": 1,
        "recorded_as": "citizen",
        "reason": sha256_of(bytes(one.sealed_reason)),
        "row": row_digest(one),
    }


def test_a_later_record_stands_in_its_place_and_both_stay_readable(made: Ready) -> None:
    first = record(made, "A", RecordedAs.NOT_KNOWN)
    second = record(made, "A", RecordedAs.STATE, made.cast.bob)
    assert second.follows == first
    assert standing_records(made.case) == {"A": second}
    account = view_conduct(made.cast.alice, made.case).accounts[0]
    assert account.record is not None
    assert (account.record.recorded_as, account.record.by) == (RecordedAs.STATE, "bob")
    assert [one.recorded_as for one in account.earlier] == [RecordedAs.NOT_KNOWN]
    with pytest.raises(UsageError):
        first.save()
    with pytest.raises(UsageError):
        AccountRecord.objects.all().update(recorded_as="child")
    with pytest.raises(UsageError):
        second.delete()


@pytest.mark.parametrize("reason", ["", "   ", "x" * (LONGEST + 1)], ids=["none", "space", "too long"])
def test_without_a_reason_nothing_is_recorded(made: Ready, reason: str) -> None:
    with pytest.raises(UsageError):
        record_account(made.cast.alice, made.case, "A", RecordedAs.CITIZEN, reason)
    assert not AccountRecord.objects.exists()
    assert not CustodyEntry.objects.exists()


@pytest.mark.parametrize("letter", ["C", "a", "", "AA"])
def test_an_account_that_is_not_there_cannot_be_recorded(made: Ready, letter: str) -> None:
    with pytest.raises(Http404):
        record_account(made.cast.alice, made.case, letter, RecordedAs.CITIZEN, REASON)
    assert not AccountRecord.objects.exists()


def test_who_may_only_read_or_is_not_on_the_case_records_nothing(made: Ready) -> None:
    with pytest.raises(NotAllowed):
        record(made, "A", RecordedAs.CITIZEN, hold(made.cast.bob, Role.DISCLOSURE))
    with pytest.raises(Http404):
        record(made, "A", RecordedAs.CITIZEN, made.cast.charlie)
    assert not AccountRecord.objects.exists()


def test_a_letter_that_is_another_accounts_since_is_said_to_be_and_lays_nothing_out(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    assert view_conduct(made.cast.alice, made.case).panel is not None
    talk(made, ("Ola", "the peas are up"), ("Kim", "hiya"), ("Sam", "they are"))
    assert view_conduct(made.cast.alice, made.case).panel is not None, "the same bytes, so the near miss"
    path, key = case_file_path(made.case), case_key(made.case)
    later = [message(9, "hello", sent=known(START), sender="Ola")]
    build(path, key, conversation(later), [], lambda: ())
    account = view_conduct(made.cast.alice, made.case).accounts[0]
    assert (account.letter, account.still_it) == ("A", False)
    assert view_conduct(made.cast.alice, made.case).panel is None
    assert len(new_case_key()) == len(key)


def test_the_form_has_nothing_chosen_and_says_what_is_missing(made: Ready, as_bob: Client) -> None:
    text = as_bob.get(f"{FORM}?account=B").content.decode()
    assert " checked>" not in text
    assert '<option value="B" selected>' in text
    missing = as_bob.post(FORM, {"account": "B"})
    assert missing.status_code == 400
    assert "Choose what it is recorded as." in missing.content.decode()
    assert "Say on what it rests." in missing.content.decode()
    assert as_bob.post(FORM, {"account": "C", "recorded_as": "child", "reason": REASON}).status_code == 400
    assert not AccountRecord.objects.exists()
    done = as_bob.post(FORM, {"account": "B", "recorded_as": "subject", "reason": REASON})
    assert (done.status_code, done["Location"]) == (302, "/cases/SH-7K3M9QXA1/conduct/")
    assert standing_records(made.case)["B"].by == made.cast.bob
    assert clock() > 0
