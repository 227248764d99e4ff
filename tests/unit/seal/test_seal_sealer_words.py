"""What only the sealer's page says: plain enough for a nine-year-old, and a word for every question and choice."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from reading_age import reading_age
from safehand.seal.holder_words import plain
from safehand.seal.questions import QUESTIONS, WHO_TYPED, Kind
from safehand.seal.sealer_words import TOO_OLD, every_line

LIMIT = 9.0
LINES = dict(every_line())


def _by_page() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for where, line in LINES.items():
        parts = re.split(r"[.\[]", where)
        # The questions of a page are read together, and so is everything about one app.
        if parts[0] == "service":
            continue  # our own name
        name = parts[0] if parts[0] in ("common", "ask", "call", "groups") else ".".join(parts[:2])
        found[name].append(plain(line))
    # What has no words of this page's own is asked as the shell asks it.
    found["ask"] += [asked.ask for asked in QUESTIONS if f"ask.{asked.id}.label" not in LINES]
    return found


PAGES = _by_page()


@pytest.mark.parametrize("name", PAGES)
def test_it_can_be_read_at_nine(name: str) -> None:
    age = reading_age(PAGES[name])
    assert age <= LIMIT, f"{name}: {age:.1f}"


def test_every_choice_has_words_of_the_page() -> None:
    for asked in QUESTIONS:
        if asked.kind is Kind.CHOICE:
            place = "steps.who.choices" if asked.id == "holder.role" else f"ask.{asked.id}.choices"
            assert {where.rpartition(".")[2] for where in LINES if where.startswith(f"{place}.")} == {
                choice.id for choice in asked.choices
            }
    typed = {where.rpartition(".")[2] for where in LINES if where.startswith("steps.periods.choices.")}
    assert typed == {choice.id for choice in WHO_TYPED}


def test_a_browser_that_cannot_is_given_the_phone_and_no_plain_upload() -> None:
    said = " ".join(TOO_OLD.lines)
    assert "[101](tel:101)" in said
    assert "[999](tel:999)" in said
    assert "We will not send it unlocked." in said


def test_no_line_raises_its_voice_or_promises_an_outcome() -> None:
    for where, line in LINES.items():
        assert "!" not in line, where
        assert not re.search(r"\bwe will (?:find|catch|stop|arrest)\b", line, re.IGNORECASE), where
