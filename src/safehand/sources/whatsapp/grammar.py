r"""The header grammar: what the start of a message looks like, in every spelling phones have been seen to write.

    04/01/2023, 19:02 - NAME: TEXT               Android: date, time, a dash
    [04/01/2023, 19:02:11] NAME: TEXT            iOS: the same in brackets, with seconds
    4.1.2023 klo 19.02 - NAME: TEXT              a word between, dots in the time
    2023년 1월 4일 오후 7:02 - NAME: TEXT          signs for year, month, day; the half of the day before the time

All of it is matched on bytes, so that a match's place is a place in the file. A header begins after a line end, and
only there: every pattern here begins with that ``\n``, which the reader puts before the first line of a file too.

``HEADER`` is the whole grammar. ``Style`` is what one file keeps to: it has a pattern of its own, several times as
fast, which matches nothing but headers of that style. What stands in formats.md 1.1 and NOTES.md is what is read.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SPACES: Final = ("20", "c2a0", "e28089", "e280af", "e28087", "09")
"""Space, U+00A0, U+2009, U+202F, U+2007, tab: phones write each of these between date, time and half of the day."""


def _one_of(*texts: str) -> str:
    return "(?:" + "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) + ")"


# The grammar is written in characters and turned into bytes by _spell, one character class at a time.
_S: Final = "(?:" + "|".join(re.escape(bytes.fromhex(code).decode()) for code in _SPACES) + ")"
_M: Final = "(?:[\u200e\u200f\u061c\ufeff]|[\u202a-\u202e]|[\u2066-\u2069]){0,4}"
_DIGIT: Final = "(?:[0-9]|[٠-٩]|[۰-۹]|[०-९]|[০-৯]|[၀-၉])"
_HALVES_BEFORE_NOON: Final = [
    "上午",
    "凌晨",
    "早上",
    "清晨",
    "午前",
    "오전",
    "ص",
    "ق.ظ.",
    "SA",
    "पूर्वाह्न",
    "म.पू.",
    "πμ",
    "π.μ.",
    "ÖÖ",
    "de.",
    "f.m.",
    "fm",
    "vm.",
    "vm",
    "PD",
    "p.d.",
    "пр.об.",
    "претпл.",
    "дп",
    "ก่อนเที่ยง",
    "முற்பகல்",
    "পূর্বাহ্ণ",
    "ಪೂರ್ವಾಹ್ನ",
    "ਪੂ.ਦੁ.",
    "နံနက်",
    "לפנה״צ",
]
_HALVES_AFTER_NOON: Final = [
    "下午",
    "中午",
    "晚上",
    "午後",
    "오후",
    "م",
    "ب.ظ.",
    "CH",
    "अपराह्न",
    "म.उ.",
    "μμ",
    "μ.μ.",
    "ÖS",
    "du.",
    "e.m.",
    "em",
    "nm.",
    "nm",
    "MD",
    "m.d.",
    "сл.об.",
    "попл.",
    "пп",
    "หลังเที่ยง",
    "பிற்பகல்",
    "অপরাহ্ণ",
    "ಅಪರಾಹ್ನ",
    "ਬਾ.ਦੁ.",
    "ညနေ",
    "אחה״צ",
]
_AM_PM: Final = rf"[AaPp]\.?{_S}?[Mm]\.?"
_HALF: Final = f"(?:{_AM_PM}|{_one_of(*_HALVES_BEFORE_NOON, *_HALVES_AFTER_NOON)})"
_WORD: Final = _one_of("klo", "kl.", "kl", "um", "at", "à", "в")
_COMMA: Final = "(?:,|،|、|，)"
_DASH: Final = "(?:-|–|—)"
_END: Final = r"(?=[\r\n]|\Z)"

_NUMBERS: Final = (
    rf"(?P<a>{_DIGIT}{{1,4}}){_M}(?P<sep>/|-|\.{_S}?){_M}(?P<b>{_DIGIT}{{1,2}}){_M}(?P=sep){_M}(?P<c>{_DIGIT}{{1,4}})"
    rf"(?P<tail>\.?(?:{_S}?г\.)?)"
)
_SIGNS: Final = (
    rf"(?P<year>{_DIGIT}{{2,4}})(?P<sign>年|년){_S}?(?P<month>{_DIGIT}{{1,2}})(?:月|월){_S}?"
    rf"(?P<day>{_DIGIT}{{1,2}})(?:日|일)"
)
_DATE: Final = rf"(?P<lead>{_M}(?P<open>\[)?{_M})(?P<date>{_NUMBERS}|{_SIGNS})"
_TIME: Final = (
    rf"(?P<clock>(?P<gap>{_M}(?P<comma>{_COMMA})?{_M}{_S}{{1,3}}(?:(?P<word>{_WORD}){_S}{{1,2}})?{_M})"
    rf"(?:(?P<before>{_HALF}){_S}{{0,2}})?{_M}"
    rf"(?P<hour>{_DIGIT}{{1,2}})(?P<colon>[:.]|{_S}?h{_S}?)(?P<minute>{_DIGIT}{{2}})"
    rf"(?:(?P=colon)(?P<second>{_DIGIT}{{2}}))?"
    rf"(?:{_S}{{0,2}}{_M}(?P<after>{_HALF}))?(?P<stop>\.?))"
)
_CLOSE_BRACKET: Final = rf"{_M}\](?:{_S}|{_END})"
_CLOSE_DASH: Final = rf"{_M}{_S}{{1,2}}(?P<dash>{_DASH})(?:{_S}|{_END})"


def _bytes_class(match: re.Match[str]) -> str:
    r"""One ``[...]`` of characters beyond ASCII, as a choice of byte strings: ``[٠-٩]`` → ``\xd9[\xa0-\xa9]``."""
    first, last = match[1], match[2] or match[1]
    singles = match[3]
    if singles:
        return "(?:" + "|".join(_spelled(c) for c in singles) + ")"
    low, high = first.encode(), last.encode()
    if low[:-1] != high[:-1]:
        raise ValueError("a class must stay inside one row of 64 characters")
    return f"(?:{_spelled(low[:-1])}[\\x{low[-1]:02x}-\\x{high[-1]:02x}])"


def _spelled(text: str | bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in (text.encode() if isinstance(text, str) else text))


def _spell(pattern: str) -> bytes:
    """The pattern over UTF-8 bytes: characters beyond ASCII are spelled out, classes of them become choices."""
    spelled = re.sub(r"\[(?:([^\x00-\x7f])-([^\x00-\x7f])|([^\x00-\x7f]+))\]", _bytes_class, pattern)
    return re.sub(r"[^\x00-\x7f]", lambda found: _spelled(found[0]), spelled).encode("ascii")


def _compile(pattern: str) -> re.Pattern[bytes]:
    return re.compile(_spell(pattern))


_FIRST: Final = rb"(?=[0-9\[\xd8-\xef])"
"""What a header may begin with: a digit, a bracket, or the first byte of a mark or of another script's digit. A line
that begins otherwise costs one comparison."""

HEADER: Final = re.compile(
    rb"\n" + _FIRST + _spell(rf"(?P<moment>{_DATE}{_TIME}(?(open){_CLOSE_BRACKET}|{_CLOSE_DASH}))")
)
"""A line end and a header, up to the first byte of the name. ``moment`` is everything but the line end."""

DAY: Final = _compile(_DATE)
"""The date part of a header: marks, bracket, date."""

CLOCK: Final = _compile(rf"{_TIME}(?:{_CLOSE_BRACKET}|{_CLOSE_DASH})")
"""The time part: what stands between date and time, the time, and the bracket or dash."""

LONGEST_NAME: Final = 256
"""Bytes a name may have. WhatsApp allows 25 characters in a profile and 100 in a group's title; address books more."""

NAME: Final = re.compile(rb"([^:\n]{0,%d}): " % LONGEST_NAME)
"""A name up to the first ``: ``. Names that hold one are names.py's to tell."""

BEFORE_NOON: Final = frozenset(_HALVES_BEFORE_NOON)
"""Words for the half of the day before noon; AM and PM in every spelling are told by their first letter."""


class Style(NamedTuple):
    """What the headers of one file have in common. Two headers of one export never differ in any of it."""

    bracket: bool
    dash: str
    separator: str
    widths: tuple[str, str]
    """Of the first and third number: "4" for a year written in full, "n" for one or two digits; or ("sign", "")."""
    tail: str
    comma: str
    word: str
    colon: str
    seconds: bool
    half: str
    """Where the half of the day stands: "before", "after", or "" in 24 hours."""
    stop: str
    script: str
    """The first digit of the script the numbers are in: "0", or "٠" in Arabic."""


def style_of(header: re.Match[bytes]) -> Style:
    """The style of a match of ``HEADER``."""
    part = {key: value.decode() if value is not None else "" for key, value in header.groupdict().items()}
    if part["year"]:
        separator, widths = part["sign"], ("sign", "")
    else:
        separator = "." + "_" * (len(part["sep"]) > 1) if part["sep"][0] == "." else part["sep"]
        widths = ("4" if len(part["a"]) > 2 else "n", "4" if len(part["c"]) > 2 else "n")
    return Style(
        bracket=bool(part["open"]),
        dash=part["dash"],
        separator=separator,
        widths=widths,
        tail="." if part["tail"] else "",
        comma=part["comma"],
        word=part["word"],
        colon=part["colon"].strip(" \u00a0\u202f"),
        seconds=bool(part["second"]),
        half="before" if part["before"] else "after" if part["after"] else "",
        stop=part["stop"] if not part["after"] else "",
        script=chr(ord(part["hour"][0]) - int(part["hour"][0])),
    )


class Quick(NamedTuple):
    """A style's own patterns, for ``split``: each gives the text before, then its groups, over and over."""

    survey: re.Pattern[bytes]
    """Groups: the date part; the name with its ``: ``, or nothing."""
    read: re.Pattern[bytes]
    """Groups: date and time up to the minute; the rest of the time; the name with its ``: ``, or nothing."""


def quick_of(header: re.Match[bytes], long_names: tuple[bytes, ...] = ()) -> Quick:
    """Patterns for the style of ``header``, in its own spelling: a subset of ``HEADER``, tight enough to be fast.

    ``long_names`` are names known to hold a colon: where one stands it is taken whole. What is optional is never given
    back (``?+``): what follows it is another character, and trying costs a tenth of the whole.
    """
    style = style_of(header)
    digit = "[0-9]" if style.script == "0" else f"[{style.script}-{chr(ord(style.script) + 9)}]"
    part = {key: value.decode() if value is not None else "" for key, value in header.groupdict().items()}
    mark = "[\u200e\u200f]?+" if style.bracket or part["lead"] else ""
    date = mark + (r"\[" if style.bracket else "") + _quick_date(style, part, digit)
    minute, rest = _quick_time(style, part, digit)
    name = b"|".join((*map(re.escape, sorted(long_names, key=len, reverse=True)), b"[^:\\n]{0,%d}+" % LONGEST_NAME))
    name = b"((?:" + name + b"): |)"
    survey, read = _spell(rf"\n({date}){minute}{rest}"), _spell(rf"\n({date}{minute})({rest})")
    return Quick(re.compile(survey + name), re.compile(read + name))


def _quick_date(style: Style, part: dict[str, str], digit: str) -> str:
    if style.widths[0] == "sign":
        year, month, day = ("年", "月", "日") if style.separator == "年" else ("년", "월", "일")
        return f"{digit}{{2,4}}{year}{_S}?{digit}{digit}?{month}{_S}?{digit}{digit}?{day}"
    widths = [digit * 4 if width == "4" else f"{digit}{digit}?+" for width in (style.widths[0], "n", style.widths[1])]
    # Arabic phones write a mark beside every separator; others write none.
    marks = "" if part["date"].isprintable() else _M
    return (marks + re.escape(part["sep"]) + marks).join(widths) + re.escape(part["tail"])


def _quick_time(style: Style, part: dict[str, str], digit: str) -> tuple[str, str]:
    """The time up to the minute, and the rest of it: what changes seldom, and what has few values."""
    before = f"{_HALF}{_S}{{0,2}}" if style.half == "before" else ""
    after = ""
    if style.half == "after":
        after = f"{_S}{{0,2}}" + (_AM_PM if re.fullmatch(_AM_PM, part["after"]) else _HALF)
    colon = re.escape(part["colon"])
    seconds = colon + digit * 2 if style.seconds else ""
    # After a half of the day the space may be one of several; elsewhere phones write the plain one.
    close = r"\] " if style.bracket else f"{_S if after else ' '}{style.dash} "
    minute = re.escape(part["gap"]) + before + f"{digit}{digit}?+{colon}{digit * 2}"
    rest = seconds + after + re.escape(style.stop) + close
    # Where the rest is always the same it is no part of its own: an empty group costs nothing.
    return (minute, rest) if seconds or after else (minute + rest, "")
