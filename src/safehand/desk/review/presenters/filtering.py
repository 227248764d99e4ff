"""The filter of the reader in words: what may be asked for, what is, and how many messages are not shown.

"41 of 1,000,000 messages fit: from A, pictures and other files, from 1 March 2026."
"312 messages not shown"
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from safehand.analysis.indicators.catalogue import CATALOGUE, rule_of
from safehand.analysis.indicators.indicator import LISTED
from safehand.casefile.views import CaseParticipant
from safehand.desk.core import say
from safehand.desk.review.filter import ANY_TAG, NO_ACCOUNT, NO_FILTER, WHAT, Filter, Filtered
from safehand.desk.review.sorts import SORTS, USUAL
from safehand.desk.review.tags import TAGS

_WHAT: Final = {
    "words": "Words alone",
    "files": "Pictures, voice and other files",
    "calls": "Calls",
    "platform": "What the platform says",
    "gone": "Deleted or empty",
    "other": "Anything else",
}
_RULES: Final = {**{rule.id: rule.title for rule in CATALOGUE}, **{sort.code: sort.label for sort in SORTS}}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. ``chosen`` is never one that asks for nothing: a list begins with that."""

    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Options under a heading; without one where it is empty."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A list to choose from."""

    name: str
    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class FilterWords:
    """The filter. ``says`` is empty where nothing is asked for."""

    fields: tuple[Field, ...]
    since: str
    to: str
    says: str
    notes: tuple[str, ...]
    keep: str
    """What an address keeps of it: ``&who=A&what=files``."""
    only: str
    """The same without what is marked."""
    sort: str
    """What is marked, for the form to keep."""
    whole: str
    """What an address keeps that leads to all messages: ``&sort=meeting``."""

    @property
    def asked(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.says)


def filter_words(filtered: Filtered | None, people: Sequence[CaseParticipant], messages: int, sort: str) -> FilterWords:
    """Present it. ``messages`` is how many the conversation holds."""
    asked = filtered.asked if filtered is not None else NO_FILTER
    sort_kept = f"&sort={sort}" if sort != USUAL else ""
    return FilterWords(
        fields=tuple(_fields(asked, people)),
        since=asked.since.isoformat() if asked.since else "",
        to=asked.to.isoformat() if asked.to else "",
        says=_says(filtered, messages) if filtered is not None else "",
        notes=tuple(_notes(filtered)) if filtered is not None else (),
        keep=sort_kept + keep_of(asked),
        only=keep_of(asked),
        sort=sort,
        whole=sort_kept,
    )


def keep_of(asked: Filter) -> str:
    """``&who=A&what=files``; empty where nothing is asked for."""
    said = {"who": asked.who, "what": asked.what, "tag": asked.tag, "rule": asked.rule}
    days = {"since": asked.since, "to": asked.to}
    parts = {name: code for name, code in said.items() if code}
    parts |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return f"&{urlencode(parts)}" if parts else ""


def not_shown(count: int) -> str:
    """``312 messages not shown``."""
    return f"{say.counted(count, 'message')} not shown"


def _fields(asked: Filter, people: Sequence[CaseParticipant]) -> Iterable[Field]:
    def options(chosen: str, choices: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
        return tuple(Option(code, words, bool(code) and code == chosen) for code, words in choices)

    letters = ((letter, letter) for letter in dict.fromkeys(one.letter for one in people))
    who = (("", "Everyone"), *letters, (NO_ACCOUNT, "The platform itself"))
    yield Field("who", "Who wrote", (Group("", options(asked.who, who)),))
    what = (("", "Everything"), *((code, _WHAT[code]) for code in WHAT))
    yield Field("what", "What it is", (Group("", options(asked.what, what)),))
    tags = (("", "Cited or not"), (ANY_TAG, "Cited, whatever the tag"), *((tag.code, tag.title) for tag in TAGS))
    yield Field("tag", "Cited for", (Group("", options(asked.tag, tags)),))
    sorts = (Group(sort.label, options(asked.rule, _of_sort(sort.code, sort.label, sort.rules))) for sort in SORTS)
    yield Field("rule", "Candidates", (Group("", options(asked.rule, (("", "With or without"),))), *sorts))


def _of_sort(code: str, label: str, rules: Sequence[str]) -> Iterable[tuple[str, str]]:
    if len(rules) > 1:
        yield code, f"{label}: any of these"
    for rule in rules:
        yield rule, rule_of(rule).title


def _says(filtered: Filtered, messages: int) -> str:
    asked = filtered.asked
    verb = "fits" if filtered.total == 1 else "fit"
    return f"{say.count(filtered.total)} of {say.counted(messages, 'message')} {verb}: {asked_words(asked)}."


def asked_words(asked: Filter) -> str:
    """``from A, pictures, voice and other files, from 1 March 2026 on``. A code that is no more stands as it is."""
    return ", ".join(_parts(asked))


def _parts(asked: Filter) -> Iterable[str]:
    if asked.who:
        yield "from the platform itself" if asked.who == NO_ACCOUNT else f"from {asked.who}"
    if asked.what:
        yield _lower(_WHAT.get(asked.what, asked.what))
    if asked.tag:
        titles = {tag.code: tag.title for tag in TAGS}
        yield "cited" if asked.tag == ANY_TAG else f"cited for “{titles.get(asked.tag, asked.tag)}”"
    if asked.rule:
        yield f"candidates of “{_RULES.get(asked.rule, asked.rule)}”"
    if asked.since and asked.to:
        yield say.days(asked.since, asked.to)
    elif asked.since:
        yield f"from {say.day(asked.since)} on"
    elif asked.to:
        yield f"up to {say.day(asked.to)}"


def _notes(filtered: Filtered) -> Iterable[str]:
    if filtered.cut:
        titles = ", ".join(rule_of(rule).title for rule in filtered.cut)
        yield f"The first {LISTED} of a rule are listed. There are more that are only counted: {titles}."
    if filtered.asked.since or filtered.asked.to:
        yield "A message without a time stands under the day of the one before it."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
