"""Another's implementation says the same: golang.org/x/mod/sumdb, of Go's own checksum database, as Debian packages it.

It makes roots out of the same entries, and is asked about proofs, notes and tiles, right ones and near misses. Where Go
is absent this is skipped: on Debian it is there with golang-go and golang-golang-x-mod-dev. A Go or a folder of
packages elsewhere is named by SAFEHAND_GO and SAFEHAND_GOPATH.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from log_made import ORIGIN, InMemory, entries_of, key_of, signed, verifier_of
from repository import ROOT
from safehand.log.hashes import leaf_hash
from safehand.log.note import format_note
from safehand.log.tiles import Tile, format_tile_path
from safehand.log.tree import prove_consistency, prove_inclusion, root
from safehand.log.vkey import format_vkey

PROGRAM: Final = ROOT / "tests" / "go" / "check_log.go"
GOPATH: Final = Path(os.environ.get("SAFEHAND_GOPATH", "/usr/share/gocode"))
GO: Final = shutil.which(os.environ.get("SAFEHAND_GO", "go"))

MOST: Final = 36
"""Leaves of the trees of which everything is asked: past 32, so that there is a node of each sort."""
LARGE: Final = 700
"""More than two tiles."""

ENTRIES: Final = entries_of(LARGE)
LOG: Final = InMemory(ENTRIES)

pytestmark = [
    pytest.mark.skipif(GO is None, reason="Go is not installed: Debian's golang-go"),
    pytest.mark.skipif(
        not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir(),
        reason="Go's packages of the checksum database are not here: Debian's golang-golang-x-mod-dev",
    ),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program, built without a network."""
    folder = tmp_path_factory.mktemp("go")
    built = folder / "check_log"
    places = {
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "GOPROXY": "off",
    }
    subprocess.run([str(GO), "build", "-o", built, PROGRAM], check=True, env={**os.environ, **places})
    return built


def spell(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def spell_all(values: list[bytes]) -> list[str]:
    return [spell(value) for value in values]


def flipped(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


def asked(kind: str, *, good: bool = True, **fields: Any) -> dict[str, Any]:
    return {"Kind": kind, "Good": good, **fields}


def roots() -> Iterator[dict[str, Any]]:
    # Of nothing x/mod 0.7.0 says 32 zeros, where RFC 6962 section 2.1 has SHA-256 of nothing.
    for size in (*range(1, MOST), 255, 256, 257, 511, 512, LARGE):
        of_ours = root(size, LOG)
        yield asked("root", Entries=spell_all(ENTRIES[:size]), Root=spell(of_ours))
        yield asked("root", Entries=spell_all(ENTRIES[:size]), Root=spell(flipped(of_ours)), good=False)


def inclusions() -> Iterator[dict[str, Any]]:
    places = [(index, size) for size in range(1, MOST) for index in range(size)]
    places += [(index, size) for size in (256, 257, LARGE) for index in (0, 1, 127, 254, 255, size - 1)]
    for index, size in places:
        proof = prove_inclusion(index, size, LOG)
        right: dict[str, Any] = {
            "Index": index,
            "Size": size,
            "Leaf": spell(leaf_hash(ENTRIES[index])),
            "Root": spell(root(size, LOG)),
            "Proof": spell_all(proof),
        }
        yield asked("inclusion", **right)
        yield asked("inclusion", **{**right, "Leaf": spell(leaf_hash(b"another row"))}, good=False)
        yield asked("inclusion", **{**right, "Proof": spell_all([*proof, bytes(32)])}, good=False)
        for at in range(len(proof)):
            wrong = [*proof[:at], flipped(proof[at]), *proof[at + 1 :]]
            yield asked("inclusion", **{**right, "Proof": spell_all(wrong)}, good=False)


def consistencies() -> Iterator[dict[str, Any]]:
    pairs = [(old, new) for new in range(1, MOST) for old in range(1, new + 1)]
    pairs += [(old, LARGE) for old in (1, 255, 256, 257, 512, 513, 699)]
    for old, new in pairs:
        proof = prove_consistency(old, new, LOG)
        right: dict[str, Any] = {
            "Old": old,
            "Size": new,
            "OldRoot": spell(root(old, LOG)),
            "Root": spell(root(new, LOG)),
            "Proof": spell_all(proof),
        }
        yield asked("consistency", **right)
        yield asked("consistency", **{**right, "OldRoot": spell(flipped(root(old, LOG)))}, good=False)
        yield asked("consistency", **{**right, "Proof": spell_all([*proof, bytes(32)])}, good=False)
        for at in range(len(proof)):
            wrong = [*proof[:at], flipped(proof[at]), *proof[at + 1 :]]
            yield asked("consistency", **{**right, "Proof": spell_all(wrong)}, good=False)


def notes() -> Iterator[dict[str, Any]]:
    for seed in range(40):
        log, key = InMemory(ENTRIES[: seed + 1]), key_of(seed)
        text, vkey = format_note(signed(log, key)), format_vkey(verifier_of(ORIGIN, key))
        yield asked("note", Note=text, Key=vkey)
        yield asked("note", Note=text, Key=format_vkey(verifier_of(ORIGIN, key_of(seed + 1))), good=False)
        yield asked("note", Note=text, Key=format_vkey(verifier_of("other.example", key)), good=False)
        yield asked("note", Note=text.replace("\n", "\n0", 1), Key=vkey, good=False)
        yield asked("note", Note=text.removesuffix("\n"), Key=vkey, good=False)


def tiles() -> Iterator[dict[str, Any]]:
    for level in (0, 1, 7):
        for index in (0, 9, 999, 1000, 1234067, 10**9):
            for width in (1, 17, 256):
                path = format_tile_path(Tile(level, index, width))
                yield asked("tile", Level=level, Index=index, Width=width, Path=path)
                yield asked("tile", Level=level, Index=index + 1, Width=width, Path=path, good=False)


def test_go_says_of_each_what_we_say(program: Path) -> None:
    questions = [*roots(), *inclusions(), *consistencies(), *notes(), *tiles()]
    text = "".join(f"{json.dumps(each)}\n" for each in questions)
    answered = subprocess.run([program], input=text, capture_output=True, text=True, check=False)
    assert answered.returncode == 0, answered.stdout[-2000:] + answered.stderr[-2000:]
    agreed = json.loads(answered.stdout)
    assert sum(agreed.values()) == len(questions)
    assert {kind.split()[0] for kind in agreed} == {"root", "inclusion", "consistency", "note", "tile"}
    assert min(agreed.values()) >= 40


def test_go_would_say_where_it_does_not_agree(program: Path) -> None:
    wrong = {**next(inclusions()), "Good": False}
    answered = subprocess.run([program], input=json.dumps(wrong), capture_output=True, text=True, check=False)
    assert answered.returncode == 1
    assert answered.stdout.startswith("does not agree: ")
