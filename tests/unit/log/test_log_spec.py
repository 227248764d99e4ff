"""docs/spec/log.md is true: its receipt is believed, by Safehand and by the one-file verifier, for what it says."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path

from log_example import openings, policy, receipt
from repository import ROOT
from safehand.log.audit import Found
from safehand.log.commitment import check_committed, commit, parse_opening
from safehand.log.hashes import leaf_hash
from safehand.log.policy import parse_policy
from safehand.log.proof_file import check_log_proof, parse_log_proof
from verifier_copy import loaded, told

PAGE = (ROOT / "docs/spec/log.md").read_text("utf-8")


def shown(first: str) -> str:
    """The indented text of the page that begins with this."""
    begin = PAGE.index(f"    {first}")
    lines = []
    for line in PAGE[begin:].split("\n"):
        if line and not line.startswith("    "):
            break
        lines.append(line[4:])
    return "\n".join(lines).rstrip("\n") + "\n"


def test_the_receipt_on_the_page_is_the_one_that_is_made() -> None:
    assert shown("c2sp.org/tlog-proof@v1") == receipt()
    assert shown("log plot14").split("\n\n")[0] + "\n" == policy()


def test_it_is_believed_and_opens_what_the_custody_log_shows() -> None:
    proof = parse_log_proof(shown("c2sp.org/tlog-proof@v1"))
    opening = parse_opening(proof.extra or b"")
    leaf = shown("safehand.leaf/1 ").encode()
    check_committed(leaf, opening)
    checkpoint = check_log_proof(proof, leaf_hash(leaf), parse_policy(policy().encode()))
    assert (checkpoint.origin, checkpoint.size) == ("plot14.example/log", 3)
    assert opening.entry.decode() in (ROOT / "docs/spec/custody-log.md").read_text("utf-8")


def test_the_verifier_believes_it_too(tmp_path: Path) -> None:
    (tmp_path / "0.tlog-proof").write_text(receipt(), "utf-8")
    (tmp_path / "policy.txt").write_text(policy(), "utf-8")
    code, words = told(loaded(), "proof", tmp_path / "0.tlog-proof", "--policy", tmp_path / "policy.txt")
    assert code == 0, words
    assert "2026-11-22T10:00:00Z" in words


def test_the_salt_on_the_page_makes_the_leaf_on_the_page() -> None:
    (salt,) = re.findall("hexkey:([0-9a-f]{64})", PAGE)
    opening = openings()[0]
    made = hmac.new(bytes.fromhex(salt), opening.entry, hashlib.sha256).hexdigest()
    assert shown("safehand.leaf/1 ") == f"safehand.leaf/1 {made}\n" == commit(opening).decode()


def test_every_finding_and_every_module_that_the_page_names_is_there() -> None:
    assert set(re.findall("`((?:entry|tile)_[a-z]+|forked)`", PAGE)) == {found.value for found in Found}
    named = set(re.findall("`(log/[a-z_]+\\.py)`", PAGE))
    assert len(named) >= 10
    assert {name for name in named if not (ROOT / "src/safehand" / name).is_file()} == set()
