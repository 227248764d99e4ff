"""The receipt of an urgent notice as a file: the desk's signed word, the code where it may be, and no other word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from notices import FORM, WORDS
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.handover.models import Parcel
from safehand.desk.intake.collect import look_for_parcels
from safehand.errors import CannotRead
from safehand.model.digest import sha256_of
from safehand.seal.acknowledgement import check_acknowledgement
from safehand.seal.check_code import format_check_code, new_check_code
from safehand.seal.handed_over import parse_handed_over
from safehand.signing.keys import load_desk_public

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("desk_state")]

URGENT, RECEIPT = "/report/urgent/", "/report/urgent/receipt"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def given() -> dict[str, str]:
    """What the page after sending has in its form."""
    page = Client().post(URGENT, FORM).content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(notice|code)" value="([^"]+)">', page))
    assert found.keys() == {"notice", "code"}
    return found


def test_it_is_saved_without_scripts_by_one_name_and_says_what_a_receipt_says() -> None:
    posted = given()
    answer = Client().post(RECEIPT, posted)
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="safehand-receipt.html"'
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies
    for said in (posted["code"], Parcel.objects.get().reference, "UK time", "1 urgent notice", "Do not reply"):
        assert said in text
    assert not any(word in text for word in WORDS)
    assert posted["notice"] not in text, "what asks for the notice is not in it"
    assert "had not signed for it yet" in text
    with pytest.raises(CannotRead):
        parse_handed_over(answer.content)


def test_once_the_desk_has_it_its_signed_word_about_these_very_bytes_is_in_it(desk_state: State) -> None:
    """As ``safehand verify-receipt`` reads and checks it (tests/scripts/verify-receipt.txt)."""
    posted = given()
    look_for_parcels()
    answer = Client().post(RECEIPT, posted)
    assert "had not signed for it yet" not in answer.content.decode()
    handed = parse_handed_over(answer.content)
    assert (handed.files, handed.listed, handed.receipt) == (0, 0, None)
    assert format_check_code(str(handed.check_code)) == posted["code"]
    check_acknowledgement(handed.signed, load_desk_public(desk_state.desk_public))
    said, parcel = handed.signed.acknowledgement, Parcel.objects.get()
    sealed = EvidenceStore(desk_state).path(parcel.sha256).read_bytes()
    assert (said.sha256, said.size, said.reference) == (sha256_of(sealed), len(sealed), parcel.reference)


def test_who_shares_the_computer_saves_it_without_the_code() -> None:
    posted = given()
    look_for_parcels()
    answer = Client().post(RECEIPT, {**posted, "without": "code"})
    assert posted["code"] not in answer.content.decode()
    assert posted["code"].replace("-", "") not in answer.content.decode()
    assert parse_handed_over(answer.content).check_code is None


def test_nobody_without_the_page_gets_one() -> None:
    posted = given()
    assert Client().get(RECEIPT).status_code == 405
    other = format_check_code(new_check_code(lambda _: 12345))
    for wrong in (
        {},
        {"notice": posted["notice"]},
        {"code": posted["code"]},
        {**posted, "notice": "0" * 32},
        {**posted, "notice": "x"},
        {**posted, "code": other},
        {**posted, "code": "<script>"},
    ):
        assert Client().post(RECEIPT, wrong).status_code == 404, wrong
