"""The fuzzer itself: it finds what is planted, runs every form a little in every test run, and its record adds up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import fuzz
import fuzz_record
from fuzz import Form, check
from near_misses import near_miss
from promise_samples import BUILDERS
from safehand.model.conversation import Event
from safehand.sources import READERS, SOURCES
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk

FORMS = sorted(name for name in BUILDERS if not name.endswith("ZIP"))
GOOD = b"04/01/2026, 19:02 - Priya: the gate is open\n" * 3


def test_a_near_miss_is_the_same_for_the_same_seed_and_others_for_others() -> None:
    made = [near_miss(GOOD, [GOOD], random.Random(seed)) for seed in range(60)]
    assert made == [near_miss(GOOD, [GOOD], random.Random(seed)) for seed in range(60)]
    assert len(set(made)) > 40


@pytest.mark.parametrize("name", FORMS)
def test_two_hundred_near_misses_of_every_form_fail_nowhere(name: str) -> None:
    outcome = fuzz.fuzz(name, seconds=60, seed=20_260_104, keep=None, most=200)
    assert outcome.failures == ()
    assert outcome.executions == 200


def drawn() -> tuple[Form, Claim]:
    form = Form("whatsapp, Android")
    claim, _ = form.draw(random.Random(7))
    return form, claim


def raises(_claim: Claim, _desk: ReadingDesk) -> Iterator[Event]:
    raise KeyError("planted")


def forgets(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    for file in claim.files:
        ledger = desk.ledger(file)
        with file.open() as stream:
            ledger.feed(stream.read())
        ledger.mark(SegmentKind.MESSAGE, file.size - 1)
    yield from ()


def dawdles(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    for file in claim.files:
        desk.ledger(file).mark(SegmentKind.MESSAGE, file.size)
    sum(number * number for number in range(12_000_000))
    yield from ()


@pytest.mark.parametrize(
    ("reader", "error"), [(raises, KeyError), (forgets, AssertionError), (dawdles, AssertionError)]
)
def test_a_fault_that_is_planted_is_found(reader: object, error: type[Exception]) -> None:
    form, claim = drawn()
    with pytest.raises(error):
        check(replace(form.source, read=reader), claim, 4096)  # type: ignore[arg-type]


def test_a_form_that_fails_is_told_with_its_seed_and_its_files_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tuple(replace(source, read=raises) if source.id == "whatsapp" else source for source in SOURCES)
    monkeypatch.setattr(fuzz, "SOURCES", broken)
    outcome = fuzz.fuzz("whatsapp, Android", seconds=60, seed=5, keep=tmp_path, most=100)
    assert "whatsapp, Android, seed 5, number 0" in outcome.failures[0]
    assert any(path.is_file() for path in tmp_path.rglob("*"))


def test_the_record_adds_up_and_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "fuzzing.md"
    fuzz_record.add_to_record(page, {"sms, messages": 1_000, "telegram, one chat": 1_500_000})
    fuzz_record.add_to_record(page, {"telegram, account": 500_000, "sms, messages": 200})
    text = page.read_text("utf-8")
    assert fuzz_record.read_record(text) == {
        "sms, messages": 1_200,
        "telegram, account": 500_000,
        "telegram, one chat": 1_500_000,
    }
    assert "| telegram | 2,000,000 | 100% |" in text
    monkeypatch.setattr(fuzz_record, "READERS", READERS + 1)
    assert fuzz_record.read_record(text) == {}
