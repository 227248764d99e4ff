"""The acknowledgement and the receipt that holds it: one spelling each, signed by one desk for one purpose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead
from safehand.model.reference import new_reference
from safehand.seal.acknowledgement import (
    Acknowledgement,
    NotAcknowledged,
    Signed,
    check_acknowledgement,
    format_acknowledgement,
    parse_acknowledgement,
    sign_acknowledgement,
)
from safehand.seal.handed_over import BEGIN, END, HandedOver, format_handed_over, parse_handed_over
from safehand.seal.receipt import Receipt, format_receipt, parse_receipt
from safehand.signing import sshsig
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import DeskPublic
from safehand.signing.trust import format_public_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DESK = DeskPublic(
    "Allotment Road Unit",
    "2026-11-22T10:00:00Z",
    format_public_key(KEY.public_key().public_bytes_raw()),
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
    "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg",
)
SAID = Acknowledgement("5f" * 32, 48_211, "SH-000000000", "2026-11-22T10:00:00Z")
SEALED = Receipt(SAID.sha256, "7a" * 32, "2026-11-22T09:58:00Z", new_holder_key(bytes).public)

acknowledgements = st.builds(
    Acknowledgement,
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.integers(1, 2**53 - 1),
    st.integers(0, 2**40 - 1).map(lambda number: new_reference(lambda _bits: number)),
    st.datetimes().map(lambda at: f"{at:%Y}".zfill(4) + f"-{at:%m-%dT%H:%M:%S}Z"),
)


@given(acknowledgements)
def test_an_acknowledgement_is_read_back_as_it_was_written_and_its_signature_holds(said: Acknowledgement) -> None:
    assert parse_acknowledgement(format_acknowledgement(said)) == said
    check_acknowledgement(sign_acknowledgement(said, KEY), DESK)


GOOD = format_acknowledgement(SAID)


@pytest.mark.parametrize(
    "bad",
    {
        "empty": b"",
        "no object": b"[]",
        "another schema": GOOD.replace(b"acknowledgement/1", b"acknowledgement/2"),
        "a field more": GOOD.replace(b"{", b'{"a":1,', 1),
        "a field less": GOOD.replace(b'"size":48211', b"").replace(b",}", b"}"),
        "a blank": GOOD.replace(b":", b": ", 1),
        "a size as a truth": GOOD.replace(b"48211", b"true"),
        "a size of nothing": GOOD.replace(b"48211", b"0"),
        "a hash in capitals": GOOD.replace(b"5f5f", b"5F5F"),
        "a reference with a slip": GOOD.replace(b"SH-000000000", b"SH-000000001"),
        "a reference as people write it": GOOD.replace(b"SH-000000000", b"sh-000000000"),
        "a time without a zone": GOOD.replace(b"00Z", b"00"),
        "a time in other digits": GOOD.replace(b"2026", "٢٠٢٦".encode()),
        "cut short": GOOD[:-1],
    }.items(),
    ids=lambda pair: pair[0],
)
def test_what_is_not_exactly_an_acknowledgement_is_refused(bad: tuple[str, bytes]) -> None:
    with pytest.raises(CannotRead):
        parse_acknowledgement(bad[1])


@pytest.mark.parametrize(
    "changed",
    [
        replace(SAID, sha256="60" * 32),
        replace(SAID, size=48_212),
        replace(SAID, reference=new_reference(lambda _bits: 7)),
        replace(SAID, received="2026-11-22T10:00:01Z"),
    ],
)
def test_a_signature_is_over_every_field(changed: Acknowledgement) -> None:
    signed = sign_acknowledgement(SAID, KEY)
    with pytest.raises(NotAcknowledged):
        check_acknowledgement(Signed(changed, signed.signature), DESK)


def test_another_key_and_another_purpose_prove_nothing() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(NotAcknowledged):
        check_acknowledgement(sign_acknowledgement(SAID, other), DESK)
    for_a_statement = sshsig.format_signature(sshsig.sign(KEY, GOOD, "safehand-statement@v1"))
    with pytest.raises(NotAcknowledged):
        check_acknowledgement(Signed(SAID, for_a_statement), DESK)
    with pytest.raises(NotAcknowledged):
        check_acknowledgement(Signed(SAID, "no signature"), DESK)


HANDED = HandedOver(sign_acknowledgement(SAID, KEY), 1, 12, SEALED, "0" * 16)


@pytest.mark.parametrize(
    "handed",
    [HANDED, replace(HANDED, receipt=None), replace(HANDED, check_code=None), replace(HANDED, files=0, listed=0)],
)
def test_a_receipt_is_read_back_as_it_was_written_also_from_the_page_that_was_saved(handed: HandedOver) -> None:
    data = format_handed_over(handed)
    assert parse_handed_over(data) == handed
    assert END not in data, "so that it can stand in a page"
    assert parse_handed_over(b"<!doctype html>\n" + BEGIN + data + END + b"<p>Keep this.</p>") == handed


WHOLE = format_handed_over(HANDED)


@pytest.mark.parametrize(
    "bad",
    {
        "empty": b"",
        "another schema": WHOLE.replace(b"handed-over/1", b"handed-over/2"),
        "a field more": WHOLE.replace(b"{", b'{"a":1,', 1),
        "a count below nothing": WHOLE.replace(b'"files":1', b'"files":-1'),
        "a count as a truth": WHOLE.replace(b'"files":1', b'"files":true'),
        "halves of different packages": WHOLE.replace(b'"package_sha256":"5f', b'"package_sha256":"60'),
        "a code with a slip": WHOLE.replace(b"0000-0000-0000-0000", b"0000-0000-0000-0001"),
        "a code in another spelling": WHOLE.replace(b"0000-0000-0000-0000", b"0000000000000000"),
        "no signature": WHOLE.replace(b'"signature":"', b'"signature":["').replace(
            b'END SSH SIGNATURE-----\\n"', b'"]'
        ),
        "two of them in a page": (BEGIN + WHOLE + END) * 2,
        "a page that was cut": BEGIN + WHOLE,
        "cut short": WHOLE[:-1],
    }.items(),
    ids=lambda pair: pair[0],
)
def test_what_is_not_exactly_a_receipt_is_refused_and_nothing_of_it_is_quoted(bad: tuple[str, bytes]) -> None:
    with pytest.raises(CannotRead) as refused:
        parse_handed_over(bad[1], where="receipt.json")
    assert "0000" not in str(refused.value)


def test_a_receipt_names_nobody_and_no_file(tmp_path: Path) -> None:
    assert str(tmp_path) not in WHOLE.decode()
    assert b"Priya" not in WHOLE
    assert b".txt" not in WHOLE


def test_a_receipt_of_sealing_has_its_time_in_plain_digits_too() -> None:
    good = format_receipt(SEALED)
    assert parse_receipt(good) == SEALED
    with pytest.raises(CannotRead):
        parse_receipt(good.replace(b"2026", "٢٠٢٦".encode()))
