"""Recipes of answers, for tests/vectors/sealer: every question, spellings, what was not said or not asked, periods."""

from __future__ import annotations

from typing import Any

from safehand.seal.questions import QUESTIONS, Kind
from sealer_recipes import Recipe, recipe

_SURELY_AT_ONCE: dict[str, list[dict[str, str]]] = {
    "began-within": [{"from": "2026-11-20", "to": "2026-11-22"}, {"from": "2026-11-21T10:00", "to": "unknown"}],
    "ended-within": [{"from": "2026-11-20", "to": "2026-11-22"}, {"from": "unknown", "to": "2026-11-20T10:00"}],
    "began-at-once": [{"from": "2026-11-20", "to": "unknown"}, {"from": "2026-11-20", "to": "unknown"}],
    "from-the-first": [{"to": "unknown"}, {"to": "2026-11-20"}],
    "to-the-last": [{"from": "unknown"}, {"from": "2026-11-20"}],
}


def answer_vectors(chat: list[dict[str, Any]]) -> dict[str, Recipe]:
    """Each by its name. ``chat`` are the files that are sealed with them."""
    said: dict[Kind, Any] = {
        Kind.YES_NO: True,
        Kind.TEXT: "\u00a0In the shed,\r\nbehind the allotment \u001f",
        Kind.WHEN: "2026-11-24 15:30",
    }
    every = {asked.id: asked.choices[0].words if asked.choices else said[asked.kind] for asked in QUESTIONS}
    return {
        "every-question": recipe(chat, {"given": every}, about="Every question answered."),
        "no": recipe(
            chat,
            {"given": {asked.id: "no" for asked in QUESTIONS if asked.kind is Kind.YES_NO}},
            about="No to everything that can be so answered: what that makes idle was not asked.",
        ),
        "spellings": recipe(
            chat,
            {
                "given": {
                    "urgent.child_in_danger": "N",
                    "urgent.meeting_when": "2026-11-24T15:30-00:00",
                    "urgent.last_contact": "2026-11-24T15:30:59+05:45",
                    "capture.when": "2026-11-24",
                    "promptness.noticed": "2026-11-24T00:00Z",
                    "promptness.told_police": "I don\u2019t know.",
                    "capture.app": "\ufeffWhatsApp\ufeff",
                    "capture.device": "UNKNOWN...",
                    "capture.by": '"quotes" \\ and\ttab \u2028 \U0001f600 \u007f',
                    "holder.role": "a member of a group",
                    "images.seen": "rather_not_say",
                }
            },
            about="One answer, one spelling.",
        ),
        "not-asked": recipe(
            chat,
            {"given": {"declarations.deleted": "unknown", "declarations.edited": True}, "rest": "asked"},
            about="What hangs on a yes is not asked after another answer: a statement of form 4.",
        ),
        "not-said": recipe(
            chat,
            {
                "given": {
                    "holder.role": "I would rather not say",
                    "urgent.caller_number": " I\u2019d rather not say. ",
                    "urgent.last_contact": "not_said",
                    "undertaking.keep_private": "Prefer not to say",
                    "images.seen": "Rather not say",
                    "capture.app": "I would rather not say which",
                }
            },
            about="What a holder would rather not say, in one spelling: a statement of form 4.",
        ),
        "not-said-of-a-table": recipe(
            [{"path": "chat.csv", "parts": [{"text": "When;Who;What\n22/04/2023 10:00;Priya;Hello\n"}]}],
            {
                "given": {"holder.role": "not_said"},
                "tables": [{"file": "chat.csv", "columns": {"time": 1, "sender": 2, "text": 3}, "time_format": "iso"}],
            },
            about="Form 4 holds what form 3 holds.",
        ),
        "error-long-s": recipe(
            chat, {"given": {"declarations.deleted": "ye\u017f"}}, about="An s that only looks like one."
        ),
        "periods": recipe(
            chat,
            {
                "operator_periods": [
                    {"account": "Sam", "who": "parent_or_carer", "from": "2026-11-21", "to": "2026-11-22T09:00"},
                    {"account": "Sam", "who": "child", "to": "2026-11-20"},
                    {"account": "\uffff", "who": "dont_know"},
                    {"account": "\U0001f600", "who": "police", "from": "2026-11-20T18:00:00+01:00"},
                    {"account": "\U0001f600", "who": "child", "to": "2026-11-20T17:00:00Z"},
                ]
            },
            about="Who typed when, in its order.",
        ),
        "periods-not-known": recipe(
            chat,
            {
                "operator_periods": [
                    {"account": "Sam", "who": "dont_know", "from": "I don\u2019t know", "to": "unknown"},
                    {"account": "Sam", "who": "police", "from": "2026-11-22T09:00", "to": "I don't know."},
                    {"account": "Sam", "who": "holder", "from": " dont_know ", "to": "2026-11-22T09:00"},
                    {"account": "Sam", "who": "child", "to": "2026-11-20T09:00"},
                    {"account": "Alex", "who": "holder", "from": "unknown"},
                    {"account": "Alex", "who": "child", "to": "unknown"},
                ]
            },
            about="Beginnings and ends that nobody knows, in their order: a statement of form 4.",
        ),
        **{
            f"error-periods-{name}": recipe(
                chat,
                {"operator_periods": [{"account": "Sam", "who": "child", **one} for one in rows]},
                about="Two periods of one account surely overlap, also where an end is not known.",
            )
            for name, rows in _SURELY_AT_ONCE.items()
        },
    }
