"""The recipes of tests/vectors/sealer: what two sealers, one in Python and one in a browser, must make the same of.

    python tests/builders/sealer_vectors.py tests/vectors/sealer

Each is a recipe (sealer_recipes.py) with the bytes that must come out of it, or the code of the error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sealer_answer_vectors import answer_vectors
from sealer_recipes import Recipe, on_disk, recipe, shell_verdict
from zip_made import PICTURE, STORED, Member, deflate, streamed, zip_of

File = dict[str, Any]

CHAT = "09/01/2026, 22:27 - Priya: The allotment gate is open\n09/01/2026, 22:28 - Sam: Football is at ten\n"
_DATA = CHAT.encode()
_PIECE = 1 << 20
_LETTERS = "AbC4/"


def vectors() -> dict[str, Recipe]:
    """Each by its name."""
    return _files() | _zips() | _left_out() | answer_vectors([file("_chat.txt", CHAT)]) | _refused()


def file(path: str, *parts: File | str, modified: str | None = None) -> File:
    """A file of a recipe; a text may stand for a part."""
    told = [{"text": part} if isinstance(part, str) else part for part in parts]
    return {"path": path, "parts": told, **({} if modified is None else {"modified": modified})}


def zip_file(path: str, *members: Member) -> File:
    """A ZIP of these members."""
    return {"path": path, "parts": [{"hex": zip_of(members).data.hex()}]}


def _files() -> dict[str, Recipe]:
    return {
        "whatsapp-text": recipe([file("_chat.txt", CHAT)], about="A chat as one text."),
        "empty-file": recipe([file("_chat.txt")], about="A file of no bytes."),
        "byte-order-mark": recipe([file("_chat.txt", "\ufeff" + CHAT)], about="A byte order mark stays."),
        "line-ends": recipe([file("_chat.txt", CHAT.replace("\n", "\r\n"))], about="Line ends stay as they are."),
        "utf-16": recipe(
            [file("table.csv", {"hex": ("\ufeff" + CHAT).encode("utf-16-le").hex()})], about="UTF-16 is not changed."
        ),
        "folder": recipe(
            [
                file("Allotment/message_1.json", '{"messages":[]}'),
                file("Allotment/photos/1.jpg", "no picture"),
                file("Allotment/photos/._note.txt", "no text"),
                file("Allotment/deep/er/notes.html", "<p>Homework</p>"),
            ],
            about="A folder: its own name stands before the path of each file.",
        ),
        "order": recipe(
            [
                file(name, CHAT if name < "b" else "Football\n")
                for name in ("b.txt", "\U0001f600.txt", "\uff21.txt", "é.txt", "Z.txt", "a.txt", "b.txt")
            ],
            about="Items stand in the order of their names' bytes, then of their hashes.",
        ),
        "names": recipe(
            [file("cha\nt.txt", CHAT), file("a.tx\x7ft", "no text"), file("K.T\u212aT", "no text"), file("notes", "x")],
            about="Control characters in names, and endings that only look like one.",
        ),
        "times": recipe(
            [
                file("a.txt", "a", modified="2001-02-03T04:05:06.999+00:00"),
                file("b.txt", "b", modified="1969-12-31T23:59:58.500+00:00"),
            ],
            about="Whole seconds, rounded down.",
        ),
        "no-zone": recipe([file("_chat.txt", CHAT)], zone=None, about="A machine that does not say its zone."),
        "table": recipe(
            [file("chat.csv", "When;Who;What\n22/04/2023 10:00;Priya;Hello\n"), file("a.tsv", "1\t2\t3\n")],
            {
                "tables": [
                    {
                        "file": "chat.csv", "columns": {"time": 1, "sender": 2, "text": 3},
                        "time_format": " DD/MM/YYYY HH:MM ", "delimiter": "semicolon",
                    },
                    {"file": "a.tsv", "columns": {"time": 3, "sender": 2, "text": 1, "id": 9}, "time_format": "iso"},
                ]
            },
            about="Which column is what, as the holder says: a statement of form 3.",
        ),
    }  # fmt: skip


def _zips() -> dict[str, Recipe]:
    name = "WhatsApp Chat - Allotment.zip"
    cut = deflate(_DATA * 50)
    return {
        "zip-with-media": recipe(
            [
                zip_file(
                    name,
                    Member(b"_chat.txt", _DATA),
                    Member(b"IMG-0001.jpg", PICTURE, method=STORED),
                    Member(b"VID-0002.mp4", b"no film", method=STORED),
                    Member(b"PTT-0003.opus", b"no sound", method=STORED),
                    Member(b"card.vcf", b"no card"),
                )
            ],
            about="A chat with media: those are listed.",
        ),
        "zip-hostile-names": recipe(
            [
                zip_file(
                    "export.zip",
                    *(
                        Member(raw, _DATA)
                        for raw in (
                            b"../../etc/chat.txt", b"/chat.txt", b"C:\\chat.txt", b"chat.txt\0.jpg", b"a.jpg\0.txt",
                            b"caf\x82.txt", b"cha\nt.txt", "ok\u202eexe.txt".encode(), b"_chat.txt", b"_chat.txt",
                            b"", b"__MACOSX/._chat.txt", b"Thumbs.db", "\ufb01le.TXT".encode(),
                        )
                    ),
                    Member(b"inbox\\message_1.json", b"{}", made_on=0),
                    Member(b"inbox/", attributes=0o40755 << 16),
                    Member(b"link.txt", b"/etc/hosts", attributes=0o120777 << 16),
                )
            ],
            about="Names that point elsewhere, that are no text, that stand twice.",
        ),
        "zip-streamed": recipe(
            [zip_file(name, streamed(b"_chat.txt", _DATA), Member(b"no-date.txt", _DATA, dos_date=0, zip64=True))],
            about="Sizes behind the data, 64-bit sizes, and a date that is none.",
        ),
        "zip-damaged": recipe(
            [
                zip_file(
                    name,
                    Member(b"cut.txt", _DATA * 50, packed=cut[:90]),
                    Member(b"broken.txt", _DATA * 50, packed=cut[:90] + b"\xff" * 40),
                    Member(b"checksum.txt", _DATA, crc32=1),
                    Member(b"longer.txt", _DATA * 50, size=100),
                    Member(b"behind.txt", _DATA, packed=deflate(_DATA) + b"hidden"),
                    Member(b"nothing.txt", _DATA, packed=b"\x07"),
                )
            ],
            about="Damaged members are read as far as they go, with a doubt.",
        ),
        "zip-refused-members": recipe(
            [
                zip_file(
                    name,
                    Member(b"_chat.txt", _DATA),
                    Member(b"locked.txt", _DATA, flags=1),
                    Member(b"bzip2.txt", _DATA, method=12, packed=_DATA),
                    Member(b"bomb.txt", b"", size=11 << 20, packed=deflate(b"a" * (11 << 20), 9)),
                    Member(b"picture.txt", PICTURE),
                    Member(b"inner.zip", zip_of([Member(b"_chat.txt", _DATA)]).data),
                    Member(b"other.txt", _DATA, local_name=b"game5.txt"),
                )
            ],
            about="Members that are not opened, each for its reason.",
        ),
        "zip-in-a-folder": recipe(
            [
                zip_file("Chats/a.zip", Member(b"_chat.txt", _DATA)),
                file("Chats/b.zip", "no archive"),
                zip_file("Chats/c.zip", Member(b"_chat.txt", _DATA), Member(b"more.txt", _DATA, header=0)),
            ],
            about="Of archives in a folder, those that are not safe are listed.",
        ),
    }  # fmt: skip


def _left_out() -> dict[str, Recipe]:
    run = {"text": _LETTERS, "times": 300}
    lines = "".join(f"line {number}\n" for number in range(1, 9))
    border = [
        {"text": " ", "times": _PIECE - 700}, run, {"text": '"', "times": 1}, {"text": " ", "times": _PIECE - 2000},
        {"text": '{"p":"data:image/png;base64,'}, {"text": _LETTERS, "times": 500_000}, {"text": '=="}\n'},
        {"text": _LETTERS * 15 + "A\r\n", "times": 30_000}, {"text": "AbC4AbC=\r\n--end\r\n"},
    ]  # fmt: skip
    return {
        "json-data-uri": recipe(
            [file("message_1.json", '{"photo":"data:image/jpeg;base64,', run, '","text":"Homework"}')],
            about="A picture written as text is left out.",
        ),
        "across-pieces": recipe(
            [{"path": "mail.html", "parts": border}],
            about="Runs that begin, end and go on where a sealer that reads in pieces has its borders.",
        ),
        "looks-like-one": recipe(
            [
                file("a.txt", "https://trains.example/x?y=", run),
                file("b.txt", '"', {"text": "AbC4\\/", "times": 300}, '"'),
                file("c.txt", "caf\\u00e9", run, '\\n"'),
                file("d.txt", {"text": "Football-7/A\n", "times": 300}),
            ],
            about="Web addresses, escapes, and words one to a line.",
        ),
        "exclusions": recipe(
            [
                file("_chat.txt", lines), file("last.txt", "one\ntwo"), file("empty.txt", "\n\n\nfour\n"),
                file("other.txt", CHAT), file("crlf.txt", "one\r\ntwo\r\n"),
            ],
            {
                "exclusions": [
                    {"file": "_chat.txt", "reason": "Another family's chat.", "first_line": 3, "last_line": 5},
                    {"file": "_chat.txt", "reason": "So is this.\n", "first_line": 1, "last_line": 1},
                    {"file": "last.txt", "reason": "é \U0001f600", "first_line": 2, "last_line": 2},
                    {"file": "empty.txt", "reason": "nothing", "first_line": 2, "last_line": 2},
                    {"file": "crlf.txt", "reason": "x", "first_line": 1, "last_line": 2},
                    {"file": "other.txt", "reason": "Not this one."},
                ]
            },
            about="Lines, a last line without an end, an empty line, and a whole file.",
        ),
        "excluded-picture": recipe(
            [file("a.txt", "one\n", ";base64,", run, "\n", {"text": _LETTERS * 15 + "\n", "times": 40}, "end\n")],
            {"exclusions": [{"file": "a.txt", "reason": "x", "first_line": 10, "last_line": 12}]},
            about="What the holder left out of the middle of what may be a picture is not counted twice.",
        ),
    }  # fmt: skip


def _refused() -> dict[str, Recipe]:
    header = "ts,ds,conversation_id,convo_type,user_id,name,text,is_filtered_o13\n1,2,3,4,5,6,7,8\n"
    chat = file("_chat.txt", CHAT)
    return {
        "refused-files": recipe(
            [
                chat,
                file("picture.txt", {"hex": PICTURE.hex()}),
                file("document.json", "%PDF-1.7"),
                file("chat.db", "no database"),
                file("photo.jpg", "no picture"),
                file("Chat records.csv", header),
            ],
            about="What is named as text and is none, a message database, and a return.",
        ),
        "error-pictures-alone": recipe([file("photo.jpg", "no picture")], about="No text to seal."),
        "error-unanswered": recipe([chat], {"rest": False}, about="Questions are open."),
        "error-overlap": recipe(
            [chat],
            {
                "exclusions": [
                    {"file": "_chat.txt", "reason": "x", "first_line": 1, "last_line": 1},
                    {"file": "_chat.txt", "reason": "x"},
                ]
            },
            about="Two exclusions of one line.",
        ),
        "error-no-such-line": recipe(
            [chat],
            {"exclusions": [{"file": "_chat.txt", "reason": "x", "first_line": 3, "last_line": 3}]},
            about="A line that is not there.",
        ),
        "error-periods": recipe(
            [chat],
            {
                "operator_periods": [
                    {"account": "Sam", "who": "child", "to": "2026-11-20"},
                    {"account": "Sam", "who": "holder", "from": "2026-11-20T23:59:59"},
                ]
            },
            about="Two periods of one account overlap.",
        ),
        "error-no-archive": recipe([file("export.zip", CHAT)], about="A chat that was named .zip."),
        "error-everything-left-out": recipe(
            [chat], {"exclusions": [{"file": "_chat.txt", "reason": "x"}]}, about="Nothing is left to seal."
        ),
    }


def with_verdict(made: Recipe) -> Recipe:
    """The recipe with what the shell makes of it."""
    with on_disk(made) as (paths, _):
        return {**made, "verdict": shell_verdict(made, paths)}


def main(folder: Path) -> None:
    """Write every vector."""
    for name, made in vectors().items():
        text = json.dumps(with_verdict(made), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
