from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safehand.desk.cases.evidence import AccountRow, SegmentRow, UnparsedRow
from safehand.desk.cases.models import Case, Package
from safehand.desk.review.presenters.evidence import evidence_page, file_part
from safehand.desk.review.shown import Evidence
from safehand.model.attachment import FileType, Registered
from safehand.sources.accounting import SegmentKind


def account(*segments: tuple[str, int, int], unparsed: tuple[UnparsedRow, ...] = (), not_listed: int = 0) -> AccountRow:
    rows = tuple(SegmentRow(*segment) for segment in segments)
    return AccountRow("data/0001.txt", sum(row.bytes for row in rows), "0" * 64, rows, unparsed, not_listed)


def page_of(*accounts: AccountRow, register: tuple[Registered, ...] = (), **summary: object) -> Evidence:
    package = Package(sha256="0" * 64, size=482_113, summary=dict(summary))
    return Evidence(Case(reference="SH-7K3M9QXA1"), package, (), accounts, register)


@given(
    st.lists(
        st.tuples(st.sampled_from(SegmentKind), st.integers(1, 9), st.integers(1, 10**9)),
        min_size=1,
        unique_by=lambda s: s[0],
    )
)
def test_the_bar_is_whole_and_the_parts_add_up(segments: list[tuple[SegmentKind, int, int]]) -> None:
    part = file_part(account(*[(kind.value, count, size) for kind, count, size in segments]))
    assert part.sum == part.bytes
    ends = [float(segment.x[:-1]) + float(segment.width[:-1]) for segment in part.segments]
    starts = [float(segment.x[:-1]) for segment in part.segments]
    assert starts[0] == 0
    assert abs(ends[-1] - 100) < 0.01
    assert all(abs(start - end) < 0.001 for start, end in zip(starts[1:], ends, strict=False))
    assert all(segment.title and not segment.title.endswith(segment.kind) for segment in part.segments)


def test_a_part_that_is_not_all_is_never_rounded_to_all_or_to_nothing() -> None:
    part = file_part(account(("message", 1, 999_999), ("unparsed", 1, 1)))
    assert [segment.share for segment in part.segments] == ["over 99.9%", "under 0.1%"]


def test_an_empty_file_has_no_parts() -> None:
    part = file_part(account())
    assert (part.bytes, part.sum, part.segments) == ("0", "0", ())


def test_what_could_not_be_read_is_listed_with_its_place_and_reason() -> None:
    part = file_part(account(("unparsed", 2, 20), unparsed=(UnparsedRow(120, 131, "not text"),), not_listed=1))
    (stretch,) = part.not_read
    assert (stretch.start, stretch.last, stretch.count, stretch.reason) == ("120", "130", "11", "not text")
    assert part.not_listed == 1


def test_the_page_says_at_once_whether_anything_was_left_unread() -> None:
    assert evidence_page(page_of(account(("message", 1, 100)))).unread == ""
    assert evidence_page(page_of(account(("message", 1, 100), ("unparsed", 1, 1)))).unread == "1 byte"
    assert (
        evidence_page(page_of(account(("message", 1, 100)), account(("event", 1, 50)))).total
        == "150 bytes in 2 source files"
    )


def test_files_that_were_listed_are_counted_and_not_named() -> None:
    register = (
        Registered("Priya at the gate.jpg", FileType.IMAGE, 40_000),
        Registered("IMG-2.jpg", FileType.IMAGE, 8_211),
        Registered("Sam.vcf", FileType.CONTACT),
        Registered("PTT-1.opus", FileType.AUDIO, 0),
    )
    page = evidence_page(page_of(register=register))
    assert [(row.type, row.count, row.size) for row in page.listed] == [
        ("Audio", "1", "0 bytes"),
        ("Contact", "1", "not stated"),
        ("Image", "2", "48 kB"),
    ]
    assert "Priya" not in repr(page.listed)


def test_when_it_was_sealed_and_what_was_left_out_are_said() -> None:
    page = evidence_page(page_of(sealed="2026-11-20T18:04:11Z", exclusions=2))
    assert page.sealed is not None
    assert page.sealed.isoformat() == "2026-11-20T18:04:11+00:00"
    assert page.left_out == "2 stretches"
    assert evidence_page(page_of()).left_out == ""


def test_the_page_says_whose_word_the_columns_of_a_table_are() -> None:
    assert evidence_page(page_of(tables=1)).tables == "1 table"
    assert evidence_page(page_of(tables=0)).tables == evidence_page(page_of()).tables == ""


def test_the_page_says_what_of_a_download_the_holder_did_not_hand_over() -> None:
    picked = {"conversations": 1, "left_out": 11, "messages": 4_811, "files": 2,
              "earliest": "2025-03-01T07:12:05Z", "latest": "2026-11-20T18:04:11Z"}  # fmt: skip
    told = "11 of 12 conversations, 4,811 messages (1 March 2025 to 20 November 2026), and 2 whole files"
    assert evidence_page(page_of(picked=picked)).left_out == told
