"""The sample: a chat made for it, officers whose means to sign in are known, and a door that opens at no other desk."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from desk_cast import Cast
from safehand.analysis.gap import GapKind
from safehand.analysis.overlap import Verdict
from safehand.casefile import whole
from safehand.desk.cases.models import Case, Package
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.state import State
from safehand.desk.intake.processing import process
from safehand.desk.officers.models import Officer
from safehand.desk.sample.case import hand_in_sample
from safehand.desk.sample.chat import export_text, write_export
from safehand.desk.sample.officers import OUTSIDER, SAMPLE, how_to_sign_in, make_officers
from safehand.errors import NotAllowed, UsageError
from safehand.model.message import Kind


def test_the_chat_is_the_same_each_time_and_long_enough_to_look_round_in(tmp_path: Path) -> None:
    lines = export_text().splitlines()
    assert len(lines) > 240
    assert len({line[:10] for line in lines if re.match(r"\d\d/\d\d/2026, ", line)}) > 60, "days"
    for name in ("one.zip", "two.zip"):
        write_export(tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_chat_has_what_a_reader_must_get_right() -> None:
    text = export_text()
    for mark in (
        "<Media omitted>",
        "This message was deleted",
        "<This message was edited>",
        "(file attached)",
        "POLL:",
        "Missed voice call",
        " left\n",
        "created group",
        "25/10/2026, 01:",
        "Всем привет",
        "\n- broad beans\n",
    ):
        assert mark in text, mark


def test_days_and_months_in_it_cannot_be_confused_and_order_is_kept() -> None:
    stamps = re.findall(r"^(\d\d/\d\d/\d{4}, \d\d:\d\d) - ", export_text(), re.MULTILINE)
    moments = [datetime.strptime(stamp, "%d/%m/%Y, %H:%M").replace(tzinfo=UTC) for stamp in stamps]
    assert moments == sorted(moments)
    assert any(int(stamp[:2]) > 12 for stamp in stamps)


def test_nothing_in_it_stands_for_a_picture(tmp_path: Path) -> None:
    write_export(tmp_path / "made.zip")
    with zipfile.ZipFile(tmp_path / "made.zip") as made:
        sizes = {member.filename: member.file_size for member in made.infolist()}
    assert [name for name, size in sizes.items() if size] == ["WhatsApp Chat with Plot 14.txt"]
    assert len(sizes) == 3


@pytest.mark.django_db
def test_sample_officers_are_made_once_and_can_sign_in(desk_state: State, client: Client) -> None:
    assert make_officers(desk_state) == make_officers(desk_state)
    assert {officer.reference for officer in Officer.objects.all()} == {SAMPLE, OUTSIDER}
    assert (desk_state.root / "sample.json").stat().st_mode & 0o777 == 0o600
    told = json.loads((desk_state.root / "sample.json").read_text())
    said = "\n".join(how_to_sign_in(desk_state))
    assert told["password"] in said
    assert told["secret"] in said
    code = re.search(r"code +(\d{6}) ", said)
    assert code
    client.post("/sign-in/", {"login": SAMPLE, "password": told["password"]})
    assert client.post("/sign-in/code/", {"code": code[1]})["Location"] == "/inbox/"


@pytest.mark.django_db
def test_a_code_is_said_to_be_good_as_long_as_it_is(desk_state: State) -> None:
    make_officers(desk_state)
    for second, good in ((0, 60), (1, 59), (29, 31)):
        moment = 1_800_000_000.0 + second
        (line,) = (each for each in how_to_sign_in(desk_state, iter([moment]).__next__) if "code" in each)
        assert f"good for {good} seconds" in line


def test_a_desk_with_officers_of_its_own_takes_no_sample(cast: Cast, desk_state: State) -> None:
    with pytest.raises(UsageError, match="takes no sample"):
        make_officers(desk_state)
    with pytest.raises(NotAllowed):
        how_to_sign_in(desk_state)
    assert Officer.objects.count() == len(list(cast))
    assert Authenticator.objects.exists()


@pytest.mark.django_db
def test_the_sample_comes_in_by_the_real_path_and_once(desk_state: State) -> None:
    officer = make_officers(desk_state)
    package = hand_in_sample(desk_state, officer)
    assert hand_in_sample(desk_state, officer) == package
    assert (Case.objects.count(), Package.objects.count()) == (1, 1)
    assert process(package.pk) == "ready"
    package.refresh_from_db()
    assert package.report["passed"]
    assert package.summary["listed_not_opened"] == 2
    assert package.summary["unparsed_bytes"] == 0
    assert list(desk_state.work.iterdir()) == []
    assert package.summary["messages"] > 240


@pytest.mark.django_db
def test_what_one_export_of_the_sample_deleted_and_edited_the_earlier_one_kept(desk_state: State) -> None:
    package = hand_in_sample(desk_state, make_officers(desk_state))
    assert process(package.pk) == "ready"
    package.refresh_from_db()
    with open_case_file(package.case) as casefile:
        (pair,) = whole.overlaps(casefile)
        assert (pair.a, pair.b, pair.only_b, pair.differing) == (1, 2, 0, 2)
        differing = [one.row for one in whole.overlap_rows(casefile, 1) if one.row.verdict is Verdict.DIFFERING]
        (deleted, edited) = (casefile.message(1, row.a or 0) for row in differing)
        assert deleted is not None
        assert edited is not None
        assert (deleted.message.kind, edited.message.edited_mark) == (Kind.DELETED, True)
        kinds = {one.kind for one in whole.gap_counts(casefile)}
    assert {GapKind.DELETED, GapKind.EDITED, GapKind.SILENCE, GapKind.MEDIA_LEFT_OUT} <= kinds
