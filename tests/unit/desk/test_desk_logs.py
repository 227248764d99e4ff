"""Logs and pages of error: what happened and where, and no word of evidence."""

from __future__ import annotations

import io
import logging

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from desk_cast import NAMES, WORDS, Ready, signed_in
from safehand.desk.core.logs import NoEvidence
from safehand.desk.review import actions


def passed(message: str, *arguments: object, error: BaseException | None = None) -> str:
    """What is left of a record."""
    exc_info = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord("safehand", logging.ERROR, __file__, 1, message, arguments, exc_info)
    assert NoEvidence().filter(record)
    return logging.Formatter("%(message)s").format(record)


def complain() -> None:
    raise DatabaseError("row (17, 'Priya Wren') violates a constraint")


def test_what_stands_after_a_question_mark_is_left_out() -> None:
    assert passed("Not Found: %s", "/search/?q=wheelbarrow&x=Priya") == "Not Found: /search/?…"


def test_of_an_error_its_kind_and_place_are_kept_and_its_words_are_not() -> None:
    with pytest.raises(DatabaseError) as caught:
        complain()
    said = passed("Internal Server Error: %s", "/cases/", error=caught.value)
    assert "DatabaseError" in said
    assert "test_desk_logs.py" in said
    assert "Priya" not in said


def test_every_handler_of_a_desk_is_quiet() -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert "quiet" in handler["filters"]


def test_a_page_that_breaks_says_nothing_of_what_it_held(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"{NAMES[0]} said {WORDS[0]}")

    monkeypatch.setattr(actions, "check_on_it", breaks)
    log = io.StringIO()
    (handler,) = (each for each in logging.root.handlers if any(isinstance(f, NoEvidence) for f in each.filters))
    monkeypatch.setattr(handler, "stream", log)
    browser = signed_in(ready.cast.alice)
    browser.raise_request_exception = False
    answer = browser.get(f"/cases/{ready.case.reference}/conversations/1/?words=wheelbarrow")
    assert answer.status_code == 500
    printed = log.getvalue()
    assert "ZeroDivisionError" in printed
    for text in (answer.content.decode(), printed):
        assert "Traceback" not in text
        for secret in (*NAMES, *WORDS, "wheelbarrow"):
            assert secret not in text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/cases/SH-000000000/report/", 404), ("/cases/sh-7k3m9qxa1/report/", 404), ("/%00", 404)],
)
def test_what_is_not_there_has_a_page_that_says_so(as_alice: Client, path: str, status: int) -> None:
    answer = as_alice.get(path)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()


def test_a_form_whose_token_is_gone_has_a_page_that_says_so(ready: Ready) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ready.cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(f"/cases/{ready.case.reference}/report/again")
    assert answer.status_code == 403
    assert answer.context["form_expired"]


def test_a_request_that_makes_no_sense_has_a_page_that_says_so(as_alice: Client) -> None:
    many = {f"field{number}": "x" for number in range(200)}
    assert as_alice.post("/sign-out/", many).status_code == 400
    assert as_alice.get("/inbox/", headers={"host": "elsewhere.example"}).status_code == 400
