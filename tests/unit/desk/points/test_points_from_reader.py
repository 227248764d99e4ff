"""From the reader: a message is used for a point to prove in six presses, with nothing chosen beforehand."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desk_cast import Ready, clock
from desk_pointed import CHAT, talk
from safehand.desk.points.choosing import choose
from safehand.desk.points.entering import take_back
from safehand.desk.points.models import Entry
from safehand.desk.review.citing import cite
from safehand.desk.review.models import Citation
from safehand.desk.review.tags import TAGS

CASE = "/cases/SH-7K3M9QXA1/"
POINTS = f"{CASE}points/"
USE = f"{CASE}conversations/1/messages/6/point/"
WHY = "the shed on saturday"
CHOSEN = re.compile(r'<(?:input|option value="[^"]+")[^>]* (?:checked|selected)')


@pytest.fixture
def pointed(ready: Ready) -> Ready:
    talk(ready, *CHAT)
    return ready


@pytest.fixture
def looked(pointed: Ready) -> Ready:
    choose(pointed.cast.alice, pointed.case, "meeting", attempt=False, reason=WHY, clock=clock)
    return pointed


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("looked")
def test_a_message_is_used_for_a_point_in_six_interactions(as_alice: Client) -> None:
    reader = f"{CASE}conversations/1/?message=6"
    link = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>Use it for a point to prove</a>', text(as_alice, reader))
    assert link == [USE]  # 1: it is pressed
    page = text(as_alice, USE)
    assert not CHOSEN.search(page)
    asked = re.findall(r'<(?:select|textarea|input)[^>]* name="([a-z_]+)"', page.split("sh-card--form")[1])
    assert list(dict.fromkeys(name for name in asked if not name.startswith("csrf"))) == [
        "point", "cited_as", "side", "reason",  # 2, 3, 4, 5
    ]  # fmt: skip
    assert "15.c Meets, travels or arranges" in page
    answer = as_alice.post(USE, {"point": "meeting/c", "cited_as": "meeting", "side": "supporting", "reason": WHY})  # 6
    assert (answer.status_code, answer["Location"]) == (302, f"{reader}#m6")
    assert "Kept for the point to prove" in text(as_alice, answer["Location"])
    one = Entry.objects.get()
    (cites,) = one.cites.all()
    assert (cites.citation.number, cites.citation.tag, cites.citation.points) == (6, "meeting", "towards")


def test_the_form_offers_the_citations_of_the_message_first_and_every_tag(looked: Ready, as_alice: Client) -> None:
    cite(looked.cast.bob, looked.case, 1, 7, "withdrawal", "away")
    one = cite(looked.cast.bob, looked.case, 1, 6, "meeting", "both").pk
    page = text(as_alice, USE)
    choices = re.findall(r'<option value="([^"]*)"', page.split('name="cited_as"')[1].split("</select>")[0])
    assert choices == ["", str(one), *(tag.code for tag in TAGS)]
    as_alice.post(USE, {"point": "meeting/c", "cited_as": one, "side": "police", "reason": WHY})
    assert Citation.objects.count() == 2


def test_the_form_tells_what_the_message_is_used_for_already(looked: Ready, as_alice: Client, as_bob: Client) -> None:
    assert "It is used already" not in text(as_alice, USE)
    choose(looked.cast.alice, looked.case, "meeting", attempt=True, reason=WHY)
    form = {"cited_as": "meeting", "side": "supporting", "reason": WHY}
    as_alice.post(USE, {**form, "point": "meeting/c"})
    as_bob.post(USE, {**form, "point": "meeting/at_b", "side": "undermining"})
    page = re.sub(r"<[^>]*>", "", text(as_alice, USE))
    assert "15.c Meets, travels or arranges, supporting (alice); AT.b More than preparation, undermining (bob)." in page
    assert "It is used already" not in text(as_alice, USE.replace("/6/", "/7/")), "another message is not"
    take_back(looked.cast.bob, looked.case, Entry.objects.get(element="c").pk, "read again")
    assert "15.c Meets, travels or arranges, supporting" not in re.sub(r"<[^>]*>", "", text(as_alice, USE))


@pytest.mark.usefixtures("looked")
@pytest.mark.parametrize(
    "wrong",
    [{"point": ""}, {"point": "meeting/g"}, {"point": "inciting/a"}, {"cited_as": "ages"}, {"side": "not_here"},
     {"reason": ""}, {"cited_as": "7"}, {"side": ""}],
)  # fmt: skip
def test_what_was_not_filled_in_is_asked_for_and_nothing_is_cited(wrong: dict[str, str], as_alice: Client) -> None:
    form = {"point": "meeting/c", "cited_as": "meeting", "side": "supporting", "reason": WHY}
    answer = as_alice.post(USE, {**form, **wrong})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert not Citation.objects.exists()


@pytest.mark.usefixtures("pointed")
def test_where_no_offence_is_looked_at_the_form_leads_to_choosing_one(as_alice: Client) -> None:
    page = text(as_alice, USE)
    assert "Nobody has chosen an offence to look at yet." in page
    assert f'href="{POINTS}"' in page
    assert as_alice.get(f"{CASE}conversations/1/messages/99/point/").status_code == 404
