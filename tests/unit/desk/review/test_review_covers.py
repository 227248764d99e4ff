"""Hard material is covered until asked for: in the reader, in what a search finds, side by side. Nothing else is."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from casefile_builders import START, Made, conversation, known, message, texts
from desk_cast import Ready, clock, signed_in
from desk_pointed import talk
from safehand.analysis.indicators.catalogue import CATALOGUE, rule_of
from safehand.analysis.indicators.lists import NO_WORDS
from safehand.casefile.clock import Clock
from safehand.casefile.indicators import StoredIndicator, indicators_between
from safehand.casefile.read import CaseFile
from safehand.casefile.views import Line
from safehand.desk.cases.opening import case_file_path, case_key, open_case_file
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import covering, presenters
from safehand.desk.review.actions import read_page, search, view_original
from safehand.desk.review.markup import said_markup
from safehand.desk.review.presenters.covers import covers_of
from safehand.desk.review.presenters.marks import Piece
from safehand.desk.review.presenters.rows import Context, row
from safehand.desk.review.presenters.said import Said
from safehand.desk.welfare.actions import choose
from safehand.desk.welfare.hard import HARD, hard_of
from safehand.desk.welfare.models import HardStretch
from safehand.model.message import Reply

pytestmark = pytest.mark.django_db

CHAT = (
    ("Kim", "hiya are the beans up"),
    ("Sam", "[sexual-remark]"),
    ("Kim", "im 13 btw"),
    ("Sam", "bring the netting or else"),
    ("Kim", "[self-harm-remark]"),
    ("Sam", "my football kit is in the wash"),
    ("Kim", "how old r u"),
)
COVERED = {2: "Sexual topic", 4: "Threat", 5: "Harm to oneself"}
READER = "/cases/SH-7K3M9QXA1/conversations/1/"


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


def page(browser: Client, path: str = READER) -> str:
    return browser.get(path).content.decode()


def read(markup: str) -> str:
    """What stands there, whatever of it is marked."""
    return re.sub(r"<[^>]+>", "", markup)


def covers_in(text: str) -> dict[int, str]:
    """By message number, what its cover says."""
    found = re.findall(r'id="m(\d+)"(?:(?!id="m).)*?sh-cover__bar"><span>([^<:]+)<', text, re.DOTALL)
    return {int(number): words for number, words in found}


# --- which messages ---


def test_the_hard_families_are_rules_of_the_catalogue_and_no_other_rule_covers() -> None:
    assert {rule_of(rule).id for rule in HARD} == {"sexual_first", "sexual_episode", "threat"}
    assert "self_harm" in {kind.code for kind in rule_of("threat").kinds}
    assert {rule.id for rule in CATALOGUE} >= set(HARD)


@pytest.mark.usefixtures("pointed")
def test_messages_of_the_hard_families_stand_behind_a_bar_that_says_which_and_no_others(as_alice: Client) -> None:
    assert covers_in(page(as_alice)) == COVERED


@pytest.mark.parametrize("sort", ["", "age", "meeting", "everything"])
def test_what_is_marked_in_the_gutter_changes_nothing_of_it(pointed: Ready, sort: str) -> None:
    assert dict(read_page(pointed.cast.alice, pointed.case, 1, sort=sort, clock=clock).covered) == COVERED


def test_a_case_that_was_read_without_words_covers_what_patterns_alone_can_see(ready: Ready) -> None:
    talk(ready, *CHAT, words=NO_WORDS)
    covered = read_page(ready.cast.alice, ready.case, 1, clock=clock).covered
    assert covered.get(4) == "Threat"
    assert 2 not in covered


def test_nothing_is_covered_where_nothing_is_hard(ready: Ready) -> None:
    talk(ready, CHAT[0], CHAT[2], CHAT[5])
    assert read_page(ready.cast.alice, ready.case, 1, clock=clock).covered == {}
    assert not HardStretch.objects.exists()
    assert hard_of(()) == {}


# --- all of it is covered, wherever the page repeats it ---


@pytest.mark.usefixtures("pointed")
def test_the_words_stand_inside_the_cover_and_nowhere_else_on_the_page(as_alice: Client) -> None:
    text = page(as_alice, f"{READER}?message=5")
    outside = re.sub(r'<details class="sh-cover">.*?</details>', "", text, flags=re.DOTALL)
    for number in COVERED:
        words = CHAT[number - 1][1]
        assert words in read(text)
        assert words not in outside
        assert words not in read(outside), (
            "not in the panel, not in what a rule points to, not in the data for the script"
        )
    assert "im 13 btw" in read(outside)


@pytest.mark.usefixtures("pointed")
def test_the_panel_of_a_covered_message_is_covered_too(as_alice: Client) -> None:
    panel = page(as_alice, f"{READER}?message=4").split('id="panel"')[1]
    assert re.search(r'sh-quote__words"><details class="sh-cover"><summary class="sh-cover__bar"><span>Threat<', panel)
    assert "<q>" not in panel.split("data-about")[1].split("<template")[0]


def test_a_cover_is_closed_as_it_comes_and_opens_without_a_script() -> None:
    markup = said_markup(Said((Piece("beans"),), cover="Threat <b>", plain=True))
    assert markup == (
        '<details class="sh-cover"><summary class="sh-cover__bar"><span>Threat &lt;b&gt;'
        '<span class="sh-cover__until">: covered until you ask</span></span></summary>'
        '<p class="sh-text">beans</p></details>'
    )
    assert "<details" not in said_markup(Said((Piece("beans"),), plain=True))


def line_of(number: int, text: str, quotes: str | None = None, **more: str) -> Line:
    reply = Reply(quoted=quotes) if quotes is not None else None
    return Line(
        number, "A", None, None, Clock.NONE, None, message(number, text, sent=known(START), reply=reply, **more)
    )


HARD_LINE = line_of(1, "bring the netting or else you will be sorry")


@pytest.mark.parametrize(
    ("quoted", "cover"),
    [
        ("bring the netting or else you will be sorry", "Threat"),
        ("bring the netting or el\u2026", "Threat"),
        ("bring the netting or el...", "Threat"),
        ("bri", ""),
        ("the netting or else", ""),
        ("my football kit", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_reply_that_quotes_a_covered_message_is_covered_with_it(quoted: str | None, cover: str) -> None:
    reply = line_of(2, "what", quoted)
    assert covers_of({1: "Threat"}, [HARD_LINE, reply]).over(reply) == cover


def test_a_reply_to_what_is_not_covered_is_not() -> None:
    reply = line_of(2, "what", "bring the netting or else you will be sorry")
    assert covers_of({}, [HARD_LINE, reply]).over(reply) == ""
    assert covers_of({3: "Threat"}, [HARD_LINE, reply]).over(reply) == ""


def test_earlier_wordings_of_a_covered_message_are_left_to_the_original() -> None:
    line = line_of(1, "beans", text_raw="[threat-remark]", extra="[threat-remark]")
    plain = row(line, None, Context("SH-7K3M9QXAR", 1, 0, 0))
    covered = row(line, None, Context("SH-7K3M9QXAR", 1, 0, 0, covers=covers_of({1: "Threat"}, [line])))
    assert (plain.about.before_repair, plain.about.extra) == ("[threat-remark]", "[threat-remark]")
    assert (covered.about.before_repair, covered.about.revisions, covered.about.extra) == ("", (), "")


# --- an officer's own choice ---


def test_who_chose_to_see_everything_sees_it_and_colleagues_go_on_as_they_chose(pointed: Ready) -> None:
    choose(pointed.cast.alice, covers=False, reminds=True)
    assert covers_in(page(signed_in(pointed.cast.alice))) == {}
    assert covers_in(page(signed_in(pointed.cast.bob))) == COVERED


def test_that_it_was_read_is_noted_for_the_reader_covered_or_not_and_not_in_the_entry(pointed: Ready) -> None:
    for chosen in (True, False):
        choose(pointed.cast.alice, covers=chosen, reminds=True)
        read_page(pointed.cast.alice, pointed.case, 1, clock=clock)
    assert HardStretch.objects.get().officer == pointed.cast.alice
    for entry in CustodyEntry.objects.all():
        assert json.loads(bytes(entry.canonical))["details"] == {"first": 1, "last": 7}


def test_the_original_covers_nothing_and_is_noted(pointed: Ready, as_alice: Client) -> None:
    text = page(as_alice, f"{READER}messages/4/original/")
    assert "sh-cover" not in text
    assert "or else" in read(text)
    HardStretch.objects.all().delete()
    view_original(pointed.cast.alice, pointed.case, 1, 1, clock=clock)
    assert HardStretch.objects.exists(), "its neighbours are shown beside it"


# --- search ---


def test_what_a_search_finds_is_covered_where_it_is_hard(pointed: Ready, as_alice: Client) -> None:
    answer = as_alice.post("/cases/SH-7K3M9QXA1/search/", {"words": "netting"}).content.decode()
    assert re.search(r'<details class="sh-cover"><summary class="sh-cover__bar"><span>Threat<', answer)
    outside = re.sub(r'<details class="sh-cover">.*?</details>', "", answer, flags=re.DOTALL)
    assert "or else" not in read(outside)
    plain = as_alice.post("/cases/SH-7K3M9QXA1/search/", {"words": "football"}).content.decode()
    assert "sh-cover" not in plain
    assert dict(search(pointed.cast.alice, pointed.case, "netting", clock=clock).covered) == {(1, 4): "Threat"}
    choose(pointed.cast.alice, covers=False, reminds=True)
    assert dict(search(pointed.cast.alice, pointed.case, "netting", clock=clock).covered) == {}


# --- side by side ---


def test_two_exports_side_by_side_cover_what_is_hard_in_either(ready: Ready, as_alice: Client) -> None:
    spoken = [f"row {number} of the potatoes is dug" for number in range(1, 9)]
    spoken[4] = "bring the netting or else"
    kept = texts(*spoken)
    mine = [message(number, one.text, sent=one.sent) for number, one in enumerate([*kept[:4], *kept[5:]], 1)]
    events = [*conversation(mine), *conversation(kept, "2")]
    Made(events=events, data=b"0123456789" * 20).build(case_file_path(ready.case), case_key(ready.case))
    text = page(as_alice, "/cases/SH-7K3M9QXA1/whole/1/")
    assert text.count("sh-cover__bar") == 1
    assert "Threat: covered until you ask" in read(text)
    assert "or else" not in read(re.sub(r'<details class="sh-cover">.*?</details>', "", text, flags=re.DOTALL))
    assert HardStretch.objects.exists()
    choose(ready.cast.alice, covers=False, reminds=True)
    assert "sh-cover" not in page(as_alice, "/cases/SH-7K3M9QXA1/whole/1/")


# --- single messages ---


def test_single_messages_are_looked_up_in_runs_and_nothing_beside_them_is_told(
    pointed: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int, int]] = []

    def between(casefile: CaseFile, conversation: int, first: int, last: int) -> tuple[StoredIndicator, ...]:
        asked.append((conversation, first, last))
        return indicators_between(casefile, conversation, first, last)

    monkeypatch.setattr(covering, "indicators_between", between)
    with open_case_file(pointed.case) as casefile:
        found = covering.hard_among(casefile, [(1, 7), (1, 2), (1, 1), (2, 3), (1, 3), (1, 2)])
        assert found == {(1, 2): "Sexual topic"}
        assert asked == [(1, 1, 3), (1, 7, 7), (2, 3, 3)]
        assert covering.hard_among(casefile, []) == {}


# --- pages that come later ---

PRESENTERS = Path(presenters.__file__).parent


def forgetful(source: str) -> list[int]:
    """Lines on which it is told what a message says, and not whether that is covered."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    tells = [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "said"]
    return [each.lineno for each in tells if "cover" not in {keyword.arg for keyword in each.keywords}]


def test_no_presenter_tells_what_a_message_says_without_saying_whether_it_is_covered() -> None:
    asked = {path.name: path.read_text() for path in PRESENTERS.glob("*.py") if "said(" in path.read_text()}
    assert {"rows.py", "sides.py"} <= set(asked)
    assert {name: lines for name, source in asked.items() if (lines := forgetful(source))} == {}
    assert forgetful("a = said(message, cover=cover)\nb = said(message)\n") == [2]
