"""From the answers of a statement to facts: what counts as answered, and when a meeting is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from safehand.desk.cases.declarations import declarations_value, said_no_value
from safehand.desk.triage.declared import facts_of_statement, stated_meeting
from safehand.desk.triage.facts import Meeting
from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers
from safehand.seal.meeting import Basis


def summary(toml: str, zone: str | None = None) -> dict[str, object]:
    answers = dont_know_the_rest(parse_answers(f"[urgent]\n{toml}".encode()))
    return {"answers": declarations_value(answers), "said_no": said_no_value(answers), "zone": zone}


def code(fact: str, toml: str) -> set[str]:
    return set(facts_of_statement(summary(toml)).codes(fact))


ANSWERS = {
    "yes": ("child_in_danger", "child_in_danger = true", "yes"),
    "no": ("child_in_danger", 'child_in_danger = "no"', "no"),
    "not known": ("child_in_danger", 'child_in_danger = "I don\'t know"', "open"),
    "would rather not say": ("confronted", 'confronted = "I would rather not say"', "open"),
    "a choice": ("child", 'child = "both"', "both"),
    "in words": ("danger_signs", 'danger_signs = "there was talk of a train"', "written"),
    "in words, and no more than a no": ("danger_signs", 'danger_signs = "None."', "none"),
    "in words, and no": ("access_to_children", 'access_to_children = "no"', "no"),
    "in words that begin with no": ("access_to_children", 'access_to_children = "no idea, maybe"', "written"),
    "a meeting": ("meeting", "meeting_planned = true", "planned"),
    "no meeting": ("meeting", "meeting_planned = false", "no"),
    "under way": ("meeting", "meeting_planned = true\nmeeting_under_way = true", "under_way"),
    "under way, and nobody knows whether planned": ("meeting", "meeting_under_way = true", "under_way"),
    "not asked after no": ("group_attending", "meeting_planned = false", "no"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_of_a_statement_is_a_fact(name: str) -> None:
    fact, toml, wanted = ANSWERS[name]
    assert code(fact, toml) == {wanted}


def test_of_a_package_that_was_not_read_everything_is_open() -> None:
    nothing = facts_of_statement({})
    assert {*map(frozenset, nothing.declared.values())} == {frozenset({"open"})}
    assert nothing.meetings == ()


def test_a_meeting_that_is_planned_has_a_time_or_none() -> None:
    planned = facts_of_statement(summary("meeting_planned = true\nmeeting_when = 2026-11-24T15:30:00"))
    assert planned.meetings == (Meeting(datetime(2026, 11, 24, 15, 30, tzinfo=UTC), Basis.STATED),)
    assert facts_of_statement(summary("meeting_planned = true")).meetings == (Meeting(None, Basis.UNKNOWN),)
    assert facts_of_statement(summary("meeting_planned = false")).meetings == ()
    assert facts_of_statement(summary("")).meetings == ()
    assert len(facts_of_statement(summary("meeting_when = 2026-11-24")).meetings) == 1, "a time, and no yes before it"


TIMES: dict[str, tuple[str, str | None, str, Basis | int]] = {
    "in winter": ("2026-11-24T15:30:00", None, "2026-11-24T15:30+00:00", Basis.STATED),
    "in summer": ("2026-07-24T15:30:00", None, "2026-07-24T14:30+00:00", Basis.STATED),
    "with an offset": ("2026-11-24T15:30:00+05:00", None, "2026-11-24T10:30+00:00", Basis.STATED),
    "a day": ("2026-07-24", None, "2026-07-23T23:00+00:00", Basis.DAY_ONLY),
    "the hour that comes twice": ("2026-10-25T01:30:00", None, "2026-10-25T00:30+00:00", 60),
    "a device further east": ("2026-11-24T15:30:00", "Europe/Warsaw", "2026-11-24T14:30+00:00", 60),
    "a device further west": ("2026-11-24T15:30:00", "America/New_York", "2026-11-24T15:30+00:00", 300),
    "a device in London": ("2026-11-24T15:30:00", "Europe/London", "2026-11-24T15:30+00:00", Basis.STATED),
    "a zone nobody knows": ("2026-11-24T15:30:00", "Europe/Plot14", "2026-11-24T15:30+00:00", Basis.STATED),
}


@pytest.mark.parametrize("name", TIMES)
def test_a_time_in_doubt_is_the_earlier_one(name: str) -> None:
    stated, zone, utc, is_basis = TIMES[name]
    at = datetime.fromisoformat(utc)
    if isinstance(is_basis, Basis):
        assert stated_meeting(stated, zone) == Meeting(at, is_basis)
    else:
        later = at + timedelta(minutes=is_basis)
        assert stated_meeting(stated, zone) == Meeting(at, Basis.EARLIER, later), "and the later is kept beside it"


@pytest.mark.parametrize("stated", [None, "", "after school", "2026-13-01"])
def test_words_that_are_no_time_are_never_guessed(stated: str | None) -> None:
    assert stated_meeting(stated, None) == Meeting(None, Basis.UNKNOWN)


def test_only_a_bare_no_in_words_is_a_no() -> None:
    said = said_no_value(
        parse_answers(b'[urgent]\ndanger_signs = "Nothing"\naccess_to_children = "nobody knows"\nfragile = "no"')
    )
    assert said == ["urgent.danger_signs"]
    assert said_no_value(Answers()) == []
