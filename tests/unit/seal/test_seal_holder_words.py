"""What a holder reads: every word in one place, plain enough for a nine-year-old, dated where it may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest

from reading_age import grade, reading_age, syllables
from safehand.seal.holder_words import (
    STALE_AFTER,
    WORDS,
    Block,
    BlockKind,
    Bold,
    Link,
    is_stale,
    parse_holder_words,
    pieces,
    plain,
)
from safehand.seal.questions import DANGER_FIRST, WARNINGS

LIMIT = 9.0


def _of_pages() -> Iterator[tuple[str, list[str]]]:
    for name, page in WORDS.pages.items():
        spoken = [block for block in page.blocks if block.kind is not BlockKind.PART]
        yield f"page {name}", [page.title, *(words for block in spoken for words in block.words)]


def _of_parts() -> Iterator[tuple[str, list[str]]]:
    for name, section in (("call", WORDS.call), ("silent", WORDS.silent), ("text", WORDS.text)):
        yield name, [section.heading, *section.lines]
    yield "danger", [WORDS.danger.question, WORDS.danger.hint, WORDS.danger.yes, WORDS.danger.choose]
    yield "exit", [WORDS.exit.hint]
    yield "shell", [*WORDS.shell.danger_first]
    yield "warnings", [words for caution in WORDS.warnings for words in (caution.do_not, caution.why)]
    yield "sending", [WORDS.sending.no_room, WORDS.sending.desk_away]
    asked = WORDS.undertaking
    yield "undertaking", [asked.title, *asked.lines, asked.after]
    yield "support", [words for support in WORDS.support for words in (support.name, support.who)]
    told = WORDS.checked
    yield "checked", [told.numbers, told.routes, told.source, told.stale]
    for route in WORDS.routes:
        yield f"route {route.id}", [route.title, *route.lines]


def _of_notice() -> Iterator[tuple[str, list[str]]]:
    notice = WORDS.notice
    fields = [words for field in notice.fields.values() for words in (field.ask, field.hint, *field.choices.values())]
    errors = [notice.needed, notice.too_long, notice.odd_day, notice.too_many, notice.desk_away, notice.cannot_keep]
    yield "notice form", [notice.title, *notice.lead, notice.leave_empty, notice.send, *notice.titles, *fields]
    yield "notice errors", errors
    sent = notice.sent
    yield "notice sent", [sent.title, sent.waiting_title, sent.reference_hint, *sent.lines, sent.away, sent.not_kept]
    yield "notice saved", [sent.save, sent.save_without, sent.receipt, sent.unsigned]
    yield "notice code", [sent.code, sent.code_hint, sent.what, sent.sent, sent.support]
    yield "notice shared", [sent.share.heading, *sent.share.lines]
    yield "notice clock", [notice.clock.past, notice.clock.earlier, notice.clock.day_only]


def _of_progress() -> Iterator[tuple[str, list[str]]]:
    words = WORDS.progress
    yield "progress", [words.title, words.sent_on, words.added_on, words.not_fetched, words.messages]
    yield "progress asked", [words.ask, words.danger, words.code, words.code_hint, words.check, words.wrong]
    for section in (words.no_code, words.wait, words.more):
        yield f"progress: {section.heading}", [section.heading, *section.lines]
    for name, step in words.steps.items():
        yield f"progress step {name}", [step.name, step.means]


READ = dict([*_of_pages(), *_of_parts(), *_of_notice(), *_of_progress()])


@pytest.mark.parametrize("name", READ)
def test_it_can_be_read_at_nine(name: str) -> None:
    age = reading_age(map(plain, READ[name]))
    assert age <= LIMIT, f"{name}: {age:.1f}"


def test_there_is_much_to_read_and_the_measure_can_fail() -> None:
    assert len(READ) >= 25
    law = "Notwithstanding any provision to the contrary, representations concerning authorisation are inadmissible."
    assert reading_age([law]) > 20


COUNTED = {
    "cat": 1, "danger": 2, "police": 2, "come": 1, "people": 2, "asked": 1, "wanted": 2, "pages": 2, "table": 2,
    "child": 1, "happen": 2, "quiet": 2, "officer": 3, "computer": 3, "file": 1, "they’re": 1, "being": 2, "quietly": 3,
    "NHS": 3,
}  # fmt: skip


@pytest.mark.parametrize("word", COUNTED)
def test_syllables_are_counted_right_or_one_too_many(word: str) -> None:
    assert COUNTED[word] <= syllables(word) <= COUNTED[word] + 1


def test_the_grade_is_the_published_formula() -> None:
    # Two sentences, six words, seven syllables.
    assert grade(["The cat sat. Call the police."]) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert grade(["999"]) == 0.0


def test_marks_are_taken_apart() -> None:
    assert pieces("Call [999](tel:999) **now**.") == ("Call ", Link("999", "tel:999"), " ", Bold("now"), ".")
    assert plain("Call [999](tel:999) **now**.") == "Call 999 now."
    assert pieces("") == ()


def _lines() -> Iterator[str]:
    for lines in READ.values():
        yield from lines


def test_no_mark_is_left_half_open() -> None:
    for line in _lines():
        assert not re.search(r"\*\*|\]\(|\[", plain(line)), line


def test_what_a_form_says_of_a_mistake_has_no_marks() -> None:
    """It is shown as it stands, in a summary and beside a field (core/errors.html)."""
    for line in READ["notice errors"]:
        assert plain(line) == line


def test_every_link_is_a_number_an_https_address_or_a_page_of_ours() -> None:
    found = [piece for line in _lines() for piece in pieces(line) if isinstance(piece, Link)]
    assert len(found) > 20
    for link in found:
        kind, _, rest = link.to.partition(":")
        assert kind in ("tel", "https", "page"), link
        if kind == "page":
            assert rest.partition("#")[0] in (*WORDS.pages, "exit", "danger", "urgent", "progress"), link
        if kind == "tel":
            assert rest.isdigit()


def test_nobody_is_told_to_find_out_more_or_to_go_on_with_the_chat() -> None:
    """domain.md 2.4, F2.7: the desk gives a holder no task, and teaches nobody to talk to the other side."""
    told = re.compile(
        r"\b(ask|keep|get) (him|her|the other person)\b|\bpretend\b|\bmeet (him|her|them)\b", re.IGNORECASE
    )
    for line in _lines():
        assert not told.search(plain(line)) or plain(line).startswith("Do not"), line


def test_danger_is_the_first_thing_the_shell_says() -> None:
    assert DANGER_FIRST.startswith("If a child is in danger now, ring 999 now.")
    assert len(WARNINGS) == 4


def test_what_was_looked_up_says_when_and_half_a_year_later_that_it_may_have_changed() -> None:
    day = date(2026, 5, 1)
    assert not is_stale(day, day + timedelta(days=STALE_AFTER))
    assert is_stale(day, day + timedelta(days=STALE_AFTER + 1))
    dated = [(route.source, route.checked) for route in WORDS.routes]
    dated += [(support.source, support.checked) for support in WORDS.support]
    for source, checked in dated:
        assert source.startswith("https://")
        assert checked >= date(2026, 11, 22)
    assert {route.id for route in WORDS.routes} == {
        "danger", "chat", "web_image", "own_image", "moderator", "must_report",
    }  # fmt: skip
    assert {"NSPCC Helpline", "Samaritans", "Stop It Now"} <= {support.name for support in WORDS.support}


def test_declining_what_is_asked_of_a_holder_does_not_block_them() -> None:
    assert "send your report all the same" in WORDS.undertaking.after


NOT_ROUTED = ("lost", "failed", "refused", "too-big", "not-kept")
"""Pages of words that answer where something went wrong."""


def test_999_stands_on_every_page_on_the_way_to_it() -> None:
    for name in ("start", "now", "not-sure", "help", "stay-safe", "young-person", *NOT_ROUTED):
        blocks = WORDS.pages[name].blocks
        calls = any("tel:999" in words for block in blocks for words in (*block.words, block.to))
        assert calls or Block(BlockKind.PART, ("call",)) in blocks, name


LEAVE = {
    "what the button does": "It opens the BBC weather page at once.",
    "the key": "You can also press the Shift key 3 times.",
    "the hidden link": "With a screen reader or the Tab key, one of the first links on each page does the same.",
    "what is lost": "What you typed here is lost.",
    "the history": "It does not clear the history of your browser.",
    "how to come back": "To come back, type the address of this page again.",
    "why it is told": "if someone might see your screen",
}
"""What ux.md 2.1 asks of the page that comes before the first one with the button."""


@pytest.mark.parametrize("what", LEAVE)
def test_the_page_before_the_button_says_all_that_must_be_known_of_it(what: str) -> None:
    page = WORDS.pages["leave"]
    said = " ".join((page.title, *(plain(words) for block in page.blocks for words in block.words)))
    assert LEAVE[what] in said
    assert not page.exit


def test_a_second_page_speaks_of_private_windows_and_of_clearing_the_history() -> None:
    blocks = WORDS.pages["stay-safe"].blocks
    said = " ".join(plain(words) for block in blocks for words in block.words)
    assert "private window" in said
    assert "history of your browser" in said
    assert any("page:stay-safe" in words for block in WORDS.pages["leave"].blocks for words in block.words)


def test_the_way_to_999_is_told_for_who_cannot_speak_or_hear() -> None:
    assert any("press 55" in line for line in WORDS.silent.lines)
    said = " ".join(WORDS.text.lines)
    for way in ("999 BSL", "text to 999", "18000", "register"):
        assert way in said
    for place in ("page:now#silent", "page:now#text"):
        assert any(place in line for line in WORDS.call.lines), "one press from every page with the 999 box"


def test_a_key_that_nobody_knows_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        parse_holder_words(b'{"schema":"safehand.holder-words/1"}')
