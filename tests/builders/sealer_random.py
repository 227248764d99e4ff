"""Recipes drawn at random, near to what breaks a sealer: runs of base64 of every length, archives with one bit changed.

    PYTHONPATH=src:tests/builders python tests/builders/sealer_random.py SECONDS SEED

Run as a program it lets both sealers follow recipes until the time is over, and writes those of which they make two
things. tests/unit/sealer draws some in every run.
"""

from __future__ import annotations

import json
import sys
import time
import zlib
from pathlib import Path
from random import Random
from typing import Any, Final

from safehand.seal.questions import QUESTIONS, WHO_TYPED, Kind, Question
from sealer_recipes import PageSealer, Recipe, on_disk, recipe, shell_verdict
from zip_made import PICTURE, Member, deflate, zip_of

_BASE64: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_WORDS: Final = ("allotment", "football", "homework", "é", "\U0001f600", "at ten", "09/01/2026, 22:27 - Priya:")
_NAMES: Final = (
    "_chat.txt", "a.json", "x.TXT", "no_ending", "p.jpg", "v.mp4", ".txt", "t\x0b.txt", "ü.txt", "\U0001f600.txt",
    "\ufb01.txt", "b.csv", "a.zip", "chat.db", "x.c++", "K.T\u212aT", "a.tx\nt", "c.html", "back\\slash.txt",
    "data.eml",
)  # fmt: skip
_IN_ZIPS: Final = (
    *_NAMES,
    "inbox/message_1.json",
    "__MACOSX/._a.txt",
    "../a.txt",
    "/a.txt",
    "C:\\a.txt",
    "",
    "a\0.txt",
)
_SAID: Final = (
    "x", "", " a ", "é\U0001f600", "a\r\nb", "\u00a0I don\u2019t know. ", "UNKNOWN", "dont_know...", "tab\there",
    "\x1fz\x1f", "\ufeffmark\ufeff", "\x85n\x85", "a" * 4000, "a" * 4001, "\U0001f600" * 4000, "c\rd", "bell\x07",
    "\u2028line", '"q"\\', "K\u212a", "I\u2019d RATHER not say. ", "rather not \u017fay", "not_said",
)  # fmt: skip
_WHEN: Final = (
    "2026-11-24", "2026-11-24T15:30", "2026-11-24 15:30:05", "2026-11-24T15:30:00Z", "2026-11-24T15:30+01:00",
    "2026-11-24T15:30-00:00", "2026-11-24T15:30:01+23:59", "2026-11-24T15:30+24:00", "2026-11-24T15:30+01:75",
    "2026-02-29", "2024-02-29", "1969-01-01", "2199-12-31", "2200-01-01", "2026-13-01", "x", "0000-01-01",
    "2026-11-24T24:00", "2026-11-24T23:59:60", "2026-11-24T23:60", "I don't know", "rather not say",
)  # fmt: skip
_LIMITS: Final = (
    "2026-01-01",
    "2026-02-01T10:00",
    "2026-02-01",
    "2026-02-01T10:00Z",
    "2026-03-01T10:00+02:00",
    "unknown",
    "I don't know",
)


class Drawing:
    """Draws recipes from one random source."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._one = random.choice

    def recipe(self) -> Recipe:
        """One recipe."""
        files = self._files()
        answers: dict[str, Any] = {}
        if self._random.random() < 0.5:
            asked = self._random.sample(QUESTIONS, self._random.randrange(6))
            answers = {
                "given": {one.id: self._answer(one) for one in asked},
                "operator_periods": [self._period() for _ in range(self._random.randrange(3))],
            }
            answers["rest"] = self._one([True, True, "asked"])
        answers["exclusions"] = [self._exclusion(files) for _ in range(self._one([0, 0, 1, 1, 2]))]
        return recipe(files, answers)

    def _files(self) -> list[dict[str, Any]]:
        out: dict[str, dict[str, Any]] = {}
        for _ in range(self._random.randrange(1, 4)):
            is_zip = self._random.random() < 0.5
            name = self._one(["WhatsApp Chat.zip", "x.ZIP", "a\x0bb.zip"] if is_zip else _NAMES)
            path = self._one(["", "", "Folder/", "Folder/sub/", "Gärten/"]) + name
            out[path] = {
                "path": path,
                "parts": [{"hex": (self._zip() if is_zip else self._text()).hex()}],
                "modified": self._one(
                    ["2026-11-20T18:04:11+00:00", "1970-01-01T00:00:00+00:00", "1969-12-31T23:59:58.5+00:00"]
                ),
            }
        # In the order in which a folder is walked: which refusal is told first depends on it.
        return sorted(out.values(), key=lambda file: file["path"].encode().split(b"/"))

    def _text(self) -> bytes:
        text = "".join(self._stretch() for _ in range(self._random.randrange(12)))
        if self._random.random() < 0.03:  # over the border between two pieces
            filler = "The allotment needs water. " * 40_000
            text = (
                filler[: (1 << 20) - self._random.randrange(4000)]
                + text
                + filler[: self._random.randrange(1000)]
                + text
            )
        data = text.encode("utf-8" if self._random.random() < 0.8 else "latin-1", "replace")
        draw = self._random.random()
        if draw < 0.05:
            return b"\xef\xbb\xbf" + data
        if draw < 0.1:
            return text.encode("utf-16")
        return PICTURE + data if draw < 0.13 else data

    def _stretch(self) -> str:
        random, one = self._random, self._one
        kinds = (self._words, self._words, self._words, self._base64, self._base64, self._marked, self._lines)
        odd = (
            lambda: "https:" + one(["//", "\\/\\/"]) + "trains.example/" + self._run(1500),
            lambda: one(["\\u00e0", "\\u00e9", "\\"]) + self._run(1100),
            lambda: one(["\n", "\n\n", "\r\n", "\r"]) * random.randrange(5),
            lambda: one("a9/%\\-=") * random.randrange(1500),
            lambda: "\n".join(self._run(random.randrange(30, 45)) for _ in range(60)),
            lambda: "".join(chr(random.randrange(1, 256)) for _ in range(random.randrange(50))),
        )
        return str(one((*kinds, *odd))())

    def _words(self) -> str:
        words = " ".join(self._one(_WORDS) for _ in range(self._random.randrange(60)))
        return words + self._one(["\n", "\r\n", "", " "])

    def _base64(self) -> str:
        run = self._run(self._one([10, 39, 40, 500, 1000, 1020, 1023, 1024, 1025, 1100, 3000]))
        return self._spelled(run) + self._one(["", "=", "==", "\\u003d", "%3D%3d", '"', '"\n', "\n", " "])

    def _marked(self) -> str:
        return ";base64," + self._spelled(self._run(self._one([3, 15, 16, 17, 100, 2000]))) + self._one(["=", '"', ")"])

    def _lines(self) -> str:
        lines = (self._run(76) + "\n") * self._random.randrange(1, 30)
        return lines + self._run(self._random.randrange(77)) + self._one(["=", "==", "", "--x"])

    def _run(self, size: int) -> str:
        return "".join(self._one(_BASE64) for _ in range(size))

    def _spelled(self, run: str) -> str:
        match self._random.randrange(5):
            case 0:
                return run.replace("/", "\\/")
            case 1:
                return run.replace("+", "\\u002b").replace("/", "\\/")
            case 2:
                return run.replace("+", "%2B").replace("/", "%2F")
            case 3:
                width = self._one([39, 40, 41, 60, 64, 76, 300])
                lines = [run[at : at + width] for at in range(0, len(run), width)]
                return str(self._one(["\n", "\r\n", "\\n", "\\r\\n", "\r"])).join(lines)
            case _:
                return run

    def _zip(self) -> bytes:
        members = [self._member() for _ in range(self._random.randrange(5))]
        data = zip_of(
            members,
            comment=self._one([b"", b"", b"made on a train"]),
            before=self._one([b"", b"", b"#!x\n"]),
            after=self._one([b"", b"", b"", b"", bytes(30), b"xx"]),
            zip64=self._random.random() < 0.1,
        ).data
        return self._flipped(data) if self._random.random() < 0.1 else data

    def _member(self) -> Member:
        random, one, data = self._random, self._one, self._text()
        odd: dict[str, Any] = {}
        if random.random() < 0.3:
            odd["method"] = 0
        elif random.random() < 0.3:
            odd["packed"] = self._damaged(data)
        for chance, field, value in (
            (0.05, "size", max(0, len(data) + one([-1, 1, -5, 100]))),
            (0.05, "crc32", random.randrange(1 << 32)),
            (0.1, "dos_date", random.randrange(1 << 16)),
            (0.1, "dos_time", random.randrange(1 << 16)),
            (0.05, "made_on", one([0, 3, 10, 19])),
            (0.03, "attributes", random.randrange(1 << 32)),
            (0.03, "flags", one([1, 8, 32, 64, 8192, 2048])),
            (0.03, "gap", b"xyz"),
            (0.05, "zip64", True),
            (0.05, "local_extra", b"\x99\x99\x03\x00abc"),
        ):
            odd |= {field: value} if random.random() < chance else {}
        return Member(self._name(), data, **odd)

    def _damaged(self, data: bytes) -> bytes:
        fixed = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_FIXED)
        packed = (
            deflate(data, self._one([0, 1, 6, 9]))
            if self._random.random() < 0.8
            else fixed.compress(data) + fixed.flush()
        )
        place = self._random.randrange(len(packed) + 1)
        noise = self._random.randbytes(self._random.randrange(6))
        match self._random.randrange(4):
            case 0:
                return self._flipped(packed)
            case 1:
                return packed[:place]
            case 2:
                return packed + noise
            case _:
                return packed[:place] + noise + packed[place + self._random.randrange(4) :]

    def _flipped(self, data: bytes) -> bytes:
        out = bytearray(data or b"\0")
        out[self._random.randrange(len(out))] ^= 1 << self._random.randrange(8)
        return bytes(out)

    def _name(self) -> bytes:
        name = self._one(_IN_ZIPS).encode()
        draw = self._random.random()
        if draw < 0.1:
            return bytes(name).replace(b"a", bytes([self._random.randrange(128, 256)]))
        return self._random.randbytes(3) + name if draw < 0.15 else bytes(name)

    def _answer(self, asked: Question) -> object:
        match asked.kind:
            case Kind.YES_NO:
                return self._one([True, False, "yes", "no", "N", "dont know", "maybe", "rather not say"])
            case Kind.TEXT:
                return self._one(_SAID)
            case Kind.WHEN:
                return self._one(_WHEN)
            case Kind.CHOICE:
                return self._one(
                    [*(choice.id for choice in asked.choices), asked.choices[0].words.upper(), "unknown", "not_said"]
                )

    def _period(self) -> dict[str, str]:
        row = {"account": self._one(["Sam", "\uffffa", "\U0001f600", "Sam"]), "who": self._one(WHO_TYPED).id}
        for key in ("from", "to"):
            if self._random.random() < 0.6:
                row[key] = self._one(_LIMITS)
        return row

    def _exclusion(self, files: list[dict[str, Any]]) -> dict[str, object]:
        row: dict[str, object] = {
            "file": self._one([*(file["path"] for file in files), "_chat.txt", "a.json"]),
            "reason": self._one(["Another family.", "x", " ", self._one(_SAID)]),
        }
        if self._random.random() < 0.8:
            row["first_line"] = first = self._random.randrange(1, 6)
            row["last_line"] = first + self._one([0, 0, 1, 3, 8])
        return row


def main(seconds: float, seed: int) -> None:
    """Until the time is over."""
    drawing, page, count = Drawing(Random(seed)), PageSealer(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        made = drawing.recipe()
        count += 1
        with on_disk(made) as (paths, placed):
            shell, other = shell_verdict(made, paths), page.verdict(placed)
        if shell != other:
            kept = Path(f"sealers-differ-{seed}-{count}.json")
            kept.write_text(json.dumps(made), encoding="utf-8")
            sys.stdout.write(f"{kept}: {str(shell)[:300]}\n{str(other)[:300]}\n")
    page.close()
    sys.stdout.write(f"{count} recipes followed by both sealers\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
