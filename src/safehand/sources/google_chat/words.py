"""The forms in which Google Chat writes a moment, a language at a time. Where each is from: NOTES.md.

    Wednesday, January 4, 2023 at 10:59:50 AM UTC      English
    2023. január 4., szerda 10:59:50 UTC               Hungarian
    2023年1月4日星期三 UTC 10:59:50                     Chinese

It is the long form of the Unicode locale data: the day of the week, the day, the month as a word, the year in four
digits, and a time with UTC in words beside it. So each form can be read in one way only, and the day of the week says
whether it was read rightly. What is in no row of the table is not guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from safehand.sources.month_names import FULL

_CLOCK: Final = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9][0-9]):(?P<second>[0-9][0-9])"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_MONTH: Final = r"(?P<month>[^\W\d_]+)"
_NUMBER: Final = r"(?P<number>[0-9]{1,2})"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its ``forms``, and its words in the order of the calendar. Weeks begin on Monday."""

    name: str
    forms: tuple[re.Pattern[str], ...]
    weekdays: tuple[str, ...]
    months: tuple[str, ...] = ()


def _forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _days(words: str) -> str:
    return f"(?P<weekday>{'|'.join(words.split())})"


def _language(name: str, weekdays: str, *patterns: str) -> Language:
    shaped = (
        pattern.replace("WEEKDAY", _days(weekdays))
        .replace("MONTH", _MONTH)
        .replace("DAY", _DAY)
        .replace("YEAR", _YEAR)
        .replace("CLOCK", _CLOCK)
        .replace("NUMBER", _NUMBER)
        for pattern in patterns
    )
    return Language(name, _forms(*shaped), tuple(weekdays.split()), FULL.get(name, ()))


LANGUAGES: Final = (
    _language(
        "English",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        r"WEEKDAY, MONTH DAY, YEAR (?:at )?CLOCK (?P<half>AM|PM) UTC",
        r"WEEKDAY, MONTH DAY, YEAR (?:at )?CLOCK UTC",
        r"WEEKDAY,? DAY MONTH YEAR (?:at )?CLOCK(?: (?P<half>AM|PM|am|pm))? UTC",
    ),
    _language(
        "Hungarian",
        "hétfő kedd szerda csütörtök péntek szombat vasárnap",
        r"YEAR\. MONTH DAY\., WEEKDAY CLOCK UTC",
    ),
    _language("Chinese", "一 二 三 四 五 六 日", r"YEAR年NUMBER月DAY日 ?(?:星期WEEKDAY)? UTC CLOCK"),
    _language(
        "Korean",
        "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        r"YEAR년 NUMBER월 DAY일 WEEKDAY (?P<half>AM|PM|오전|오후) "
        r"(?P<hour>[0-9]{1,2})시 (?P<minute>[0-9]{1,2})분 (?P<second>[0-9]{1,2})초 UTC",
    ),
    _language(
        "Japanese",
        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
        r"YEAR年NUMBER月DAY日WEEKDAY CLOCK UTC",
    ),
    _language(
        "German",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        r"WEEKDAY, DAY\. MONTH YEAR(?: um|,) CLOCK UTC",
    ),
    _language(
        "French",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        r"WEEKDAY DAY(?:er)? MONTH YEAR(?: à|,)? CLOCK UTC",
    ),
    _language(
        "Spanish",
        "lunes martes miércoles jueves viernes sábado domingo",
        r"WEEKDAY, DAY de MONTH de YEAR(?:,| a las) CLOCK UTC",
    ),
    _language(
        "Italian",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        r"WEEKDAY DAY MONTH YEAR(?: alle ore|,)? CLOCK UTC",
    ),
    _language(
        "Dutch",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        r"WEEKDAY DAY MONTH YEAR(?: om|,)? CLOCK UTC",
    ),
    _language(
        "Portuguese",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        r"WEEKDAY, DAY de MONTH de YEAR(?: às|,) CLOCK UTC",
    ),
)
"""Every language we read. No two read one text."""

AFTERNOON: Final = frozenset({"PM", "pm", "오후"})
MORNING: Final = frozenset({"AM", "am", "오전"})
