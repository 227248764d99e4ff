"""No address, form or column of the desk takes an officer's own words to a holder: there is no free text at all.

Issue 4, section 4: "No route exists for free text without two officers' release, and released text is kept as
disclosable." None exists, so none can be released; what is proved here is that. Every address is tried with words in
every field that any form or template of the desk has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

import safehand.desk
from desk_cast import LOOKS_SEALED, NOW, Cast, Ready, signed_in
from desk_routes import NOTICE, routes
from handing_over import SendingPage, asking
from notices import FORM
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import moment
from safehand.desk.handover import work
from safehand.desk.handover.models import Message
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.models import Notice, ToldHolder
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.telling import tell_node
from safehand.seal.holder_messages import MESSAGES
from safehand.seal.notice import FIELDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("desk_state")]

OURS = "could you ask him where the beans are"
"""An officer's own words."""

DESK = Path(safehand.desk.__file__).parent
HOLDERS = "/report/"
GUESSED = ("text", "body", "words", "note", "free_text", "reply", "comment", "title", "lines", "reason", "told")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield
    cache.clear()


def field_names() -> set[str]:
    """Of every field that stands in a template, or in a form of Django's."""
    named = {
        name for path in DESK.rglob("*.html") for name in re.findall(r'name="([A-Za-z_-]+)"', path.read_text("utf-8"))
    }
    for path in DESK.rglob("*.py"):
        named |= set(re.findall(r"POST\.get\(\"([a-z_]+)\"", path.read_text("utf-8")))
        named |= set(re.findall(r"^    ([a-z_]+) = forms\.", path.read_text("utf-8"), re.MULTILINE))
    return named | set(GUESSED) | {field.id for field in FIELDS}


def as_many_as_are_taken(names: set[str]) -> Iterator[list[str]]:
    """All of them, in forms that the desk does not refuse for holding too many fields."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 1
    every = sorted(names)
    for start in range(0, len(every), most):
        yield every[start : start + most]


class Reports:
    """A package and an urgent notice that came by the node; Alice has both."""

    def __init__(self, cast: Cast) -> None:
        page = SendingPage(asking(Client()))
        data = LOOKS_SEALED + b"a package"
        page.begin(len(data))
        page.send(data)
        page.finish(data)
        notice = Client().post("/report/urgent/", FORM).content.decode()
        self.codes = [str(page.told["check_code"]), re.findall(r"sh-receipt__code[^>]*>([^<]+)<", notice)[0]]
        for each in ParcelsHere().waiting().parcels:
            collect(each, ParcelsHere())
        look_for_parcels()
        self.case = Case.objects.get(opened_by=None)
        CaseOfficer.objects.create(case=self.case, officer=cast.alice, since=moment(NOW), added_by=cast.alice)
        self.notice = Notice.objects.get().arrival.reference
        signed_in(cast.alice).post(f"/notices/{self.notice}/take")

    def what_holders_see(self) -> str:
        """Every page of theirs, and how far both reports are."""
        client = Client()
        pages = [client.get(route.path) for route in routes(self.case.reference) if route.path.startswith(HOLDERS)]
        pages += [client.post("/report/progress/", {"code": code}) for code in self.codes]
        assert [page.status_code for page in pages[-2:]] == [200, 200]
        return "\n".join(page.content.decode() for page in pages if not page.streaming)


@pytest.fixture
def reports(cast: Cast) -> Reports:
    return Reports(cast)


def test_words_in_every_field_of_every_address_reach_no_holder(reports: Reports, ready: Ready) -> None:
    names = field_names()
    assert {"message", "purpose", "caller_number", "code"} <= names
    browser = signed_in(ready.cast.alice)
    tried = 0
    # Of the case that can be read, every page; of the one that came by the node, the way to its holder.
    for route in (*routes(reports.case.reference), *routes(ready.case.reference)):
        path = route.path.replace(NOTICE, reports.notice)
        if path.startswith((HOLDERS, "/sign-out")):
            continue
        for message in (OURS, "officer_will_ring"):
            for some in as_many_as_are_taken(names - {"message"}):
                given = {**dict.fromkeys(some, OURS), "message": message}
                browser.post(path, given)
                browser.post(f"{path}?{'&'.join(f'{name}=beans' for name in some)}", given)
            tried += 1
    assert tried > 30
    told = list(ToldHolder.objects.values_list("template", flat=True))
    assert told.count("officer_will_ring") >= 2, "the case and the notice were told what is on the list"
    assert set(told) <= set(MESSAGES)
    tell_node()
    seen = reports.what_holders_see()
    assert "An officer will ring you on the number you gave" in seen
    assert OURS not in seen
    assert "where the beans are" not in seen
    assert OURS not in " ".join(map(str, Message.objects.values_list("template", flat=True)))
    assert not [name for name in ("handover_message", "handover_parcel", "intake_toldholder") if OURS in dump(name)]


def dump(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a name of our own
        return " ".join(str(value) for row in cursor for value in row)


COLUMNS = {
    "Parcel": {"id", "kind", "sha256", "state", "reference", "check_code_hash", "progress"},
    "Coming": {"id", "key_hash", "check_code_hash"},
    "Message": {"template"},
}
"""Every column of the node that could hold words. Codes, hashes and references: a new one must be thought about."""


def test_the_node_has_no_column_with_room_for_words() -> None:
    texts = ("TextField", "CharField", "JSONField", "SlugField", "URLField", "EmailField", "FileField")
    for model in apps.get_app_config("handover").get_models():
        named = {field.name for field in model._meta.fields if field.get_internal_type() in texts}
        assert named <= COLUMNS.get(model.__name__, NUMBERS), model.__name__


NUMBERS = {"key", "name", "who", "window"}
"""Of what is only counted (limits.py)."""


SHOWN = {
    "report": {"title", "reference", "steps", "means", "told"},
    "step": {"status", "name", "said"},
    "told": {"message", "at"},
    "parcel": {"pk", "reference", "received_at"},
}
"""All that the pages of a holder show of what came from the desk. ``told.message`` is one of the closed list."""


def test_the_pages_of_a_holder_show_nothing_of_the_desks_but_this() -> None:
    found: dict[str, set[str]] = {name: set() for name in SHOWN}
    for path in (DESK / "handover" / "templates").rglob("*.html"):
        for name, attribute in re.findall(r"\b(report|step|told|parcel)\.([a-z_]+)", path.read_text("utf-8")):
            found[name].add(attribute)
    assert found == SHOWN


def test_the_one_way_to_tell_a_holder_is_the_one_action_and_no_row_of_it_is_ever_changed() -> None:
    """``_tell`` makes the row with its custody entry; it is called with a template that was looked up in the list."""
    makes, changes = [], []
    for path in DESK.rglob("*.py"):
        text = path.read_text("utf-8")
        makes += [path.name] * len(re.findall(r"ToldHolder(?:\.objects\.\w*create|\()", text))
        changes += re.findall(r"ToldHolder\.objects(?:\.\w+\([^)]*\))*\.(?:update|delete)\(", text)
    assert sorted(makes) == ["models.py", "told.py"], "where the class is, and where a row is made"
    assert changes == []
