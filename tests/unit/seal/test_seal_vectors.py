"""The vectors for a second sealer: each gives the bytes, or the problems, that stand in it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from package_vectors import bad, desk, embedded, embedded_in, good, tar_from, verdict_of
from safehand.seal.statement import format_statement, parse_statement

VECTORS = Path(__file__).parents[2] / "vectors" / "package"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json") if path.stem not in {"embedded", "desk"})


def test_there_is_a_vector_for_each_recipe() -> None:
    assert sorted(good() | bad()) == NAMES
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_is_the_one_in_the_vector(name: str) -> None:
    vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    verdict = vector.pop("verdict")
    assert vector == (good() | bad())[name]
    assert verdict_of(vector) == verdict


def test_a_good_statement_reads_back_and_a_bad_vector_is_never_passed() -> None:
    for name in NAMES:
        verdict = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["verdict"]
        if "statement" in verdict:
            data = verdict["statement"].encode()
            assert format_statement(parse_statement(data)) == data
        else:
            assert verdict["error"]
            assert verdict["problems"]


def test_another_key_gives_another_signature_and_the_same_bag() -> None:
    one, other = (
        json.loads((VECTORS / f"good-{name}.json").read_text())["verdict"] for name in ("one-file", "another-key")
    )
    assert one["statement"] == other["statement"]
    differ = [left["name"] for left, right in zip(one["members"], other["members"], strict=True) if left != right]
    assert differ == ["signature/statement.json.sig", "signature/holder.pub", "signature/allowed_signers"]
    assert tar_from(good()["good-one-file"])[0] != tar_from(good()["good-another-key"])[0]


def test_what_is_left_out_is_what_stands_in_the_vectors() -> None:
    vectors = json.loads((VECTORS / "embedded.json").read_text(encoding="utf-8"))
    assert [{**made, "verdict": embedded_in(made)} for made in embedded()] == vectors
    assert {bool(vector["verdict"]) for vector in vectors} == {True, False}


def test_a_desks_files_are_those_in_the_vector() -> None:
    vector = json.loads((VECTORS / "desk.json").read_text(encoding="utf-8"))
    assert desk() == vector
    assert vector["fingerprint"] in vector["desk.pub"]


def test_no_vector_holds_bytes_that_are_no_text() -> None:
    for path in VECTORS.iterdir():
        assert path.stat().st_size < 16_000
        path.read_text(encoding="utf-8")
    assert base64.b64decode("/9j/4A==")[:2] == b"\xff\xd8"  # the one "picture" is four bytes
