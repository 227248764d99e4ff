from __future__ import annotations

import pytest

from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.entry import Details
from safehand.desk.review.presenters import seen


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_words(verb: Verb) -> None:
    assert " " in seen.verb_words(verb)
    assert "." not in seen.verb_words(verb)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_the_law_knows_has_words(purpose: Purpose) -> None:
    assert seen.PURPOSES[purpose]


@pytest.mark.parametrize(
    ("record", "details", "words"),
    [
        ("conversation:1", {"first": 1, "last": 198}, "Conversation 1, messages 1 to 198"),
        ("conversation:2/message:1204", {"first_byte": 8, "last_byte": 90}, "Conversation 2, message 1,204"),
        ("case", {"words": "0" * 64, "total": 3, "messages": [[1, 4]]}, "3 messages found"),
        ("case", {"conversations": 1}, "1 conversation"),
        ("log", {"entries": 2}, "2 entries"),
        ("package:" + "0" * 64, {"conversations": 1, "messages": 812}, "1 conversation, 812 messages"),
        ("case", {"step": 3, "stage": "signed_off", "words": "0" * 64}, "signed off"),
        ("conversation:1/message:3", {"item": 5, "answered": "package"}, "Conversation 1, message 3, item 5"),
        (
            "conversation:1",
            {"first": 2, "last": 8, "messages": 3, "from": [[1, 2]], "to": [[1, 8]], "account": 2, "what": "files"},
            "Conversation 1, among messages 2 to 8, 3 messages, asked for: from B, pictures, voice and other files",
        ),
        (
            "conversation:1",
            {"first": 0, "last": 0, "messages": 0, "from": [], "to": [], "tag": "gone_tag", "rule": "gone_rule"},
            "Conversation 1, 0 messages, asked for: cited for “gone_tag”, candidates of “gone_rule”",
        ),
        (
            "conversation:1",
            {"first": 2, "last": 8, "messages": 3, "from": [[1, 2]], "to": [[1, 8]], "since": 20260301},
            "Conversation 1, among messages 2 to 8, 3 messages, asked for: from 1 March 2026 on",
        ),
        ("case", {"clock": "uk", "messages": 4, "from": [[1, 2]], "to": [[1, 5]]}, "4 messages"),
        ("conversation:1/message:3", {"citation": 7, "tag": "age"}, "Conversation 1, message 3"),
        ("", {}, ""),
    ],
)
def test_what_was_looked_at_is_told_by_number(record: str, details: Details, words: str) -> None:
    assert seen.what_words(record, details) == words
