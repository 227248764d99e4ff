"""The one-file verifier finds in a package what Safehand's own finds, and says what it leaves to others."""

from __future__ import annotations

import ast
import json
import random
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from package_vectors import bad, changed, desk, good, tar_from
from repository import ROOT
from safehand.model.canonical import format_canonical
from safehand.model.digest import sha256_of
from safehand.seal.acknowledgement import Acknowledgement, sign_acknowledgement
from safehand.seal.handed_over import BEGIN, END, HandedOver, format_handed_over
from safehand.seal.layout import IN_TAG_MANIFEST
from safehand.seal.receipt import Receipt, format_receipt
from safehand.seal.sign import signature_files
from safehand.seal.tar import Header, format_header
from safehand.signing.holder import new_holder_key
from safehand.signing.trust import format_public_key
from sealed_packages import members, tar_with
from verifier_copy import VERIFIER, loaded, run, told

KINDS = ("package", "receipt", "proof", "consistency")
MODULE = loaded()
RECIPE = good()["good-order"]
TAR, STATEMENT = tar_from(RECIPE)
HOLDER = format_public_key(
    Ed25519PrivateKey.from_private_bytes(bytes.fromhex(RECIPE["seed"])).public_key().public_bytes_raw()
)
SEALED = b"age-encryption.org/v1\nand so on"
RECEIPT = Receipt(sha256_of(SEALED), sha256_of(STATEMENT), "2026-11-22T12:00:00Z", HOLDER)


def checked(folder: Path, tar: bytes, *arguments: str | Path) -> tuple[int, str]:
    (folder / "chat.tar").write_bytes(tar)
    return told(MODULE, "package", folder / "chat.tar", *arguments)


def saved(folder: Path, data: bytes, name: str = "receipt.json") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_it_is_one_file_that_imports_nothing_but_pythons_own() -> None:
    tree = ast.parse(VERIFIER.read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert names <= sys.stdlib_module_names
    assert names.isdisjoint({"socket", "urllib", "http", "subprocess", "os", "ssl"})


def test_alone_in_a_folder_it_checks_a_package(tmp_path: Path) -> None:
    (tmp_path / "chat.tar").write_bytes(TAR)
    saved(tmp_path, format_receipt(RECEIPT))
    code, words = run(tmp_path, "package", "chat.tar", "--receipt", "receipt.json")
    assert code == 0, words
    assert "WRONG" not in words
    assert f"The statement is signed by {HOLDER}" in words
    assert "It is the statement of the receipt." in words
    assert "not checked  Who sealed it" in words
    assert run(tmp_path, "package", "-", stdin=TAR)[0] == 0
    assert run(tmp_path, "package", "-", stdin=TAR[:-1])[0] == 1


@pytest.mark.parametrize("name", good())
def test_every_good_vector_is_right(name: str, tmp_path: Path) -> None:
    code, words = checked(tmp_path, tar_from(good()[name])[0])
    assert (code, "WRONG" in words) == (0, False), words


@pytest.mark.parametrize("name", bad())
def test_every_bad_vector_is_wrong(name: str, tmp_path: Path) -> None:
    vector = bad()[name]
    code, words = checked(tmp_path, changed(tar_from(good()[vector["of"]])[0], vector["change"]))
    assert (code, "WRONG" in words) == (1, True), words


def test_a_change_of_any_byte_is_found(tmp_path: Path) -> None:
    dice = random.Random(6)
    for at in [0, 124, 148, 156, 257, 511, len(TAR) - 1, *dice.sample(range(len(TAR)), 120)]:
        tar = bytearray(TAR)
        tar[at] ^= 1 << dice.randrange(8)
        assert checked(tmp_path, bytes(tar))[0] == 1, at


def test_another_hands_package_is_told_by_the_receipt_or_the_key_and_not_without(tmp_path: Path) -> None:
    tar = tar_from({**RECIPE, "seed": "09" * 32})[0]
    assert checked(tmp_path, tar)[0] == 0
    code, words = checked(tmp_path, tar, "--key", HOLDER)
    assert (code, "It is not the key of --key." in words) == (1, True)
    receipt = saved(tmp_path, format_receipt(RECEIPT))
    assert checked(tmp_path, tar, "--receipt", receipt)[0] == 1
    assert checked(tmp_path, TAR, "--receipt", receipt, "--key", HOLDER)[0] == 0
    other = saved(tmp_path, format_receipt(replace(RECEIPT, statement_sha256="0" * 64)))
    code, words = checked(tmp_path, TAR, "--receipt", other)
    assert (code, "another statement than the receipt's" in words) == (1, True)


def forged(**files: bytes | str) -> bytes:
    """The package with these files in it, by another hand that makes all else follow: signature, manifests, times."""
    parts = {name: part[512 : 512 + int(part[124:135], 8)] for name, part in members(TAR)}
    for name, data in files.items():
        path = next(path for path in parts if path.rpartition("/")[2].split(".")[0] == name)
        parts[path] = data.encode() if isinstance(data, str) else data
    if "statement" in files:
        signer = new_holder_key(lambda size: bytes([9]) * size)
        parts |= signature_files(parts["bag/statement.json"], signer)
    tags = "".join(f"{sha256_of(parts[path])}  {path.removeprefix('bag/')}\n" for path in IN_TAG_MANIFEST)
    parts["bag/tagmanifest-sha256.txt"] = tags.encode()
    when = int(members_time(TAR), 8)
    return tar_with([format_header(Header(n, len(d), when)) + d + bytes(-len(d) % 512) for n, d in parts.items()])


def members_time(tar: bytes) -> bytes:
    return tar[136:147]


def test_what_another_hand_made_follow_is_right_and_what_it_cannot_is_wrong(tmp_path: Path) -> None:
    assert checked(tmp_path, forged())[0] == 0
    assert checked(tmp_path, forged(statement=STATEMENT))[0] == 0
    for statement in (
        STATEMENT.replace(b"safehand.statement/1", b"safehand.statement/5"),
        STATEMENT.replace(b'"schema":', b'"schema": '),
        STATEMENT.replace(b'"system":', b'"system":"x","system":'),
        STATEMENT.replace(b'"size":', b'"size":1'),
        STATEMENT.replace(b'"items":[', b'"items":[1,'),
        b"[]",
    ):
        assert checked(tmp_path, forged(statement=statement))[0] == 1, statement
    code, words = checked(tmp_path, forged(README="another\n"))
    assert (code, "Not as they follow: README.txt" in words) == (1, True)


def test_a_file_that_stands_twice_is_wrong_though_its_statement_lists_it_twice(tmp_path: Path) -> None:
    value = json.loads(STATEMENT)
    value["items"].append(value["items"][-1])
    oxum = f"{sum(item['size'] for item in value['items'])}.{len(value['items'])}"
    info = re.sub("Oxum: .*", f"Oxum: {oxum}", dict(members(TAR))["bag/bag-info.txt"][512:].rstrip(b"\0").decode())
    manifest = "".join(f"{item['sha256']}  {item['id']}\n" for item in value["items"])
    tar = forged(statement=format_canonical(value), **{"bag-info": info, "manifest-sha256": manifest})
    last = list(dict(members(tar)).values())[-1]
    code, words = checked(tmp_path, tar[:-1024] + last + bytes(1024))
    assert (code, "files are missing, doubled or not in their order" in words) == (1, True)


def test_times_that_are_not_the_statements_are_wrong(tmp_path: Path) -> None:
    parts = []
    for name, part in members(TAR):
        size = int(part[124:135], 8)
        parts.append(format_header(Header(name, size, 1_700_000_000)) + part[512:])
    code, words = checked(tmp_path, tar_with(parts))
    assert (code, "Not as they follow: the times in the tar" in words) == (1, True)


def test_signatures_and_signers_are_spelled_in_one_way(tmp_path: Path) -> None:
    parts = {name: part[512 : 512 + int(part[124:135], 8)] for name, part in members(TAR)}
    whole = parts["signature/statement.json.sig"]
    lines = whole.split(b"\n")
    for data in (
        whole + b"\n",
        b"\n".join([lines[0], b"".join(lines[1:-2]), *lines[-2:]]),
        whole.replace(b"BEGIN", b"Begin"),
        b"",
        b"\xff",
    ):
        assert checked(tmp_path, _with("signature/statement.json.sig", data))[0] == 1, data
    signers = parts["signature/allowed_signers"]
    for data in (signers * 2, signers.replace(b"holder", b"*"), b""):
        assert checked(tmp_path, _with("signature/allowed_signers", data))[0] == 1, data
    for data in (parts["signature/holder.pub"].replace(b" holder", b" other1"), b"", b"\xff"):
        assert checked(tmp_path, _with("signature/holder.pub", data))[0] == 1, data


def _with(path: str, data: bytes) -> bytes:
    when = int(members_time(TAR), 8)
    made = format_header(Header(path, len(data), when)) + data + bytes(-len(data) % 512)
    return tar_with([made if name == path else part for name, part in members(TAR)])


def test_a_header_with_a_size_below_nothing_is_wrong_at_once(tmp_path: Path) -> None:
    block = bytearray(TAR[:512])
    block[124:136] = b"-0000000001\0"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    code, words = checked(tmp_path, bytes(block) + TAR[512:])
    assert (code, "a header is not as Safehand writes it" in words) == (1, True)


def test_what_is_still_sealed_is_told_as_such(tmp_path: Path) -> None:
    code, words = checked(tmp_path, SEALED)
    assert (code, "still sealed" in words) == (1, True)


def test_names_that_others_wrote_cannot_command_a_terminal(tmp_path: Path) -> None:
    code, words = checked(tmp_path, TAR.replace(b"bag/bagit.txt", b"bag/\x1b[2Jt.txt", 1))
    assert code == 1
    assert "\x1b" not in words


def test_the_guide_tells_of_every_option_and_of_no_other(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guides/court-expert.md").read_text("utf-8")
    helps = [run(tmp_path, kind, "--help")[1] for kind in KINDS]
    options = set(re.findall(r"--[a-z]+", " ".join(helps))) - {"--help"}
    assert set(re.findall(r"--[a-z]+", guide)) == options
    for kind in KINDS:
        assert f"check_safehand.py {kind} " in guide


def test_a_file_that_is_not_there_and_a_word_it_does_not_know_end_with_2(tmp_path: Path) -> None:
    assert run(tmp_path, "package", "nothing.tar")[0] == 2
    assert run(tmp_path, "packages", "chat.tar")[0] == 2
    assert run(tmp_path)[0] == 2


# Receipts.

DESK = desk()
ACKNOWLEDGED = sign_acknowledgement(
    Acknowledgement(sha256_of(SEALED), len(SEALED), "SH-7K3M9QXAR", "2026-11-22T13:00:00Z"),
    Ed25519PrivateKey.from_private_bytes(bytes.fromhex(DESK["secrets"][2])),
)
HANDED = format_handed_over(HandedOver(ACKNOWLEDGED, 1, 0, RECEIPT, None))


def receipt_told(folder: Path, data: bytes, public: str = DESK["desk.pub"], sealed: bytes = SEALED) -> tuple[int, str]:
    files = (saved(folder, data), saved(folder, public.encode(), "desk.pub"), saved(folder, sealed, "a.safehand"))
    return told(MODULE, "receipt", files[0], "--desk", files[1], "--sealed", files[2])


def test_what_a_holder_saved_is_checked_against_the_desk_and_the_sealed_file(tmp_path: Path) -> None:
    for data in (HANDED, b"<!doctype html><p>Receipt</p>" + BEGIN + HANDED + END + b"</html>"):
        code, words = receipt_told(tmp_path, data)
        assert code == 0, words
        assert "SH-7K3M9QXAR" in words
        assert "The sealed file is the one it speaks of." in words
        assert f"have them read out {DESK['fingerprint']} by phone" in words
    code, words = told(MODULE, "receipt", tmp_path / "receipt.json")
    assert (code, "not checked  The desk's signature" in words) == (0, True)


def test_near_misses_of_a_receipt_are_wrong(tmp_path: Path) -> None:
    public: str = DESK["desk.pub"]
    other_desk = public.replace(public[public.index("AAAA") + 30], "A", 1)
    for data in (
        HANDED.replace(b"SH-7K3M9QXAR", b"SH-7K3M9QXAT"),
        HANDED.replace(b'"size":31', b'"size":32'),
        HANDED.replace(b"package_sha256", b"package_sha255"),
        HANDED.replace(b'"files":1', b'"files":1.0'),
        HANDED + b"\n",
        b"{}",
        b"",
    ):
        assert receipt_told(tmp_path, data)[0] == 1, data
    assert receipt_told(tmp_path, HANDED, sealed=SEALED + b"\n")[0] == 1
    assert receipt_told(tmp_path, HANDED, public=other_desk)[0] == 1
    assert receipt_told(tmp_path, HANDED, public=public.replace("recovery", "other"))[0] == 0
    assert (
        receipt_told(tmp_path, HANDED, public=public.replace(DESK["fingerprint"], "K7QM-2D9X-TR4B-08HN-3W2A"))[0] == 1
    )


# Its own Ed25519.

# RFC 8032, 7.1: secret key, message, signature.
PUBLISHED = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("secret", "message", "signature"), PUBLISHED)
def test_the_published_signatures_are_right(secret: str, message: str, signature: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw()
    assert MODULE.is_signed(key, bytes.fromhex(message), bytes.fromhex(signature))
    more = (int.from_bytes(bytes.fromhex(signature)[32:], "little") + MODULE.L).to_bytes(32, "little")
    assert not MODULE.is_signed(key, bytes.fromhex(message), bytes.fromhex(signature)[:32] + more)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_it_agrees_with_another_implementation(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
    assert MODULE.is_signed(public, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not MODULE.is_signed(public, message, bytes(signature))
    assert not MODULE.is_signed(public, message + b"\0", key.sign(message))


def test_what_is_no_key_is_wrong_and_no_accident() -> None:
    assert not MODULE.is_signed(b"", b"", bytes(64))
    assert not MODULE.is_signed(bytes(32), b"", b"")
    for wrong in (b"\xff" * 32, (2).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")):
        with pytest.raises(MODULE.Wrong):
            MODULE.is_signed(wrong, b"", bytes(64))
