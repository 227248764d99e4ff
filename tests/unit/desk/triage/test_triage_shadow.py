"""What rules that are tried out would have done: counts by change of grade, links where they may be followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from desk_cast import NOW, Cast, hold, signed_in
from reports import DANGER, looked, report, summary
from safehand.desk.officers.roles import Role
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Suggested
from safehand.desk.triage.presenters.shadow import shadow_rows
from safehand.desk.triage.shadow import shadow_of
from safehand.errors import NotAllowed

pytestmark = pytest.mark.django_db

TABLE = """
schema = "safehand.grade-rules/1"
name = "allotment_road"

[rules.tried]
shadow = true
grade = "immediate"
words = "The other person lives or works with children."
all = { access_to_children = ["yes"] }

[rules.never]
shadow = true
grade = "priority"
words = "It was posted."
all = { published = ["yes"] }
"""

ACCESS: dict[str, list[str | None]] = {"urgent.access_to_children": ["yes", None]}


@pytest.fixture(autouse=True)
def table(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "grades.toml"
    path.write_text(TABLE)
    settings.GRADE_RULES = path


def test_each_rule_tells_what_it_would_have_raised_from_where_and_links_to_what_may_be_read(cast: Cast) -> None:
    report("A", cast.alice, 1, summary=summary(**ACCESS))
    report("B", cast.charlie, 2, summary=summary(**ACCESS))
    report("C", cast.alice, 3, summary=summary(**ACCESS, **DANGER))
    report("D", cast.alice, 4)
    looked()
    tried, never = shadow_of(cast.alice)
    assert (tried.rule, tried.held, tried.raised.total()) == ("tried", 3, 2)
    assert tried.cases == ["SH-00000000A"], "the other is Charlie's"
    assert (never.rule, never.held) == ("never", 0)
    (grade,) = tried.raised
    assert shadow_rows([tried])[0].changes == (f"2 reports from {grade.words} to Immediate",)
    assert grade is not Grade.IMMEDIATE
    page = signed_in(cast.alice).get("/workload/tried-out/").content.decode()
    assert "It held in 3 reports. It would have raised 2 reports:" in page
    assert "/cases/SH-00000000A/triage/" in page
    assert "SH-00000000B" not in page
    assert "It held in 0 reports. It would have raised none" in page


def test_the_newest_suggestion_counts_and_the_same_is_not_kept_twice(cast: Cast) -> None:
    made = report("A", cast.alice, 1, summary=summary(**ACCESS))
    looked()
    assert looked(NOW + 60_000_000) == 0
    made.summary = summary()
    made.state = "received"
    made.save()
    looked()
    made.state = "ready"
    made.save()
    looked()
    assert shadow_of(cast.alice)[0].held == 0
    assert Suggested.objects.count() == 2, "what said the same thrice stands once"


def test_where_none_is_tried_out_it_says_so_and_only_a_supervisor_asks(cast: Cast, settings: Settings) -> None:
    settings.GRADE_RULES = None
    assert "No rule is being tried out." in signed_in(cast.alice).get("/workload/tried-out/").content.decode()
    assert "/workload/tried-out/" in signed_in(cast.alice).get("/workload/").content.decode()
    hold(cast.bob, Role.REVIEWER)
    assert signed_in(cast.bob).get("/workload/tried-out/").status_code == 403
    with pytest.raises(NotAllowed):
        shadow_of(cast.bob)
