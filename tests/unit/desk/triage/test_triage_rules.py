"""The rules of grades: what is suggested, that missing answers raise and never lower, and that time counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.desk.triage.declared import facts_of_tags
from safehand.desk.triage.facts import ASKED, FACTS, OPEN, TAGS, Facts, Meeting, joined
from safehand.desk.triage.grade import Grade, most_urgent
from safehand.desk.triage.rule_table import read_table
from safehand.desk.triage.rules import NOTHING_URGENT, UNANSWERED, Suggestion, suggest
from safehand.errors import UsageError
from safehand.seal.meeting import Basis

TABLE = read_table()
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)

CALM = {
    "child_in_danger": "no",
    "meeting": "no",
    "child": "adult",
    "contact_goes_on": "no",
    "danger_signs": "none",
    "access_to_children": "no",
    "confronted": "no",
    "fragile": "no",
    "group_attending": "no",
}
"""Every urgent question answered, and nothing in the answers."""


def facts(*meetings: Meeting, **changed: str) -> Facts:
    return Facts({name: frozenset({code}) for name, code in {**CALM, **changed}.items()}, meetings)


def asked(known: Facts) -> Suggestion:
    return suggest(known, NOW, TABLE)


def rules_of(suggestion: Suggestion) -> list[str]:
    return [reason.rule for reason in suggestion.reasons]


def at(hours: float, basis: Basis = Basis.STATED) -> Meeting:
    return Meeting(NOW + timedelta(hours=hours), basis)


ONE_ANSWER = {
    "danger now": ({"child_in_danger": "yes"}, Grade.IMMEDIATE, "danger_now"),
    "a meeting under way with a child": (
        {"meeting": "under_way", "child": "real"},
        Grade.IMMEDIATE,
        "meeting_under_way",
    ),
    "the same with nobody knows whom": ({"meeting": "under_way", "child": OPEN}, Grade.IMMEDIATE, "meeting_under_way"),
    "the same with an adult's account": ({"meeting": "under_way"}, Grade.PRIORITY, "meeting_now"),
    "somebody may harm themself": ({"danger_signs": "self_harm"}, Grade.IMMEDIATE, "self_harm"),
    "a child in contact": ({"child": "real", "contact_goes_on": "yes"}, Grade.PRIORITY, "contact_with_child"),
    "a child, and the contact is over": ({"child": "real"}, Grade.SCHEDULED, NOTHING_URGENT),
    "an adult's account in contact": ({"contact_goes_on": "yes"}, Grade.SCHEDULED, NOTHING_URGENT),
    "weapons": ({"danger_signs": "weapons"}, Grade.PRIORITY, "danger_signs"),
    "signs in the holder's own words": ({"danger_signs": "written"}, Grade.PRIORITY, "danger_signs_written"),
    "access to children": ({"access_to_children": "yes"}, Grade.PRIORITY, "access"),
    "confronted": ({"confronted": "yes"}, Grade.PRIORITY, "confronted"),
    "posted": ({"published": "yes"}, Grade.PRIORITY, "named"),
    "a group at a meeting": ({"group_attending": "yes"}, Grade.PRIORITY, "group_attending"),
    "soon lost": ({"fragile": "yes"}, Grade.PRIORITY, "fragile"),
    "nothing": ({}, Grade.SCHEDULED, NOTHING_URGENT),
}


@pytest.mark.parametrize("name", ONE_ANSWER)
def test_an_answer_is_graded_as_the_table_of_the_domain_has_it(name: str) -> None:
    changed, grade, rule = ONE_ANSWER[name]
    suggestion = asked(facts(**changed))
    assert suggestion.grade is grade
    assert suggestion.reasons[0].rule == rule


MEETINGS = {
    "in an hour": (at(1), Grade.IMMEDIATE),
    "in four hours to the minute": (at(4), Grade.IMMEDIATE),
    "in four hours and a minute": (at(4 + 1 / 60), Grade.PRIORITY),
    "in two days to the minute": (at(48), Grade.PRIORITY),
    "in two days and a minute": (at(48 + 1 / 60), Grade.SCHEDULED),
    "begun an hour ago": (at(-1), Grade.IMMEDIATE),
    "begun a minute less than twelve hours ago": (at(-12 + 1 / 60), Grade.IMMEDIATE),
    "twelve hours ago": (at(-12), Grade.PRIORITY),
    "long ago": (at(-5000), Grade.PRIORITY),
    "of two readings, the later may still be": (at(-20, Basis.EARLIER), Grade.IMMEDIATE),
    "of two readings, both are over": (at(-36, Basis.EARLIER), Grade.PRIORITY),
    "some time today": (at(-3, Basis.DAY_ONLY), Grade.IMMEDIATE),
    "some time yesterday, late in the night": (at(-13, Basis.DAY_ONLY), Grade.IMMEDIATE),
    "some time two days ago": (at(-51, Basis.DAY_ONLY), Grade.PRIORITY),
    "nobody knows when": (Meeting(None, Basis.UNKNOWN), Grade.PRIORITY),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_a_meeting_is_graded_by_its_clock_when_a_child_may_be_there(name: str) -> None:
    meeting, grade = MEETINGS[name]
    assert asked(facts(meeting, meeting="planned", child="real")).grade is grade


def test_a_meeting_with_an_adults_account_alone_has_priority_and_no_more() -> None:
    assert asked(facts(at(1), meeting="planned")).grade is Grade.PRIORITY
    assert asked(facts(at(1), meeting="planned", group_attending="yes")).grade is Grade.IMMEDIATE


def test_of_two_meetings_the_one_that_presses_counts() -> None:
    assert asked(facts(at(-5000), at(1), meeting="planned", child="both")).grade is Grade.IMMEDIATE


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_is_a_rule_and_only_two_of_them_ask_for_nothing(tag: str) -> None:
    suggestion = asked(joined(facts(), facts_of_tags([tag])))
    assert suggestion.reasons[0].used == (("tags", (tag,)),)
    quiet = {"duplicate", "insufficient"}
    assert (suggestion.grade is Grade.INFORMATION) is (tag in quiet)
    assert tag in quiet or suggestion.grade.place <= Grade.PRIORITY.place


def test_a_duplicate_of_a_report_with_danger_in_it_is_no_mere_information() -> None:
    suggestion = asked(joined(facts(child_in_danger="yes"), facts_of_tags(["duplicate"])))
    assert suggestion.grade is Grade.IMMEDIATE
    assert rules_of(suggestion) == ["danger_now", "duplicate"]


def test_nothing_known_has_priority_and_says_which_questions_are_open() -> None:
    suggestion = asked(Facts())
    assert suggestion.grade is Grade.PRIORITY
    assert rules_of(suggestion) == [UNANSWERED]
    assert {name for name, _ in suggestion.reasons[0].used} == {*CALM}


@pytest.mark.parametrize("question", TABLE.urgent)
def test_one_urgent_question_left_open_is_enough(question: str) -> None:
    suggestion = asked(facts(**{question: OPEN}))
    assert suggestion.grade is Grade.PRIORITY
    assert [reason.used for reason in suggestion.reasons if reason.rule == UNANSWERED] == [((question, (OPEN,)),)]


def test_what_one_of_two_answers_is_open_no_more_and_what_they_answer_differently_counts_both() -> None:
    assert asked(joined(facts(confronted=OPEN), facts(confronted="no"))).grade is Grade.SCHEDULED
    assert asked(joined(facts(child_in_danger="no"), facts(child_in_danger="yes"))).grade is Grade.IMMEDIATE


def test_a_reason_says_which_answers_it_rests_on() -> None:
    (reason, *_) = asked(facts(at(2), meeting="planned", child="real")).reasons
    assert (reason.rule, reason.used) == ("meeting_soon", (("meeting_time", ("soon",)), ("child", ("real",))))
    assert reason.words.startswith("A meeting begins within 4 hours, or began less than 12 hours ago")


def test_the_suggestion_says_until_when_it_is_true() -> None:
    far = facts(at(100), meeting="planned", child="real")
    moments, now = [], NOW
    while (until := suggest(far, now, TABLE).until) is not None:
        before, after = suggest(far, until - timedelta(seconds=1), TABLE), suggest(far, until, TABLE)
        assert before.grade is suggest(far, now, TABLE).grade
        assert before.grade is not after.grade
        moments.append((until - NOW) / timedelta(hours=1))
        now = until
    assert moments == [52, 96, 112]
    assert asked(facts()).until is None


def test_the_order_of_grades_is_the_order_of_urgency() -> None:
    assert most_urgent(Grade) is Grade.IMMEDIATE
    assert [grade.place for grade in Grade] == [0, 1, 2, 3]
    assert {grade.words for grade in Grade} == {"Immediate", "Priority", "Scheduled", "Information"}
    assert len({grade.means for grade in Grade}) == 4


@pytest.mark.parametrize(
    ("name", "code"),
    [("child_in_danger", "perhaps"), ("score", "yes"), ("meeting_time", "soon"), ("tags", "a tag of tomorrow")],
)
def test_a_fact_that_is_not_in_the_table_is_refused(name: str, code: str) -> None:
    with pytest.raises(UsageError):
        Facts({name: frozenset({code})})


def test_every_fact_can_be_asked_in_words() -> None:
    assert ASKED.keys() == FACTS.keys()


# --- what holds for any answers at all ---

_DECLARED = st.fixed_dictionaries(
    {},
    optional={
        name: st.frozensets(st.sampled_from(codes), max_size=3)
        for name, codes in FACTS.items()
        if name != "meeting_time"
    },
)
_MEETINGS = st.lists(
    st.builds(
        Meeting,
        st.none() | st.floats(-200, 200, allow_nan=False).map(lambda hours: NOW + timedelta(hours=hours)),
        st.sampled_from(Basis),
    ),
    max_size=3,
).map(tuple)
_FACTS = st.builds(Facts, _DECLARED, _MEETINGS)
_DANGEROUS = {
    "child_in_danger": ("no", "yes"),
    "meeting": ("no", "under_way"),
    "child": ("adult", "real"),
    "contact_goes_on": ("no", "yes"),
    "danger_signs": ("none", "self_harm"),
    "access_to_children": ("no", "yes"),
    "confronted": ("no", "yes"),
    "group_attending": ("no", "yes"),
    "fragile": ("no", "yes"),
    "published": ("no", "yes"),
}
"""Of each question the answer without danger in it, and one with."""


def changed(known: Facts, name: str, *codes: str) -> Facts:
    return Facts({**known.declared, name: frozenset(codes)}, known.meetings)


@given(_FACTS)
def test_the_same_facts_at_the_same_moment_give_the_same_suggestion(known: Facts) -> None:
    again = Facts(dict(reversed([*known.declared.items()])), known.meetings)
    assert asked(known) == asked(again)


@given(_FACTS, st.sampled_from(TABLE.urgent))
def test_an_urgent_question_that_nobody_answers_never_lowers_and_is_at_least_priority(known: Facts, name: str) -> None:
    harmless, _ = _DANGEROUS[name]
    left = asked(changed(known, name, OPEN))
    assert left.grade.place <= asked(changed(known, name, harmless)).grade.place
    assert left.grade.place <= Grade.PRIORITY.place


@given(_FACTS, st.sampled_from(sorted(_DANGEROUS)))
def test_an_answer_with_danger_in_it_never_lowers(known: Facts, name: str) -> None:
    harmless, dangerous = _DANGEROUS[name]
    assert asked(changed(known, name, dangerous)).grade.place <= asked(changed(known, name, harmless)).grade.place


@given(_FACTS, _FACTS, st.sampled_from(sorted(set(TAGS) - {"duplicate", "insufficient"})))
def test_a_meeting_or_a_tag_more_never_lowers(known: Facts, other: Facts, tag: str) -> None:
    place = asked(known).grade.place
    assert asked(joined(known, facts_of_tags([tag]))).grade.place <= place
    assert asked(Facts(known.declared, known.meetings + other.meetings)).grade.place <= place


@given(_FACTS)
def test_there_is_always_a_reason_and_the_grade_is_that_of_the_first(known: Facts) -> None:
    suggestion = asked(known)
    assert suggestion.reasons[0].grade is suggestion.grade
    assert [reason.grade.place for reason in suggestion.reasons] == sorted(
        reason.grade.place for reason in suggestion.reasons
    )
