"""The way by which the desk collects is narrow: four addresses, which answer the desk and nobody else."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from desk_cast import LOOKS_SEALED, Cast, signed_in
from safehand.desk.core.state import State
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.models import Message, Parcel, ParcelKind, ParcelState, Progress
from safehand.desk.handover.urls import urlpatterns
from safehand.model.digest import sha256_of
from safehand.seal.acknowledgement import Acknowledgement, format_signed, sign_acknowledgement
from safehand.signing.keys import load_signing_key
from safehand.signing.request import AskedFor, sign_request

pytestmark = pytest.mark.django_db

TOLD = b'{"messages":[],"progress":"finished","schema":"safehand.told/1"}'


@dataclass(frozen=True)
class Way:
    """One of the four."""

    method: str
    path: str
    body: bytes = b""


@pytest.fixture
def parcel(desk_state: State) -> Iterator[Parcel]:  # noqa: ARG001  a desk must be there
    cache.clear()
    yield keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([LOOKS_SEALED, b"a report"]))
    cache.clear()


@pytest.fixture
def key(desk_state: State) -> Ed25519PrivateKey:
    return load_signing_key(desk_state.desk_signing)


def ways(parcel: Parcel, key: Ed25519PrivateKey) -> dict[str, Way]:
    said = Acknowledgement(parcel.sha256, parcel.size, parcel.reference, "2026-11-22T10:00:00Z")
    one = f"/report/collect/{parcel.pk}/"
    return {
        "collect": Way("GET", "/report/collect/"),
        "sealed": Way("GET", one),
        "tell": Way("POST", f"{one}tell", TOLD),
        "acknowledge": Way("POST", f"{one}acknowledge", format_signed(sign_acknowledgement(said, key))),
    }


def asked_for(way: Way) -> AskedFor:
    origin = settings.ADDRESS.origin
    return AskedFor(origin, way.method, way.path, sha256_of(way.body), int(time.time()), secrets.token_hex(16))


def answer(way: Way, header: str = "", browser: Client | None = None) -> tuple[int, str]:
    given = (browser or Client()).generic(
        way.method,
        way.path,
        way.body,
        content_type="application/json",
        headers={"Authorization": header} if header else {},
    )
    if given.streaming:
        list(given)  # the parcel itself comes out of a file: read to its end, that is closed, and the database is not
    return given.status_code, given.json()["code"] if given.status_code == 403 else ""


def test_there_are_four_addresses_and_no_other(parcel: Parcel, key: Ed25519PrivateKey) -> None:
    there = {pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith("collect/")}
    assert there == set(ways(parcel, key))


@pytest.mark.parametrize("name", ["collect", "sealed", "tell", "acknowledge"])
def test_each_answers_the_desk_and_nobody_else(name: str, parcel: Parcel, key: Ed25519PrivateKey, cast: Cast) -> None:
    way = ways(parcel, key)[name]
    asked = asked_for(way)
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signed = {
        "for another path": replace(asked, path="/report/collect/?after=" + "0" * 32),
        "for another method": replace(asked, method="PUT"),
        "for another body": replace(asked, body_sha256=sha256_of(b"other")),
        "long ago": replace(asked, instant=asked.instant - 3600),
        "for later": replace(asked, instant=asked.instant + 3600),
    }
    headers = {
        "nothing": "",
        "a holder's key": f"Safehand {'0' * 64}",
        "another desk's": sign_request(asked, stranger),
        **{why: sign_request(each, key) for why, each in signed.items()},
    }
    for why, header in headers.items():
        assert answer(way, header) == (403, "not_signed"), why
    assert answer(way, browser=signed_in(cast.alice)) == (403, "not_signed"), "an officer is not the desk"
    parcel.refresh_from_db()
    assert (parcel.state, parcel.progress) == (ParcelState.WAITING, Progress.RECEIVED)
    assert not Message.objects.exists()
    assert parcel_store().path(parcel.sha256).exists()
    header = sign_request(asked, key)
    assert [answer(way, header), answer(way, header)] == [(200, ""), (403, "not_signed")], "the desk, once"


def test_nothing_of_the_narrow_way_tells_a_stranger_whether_a_parcel_is_there(parcel: Parcel) -> None:
    for path in (f"/report/collect/{parcel.pk}/", f"/report/collect/{'0' * 32}/"):
        given = Client().get(path)
        assert (given.status_code, given.content) == (403, Client().get("/report/collect/").content)
