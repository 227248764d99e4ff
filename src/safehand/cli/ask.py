"""Asking the holder what the answers file does not say: one question at a time, and "I don't know" is always enough.

    What may be urgent

    Is a child in danger now? If so, ring 999 before you go on.
    yes, no, or Enter for "I don't know":

The questions, their order and what each takes are seal/questions.py. What is typed is checked at once and asked again
when the question does not take it.
"""

from __future__ import annotations

import click

from safehand.cli.say import Say
from safehand.errors import UsageError
from safehand.seal.answers import Answer, Answers, read_answer, unanswered
from safehand.seal.questions import DONT_KNOW_WORDS, GROUPS, ONLY_WHAT_YOU_KNOW, WARNINGS, Kind, Question


def ask_the_rest(say: Say, answers: Answers) -> Answers:
    """Ask every question that has no answer yet. A "no" may make later ones idle, so it is looked at after each."""
    for caution in WARNINGS:
        say.warn(f"{caution.do_not} {caution.why}")
    say.warn(f"\n{ONLY_WHAT_YOU_KNOW}")
    group = ""
    while still_open := unanswered(answers):
        asked = still_open[0]
        if asked.group != group:
            group = asked.group
            say.warn(f"\n{GROUPS[group]}  ({len(still_open)} questions left at most)")
        answers = answers.with_answer(asked, _answer(say, asked))
    return answers


def _answer(say: Say, asked: Question) -> Answer:
    say.warn(f"\n{asked.ask}")
    while True:
        typed = click.prompt(_takes(asked), default=DONT_KNOW_WORDS, show_default=False, err=True, prompt_suffix=": ")
        try:
            return read_answer(asked, _chosen(asked, typed))
        except UsageError as error:
            say.warn(error.todo or error.found)


def _takes(asked: Question) -> str:
    known = f'or Enter for "{DONT_KNOW_WORDS}"'
    match asked.kind:
        case Kind.YES_NO:
            return f"yes, no, {known}"
        case Kind.TEXT:
            return f"in your own words, {known}"
        case Kind.WHEN:
            return f"as 2026-11-24 or 2026-11-24T15:30, {known}"
        case Kind.CHOICE:
            offered = "\n".join(f"  {number}  {choice.words}" for number, choice in enumerate(asked.choices, 1))
            return f"{offered}\na number, {known}"


def _chosen(asked: Question, typed: str) -> str:
    if asked.kind is Kind.CHOICE and typed.isdecimal() and 0 < int(typed) <= len(asked.choices):
        return asked.choices[int(typed) - 1].id
    return typed
