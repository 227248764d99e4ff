"""A node that is slow, odd, or lies: what is good is collected, what is not is counted, and no worker waits long."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import pytest
from django.test import Client
from pytest_django import Settings

from lying_node import LyingNode, entry, listed, ok
from safehand.desk.core.state import State
from safehand.desk.intake import source_http
from safehand.desk.intake.parcel_source import MOST_PAGES, NodeAway, NodeRefused
from safehand.desk.intake.source_http import ParcelsAt
from safehand.desk.settings.places import Address
from safehand.model.digest import sha256_of
from safehand.signing.keys import load_signing_key
from safehand.signing.request import OLD_SCHEMA, AskedFor, sign_request

PARCEL = "0" * 32

AtNode: TypeAlias = Callable[[LyingNode], ParcelsAt]


@pytest.fixture
def node_at(desk_state: State) -> AtNode:
    """The desk, as it collects from a node. A second goes by at each look at its clock: no test waits."""
    seconds = itertools.count()
    return lambda node: ParcelsAt(node.address, desk_state.desk_signing, lambda: float(next(seconds)))


ODD: dict[str, Any] = {
    "no object": [],
    "nothing": None,
    "a number": 7,
    "empty": {},
    "no reference": {name: value for name, value in entry(2).items() if name != "reference"},
    "a reference that is none": entry(2, reference="SH-2/../x"),
    "words in it": entry(2, reference="SH-00000000I"),
    "another hash": entry(2, sha256="0" * 63),
    "another number": entry(2, parcel="../" + "0" * 29),
    "a size in words": entry(2, size="1000"),
    "a size of truth": entry(2, size=True),
    "a size of none": entry(2, size=0),
    "a size below none": entry(2, size=-1),
    "half a byte": entry(2, size=1.5),
    "a kind in numbers": entry(2, kind=3),
    "it follows a number": entry(2, follows=3),
    "it follows words": entry(2, follows="the other one"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_entry_is_counted_and_the_others_are_collected(name: str, node_at: AtNode) -> None:
    with LyingNode(lambda _: listed(entry(1), ODD[name], entry(3))) as node:
        found = node_at(node).waiting()
    assert [each.parcel for each in found.parcels] == [f"{1:032x}", f"{3:032x}"]
    assert found.odd == 1


def test_a_newer_node_may_say_more_of_a_parcel_than_this_desk_knows(node_at: AtNode) -> None:
    with LyingNode(lambda _: listed(entry(1, colour="green"))) as node:
        found = node_at(node).waiting()
    assert (len(found.parcels), found.odd) == (1, 0)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"parcels":7}', b"<html>", b"[" * 100_000, b"\xff"])
def test_what_is_no_list_is_a_node_that_is_not_understood(body: bytes, node_at: AtNode) -> None:
    with LyingNode(lambda _: ok(body)) as node, pytest.raises(NodeAway):
        node_at(node).waiting()


# --- page after page ---


def page_of(path: str) -> int:
    return int(path.partition("after=")[2] or "0", 16)


def test_all_pages_are_asked_for_and_each_parcel_is_found_once(desk_state: State) -> None:
    def answer(path: str) -> list[bytes]:
        first = page_of(path)
        # One is told of twice: it came again to the head of the list between two pages.
        return listed(*(entry(first + n) for n in range(3)), next=f"{first + 2:032x}" if first < 8 else None)

    with LyingNode(answer) as node:
        found = ParcelsAt(node.address, desk_state.desk_signing, lambda: 0.0).waiting()
    assert [each.parcel for each in found.parcels] == [f"{n:032x}" for n in range(11)]
    assert len(node.asked) == 5


def test_a_node_that_goes_on_for_ever_is_not_followed_for_ever(desk_state: State) -> None:
    with LyingNode(lambda _: listed(entry(1), next="f" * 32)) as node:
        found = ParcelsAt(node.address, desk_state.desk_signing, lambda: 0.0).waiting()
    assert len(found.parcels) == 1
    assert len(node.asked) == MOST_PAGES


@pytest.mark.parametrize("after", ["", 7, "../../tell", "f" * 33, ["f" * 32]])
def test_what_a_node_says_of_the_next_page_is_no_address(after: object, node_at: AtNode) -> None:
    with LyingNode(lambda _: listed(entry(1), next=after)) as node:
        assert len(node_at(node).waiting().parcels) == 1
    assert node.asked == ["/report/collect/"]


def test_what_came_before_a_node_fell_silent_is_collected(node_at: AtNode) -> None:
    def answer(path: str) -> list[bytes]:
        return ok(b"", "503 Later") if "after" in path else listed(entry(1), next="f" * 32)

    with LyingNode(answer) as node:
        assert len(node_at(node).waiting().parcels) == 1


# --- in time ---


def by_drops(head: bytes, drop: bytes) -> Iterator[bytes]:
    """An answer that never stands still, and never ends."""
    yield head
    while True:
        time.sleep(0.001)
        yield drop


DRIPPING: dict[str, Callable[[str], Iterable[bytes]]] = {
    "in the first line": lambda _: by_drops(b"HTTP/1.1 200 ", b"O"),
    "in the headers": lambda _: by_drops(b"HTTP/1.1 200 OK\r\n", b"X"),
    "in the body": lambda _: by_drops(b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    "in a refusal": lambda _: by_drops(b"HTTP/1.1 403 No\r\n\r\n", b" "),
}


@pytest.mark.parametrize("where", DRIPPING)
def test_an_answer_that_comes_by_drops_is_over_when_its_time_is(where: str, node_at: AtNode) -> None:
    with LyingNode(DRIPPING[where]) as node:
        desk = node_at(node)
        with pytest.raises(NodeAway):
            desk.waiting()
        with pytest.raises(NodeAway):
            desk.tell(PARCEL, b"{}")
        with pytest.raises(NodeAway):
            list(desk.pieces(PARCEL))


def test_a_parcel_may_take_long_when_it_comes_at_the_speed_of_a_bad_line(desk_state: State) -> None:
    size, second = 3 << 20, [0.0]

    def clock() -> float:
        return second[0]

    with LyingNode(lambda _: ok(bytes(size))) as node:
        came = 0
        for piece in ParcelsAt(node.address, desk_state.desk_signing, clock).pieces(PARCEL):
            came += len(piece)
            second[0] = came / source_http._SLOWEST
    assert came == size
    assert second[0] > source_http._ALTOGETHER + source_http._BEFORE


def test_a_parcel_that_comes_more_slowly_than_that_is_left_for_later(desk_state: State) -> None:
    second = [0.0]

    def slowly(pieces: Iterator[bytes]) -> None:
        for piece in pieces:
            second[0] += 2 * len(piece) / source_http._SLOWEST

    with LyingNode(lambda _: ok(bytes(8 << 20))) as node:
        pieces = ParcelsAt(node.address, desk_state.desk_signing, lambda: second[0]).pieces(PARCEL)
        with pytest.raises(NodeAway):
            slowly(pieces)


# --- what is to be done ---


@pytest.mark.parametrize(
    ("code", "todo"),
    [
        ("old_request", "Bring this desk up to date"),
        ("other_node", "SAFEHAND_NODE"),
        ("not_signed", "clocks"),
        ("something new", "SAFEHAND_NODE is the address"),
        (["other_node"], "SAFEHAND_NODE is the address"),
    ],
)
def test_a_refusal_says_at_the_desk_what_to_do_and_in_no_words_of_the_node(
    code: object, todo: str, node_at: AtNode
) -> None:
    said = json.dumps({"code": code, "found": "pay here", "todo": "pay here"}).encode()
    with LyingNode(lambda _: ok(said, "403 Forbidden")) as node, pytest.raises(NodeAway) as away:
        node_at(node).waiting()
    assert todo in str(away.value)
    assert "pay here" not in str(away.value)


def test_a_refusal_of_one_parcel_is_told_from_a_node_that_is_away(node_at: AtNode) -> None:
    with LyingNode(lambda _: ok(b"{}", "404 Gone")) as node, pytest.raises(NodeRefused):
        node_at(node).tell(PARCEL, b"{}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked_at", "schema", "status", "code"),
    [
        ("http://127.0.0.1:8000", None, 200, None),
        ("https://report.example", None, 403, "other_node"),
        ("http://127.0.0.1:8000", OLD_SCHEMA, 403, "old_request"),
    ],
)
def test_a_node_answers_what_was_asked_of_it_and_nothing_that_was_asked_of_another(
    desk_state: State,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    asked_at: str,
    schema: str | None,
    status: int,
    code: str | None,
) -> None:
    settings.ADDRESS = Address.parse("http://127.0.0.1:8000/")
    asked = AskedFor(asked_at, "GET", "/report/collect/", sha256_of(b""), int(time.time()), secrets.token_hex(16))
    if schema is not None:
        monkeypatch.setattr("safehand.signing.request.SCHEMA", schema)
    header = {"Authorization": sign_request(asked, load_signing_key(desk_state.desk_signing))}
    monkeypatch.undo()
    settings.STATE, settings.ADDRESS = desk_state, Address.parse("http://127.0.0.1:8000/")
    answer = Client().get("/report/collect/", headers=header)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Report.Example:443/", "https://report.example"),
        ("http://report.example:80", "http://report.example"),
        ("https://report.example:80", "https://report.example:80"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_address_has_one_spelling_however_it_was_written(written: str, origin: str) -> None:
    assert Address.parse(written).origin == origin
