"""The vectors of tests/vectors/package, and how each was made. Run as a program it writes the files again.

    python tests/builders/package_vectors.py tests/vectors/package

Good ones are recipes with the bytes that must come out of them; bad ones are a good one with something done to it, and
the problems that must be found. A second sealer or verifier, in any language, can take them as they are; README.md
there says what each key means. Verdicts are what Safehand said when the vector was made, read and agreed to.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safehand.errors import SafehandError
from safehand.model.digest import sha256_of
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.embedded import EmbeddedScan
from safehand.seal.machine import Machine
from safehand.seal.statement import format_statement
from safehand.seal.tar import Header, format_header, padding
from safehand.seal.write import package_pieces, prepare
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import new_desk_keys
from sealed_packages import checked, members, tar_with

Vector = dict[str, Any]

MACHINE = {"system": "Linux 6.1", "zone": "Europe/London", "tool": "safehand", "version": "0.1.0"}
CLOCK, MODIFIED = "2026-11-22T12:00:00Z", "2026-11-20T18:04:11Z"
CHAT = "09/01/2026, 22:27 - Priya: The allotment gate is open\n09/01/2026, 22:28 - Sam: Football is at ten\n"
SEED = "07" * 32
PICTURE = {"text": "AbC4/", "times": 300}
ALLOTMENT = {"name": "_chat.txt", "parts": [{"text": CHAT}]}

ANSWERED = """\
[urgent]
child_in_danger = "no"
meeting_planned = true
meeting_when = "2026-11-24 15:30"
meeting_where = "By the station, platform 2"
caller_number = "07700 900123"
last_contact = 2026-11-20T18:04:00Z

[holder]
role = "parent_or_carer"

[declarations]
deleted = "no"

[images]
present = "no"

[[operator_periods]]
account = "the account of Sam"
who = "parent_or_carer"
from = 2026-11-20T18:00:00

[[operator_periods]]
account = "the account of Sam"
who = "child"
to = 2026-11-20T18:00:00

[[exclusions]]
file = "_chat.txt"
first_line = 2
last_line = 2
reason = "Another family’s football."
"""


UNSAID = """\
[holder]
role = "I would rather not say"

[urgent]
caller_name = "I would rather not say"
child_in_danger = "no"
meeting_planned = "I would rather not say"

[undertaking]
keep_private = "I would rather not say"

[[operator_periods]]
account = "the account of Sam"
who = "parent_or_carer"
from = "I don't know"

[[operator_periods]]
account = "the account of Sam"
who = "child"
to = "I don't know"

[[operator_periods]]
account = "the account of Alex"
who = "child"
from = 2026-11-20
to = "I don't know"
"""

STATED = """\
[[tables]]
file = "sorted.tsv"
columns = "sender=1, time=2, text=3"
time_format = "unix"

[[tables]]
file = "chat.csv"
columns = "time=1,sender=2,text=3"
time_format = "DD/MM/YYYY HH:MM"
delimiter = "semicolon"
"""


def good() -> dict[str, Vector]:
    """Recipes that are sealed."""
    return {
        "good-one-file": _recipe("One file, and nothing known.", [ALLOTMENT]),
        "good-another-key": {
            **_recipe("The same with another key: the bag is the same.", [ALLOTMENT]),
            "seed": "08" * 32,
        },
        "good-answers": _recipe("Answers, periods and lines left out.", [ALLOTMENT], ANSWERED),
        "good-order": _recipe(
            "Files are ordered by their names' bytes, whatever order they come in; pictures are listed.",
            [
                {"name": "é.txt", "parts": [{"text": "café\n"}]},
                {"name": "message_1.JSON", "parts": [{"text": "{}"}]},
                {"name": "Chat.html", "parts": []},
                {"name": "IMG-0001.jpg", "parts": [{"base64": "/9j/4A=="}]},
                ALLOTMENT,
                {"name": "notes.txt", "parts": [{"base64": "/wAN"}]},
            ],
        ),
        "good-picture": _recipe(
            "A picture inside JSON is left out.",
            [
                {
                    "name": "message_1.json",
                    "parts": [{"text": '{"photo":"data:image/jpeg;base64,'}, PICTURE, {"text": '==","text":"hello"}'}],
                }
            ],
        ),
        "good-not-said": _recipe(
            "What the holder would rather not say, and when nobody knows who typed: form 4.", [ALLOTMENT], UNSAID
        ),
        "good-table": _recipe(
            "Tables: which column is what, and how the times are written, as the holder said.",
            [
                {"name": "sorted.tsv", "parts": [{"text": "From\tWhen\tWords\nPriya\t1682157600\tThe gate is open\n"}]},
                {"name": "chat.csv", "parts": [{"text": "Date;From;Message\n22/04/2023 10:00;Sam;Football at ten\n"}]},
                {"name": "other.csv", "parts": [{"text": "one,two\n1,2\n"}]},
            ],
            STATED,
        ),
        "good-zip": _recipe(
            "Members of a ZIP, named with their archive.",
            [
                {
                    "name": "WhatsApp Chat - Allotment.zip",
                    "members": [ALLOTMENT, {"name": "IMG-0002.jpg", "parts": [{"text": "no picture"}]}],
                }
            ],
        ),
    }


def bad() -> dict[str, Vector]:
    """Tars with something done to them."""
    of = "good-order"
    return {
        "bad-cut": _bad("The tar ends too early.", of, {"cut": -1100}),
        "bad-no-end": _bad("The two last blocks are missing.", of, {"cut": -1024}),
        "bad-more": _bad("Something stands after the end.", of, {"append": "00" * 512}),
        "bad-empty": _bad("Nothing is inside.", of, {"cut": 0}),
        "bad-missing": _bad("A file is missing.", of, {"drop": "bag/data/0002.txt"}),
        "bad-missing-statement": _bad("The statement is missing.", of, {"drop": "bag/statement.json"}),
        "bad-missing-signature": _bad("The signature is missing.", of, {"drop": "signature/statement.json.sig"}),
        "bad-extra": _bad("A file too many.", of, {"add": "bag/data/0006.txt", "text": "more\n"}),
        "bad-elsewhere": _bad("A name that leads elsewhere.", of, {"add": "../evil.txt", "text": "more\n"}),
        "bad-twice": _bad("A file is there twice.", of, {"again": "bag/data/0001.html"}),
        "bad-order": _bad("A file stands where another should.", of, {"move": "bag/data/0003.json", "to": 0}),
        "bad-payload": _bad("A word was changed.", of, {"replace": "allotment gate", "with": "allotment door"}),
        "bad-manifest": _bad(
            "The manifest was changed.", of, {"replace": "  data/0001.html", "with": "  data/0009.html"}
        ),
        "bad-readme": _bad(
            "The README was changed.", of, {"replace": "Safehand is not needed", "with": "Safehand is now needed"}
        ),
        "bad-statement": _bad(
            "An answer was changed.", of, {"replace": '"answer":"dont_know"', "with": '"answer":"DONT_KNOW"'}
        ),
        "bad-signer": _bad(
            "holder.pub is another's.", of, {"take": "signature/holder.pub", "from": "good-another-key"}
        ),
        "bad-signature": _bad(
            "The signature is of another statement.",
            of,
            {"take": "signature/statement.json.sig", "from": "good-one-file"},
        ),
        "bad-header": _bad(
            "The owner in a header was changed.",
            of,
            {"replace": "0000000\u00000000000\u0000", "with": "0000001\u00000000000\u0000"},
        ),
        "future": _bad(
            "A statement of a newer form, which its own bag vouches for. It is not damage.",
            of,
            {"only": {"bag/statement.json": '{"schema":"safehand.statement/5"}', "bag/tagmanifest-sha256.txt": None}},
        ),
    }


def embedded() -> list[Vector]:
    """Stretches that are left out as pictures, or left as they are."""
    return [
        _embedded("a data: URI", {"text": '{"p":"data:image/gif;base64,R0lGODlhAQABAAAAACw="}'}),
        _embedded("a mark and too little after it", {"text": "see ;base64,SGVsbG8="}),
        _embedded("a long run", {"text": '"'}, PICTURE, {"text": '"'}),
        _embedded("the shortest run", {"text": " "}, {"text": "AbC4/" * 204 + "AbC4"}, {"text": " "}),
        _embedded("a run that is too short", {"text": " "}, {"text": "AbC4/" * 204 + "AbC"}, {"text": " "}),
        _embedded("a run with padding", {"text": "AbC4/" * 204 + "AbC="}, {"text": " more"}),
        _embedded("one letter", {"text": "a", "times": 5000}),
        _embedded("no sign among the letters", {"text": "AbC4x", "times": 500}),
        _embedded("part of an address", {"text": "https://trains.example/x?y="}, PICTURE),
        _embedded("part of an address in JSON", {"text": '"https:\\/\\/trains.example\\/'}, PICTURE, {"text": '"'}),
        _embedded("after an address", {"text": "https://trains.example/ "}, PICTURE),
        _embedded("slashes escaped in JSON", {"text": '"'}, {"text": "AbC4\\/", "times": 300}, {"text": '"'}),
        _embedded("escapes of JSON before it", {"text": '"caf\\u00e9'}, PICTURE, {"text": '\\n"'}),
        _embedded(
            "plus and equals escaped", {"text": '"'}, {"text": "AbC4/\\u002b", "times": 200}, {"text": '\\u003d"'}
        ),
        _embedded("lines of 75", {"text": "Photo:\n"}, {"text": "AbC4/" * 15 + "\n", "times": 20}, {"text": "\nHi"}),
        _embedded("lines of a mail", {"text": "AbC4/" * 15 + "A\r\n", "times": 20}, {"text": "AbC4AbC=\r\n--end\r\n"}),
        _embedded("lines in JSON", {"text": '"'}, {"text": "AbC4/" * 15 + "\\r\\n", "times": 20}, {"text": 'AbC4"'}),
        _embedded("words, one to a line", {"text": "Football-7/A\n", "times": 300}),
        _embedded("a boundary after the lines", {"text": "AbC4/" * 15 + "\n", "times": 20}, {"text": "--part--\n"}),
        _embedded("two, with a comma between", PICTURE, {"text": ","}, PICTURE),
    ]


def desk() -> Vector:
    """A desk's keys from known secrets."""
    secrets = ["01", "02", "03"]
    with tempfile.TemporaryDirectory() as folder:
        left = iter(secrets)
        made = new_desk_keys(
            Path(folder), "Allotment Road Unit", clock=lambda: datetime.fromisoformat(CLOCK),
            random=lambda size: bytes.fromhex(next(left)) * size,
        )  # fmt: skip
        public, own = (Path(folder) / name for name in ("desk.pub", "desk.agekey"))
        return {
            "about": "desk.pub from known secrets: the desk's, the recovery key's, the signing key's.",
            "secrets": [secret * 32 for secret in secrets],
            "unit": made.unit,
            "clock": CLOCK,
            "fingerprint": made.fingerprint,
            "desk.pub": public.read_text(),
            "desk.agekey": own.read_text(),
        }


def tar_from(recipe: Vector) -> tuple[bytes, bytes]:
    """The tar that a recipe gives, and the statement in it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [_write(Path(folder), file) for file in recipe["files"]]
        prepared = prepare(
            paths, dont_know_the_rest(parse_answers(recipe["answers"].encode())),
            clock=lambda: datetime.fromisoformat(recipe["clock"]), machine=Machine(**recipe["machine"]),
        )  # fmt: skip
        signer = new_holder_key(lambda _: bytes.fromhex(recipe["seed"]))
        return b"".join(package_pieces(prepared, signer, lambda _: None)), format_statement(prepared.statement)


def verdict_of(vector: Vector) -> Vector:
    """What Safehand makes of a vector."""
    if "files" in vector:
        tar, statement = tar_from(vector)
        return {
            "statement": statement.decode(),
            "tar_sha256": sha256_of(tar),
            "tar_size": len(tar),
            "members": [
                {"name": name, "size": int(part[124:135], 8), "sha256": sha256_of(part)} for name, part in members(tar)
            ],
        }
    report = checked(changed(tar_from(good()[vector["of"]])[0], vector["change"]))
    try:
        report.raise_if_failed()
    except SafehandError as err:
        problems = [[problem.file, str(problem.code)] for problem in report.problems]
        return {"error": err.code, "problems": sorted(problems)}
    return {"error": None, "problems": []}


def embedded_in(vector: Vector) -> list[list[int]]:
    """The stretches found in the parts of a vector."""
    scan = EmbeddedScan()
    scan.feed(bytes_of(vector["parts"]))
    return [[removed.start, removed.end] for removed in scan.finish()]


def changed(tar: bytes, change: Vector) -> bytes:
    """A tar with one thing done to it."""
    match change:
        case {"cut": int(size)}:
            return tar[:size]
        case {"append": str(digits)}:
            return tar + bytes.fromhex(digits)
        case {"replace": str(old), "with": str(new)} if old.encode() in tar:
            return tar.replace(old.encode(), new.encode(), 1)
        case _:
            return tar_with(_changed_members(dict(members(tar)), change))


def _changed_members(parts: dict[str, bytes], change: Vector) -> list[bytes]:
    out = list(parts.values())
    match change:
        case {"drop": str(name)}:
            out.remove(parts[name])
        case {"again": str(name)}:
            out.append(parts[name])
        case {"move": str(name), "to": int(place)}:
            out.remove(parts[name])
            out.insert(place, parts[name])
        case {"take": str(name), "from": str(other)}:
            out[list(parts).index(name)] = dict(members(tar_from(good()[other])[0]))[name]
        case {"add": str(name), "text": str(text)}:
            out.append(_member(name, text.encode()))
        case {"only": dict(files)}:
            (statement,) = [text for text in files.values() if text is not None]
            tags = f"{sha256_of(statement.encode())}  statement.json\n"
            out = [_member(name, (tags if text is None else text).encode()) for name, text in files.items()]
        case _:
            raise AssertionError(f"no such change: {change}")
    return out


def bytes_of(parts: list[Vector]) -> bytes:
    """What the parts of a file are, joined."""
    return b"".join(
        base64.b64decode(part["base64"]) if "base64" in part else part["text"].encode() * part.get("times", 1)
        for part in parts
    )


def _recipe(about: str, files: list[Vector], answers: str = "") -> Vector:
    return {"about": about, "files": files, "answers": answers, "clock": CLOCK, "machine": MACHINE, "seed": SEED}


def _bad(about: str, of: str, change: Vector) -> Vector:
    return {"about": about, "of": of, "change": change}


def _embedded(about: str, *parts: Vector) -> Vector:
    return {"about": about, "parts": list(parts)}


def _member(name: str, data: bytes) -> bytes:
    time = int(datetime.fromisoformat(CLOCK).timestamp())
    return format_header(Header(name, len(data), time)) + data + bytes(padding(len(data)))


def _write(folder: Path, file: Vector) -> Path:
    path = folder / str(file["name"])
    if "members" in file:
        with zipfile.ZipFile(path, "w") as archive:
            for member in file["members"]:
                entry = zipfile.ZipInfo(member["name"], (2026, 11, 20, 18, 4, 10))
                archive.writestr(entry, bytes_of(member["parts"]))
    else:
        path.write_bytes(bytes_of(file["parts"]))
    moment = datetime.fromisoformat(MODIFIED).replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def main(folder: Path) -> None:
    """Write every vector."""
    for name, vector in (good() | bad()).items():
        _save(folder / f"{name}.json", {**vector, "verdict": verdict_of(vector)})
    _save(folder / "embedded.json", [{**vector, "verdict": embedded_in(vector)} for vector in embedded()])
    _save(folder / "desk.json", desk())


def _save(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
