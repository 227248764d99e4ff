"""Every sentence that a holder can read, wherever it is written: files of words, templates, scripts, the shell.

for where, sentence in holder_sentences(): …
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from safehand.seal.sentences import with_sentences

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "src" / "safehand" / "seal" / "data"
FILES: Final = ("sentences.json", "holder-words.json", "sealer-words.json", "questions.json", "holder-messages.json")
TEMPLATES: Final = ROOT / "src" / "safehand" / "desk" / "handover" / "templates"
SCRIPTS: Final = (ROOT / "frontend" / "sealer" / "src", ROOT / "frontend" / "scripts")
FOR_OFFICERS: Final = ("inbox.js", "reader.js", "timeline.js", "progress.js")
"""Scripts of the desk's own pages."""

SHELL: Final = ("urgent.py", "seal.py", "ask.py", "sealer.py", "verify_receipt.py")
"""Commands that a holder runs."""

_CODE: Final = re.compile(r"\$\{[^}]*(?:\}|$)")
"""What a script puts into its words, also where a sentence's end cuts it short."""

_STRING: Final = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
_COMMENT: Final = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
_MARKUP: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]+>", re.DOTALL)
_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+|\n+")


def holder_sentences() -> Iterator[tuple[str, str]]:
    """Each with the name of the file it stands in."""
    for name, words in _all():
        for sentence in _SENTENCE.split(_CODE.sub("…", words)):
            if re.search("[A-Za-z]{2}", sentence) and not sentence.startswith("https://"):
                yield name, " ".join(sentence.split())


def _all() -> Iterator[tuple[str, str]]:
    for name in FILES:
        yield from ((name, words) for words in _of_json(with_sentences(json.loads((DATA / name).read_text("utf-8")))))
    for path in sorted(TEMPLATES.rglob("*.html")):
        # What stands between two marks is read by itself.
        yield from ((path.name, words) for words in _MARKUP.sub("\n", path.read_text("utf-8")).splitlines())
    for folder in SCRIPTS:
        for path in sorted((*folder.rglob("*.ts"), *folder.rglob("*.js"))):
            if path.name not in FOR_OFFICERS:
                yield from ((path.name, words) for words in _of_script(path.read_text("utf-8")))
    for name in SHELL:
        tree = ast.parse((ROOT / "src" / "safehand" / "cli" / name).read_text("utf-8"))
        strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        yield from ((name, words) for words in strings if isinstance(words, str) and " " in words)


def _of_json(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for inside in value:
                yield from _of_json(inside)
        case dict():
            for key, inside in value.items():
                if key != "about":
                    yield from _of_json(inside)


def _of_script(text: str) -> Iterator[str]:
    for found in _STRING.finditer(_COMMENT.sub("", text)):
        words = next(group for group in found.groups() if group is not None)
        if " " in words.strip():
            yield words.replace('\\"', '"').replace("\\'", "'")
