"""Recipes that both sealers follow: the shell's here, the page's in node (frontend/sealer/tests/shell.ts).

    {"files": [{"path": "Allotment/_chat.txt", "parts": [{"text": "…"}]}], "answers": {"given": {…}}, "clock": …,
     "machine": {…}, "seed": "07…"}

A path with folders is handed over as the folder. ``shell_verdict`` says what Safehand makes of a recipe; ``PageSealer``
asks the page's core for the same.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from safehand.errors import SafehandError
from safehand.model.digest import sha256_of
from safehand.seal.answers import DONT_KNOW, Answers, dont_know_the_rest, read_answer, unanswered
from safehand.seal.machine import Machine
from safehand.seal.periods import read_exclusions, read_periods
from safehand.seal.questions import question
from safehand.seal.statement import format_statement
from safehand.seal.tables import read_tables
from safehand.seal.write import package_pieces, prepare
from safehand.signing.holder import new_holder_key
from safehand.sources.table_map import spell_columns
from sealed_packages import members

Recipe: TypeAlias = dict[str, Any]
Verdict: TypeAlias = dict[str, Any]

ROOT: Final = Path(__file__).parents[2]
MODIFIED: Final = "2026-11-20T18:04:11Z"


def recipe(
    files: list[dict[str, Any]], answers: dict[str, Any] | None = None, *, about: str = "", zone: str | None = "UTC"
) -> Recipe:
    """A recipe with the usual clock, machine and key."""
    return {
        "about": about,
        "files": files,
        "answers": answers or {},
        "clock": "2026-11-22T12:00:00Z",
        "machine": {"system": "Android 15, Chrome 131", "zone": zone, "tool": "safehand-sealer", "version": "0.1.0"},
        "seed": "07" * 32,
    }


def bytes_of(parts: list[dict[str, Any]]) -> bytes:
    """What the parts of a file are, joined."""
    return b"".join(map(_part, parts))


def _part(part: dict[str, Any]) -> bytes:
    if "base64" in part:
        return base64.b64decode(part["base64"])
    data = bytes.fromhex(part["hex"]) if "hex" in part else part["text"].encode()
    return data * int(part.get("times", 1))


@contextmanager
def on_disk(made: Recipe) -> Iterator[tuple[list[Path], Recipe]]:
    """The files of a recipe in a folder: the paths to hand over, and the recipe with each file's place."""
    with tempfile.TemporaryDirectory() as name:
        files, given = [], []
        for number, file in enumerate(made["files"]):
            # A file that stands alone has a folder of its own, so that two may have one name.
            base = Path(name) if "/" in file["path"] else Path(name, f"-{number}")
            path = base / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes_of(file["parts"]))
            moment = datetime.fromisoformat(file.get("modified", MODIFIED)).timestamp()
            os.utime(path, (moment, moment))
            top = base / file["path"].split("/")[0]
            if top not in given:
                given.append(top)
            files.append({"path": file["path"], "disk": str(path)})
        yield given, {**made, "files": files}


def answers_of(raw: dict[str, Any]) -> Answers:
    """The answers of a recipe."""
    given = {}
    for id_, said in raw.get("given", {}).items():
        asked = question(id_)
        assert asked is not None, id_
        given[id_] = read_answer(asked, said)
    tables = [{**row, "columns": spell_columns(row["columns"])} for row in raw.get("tables", [])]
    answers = Answers(
        MappingProxyType(given),
        read_periods(raw.get("operator_periods", []), "answers"),
        read_exclusions(raw.get("exclusions", []), "answers"),
        None,
        read_tables(tables, "answers"),
    )
    match raw.get("rest", True):
        case "asked":
            return dont_know_what_is_asked(answers)
        case rest:
            return dont_know_the_rest(answers) if rest else answers


def dont_know_what_is_asked(answers: Answers) -> Answers:
    """As somebody who goes through the questions one by one, and knows nothing more."""
    while still_open := unanswered(answers):
        answers = answers.with_answer(still_open[0], DONT_KNOW)
    return answers


def shell_tar(made: Recipe, paths: list[Path]) -> tuple[bytes, bytes]:
    """The tar and the statement that the shell makes."""
    moment = datetime.fromisoformat(made["clock"])
    prepared = prepare(
        paths,
        answers_of(made["answers"]),
        clock=lambda: moment.astimezone(UTC),
        machine=Machine(**made["machine"]),
    )
    signer = new_holder_key(lambda _: bytes.fromhex(made["seed"]))
    return b"".join(package_pieces(prepared, signer, lambda _: None)), format_statement(prepared.statement)


def shell_verdict(made: Recipe, paths: list[Path]) -> Verdict:
    """What the shell makes of a recipe: the statement and hashes, or the code of the error."""
    try:
        tar, statement = shell_tar(made, paths)
    except SafehandError as err:
        return {"error": err.code}
    return {
        "statement": statement.decode(),
        "tar_sha256": sha256_of(tar),
        "tar_size": len(tar),
        "members": [
            {"name": name, "sha256": sha256_of(part), "size": int(part[124:135], 8)} for name, part in members(tar)
        ],
    }


class PageSealer:
    """The page's core in a node of its own: a recipe in, a verdict out."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="safehand-sealer-")
        built = Path(self._folder.name)
        build = ["node", "frontend/sealer/build.mjs", str(built), "--tests"]
        subprocess.run(build, cwd=ROOT, check=True, timeout=300)
        self._node = subprocess.Popen(
            ["node", str(built / "shell.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def verdict(self, placed: Recipe) -> Verdict:
        """What the page makes of a recipe whose files are on the disk."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps(placed) + "\n")
        self._node.stdin.flush()
        found: Verdict = json.loads(self._node.stdout.readline())
        return found

    def close(self) -> None:
        """End it."""
        self._node.kill()
        self._node.communicate()
        self._folder.cleanup()
