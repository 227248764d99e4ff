"""A request signed by the desk: this one, now, and no other."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from safehand.model.canonical import Json, format_canonical
from safehand.model.digest import sha256_of
from safehand.signing import sshsig
from safehand.signing.request import (
    NAMESPACE,
    OLD_SCHEMA,
    SCHEMA,
    SCHEME,
    SLOW,
    AskedFor,
    MalformedRequest,
    OldRequest,
    OtherNode,
    check_request,
    sign_request,
)
from safehand.signing.trust import format_public_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = format_public_key(KEY.public_key().public_bytes_raw())
NOW = 1_795_341_600
NODE = "https://report.example"
ASKED = AskedFor(NODE, "POST", "/report/collect/", sha256_of(b"{}"), NOW, "0" * 32)


def check(
    header: str,
    *,
    node: str = NODE,
    path: str = ASKED.path,
    body: bytes = b"{}",
    method: str = "POST",
    now: int = NOW,
) -> AskedFor:
    return check_request(header, PUBLIC, node=node, method=method, path=path, body=body, now=now)


def test_what_the_desk_signed_is_let_in() -> None:
    assert check(sign_request(ASKED, KEY)) == ASKED


@pytest.mark.parametrize(
    "other",
    [
        {"node": "https://report.elsewhere.example"},
        {"path": "/report/collect/1"},
        {"body": b"[]"},
        {"method": "GET"},
        {"now": NOW + SLOW + 1},
        {"now": NOW - SLOW - 1},
    ],
)
def test_it_is_about_one_request_at_one_time(other: dict[str, object]) -> None:
    with pytest.raises(MalformedRequest):
        check(sign_request(ASKED, KEY), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "node",
    [
        "http://report.example",
        "https://report.example:444",
        "https://report.example.org",
        "https://r",
        "",
    ],
)
def test_one_node_cannot_use_at_another_what_it_was_asked(node: str) -> None:
    with pytest.raises(OtherNode):
        check(sign_request(ASKED, KEY), node=node)


def signed(value: dict[str, Json], key: Ed25519PrivateKey = KEY) -> str:
    data = format_canonical(value)
    signature = sshsig.format_signature(sshsig.sign(key, data, NAMESPACE))
    return f"{SCHEME} {'.'.join(base64.urlsafe_b64encode(part).decode() for part in (data, signature.encode()))}"


def of(asked: AskedFor, schema: str) -> dict[str, Json]:
    return {"schema": schema, **{name: getattr(asked, name) for name in AskedFor.__dataclass_fields__}}


def test_a_request_in_the_form_before_is_known_for_what_it_is_and_refused() -> None:
    assert check(signed(of(ASKED, SCHEMA))) == ASKED
    old = of(ASKED, OLD_SCHEMA)
    del old["node"]
    with pytest.raises(OldRequest):
        check(signed(old))


def test_only_who_has_the_key_learns_why_a_request_is_refused() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    for value in (of(ASKED, OLD_SCHEMA), of(replace(ASKED, node="https://r"), SCHEMA)):
        with pytest.raises(MalformedRequest) as refused:
            check(signed(value, stranger))
        assert type(refused.value) is MalformedRequest


@pytest.mark.parametrize("change", [{"node": 7}, {"more": 1}, {"schema": "safehand.request/3"}])
def test_a_request_that_is_another_thing_is_refused_though_it_is_signed(change: dict[str, Json]) -> None:
    with pytest.raises(MalformedRequest) as refused:
        check(signed({**of(ASKED, SCHEMA), **change}))
    assert type(refused.value) is MalformedRequest


def test_another_key_or_another_purpose_opens_nothing() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(MalformedRequest):
        check(sign_request(ASKED, other))
    scheme, _, rest = sign_request(ASKED, KEY).partition(" ")
    signed, _, _ = rest.partition(".")
    data = base64.urlsafe_b64decode(signed)
    elsewhere = sshsig.format_signature(sshsig.sign(KEY, data, "safehand-acknowledgement@v1"))
    with pytest.raises(MalformedRequest):
        check(f"{scheme} {signed}.{base64.urlsafe_b64encode(elsewhere.encode()).decode()}")


GOOD = sign_request(ASKED, KEY)


@given(st.integers(0, len(GOOD) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_header_with_one_character_changed_is_refused_and_never_a_crash(place: int, other: str) -> None:
    if GOOD[place] == other:
        return
    with pytest.raises(MalformedRequest):
        check(GOOD[:place] + other + GOOD[place + 1 :])


@pytest.mark.parametrize(
    "header",
    ["", "Safehand-Desk", "Safehand-Desk .", "Safehand-Desk e30=.e30=", "Bearer x.y", GOOD + "=", "Safehand-Desk é.é"],
)
def test_what_is_no_signed_request_is_refused(header: str) -> None:
    with pytest.raises(MalformedRequest):
        check(header)


@pytest.mark.parametrize("bad", [{"nonce": "0" * 31}, {"body_sha256": "x"}, {"nonce": "0" * 31 + "G"}])
def test_what_the_desk_would_not_write_is_refused_though_it_is_signed(bad: dict[str, str]) -> None:
    with pytest.raises(MalformedRequest):
        check(sign_request(replace(ASKED, **bad), KEY))  # type: ignore[arg-type]
