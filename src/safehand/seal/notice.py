"""The urgent notice: what an officer needs within minutes, before any file exists (domain.md 6.2).

    notice = Notice(written="2026-11-27T17:00:00Z", answers={"caller_number": Answered.given("07700 900123"), …})
    data = format_notice(notice)            canonical JSON: the inverse of parse_notice
    meeting_of(notice)                      when the meeting is, on the UK's clock, and how sure that is

Twelve questions, some in two or three parts. Each may be answered "I don't know" or left alone, but for the number to
ring. It holds no message of a chat. How it is sealed is notice_sealed.py; docs/spec/notice.md has the format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.model.canonical import Json, format_canonical, parse_canonical

SCHEMA: Final = "safehand.notice/1"

LONGEST: Final = 300
"""Characters of an answer in words: all of them together must fit on one page that is read aloud."""

LARGEST: Final = 32 * 1024
"""Bytes of a notice: every answer at its longest, in any script, and then some."""

ZONE: Final = "Europe/London"
"""The clock by which a meeting's day and time are meant. The form says so."""

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DAY: Final = re.compile(r"(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FEWEST_DIGITS: Final = 5  # an extension within a school or a firm is answered, and "soon" is not


class NoticeKind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"
    """Any number of the choices; ``none`` of them is a choice, too."""
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    """The one that is needed."""


@dataclass(frozen=True, slots=True)
class NoticeField:
    """One part of a question. ``question`` is its number, 1 to 12. The words are in data/holder-words.json."""

    id: str
    question: int
    kind: NoticeKind
    choices: tuple[str, ...] = ()


FIELDS: Final = (
    NoticeField("danger_now", 1, NoticeKind.YES_NO),
    NoticeField("meeting", 2, NoticeKind.CHOICE, ("under_way", "planned", "no")),
    NoticeField("meeting_day", 2, NoticeKind.DAY),
    NoticeField("meeting_time", 2, NoticeKind.TEXT),
    NoticeField("meeting_where", 2, NoticeKind.TEXT),
    NoticeField("child", 3, NoticeKind.CHOICE, ("real", "adult", "both")),
    NoticeField("child_details", 3, NoticeKind.TEXT),
    NoticeField("subject", 4, NoticeKind.TEXT),
    NoticeField("contact", 5, NoticeKind.YES_NO),
    NoticeField("contact_details", 5, NoticeKind.TEXT),
    NoticeField(
        "danger_signs",
        6,
        NoticeKind.MANY,
        ("weapons", "threats", "self_harm", "blackmail", "other_children", "money_or_travel", "drugs", "none"),
    ),
    NoticeField("access", 7, NoticeKind.YES_NO),
    NoticeField("confronted", 8, NoticeKind.YES_NO),
    NoticeField("confronted_details", 8, NoticeKind.TEXT),
    NoticeField("images", 9, NoticeKind.YES_NO),
    NoticeField("caller_number", 10, NoticeKind.NUMBER),
    NoticeField("caller_name", 10, NoticeKind.TEXT),
    NoticeField("caller_relation", 10, NoticeKind.TEXT),
    NoticeField("statement", 10, NoticeKind.YES_NO),
    NoticeField("phone_is_original", 10, NoticeKind.YES_NO),
    NoticeField("fragile", 11, NoticeKind.YES_NO),
    NoticeField("other_reports", 12, NoticeKind.TEXT),
)
QUESTIONS: Final = 12
NEEDED: Final = "caller_number"


class NoticeState(StrEnum):
    """What kind of answer it is."""

    YES = "yes"
    NO = "no"
    GIVEN = "given"
    """``value`` holds it."""
    DONT_KNOW = "dont_know"
    LEFT = "left"
    """Nothing was said: not even that it is not known. It counts as no "no"."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. Of several choices, ``value`` names them with commas between, in the order of the table."""

    state: NoticeState
    value: str | None = None

    @classmethod
    def given(cls, value: str) -> Answered:
        """An answer of its own."""
        return cls(NoticeState.GIVEN, value)


DONT_KNOW: Final = Answered(NoticeState.DONT_KNOW)
LEFT: Final = Answered(NoticeState.LEFT)


@dataclass(frozen=True, slots=True)
class Notice:
    """All of it. Made only with an answer of the right kind to every field (UsageError names the one that is not)."""

    written: str
    """RFC 3339, UTC, whole seconds: when it was sent, by the clock of the machine that sealed it."""
    answers: Mapping[str, Answered]

    def __post_init__(self) -> None:
        if not _MOMENT.fullmatch(self.written):
            raise UsageError("A notice says when it was written, like 2026-11-27T17:00:00Z.")
        if self.answers.keys() != {field.id for field in FIELDS}:
            raise UsageError("A notice has an answer to each of its fields, and to no other.")
        for field in FIELDS:
            check_answer(field, self.answers[field.id])
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))


def check_answer(field: NoticeField, answer: Answered) -> None:
    """Is it an answer of this field's kind? UsageError names the field and never the answer."""
    asked_yes_no = field.kind is NoticeKind.YES_NO
    match answer.state:
        case NoticeState.DONT_KNOW | NoticeState.LEFT:
            good = answer.value is None and field.kind is not NoticeKind.NUMBER
        case NoticeState.YES | NoticeState.NO:
            good = answer.value is None and asked_yes_no
        case NoticeState.GIVEN:
            good = answer.value is not None and not asked_yes_no and _is_good_value(field, answer.value)
    if not good:
        raise UsageError(f"This is no answer to {field.id}.", todo="docs/spec/notice.md says what each field takes.")


def is_number(text: str) -> bool:
    """Could somebody ring this?"""
    return sum(char.isdigit() for char in text) >= _FEWEST_DIGITS


def format_notice(notice: Notice) -> bytes:
    """Canonical JSON. The inverse of parse_notice."""
    answers: dict[str, Json] = {
        name: {"answer": answer.state.value, "value": answer.value} for name, answer in notice.answers.items()
    }
    return format_canonical({"schema": SCHEMA, "written": notice.written, "zone": ZONE, "answers": answers})


def parse_notice(data: bytes, *, where: str = "") -> Notice:
    """Read a notice back, or CannotRead: only what format_notice writes is accepted."""
    problem = CannotRead("This is not an urgent notice of Safehand.", where=where)
    if len(data) > LARGEST:
        raise problem
    value = parse_canonical(data)
    if not isinstance(value, dict) or value.keys() != {"schema", "written", "zone", "answers"}:
        raise problem
    answers, written = value["answers"], value["written"]
    if value["schema"] != SCHEMA or value["zone"] != ZONE or not isinstance(answers, dict):
        raise problem
    try:
        if not isinstance(written, str):
            raise problem
        return Notice(written, {name: _answer(raw) for name, raw in answers.items()})
    except (UsageError, ValueError) as err:
        raise problem from err


def _answer(raw: Json) -> Answered:
    match raw:
        case {"answer": str(state), "value": str() | None as value, **rest} if not rest:
            return Answered(NoticeState(state), value)
        case _:
            raise ValueError("no answer")


def _is_good_value(field: NoticeField, value: str) -> bool:
    match field.kind:
        case NoticeKind.CHOICE:
            return value in field.choices
        case NoticeKind.MANY:
            named = value.split(",")
            return named == [choice for choice in field.choices if choice in named]
        case NoticeKind.DAY:
            return _DAY.fullmatch(value) is not None
        case NoticeKind.NUMBER:
            return _is_line(value) and is_number(value)
        case _:
            return _is_line(value)


def _is_line(text: str) -> bool:
    return 0 < len(text) <= LONGEST and text == text.strip() and not _CONTROLS.search(text)
