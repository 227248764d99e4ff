"""What the repository brings and what it does not: no secret, nothing unpinned, nothing that runs what it reads."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from repository import ROOT, text_of, tracked

SECRET = re.compile(
    r"AGE-SECRET-KEY-1[0-9A-Z]{50,}|-----BEGIN [A-Z ]*PRIVATE KEY-----\n"
    r"|\b(?:ghp|gho|glpat|xox[abp])[-_][A-Za-z0-9]{20,}|\bAKIA[0-9A-Z]{16}\b|://[^/\s:@]+:[^/\s:@]+@"
)
MADE_FOR_TESTS = {"tests/vectors/package/desk.json", "src/safehand/signing/age_identity.py"}
"""The keys of a desk that is none, and the worked example of the age format."""

OLD_DESKS = re.compile(r"tests/vectors/old_desks/[0-9]{3}\.json")
"""Desks that are none either, whole as scripts/old-desk made them, with the keys that open what is in them."""

RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "yaml", "imp", "code", "xmlrpc"}
RUNS_WORDS = {"eval", "exec", "compile", "__import__"}


def test_no_file_holds_a_secret() -> None:
    found = [name for name in tracked() if SECRET.search(text_of(name)) and not name.startswith("tests/unit/docs/")]
    assert {name for name in found if not OLD_DESKS.fullmatch(name)} <= MADE_FOR_TESTS


@pytest.mark.parametrize(
    "text",
    [
        "AGE-SECRET-KEY-1" + "Q" * 58,
        "-----BEGIN OPENSSH PRIVATE KEY-----\n",
        "postgres://desk:allotment@db.example/safehand",
    ],
)
def test_a_secret_would_be_seen(text: str) -> None:
    assert SECRET.search(text)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_part_has_one_version_and_is_checked_against_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    parts = [entry for entry in entries if not entry.startswith("#")]
    assert len(parts) > 20
    for part in parts:
        assert re.match(r"[\w.\[\]-]+==\S+", part), part[:80]
        assert "--hash=sha256:" in part, part[:80]


def test_every_part_of_the_pages_is_checked_against_a_hash() -> None:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    parts = {name: part for name, part in packages.items() if name}
    assert len(parts) > 10
    assert [name for name, part in parts.items() if not part["integrity"].startswith("sha512-")] == []


def test_nothing_is_installed_that_is_not_checked_and_nothing_of_it_runs_on_the_way() -> None:
    assert "--require-hashes -r requirements-dev.lock" in (ROOT / "scripts/install").read_text("utf-8")
    styles = (ROOT / "scripts/styles").read_text("utf-8")
    assert re.search(r"npm .*\bci\b.*--ignore-scripts", styles)
    assert "npm install" not in styles


def code() -> list[Path]:
    return [ROOT / name for name in tracked() if name.startswith("src/") and name.endswith(".py")]


def test_no_code_runs_what_it_reads() -> None:
    """No eval, no pickle, no shell: what a file or a form says is never a command (OWASP ASVS 4.0.3, 5.2.4, 5.5.3)."""
    assert len(code()) > 200
    assert [(path.name, word) for path in code() for word in dangerous(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    ["import pickle", "from yaml import load", "eval(words)", "os.system(words)", "run(words, shell=True)"],
)
def test_code_that_does_would_be_seen(text: str) -> None:
    assert dangerous(text)


def dangerous(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                found += [each.name for each in names if each.name.partition(".")[0] in RUNS_WHAT_IT_READS]
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in RUNS_WHAT_IT_READS:
                found.append(module)
            case ast.Call(func=ast.Name(id=name)) if name in RUNS_WORDS:
                found.append(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen" as name)):
                found.append(name)
            case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                found.append("shell")
    return found
