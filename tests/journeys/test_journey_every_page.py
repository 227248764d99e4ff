"""Every page that the public node answers, in every state it can be in: axe, both sizes, a thumb, a key, 320 pixels.

The table below is whole: a test asks for each template and each address in it. What the sealer's script draws is
looked at on its way, in test_journey_seal_states.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from journey_eyes import PHONE, Eyes
from journey_media import media_faults
from journey_pages import faults, show
from notices import FORM
from safehand.desk.handover import urls
from safehand.desk.handover.limits import Limit
from safehand.desk.handover.models import Parcel, ParcelState, Progress
from safehand.desk.handover.progress import Sent, Told
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.errors import CannotWrite
from safehand.seal.holder_messages import MESSAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("desk_state"),
]

VIEWS: Final = "safehand.desk.handover.views"
DATED: Final = "safehand.desk.handover.templatetags.words.localdate"
ONCE: Final = "0123456789abcdef" * 2
NO_PAGES: Final = {
    "exit",
    "urgent-receipt",
    "parcels",
    "work",
    "parcel",
    "finish",
    "part",
    "collect",
    "sealed",
    "acknowledge",
    "tell",
}
"""What leads elsewhere, is a file, or speaks with a script or with a desk."""


@dataclass(frozen=True, slots=True)
class World:
    """What a state is made with."""

    client: Client
    patch: pytest.MonkeyPatch


State = Callable[[World], tuple[str, Any]]
"""Makes a state, and gives an address and its answer."""


def get(name: str) -> State:
    def made(world: World) -> tuple[str, Any]:
        path = reverse(f"handover:{name}")
        return path, world.client.get(path)

    return made


def post(name: str, given: dict[str, Any], *before: tuple[str, object]) -> State:
    """Posted, with these names standing for something else."""

    def made(world: World) -> tuple[str, Any]:
        for target, value in before:
            world.patch.setattr(target, value)
        path = reverse(f"handover:{name}")
        return path, world.client.post(path, given)

    return made


def raises(error: Exception) -> Callable[..., object]:
    def always(*_: object, **__: object) -> object:
        raise error

    return always


def desk_away(world: World) -> tuple[str, Any]:
    world.patch.setattr(f"{VIEWS}.urgent.desk_is_away", lambda: True)
    return get("urgent")(world)


def has_it(world: World) -> None:
    post("urgent", {**FORM, "once": ONCE})(world)
    Parcel.objects.update(state=ParcelState.COLLECTED)


def notice_is_there(world: World) -> tuple[str, Any]:
    has_it(world)
    return post("urgent", {**FORM, "once": ONCE})(world)


def notice_state(*, there: bool) -> State:
    def made(world: World) -> tuple[str, Any]:
        has_it(world)
        if not there:
            Parcel.objects.update(state=ParcelState.WAITING)
        path = f"{reverse('handover:urgent-state')}?notice={Parcel.objects.get().pk}"
        return path, world.client.get(path)

    return made


def progress_at(step: Progress, *, at_the_desk: bool = True) -> State:
    at = datetime(2026, 11, 27, 17, tzinfo=UTC)
    told = tuple(Told(message, at) for message in MESSAGES.values()) if at_the_desk else ()
    sent = Sent("SH-4ZMSX3A71", at, at_the_desk, step, told)
    more = Sent("SH-4ZMSX3A72", at + timedelta(days=1), at_the_desk=False, progress=Progress.RECEIVED, told=())
    answer = (sent, more) if at_the_desk else (sent,)
    return post("progress", {"code": "K7QM"}, (f"{VIEWS}.progress.ask_progress", lambda *_: answer))


def not_there(world: World) -> tuple[str, Any]:
    return "/report/nowhere/", world.client.get("/report/nowhere/")


def faulty(error: Exception) -> State:
    def made(world: World) -> tuple[str, Any]:
        world.patch.setattr(DATED, raises(error))
        world.client.raise_request_exception = False
        return get("help")(world)

    return made


def long_ago(world: World) -> tuple[str, Any]:
    world.patch.setattr(DATED, lambda: date(2028, 1, 1))
    return get("other-ways")(world)


OLD: Final = "delete globalThis.CompressionStream; delete globalThis.DecompressionStream; delete globalThis.Worker"
"""Makes a browser one that cannot seal: what the sealer draws in one that can is looked at elsewhere."""

ODD_DAY: Final = {**FORM, "meeting": "planned", "meeting_day": "other", "meeting_day_of": "31", "meeting_month": "2"}
NO_SUCH_CODE: Final = {"code": "K7QM-2D9X-TR4B-08H1"}
MANY: Final = {f"field{number}": "x" for number in range(200)}

STATES: Final[dict[str, State]] = {
    **{name: get(name) for name in ("start", "danger", "now", "not-sure", "leave", "next", "stay-safe")},
    **{name: get(name) for name in ("this-computer", "young-person", "other-ways", "help", "privacy", "accessibility")},
    "danger: nothing chosen": post("danger", {}),
    "other ways: checked long ago": long_ago,
    "urgent": get("urgent"),
    "urgent: the desk is away": desk_away,
    "urgent: no number": post("urgent", {**FORM, "caller_number": ""}),
    "urgent: no such day": post("urgent", ODD_DAY),
    "urgent: too many": post("urgent", FORM, (f"{VIEWS}.urgent.NOTICES", Limit("notices", 0, 3600))),
    "urgent: not kept": post("urgent", FORM, (f"{VIEWS}.urgent.send_notice", raises(CannotWrite("the disk is full")))),
    "urgent: on its way": post("urgent", FORM),
    "urgent: on its way, the desk is away": post("urgent", FORM, (f"{VIEWS}.urgent.desk_is_away", lambda: True)),
    "urgent: the police have it": notice_is_there,
    "urgent state: on its way": notice_state(there=False),
    "urgent state: the police have it": notice_state(there=True),
    "progress": get("progress"),
    "progress: wrong code": post("progress", NO_SUCH_CODE),
    "progress: too often": post(
        "progress", NO_SUCH_CODE, (f"{VIEWS}.progress.ask_progress", raises(Refused(Refusal.TOO_OFTEN)))
    ),
    "progress: not fetched yet": progress_at(Progress.RECEIVED, at_the_desk=False),
    **{f"progress: {step}": progress_at(step) for step in Progress},
    "seal: a browser that cannot": get("seal"),
    "not there": not_there,
    "not understood": post("urgent", MANY),
    "refused": post("urgent", FORM, (f"{VIEWS}.urgent.send_notice", raises(PermissionDenied()))),
    "too big": post("urgent", {**FORM, "caller_name": "a" * 300_000}),
    "not kept": faulty(OperationalError("disk I/O error")),
    "broken": faulty(RuntimeError("the allotment")),
}


@pytest.fixture(scope="session", autouse=True)
def _beside_a_browser() -> None:
    # Playwright keeps an event loop in this thread, beside which Django will not look into a database unasked: not
    # when the last fixture is taken down either, so this is said once and stands.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    yield context
    context.close()


@pytest.mark.parametrize("name", STATES)
def test_a_page_is_as_it_must_be(name: str, phone: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> None:
    path, answer = STATES[name](World(Client(), monkeypatch))
    page = phone.new_page()
    page.add_init_script(OLD)
    eyes = Eyes(page)
    show(page, answer, path)
    assert faults(page) == [], name
    assert media_faults(page) == [], name
    eyes.look(f"every-{name.replace(': ', '-').replace(', ', '-').replace(' ', '-')}", full=True)
    page.close()


BAD: Final = """<html style="background: Canvas"><body style="color: CanvasText">
<p style="forced-color-adjust: none; color: #fff; background: #fff">beans</p>
<p style="background: #000; color: #fff">marrows</p>
<a href="#beans" style="outline: none">Follow</a>
<button>Press</button>"""


def test_words_that_vanish_focus_that_is_not_seen_and_a_button_on_paper_would_be_found(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.set_content(BAD)
    assert sorted(media_faults(page)) == [
        "cannot be read on paper: beans",
        "cannot be read on paper: marrows",
        "focus is not shown on: A Follow",
        "printed, and nobody can press it: Press",
        "vanishes where colours are forced: beans",
    ]
    page.set_content("<p>beans</p><a href='#x'>marrows</a>")
    assert media_faults(page) == []
    page.close()


def test_the_table_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: set[str] = set()
    asked: set[str] = set()
    for make in STATES.values():
        with monkeypatch.context() as patch:
            path, answer = make(World(Client(), patch))
        rendered |= {Path(str(each.name)).name for each in answer.templates if str(each.name).startswith("handover/")}
        asked.add(path.partition("?")[0])
        Parcel.objects.all().delete()
    templates = {path.name for path in Path(urls.__file__).parent.glob("templates/handover/*.html")}
    assert templates - rendered == set(), "templates that no state shows"
    names = {str(each.name) for each in urls.urlpatterns} - NO_PAGES
    assert {name for name in names if reverse(f"handover:{name}") not in asked} == set(), "addresses that no state asks"
