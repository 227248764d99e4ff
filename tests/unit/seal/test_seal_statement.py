"""The statement: one value, one spelling, and near misses of it refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.errors import PackageDamaged, PackageFromTheFuture, SafehandError
from safehand.model.canonical import format_canonical
from safehand.seal.statement import Statement, format_statement, parse_statement
from sealed_packages import prepared_from, write_chat

TOML = b"""
[urgent]
child_in_danger = "no"
meeting_planned = false
caller_number = "07700 900123"
last_contact = 2026-11-20T18:04:00

[images]
present = "no"

[[operator_periods]]
account = "Sam"
who = "child"
to = 2026-11-20T18:00:00

[[exclusions]]
file = "_chat.txt"
first_line = 1
last_line = 1
reason = "Another family."
"""

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> Statement:
    folder = tmp_path_factory.mktemp("statement")
    paths = [write_chat(folder), write_chat(folder, '{"p":"data:image/gif;base64,R0lGODlhAQABAAAAACw="}', "m.json")]
    (folder / "IMG-0001.jpg").write_bytes(b"")
    return prepared_from([*paths, folder / "IMG-0001.jpg"], TOML).statement


def test_a_statement_reads_back_as_it_was_written(statement: Statement) -> None:
    data = format_statement(statement)
    assert parse_statement(data) == statement
    assert format_statement(parse_statement(data)) == data


def test_it_says_what_was_sealed_and_what_was_not(statement: Statement) -> None:
    value = json.loads(format_statement(statement))
    assert value["schema"] == "safehand.statement/1"
    assert [(item["id"], item["name"], item["kind"]) for item in value["items"]] == [
        ("data/0001.txt", "_chat.txt", "DERIVED"),
        ("data/0002.json", "m.json", "DERIVED"),
    ]
    assert [row["name"] for row in value["attachments"]] == ["IMG-0001.jpg"]
    assert value["exclusions"] == [
        {
            "bytes": 53, "container": None, "first_line": 1, "item": "data/0001.txt", "last_line": 1,
            "name": "_chat.txt", "reason": "Another family.",
        }
    ]  # fmt: skip
    assert value["operator_periods"] == [{"account": "Sam", "from": None, "to": "2026-11-20T18:00:00", "who": "child"}]
    assert value["urgent"]["meeting_when"] == {"answer": "not_asked"}
    assert value["sealed"] == {"system": "Linux 6.1", "utc": "2026-11-22T12:00:00Z", "zone": "Europe/London"}


def item(place: int, **fields: object) -> Change:
    return lambda value: value["items"][place].update(fields)


BROKEN: dict[str, Change] = {
    "no items": lambda v: v.update(items=[]),
    "an item without a size": lambda v: v["items"][0].pop("size"),
    "an item with something more": item(0, colour="green"),
    "an id out of its place": item(0, id="data/0002.txt"),
    "an id with another ending": item(0, id="data/0001.json"),
    "an id that leads elsewhere": item(0, id="../0001.txt"),
    "a hash in capitals": lambda v: v["items"][0].update(sha256=v["items"][0]["sha256"].upper()),
    "a negative size": item(1, size=-1),
    "a size that does not add up": lambda v: v["items"][0].update(size=v["items"][0]["size"] + 1),
    "RAW with something left out": item(0, kind="RAW"),
    "DERIVED with nothing left out": item(0, removed=[]),
    "another kind": item(0, kind="COPY"),
    "a stretch that ends before it begins": item(0, removed=[{"start": 9, "end": 3, "why": "excluded"}]),
    "another reason": item(0, removed=[{"start": 0, "end": 54, "why": "dull"}]),
    "a doubt that is none": item(0, doubts=["tired"]),
    "items in another order": lambda v: v["items"].reverse(),
    "an attachment without a name": lambda v: v["attachments"][0].pop("name"),
    "an attachment of another type": lambda v: v["attachments"][0].update(type="picture"),
    "an exclusion from an item that is not there": lambda v: v["exclusions"][0].update(item="data/0009.txt"),
    "an exclusion without lines": lambda v: v["exclusions"][0].update(first_line=None),
    "an exclusion of lines in no order": lambda v: v["exclusions"][0].update(first_line=2),
    "a time without a zone": lambda v: v["sealed"].update(utc="2026-11-22T12:00:00"),
    "no such day": lambda v: v["sealed"].update(utc="2026-13-22T12:00:00Z"),
    "before every clock": lambda v: v["sealed"].update(utc="1901-01-22T12:00:00Z"),
    "no tool": lambda v: v.pop("tool"),
    "a part that is not known": lambda v: v.update(more={}),
    "a group that is missing": lambda v: v.pop("urgent"),
    "a group that is a list": lambda v: v.update(urgent=[]),
    "a question that is missing": lambda v: v["urgent"].pop("child_in_danger"),
    "a question that is not asked": lambda v: v["urgent"].update(weather={"answer": "yes"}),
    "an answer of another kind": lambda v: v["urgent"].update(child_in_danger={"answer": "given", "value": "no"}),
    "an answer that is a word": lambda v: v["urgent"].update(child_in_danger="no"),
    "an answer with something more": lambda v: v["urgent"].update(child_in_danger={"answer": "no", "value": "x"}),
    "a date in words": lambda v: v["urgent"].update(last_contact={"answer": "given", "value": "Friday"}),
    "a date in another spelling": lambda v: v["urgent"].update(
        last_contact={"answer": "given", "value": "2026-11-20 18:04"}
    ),
    "I don't know as a text": lambda v: v["urgent"].update(caller_number={"answer": "given", "value": "I don't know"}),
    "a text with blanks around": lambda v: v["urgent"].update(caller_number={"answer": "given", "value": " 1 "}),
    "a question hidden behind not asked": lambda v: v["urgent"].update(caller_number={"answer": "not_asked"}),
    "questions that were not idle": lambda v: v["urgent"].update(meeting_planned={"answer": "yes"}),
    "periods that overlap": lambda v: v["operator_periods"].append(dict(v["operator_periods"][0])),
    "a limit in other words": lambda v: v["operator_periods"][0].update(to="I don't know"),
    "periods that are none": lambda v: v.update(operator_periods={}),
    "no schema": lambda v: v.pop("schema"),
    "another's schema": lambda v: v.update(schema="bagit/1"),
    "a schema that counts from nought": lambda v: v.update(schema="safehand.statement/0"),
    "a schema in other words": lambda v: v.update(schema="safehand.statement/1 "),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_statement_that_breaks_a_rule_is_refused(case: str, statement: Statement) -> None:
    value = json.loads(format_statement(statement))
    BROKEN[case](value)
    with pytest.raises(PackageDamaged) as refused:
        parse_statement(format_canonical(value))
    assert "07700" not in str(refused.value)


def test_a_newer_statement_is_told_from_a_damaged_one(statement: Statement) -> None:
    for schema in ("safehand.statement/5", "safehand.statement/10"):
        value = {**json.loads(format_statement(statement)), "schema": schema, "more": [1]}
        with pytest.raises(PackageFromTheFuture):
            parse_statement(format_canonical(value))


FORM_4: dict[str, Change] = {
    "a period with an end that is not known": lambda v: v["operator_periods"][0].update(to="dont_know"),
    "a period with a beginning that is not known": lambda v: v["operator_periods"][0].update({"from": "dont_know"}),
    "an answer that was not given": lambda v: v["holder"].update(role={"answer": "not_said"}),
    "a question that was not asked for want of a yes": lambda v: v["declarations"].update(
        deleted_by={"answer": "not_asked"}
    ),
}


@pytest.mark.parametrize("case", FORM_4)
def test_what_only_form_4_has_a_place_for_is_read_in_it_and_in_no_other(case: str, statement: Statement) -> None:
    value = json.loads(format_statement(statement))
    with pytest.raises(PackageDamaged):  # form 4 with nothing in it that needs it
        parse_statement(format_canonical({**value, "schema": "safehand.statement/4"}))
    FORM_4[case](value)
    data = format_canonical({**value, "schema": "safehand.statement/4"})
    assert format_statement(parse_statement(data)) == data
    for older in ("safehand.statement/1", "safehand.statement/2", "safehand.statement/3"):
        with pytest.raises(PackageDamaged):
            parse_statement(format_canonical({**value, "schema": older}))


@pytest.mark.parametrize(
    ("earlier", "hidden"),
    [
        ({"answer": "yes"}, "deleted_by"),
        ({"answer": "dont_know"}, "other_platforms"),
        ({"answer": "not_said"}, "told_police_details"),
    ],
)
def test_no_answer_hides_behind_not_asked_in_form_4(earlier: dict[str, str], hidden: str, statement: Statement) -> None:
    value = json.loads(format_statement(statement))
    value["holder"]["role"] = {"answer": "not_said"}
    value["declarations"] |= {"deleted": earlier, "told_police": {"answer": "yes"}, hidden: {"answer": "not_asked"}}
    with pytest.raises(PackageDamaged, match="should have been asked"):
        parse_statement(format_canonical({**value, "schema": "safehand.statement/4"}))


def test_words_that_became_an_answer_in_form_4_stay_a_text_in_older_packages(statement: Statement) -> None:
    value = json.loads(format_statement(statement))
    value["urgent"]["caller_name"] = {"answer": "given", "value": "I would rather not say"}
    data = format_canonical(value)
    assert format_statement(parse_statement(data)) == data
    value["urgent"]["caller_name"]["value"] = "I don't know"
    with pytest.raises(PackageDamaged):
        parse_statement(format_canonical(value))
    value["urgent"]["caller_name"]["value"] = "I would rather not say"
    value["holder"]["role"] = {"answer": "not_said"}
    with pytest.raises(PackageDamaged):
        parse_statement(format_canonical({**value, "schema": "safehand.statement/4"}))


@pytest.mark.parametrize(
    "spelled",
    [
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: data.replace(b'"Sam"', b'"\\u0053am"'),
        lambda data: data.replace(b'"size":', b'"size":1,"size":', 1),
        lambda data: data.replace(b'"bytes":53', b'"bytes":53.0'),
        lambda data: data.replace(b'"bytes":53', b'"bytes":5.3e1'),
        lambda data: data[:-1],
        lambda _: b"",
        lambda _: b"[]",
        lambda _: b"[" * 100_000,
        lambda _: b"1" * 10_000,
        lambda _: b"NaN",
        lambda _: b"\xff",
    ],
)
def test_only_the_one_spelling_is_read(spelled: Callable[[bytes], bytes], statement: Statement) -> None:
    with pytest.raises(PackageDamaged):
        parse_statement(spelled(format_statement(statement)))


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 10**20), st.text(max_size=6), st.floats()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), value=VALUES)
def test_whatever_stands_in_a_field_the_answer_is_an_error_of_ours(
    data: st.DataObject, value: object, statement: Statement
) -> None:
    whole = json.loads(format_statement(statement))
    at: Any = whole
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = value
    written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")
    try:
        assert format_statement(parse_statement(written)) == written
    except SafehandError as err:
        assert isinstance(err, PackageDamaged | PackageFromTheFuture)  # noqa: PT017  any other error escapes
