"""Promises on real exports of public projects' test suites, where they lie beside the repository: each reads exactly.

The counts are those of the source projects' own tests, and of a reader written for the comparison in the notes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "whatsapp"

EXPECTED = {  # messages of people, lines of the platform
    "ca_2A_5M.txt": (5, 0),
    "ch_chat_2.txt": (4, 0),
    "ch_chat_4.txt": (3, 0),
    "cm_bracket_mmddyy_24h.txt": (6, 3),
    "cm_ddmmyy_24h.txt": (6, 3),
    "cm_hist_dateformat1.txt": (6, 4),
    "cm_hist_dateformat3.txt": (4, 0),
    "cm_hist_dateformat5.txt": (4, 0),
    "cm_hist_testlog.txt": (20, 3),
    "cm_mmddyy_24h.txt": (6, 3),
    "cp_whatsapp_export.txt": (7, 0),
    "made_de_android.txt": (4, 1),
    "made_en_us_android_12h.txt": (6, 1),
    "made_fi_android.txt": (2, 1),
    "made_he_android.txt": (2, 1),
    "made_hi_android.txt": (2, 1),
    "made_ios_export.zip": (6, 0),
    "made_ko_android.txt": (2, 1),
    "made_pt_br_android.txt": (3, 1),
    "made_tr_android.txt": (2, 1),
    "made_traps.txt": (7, 2),
    "made_truncated_utf8.txt": (4, 1),
    "rw_sample.txt": (7, 2),
    "wt_hist_12h_am.txt": (18, 2),
    "wt_hist_dot_3.txt": (18, 2),
    "wt_hist_example.txt": (18, 2),
    "wt_lorem.txt": (500, 0),
    "wt_lorem_2000.txt": (2000, 0),
    "wt_pokemon.txt": (19, 1),
}

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples do not lie beside this checkout")


def test_every_sample_that_lies_there_is_expected() -> None:
    there = {path.name for path in SAMPLES.iterdir()}
    assert there == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_reads_exactly_and_every_byte_is_accounted_for(name: str) -> None:
    capture = capture_of([SAMPLES / name])
    reading = Reading(capture)
    messages = [event for event in reading.events() if isinstance(event, Message)]
    people = sum(1 for message in messages if message.sender is not None)
    assert (people, len(messages) - people) == EXPECTED[name]
    (file,) = capture.files
    with file.open() as stream:
        data = stream.read()
    (account,) = reading.accounts()
    assert account.bytes == len(data)
    unread = sum(stretch.end - stretch.start for stretch in account.unparsed)
    # Nothing is unparsed but half a character where a file was cut.
    assert unread <= (3 if "truncated" in name else 0)
    # What no message holds is blank, a mark of the encoding, or the half character.
    rest, at = b"", 0
    for message in messages:
        rest, at = rest + data[at : message.span.start], message.span.end
    assert rest.strip(b"\xef\xbb\xbf\r\n") == b""
    assert len(data[at:].strip(b"\r\n")) == unread


def test_the_traps_are_doubted_where_nothing_in_the_file_can_decide() -> None:
    reading = Reading(capture_of([SAMPLES / "made_traps.txt"]))
    doubts = {doubt for event in reading.events() if isinstance(event, Message) for doubt in event.doubts}
    assert {Doubt.ORDER_AMBIGUOUS, Doubt.SENDER_AMBIGUOUS, Doubt.ZONE_UNKNOWN} <= doubts
