"""Which conversations are sealed: by ``--only``, or asked in a terminal when there is more than one.

1  WhatsApp Chat with Priya    812 messages, 2026-01-04 to 2026-01-09
2  Football                     96 messages, 2025-11-02 to 2026-01-08

Which of them do you hand over? Numbers, or Enter for all of them: 1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from safehand.cli.say import Say, counted, shown
from safehand.cli.summary import Summary, summaries_of, when_text
from safehand.errors import SafehandError, UsageError
from safehand.seal.answer_values import read_text
from safehand.seal.answers import Answers
from safehand.seal.periods import Only
from safehand.seal.tables import resolve_tables
from safehand.sources.archive import capture_of
from safehand.sources.contract import ReadOptions
from safehand.sources.reading import Reading

USUAL_REASON: Final = "The holder picked the conversations that this is about."
"""What stands in the statement where the holder gave no reason in words of their own."""

_PART: Final = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?", re.ASCII)
_MOST: Final = 100_000
_MOST_SHOWN: Final = 400
"""Conversations listed on the screen; ``safehand read --summary`` lists them all."""


def stated_pick(answers: Answers, numbers: str | None, reason: str | None) -> Answers:
    """The answers with what ``--only`` and ``--only-reason`` say. UsageError where the answers file says it too."""
    if numbers is None:
        if reason is not None:
            raise UsageError("--only-reason is given without --only.", todo="Give the numbers: --only 2,5.")
        return answers
    if answers.only is not None:
        raise UsageError("Both --only and [only] in the answers pick conversations.", todo="Give one of them.")
    words = USUAL_REASON if reason is None else read_text(reason, "--only-reason", "")
    return replace(answers, only=Only(read_numbers(numbers), words))


def read_numbers(text: str) -> tuple[int, ...]:
    """``2,5-7`` as (2, 5, 6, 7). UsageError for anything else."""
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        match = _PART.fullmatch(part)
        first, last = (0, 0) if match is None else (int(match[1]), int(match[2] or match[1]))
        if not 0 < first <= last <= _MOST:
            raise UsageError(
                "The numbers of conversations are written as 2,5-7.",
                todo="safehand read lists them with their numbers.",
            )
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def ask_which(say: Say, sources: Sequence[Path], answers: Answers) -> Answers:
    """Ask which conversations are handed over, where there is more than one and nothing says so yet."""
    if answers.only is not None:
        return answers
    try:
        capture = capture_of(sources)
        tables = tuple(table.stated_of(file) for table, file in resolve_tables(answers.tables, capture.files))
        found = summaries_of(Reading(capture, ReadOptions(tables=tables)).events())
    except SafehandError:
        return answers  # sealing meets it again, and tells it
    if len(found) < 2:
        return answers
    say.warn(f"\n{counted(len(found), 'conversation')} can be read from what you gave:\n")
    for one in found[:_MOST_SHOWN]:
        say.warn(_line(one))
    if len(found) > _MOST_SHOWN:
        say.warn(f"… and {len(found) - _MOST_SHOWN:,} more: safehand read --summary lists them all.")
    say.warn(
        "\nHand over those that this is about. What you leave out is counted in the statement, and nobody is named."
    )
    numbers = _numbers(say, len(found))
    return answers if len(numbers) == len(found) else replace(answers, only=Only(numbers, _reason(say)))


def _numbers(say: Say, count: int) -> tuple[int, ...]:
    """Those that were typed, or all."""
    while True:
        typed = click.prompt(
            "Which of them? Numbers as 2,5-7, or Enter for all",
            default="",
            show_default=False,
            err=True,
            prompt_suffix=": ",
        )
        if not typed.strip():
            return tuple(range(1, count + 1))
        try:
            numbers = read_numbers(typed)
        except UsageError as error:
            say.warn(error.found)
            continue
        if numbers[-1] <= count:
            return numbers
        say.warn(f"There is no conversation {numbers[-1]}; there are {count}.")


def _reason(say: Say) -> str:
    while True:
        typed = click.prompt(
            "Why are the others left out? In your own words, or Enter",
            default=USUAL_REASON,
            show_default=False,
            err=True,
            prompt_suffix=": ",
        )
        try:
            return read_text(typed, "reason", "")
        except UsageError as error:
            say.warn(error.todo or error.found)


def _line(one: Summary) -> str:
    title = shown(one.opened.title or one.opened.form)
    messages = 0 if one.closed is None else one.closed.messages
    said = counted(messages, "message")
    if one.earliest is not None and one.latest is not None:
        said += f", {when_text(one.earliest.sent)[:10]} to {when_text(one.latest.sent)[:10]}"
    return f"{one.opened.id:>4}  {title:<40}  {said}"
