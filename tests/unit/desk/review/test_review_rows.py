from __future__ import annotations

from casefile_builders import START, device, known, message
from safehand.casefile.clock import wall_of
from safehand.casefile.views import Line
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.rows import Context, row
from safehand.desk.review.presenters.said import LONGEST
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO
from safehand.model.message import Kind, Message

HERE = Context("SH-7K3M9QXA1", 1, selected=2, whole=0)


def line(number: int, letter: str | None = "A", *, gap: int | None = 60, **more: object) -> Line:
    made: Message = message(number, str(more.pop("text", "beans")), sent=known(START + number * 60 * MICRO), **more)  # type: ignore[arg-type]
    wall = wall_of(made.sent)
    return Line(number, letter, wall.at, wall.other, wall.clock, gap, made)


def test_the_name_stands_at_the_first_message_of_a_run() -> None:
    lines = [line(1), line(2), line(3, "B"), line(4, "A")]
    firsts = [row(one, before, HERE).first for one, before in zip(lines, [None, *lines], strict=False)]
    assert firsts == [True, False, True, True]


def test_a_run_begins_again_after_a_silence_and_after_the_platform() -> None:
    before = line(1)
    assert row(line(2, gap=5 * 3600), before, HERE).first
    platform = line(2, None, text="Priya added Sam")
    assert not row(platform, before, HERE).first
    assert row(line(3), platform, HERE).first


def test_the_platform_has_no_letter_and_no_side() -> None:
    shown = row(line(2, None), None, HERE)
    assert (shown.letter, shown.side, shown.note) == ("", "none", True)


def test_the_side_goes_by_the_letter_alone() -> None:
    assert [side_of(letter) for letter in ("A", "B", "C", "Y", "Z", "AA", "AB")] == [
        "even", "odd", "even", "even", "odd", "even", "odd",
    ]  # fmt: skip


def test_the_panel_says_where_it_stands_in_bytes_and_on_which_line() -> None:
    about = row(line(2), None, HERE, line_number=1_204).about
    assert about.reference == "SH-7K3M9QXA1, conversation 1, message 2"
    assert (about.place.file, about.place.start, about.place.last, about.place.line) == (
        "data/0001.txt",
        "20",
        "29",
        "1,204",
    )
    assert row(line(2), None, HERE).about.place.line == ""


def test_what_the_source_says_more_is_kept_in_the_panel() -> None:
    full = line(
        2,
        text="café",
        text_raw="cafÃ©",
        revisions=("cafe",),
        recipients=("Sam",),
        extra='{"ttl":5}',
        sender_id="user7",
        edited=device(START),
        doubts=(Doubt.TEXT_REPAIRED, Doubt.OUT_OF_ORDER),
    )
    shown = row(full, None, HERE)
    about = shown.about
    assert (about.before_repair, about.revisions, about.recipients) == ("cafÃ©", ("cafe",), ("Sam",))
    assert (about.extra, about.account_id, about.edited) == ('{"ttl":5}', "user7", "as written")
    assert len(about.doubts) == 2
    assert shown.doubts == ("earlier than the one before",)
    assert shown.said.edited


def test_letters_that_are_turned_round_are_told() -> None:
    for turned in (line(2, text="the \u202eevil\u202c gate"), line(2, sender="Pri\u202dya")):
        shown = row(turned, None, HERE)
        assert shown.doubts == ("letters turned round",)
        assert "turn letters round" in shown.about.doubts[0]
    assert row(line(2, text="هل البطاطا جاهزة؟ \u200e"), None, HERE).doubts == ()


def test_only_the_message_asked_for_is_shown_to_its_end() -> None:
    long = line(2, text="potato " * 2000)
    assert row(long, None, HERE).said.cut_from == 14_000
    whole = row(long, None, Context("SH-7K3M9QXA1", 1, selected=2, whole=2))
    assert whole.said.cut_from == 0
    assert sum(len(piece.text) for piece in whole.said.pieces) > LONGEST


def test_a_deleted_message_is_shown_as_gone_and_keeps_its_number() -> None:
    gone = line(7)
    made = row(Line(7, "A", gone.at, None, gone.clock, 60, message(7, None, sent=known(START))), None, HERE)
    assert made.shown == "7"
    deleted = Message(7, Kind.DELETED, "Priya", None, known(START), gone.message.span)
    assert row(Line(7, "A", gone.at, None, gone.clock, 60, deleted), None, HERE).gone
