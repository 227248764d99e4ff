"""Answers to the urgent notice as they are typed in a shell, or stand in a TOML file.

    caller_number = "07700 900123"
    danger_now = "no"
    meeting = "planned"
    meeting_day = "tomorrow"
    danger_signs = ["weapons", "threats"]

What is left out is left out. "I don't know" is an answer to everything but the number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from safehand.errors import UsageError
from safehand.seal.notice import (
    DONT_KNOW,
    FIELDS,
    LEFT,
    LONGEST,
    Answered,
    Notice,
    NoticeField,
    NoticeKind,
    NoticeState,
    is_number,
)

_LARGEST: Final = 1 << 16
_DONT_KNOW: Final = frozenset({"i don't know", "don't know", "dont know", "dont_know", "unknown", "?"})
_YES: Final = frozenset({"yes", "y"})
_NO: Final = frozenset({"no", "n"})
_ODD: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_FIELDS: Final = {field.id: field for field in FIELDS}


def parse_notice_answers(data: bytes, today: date, *, where: str = "answers") -> dict[str, Answered]:
    """The answers of a TOML file, by field. UsageError names the key that is unknown, or not answered so."""
    try:
        table = tomllib.loads(data.decode("utf-8")) if len(data) <= _LARGEST else {"": ""}
    except (ValueError, RecursionError) as err:
        raise UsageError("The answers are not TOML.", where=where) from err
    unknown = sorted(table.keys() - _FIELDS.keys())
    if unknown:
        raise UsageError(
            f"No field is called {', '.join(unknown)}.", where=where, todo="docs/spec/notice.md lists them all."
        )
    return {name: read_notice_answer(_FIELDS[name], raw, today) for name, raw in table.items()}


def read_notice_answer(field: NoticeField, raw: object, today: date) -> Answered:
    """One answer. Nothing typed is nothing said; of words, that nobody knows them. UsageError says what it takes."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, date):
        raw = raw.isoformat()
    given = [" ".join(_ODD.sub(" ", str(one)).split()) for one in (raw if isinstance(raw, list) else [raw])]
    said = given[0] if given else ""
    if field.kind is NoticeKind.NUMBER:
        if not is_number(said) or len(said) > LONGEST:
            raise UsageError(f"{field.id} takes a phone number that somebody can ring.")
        return Answered.given(said)
    if said.casefold().replace("\u2019", "'").rstrip(".") in _DONT_KNOW:
        return DONT_KNOW
    if not said:
        return DONT_KNOW if field.kind is NoticeKind.TEXT and field.id != "caller_name" else LEFT
    return _read(field, given, today)


def notice_with(answers: Mapping[str, Answered], written: str) -> Notice:
    """A notice of these answers; to the other fields nothing was said. UsageError without a number."""
    return Notice(written, {field.id: answers.get(field.id, LEFT) for field in FIELDS})


def _read(field: NoticeField, given: list[str], today: date) -> Answered:
    said = given[0]
    match field.kind:
        case NoticeKind.YES_NO:
            if said.casefold() in _YES or said.casefold() in _NO:
                return Answered(NoticeState.YES if said.casefold() in _YES else NoticeState.NO)
            raise UsageError(f'{field.id} takes yes, no, or "I don\'t know".')
        case NoticeKind.CHOICE | NoticeKind.MANY:
            return _chosen(field, given)
        case NoticeKind.DAY:
            return Answered.given(_day(field, said, today))
        case _:
            if len(said) > LONGEST:
                raise UsageError(f"{field.id} takes at most {LONGEST} characters.")
            return Answered.given(said)


def _chosen(field: NoticeField, given: list[str]) -> Answered:
    named = {name.strip() for one in given for name in one.split(",")}
    most = 1 if field.kind is NoticeKind.CHOICE else len(field.choices)
    if not named <= {*field.choices} or len(named) > most:
        raise UsageError(f"{field.id} takes {'one' if most == 1 else 'some'} of: {', '.join(field.choices)}.")
    chosen = [choice for choice in field.choices if choice in named]
    return Answered.given(",".join(choice for choice in chosen if choice != "none" or len(chosen) == 1))


def _day(field: NoticeField, said: str, today: date) -> str:
    near = {"today": 0, "tomorrow": 1}.get(said.casefold())
    if near is not None:
        return (today + timedelta(days=near)).isoformat()
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as err:
        raise UsageError(f"{field.id} takes today, tomorrow, or a day like 2026-11-28.") from err
