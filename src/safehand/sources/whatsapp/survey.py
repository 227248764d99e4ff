"""The survey: the first of two passes over a file, which looks at all of it and keeps almost nothing.

What it finds out, and no single line could say:

- the file's own **style** of header, and which other styles start messages in it rather than being pasted text;
- the **order** of day and month, with its evidence;
- the **names**, and so where a name ends that holds ``: ``.

An export is written by one phone in one style. A line in another style was pasted, or typed, or the file was joined
by hand from several. It is taken for a message only where the file cannot be one export: no style has the most lines,
or the other style stands first, or in a long unbroken stretch, or at the end. Either way it is marked header_suspect.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from safehand.model.message import Kind
from safehand.sources.contract import ReadOptions, SourceFile
from safehand.sources.whatsapp.grammar import HEADER, NAME, Quick, Style, quick_of, style_of
from safehand.sources.whatsapp.kinds import describe, describe_platform_line
from safehand.sources.whatsapp.names import Names
from safehand.sources.whatsapp.order import DateEvidence, Decision
from safehand.sources.whatsapp.regions import Encoding, Region, encoding_of, regions
from safehand.sources.whatsapp.wordings import language_of

_LONG_RUN: Final = 20
"""Header-like lines in a row in another style that are more than anyone pastes: a second export, joined."""

_END_RUN: Final = 3
"""Such lines at the very end of the file."""

_LINES_HEARD: Final = 1000
"""Platform lines that are looked at for their language."""

_STYLES: Final = 200
"""Styles told apart. A file with more is noise; the rest is text."""


_NEWLINE, _COLON = b"\n:"
"""As numbers: ``10 in data`` is ten times as fast as ``b"\\n" in data`` (CPython tries the bytes as a number first)."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first pass found."""

    encoding: Encoding
    quick: Quick | None
    main: Style | None
    styles: dict[Style, Decision]
    """The styles that start messages, with what their dates keep to."""
    names: Names
    language: str | None
    """Of most of the platform's lines that were heard."""
    group: bool
    """A platform line speaks of a group, or more than two accounts wrote."""
    notes: tuple[str, ...]


def survey(file: SourceFile, options: ReadOptions) -> Survey:
    """Read the whole file once."""
    encoding = encoding_of(file)
    surveyor = _Surveyor()
    with file.open() as stream:
        for region in regions(stream, encoding, options.window, lambda _: None):
            surveyor.see(region)
    return surveyor.conclude(encoding, options)


class _Tally:
    """What is known of one style."""

    def __init__(self, style: Style, header: bytes) -> None:
        self.header = header
        self.lines = 0
        self.longest = 0
        self.dates = DateEvidence(style)
        self.names = Names()


class _Surveyor:
    def __init__(self) -> None:
        self._tallies: dict[Style, _Tally] = {}
        self._quick: Quick | None = None
        self._quick_style: Style | None = None
        self._first: Style | None = None
        self._run: tuple[Style | None, int] = (None, 0)
        self._heard = 0
        self._languages: Counter[str] = Counter()
        self._group = False

    def see(self, region: Region) -> None:
        """Take in one region."""
        if self._quick is None:
            self._choose(HEADER.search(region.data))
        if self._quick is None or self._quick_style is None:
            return
        parts = self._quick.survey.split(region.data)
        dates, names, texts = parts[1::3], parts[2::3], parts[3::3]
        tally = self._tallies[self._quick_style]
        tally.dates.see(dates)
        odd = [place for place, text in enumerate(texts) if _COLON in text or _NEWLINE in text]
        tally.names.see(names, texts, odd)
        self._hear(names, texts)
        others = self._others(parts[0])
        done = 0
        for place in odd:
            if _NEWLINE in texts[place] and HEADER.search(texts[place]) is not None:
                self._count(self._quick_style, place + 1 - done)
                done = place + 1
                others += self._others(texts[place])
        self._count(self._quick_style, len(texts) - done)
        if others > len(texts):
            self._choose_again()

    def _choose(self, header: re.Match[bytes] | None) -> None:
        if header is not None:
            self._tally(header)
            self._quick, self._quick_style = quick_of(header), style_of(header)

    def _choose_again(self) -> None:
        """Another style has more lines by now: make its pattern the quick one."""
        style = max(self._tallies, key=lambda style: self._tallies[style].lines)
        if style != self._quick_style:
            self._choose(HEADER.match(self._tallies[style].header))

    def _tally(self, header: re.Match[bytes]) -> tuple[Style, _Tally | None]:
        style = style_of(header)
        tally = self._tallies.get(style)
        if tally is None and len(self._tallies) < _STYLES:
            tally = self._tallies[style] = _Tally(style, header[0])
        return style, tally

    def _others(self, text: bytes) -> int:
        """Count the headers in a text that the quick pattern left alone."""
        found = 0
        for header in HEADER.finditer(text):
            style, tally = self._tally(header)
            if tally is None:
                continue
            found += 1
            self._count(style, 1)
            tally.dates.see([header["lead"] + header["date"]])
            name = NAME.match(text, header.end())
            line = text[name.end() if name else header.end() :].split(b"\n", 1)[0]
            tally.names.see([name[0] if name else b""], [line], [0])
            self._hear([name[0] if name else b""], [line])
        return found

    def _count(self, style: Style, lines: int) -> None:
        if not lines:
            return
        if self._first is None:
            self._first = style
        running, length = self._run
        length = length + lines if running == style else lines
        self._run = (style, length)
        tally = self._tallies[style]
        tally.lines += lines
        tally.longest = max(tally.longest, length)

    def _hear(self, names: list[bytes], texts: list[bytes]) -> None:
        if self._heard >= _LINES_HEARD:
            return
        heard = [
            (name, text)
            for name, text in zip(names, texts, strict=True)
            if not name or text.startswith((b"<", b"\xe2\x80\x8e"))
        ]
        for name, text in heard[: _LINES_HEARD - self._heard]:
            self._heard += 1
            line = text.split(b"\n", 1)[0][:500].decode(errors="replace").rstrip("\r")
            language = language_of(line)
            if language is not None:
                self._languages[language] += 1
            found = describe(line) if name else describe_platform_line(line)
            self._group |= found.kind is Kind.SYSTEM and found.action in _OF_A_GROUP

    def conclude(self, encoding: Encoding, options: ReadOptions) -> Survey:
        """Weigh what was seen."""
        if not self._tallies or self._first is None:
            return Survey(encoding, None, None, {}, Names(), None, group=False, notes=())
        main = max(self._tallies, key=lambda style: self._tallies[style].lines)
        accepted = [style for style in self._tallies if style == main or self._is_own(style, main)]
        names = Names()
        styles: dict[Style, Decision] = {}
        notes: list[str] = []
        for style in sorted(accepted, key=lambda style: -self._tallies[style].lines):
            tally = self._tallies[style]
            names.merge(tally.names)
            languages = ["fi"] if style.word == "klo" else self._languages
            styles[style] = tally.dates.decide(languages, day_first=options.day_first, by=options.day_first_by)
            notes += [note for note in styles[style].notes if note not in notes]
        names.settle()
        notes += self._style_notes(main, accepted)
        header = HEADER.match(self._tallies[main].header)
        quick = quick_of(header, names.long_names()) if header is not None else None
        group = self._group or names.count() > 2
        language = max(sorted(self._languages), key=lambda one: self._languages[one], default=None)
        return Survey(encoding, quick, main, styles, names, language, group, tuple(notes))

    def _is_own(self, style: Style, main: Style) -> bool:
        tally = self._tallies[style]
        mixed = 2 * self._tallies[main].lines <= sum(one.lines for one in self._tallies.values())
        last, length = self._run
        at_end = last == style and length >= _END_RUN
        return mixed or style == self._first or tally.longest >= _LONG_RUN or at_end

    def _style_notes(self, main: Style, accepted: list[Style]) -> list[str]:
        notes = []
        joined = sum(self._tallies[style].lines for style in accepted if style != main)
        if joined:
            told = "Lines that start messages in another style than most"
            notes.append(f"{told}: {joined}. The file was joined or edited by hand.")
        pasted = sum(tally.lines for style, tally in self._tallies.items() if style not in accepted)
        if pasted:
            told = "Lines that look like the start of a message in another style, and were read as text"
            notes.append(f"{told}: {pasted}.")
        return notes


_OF_A_GROUP: Final = frozenset(
    {"group created", "added", "removed", "left", "joined", "renamed", "icon", "description", "admin", "community"}
)
