"""Promises of recognition: what is claimed, how surely, and what is left to others. A reason names nobody."""

from __future__ import annotations

import pytest

from safehand.sources.contract import Certainty
from whatsapp_reading import claims_of

PLAIN = "14/01/2023, 10:00 - Priya: beans\n14/01/2023, 10:01 - Tom: peas\n"
IPHONE = "[14/01/2023, 10:00:00] Priya: beans\r\n[14/01/2023, 10:01:05] Tom: peas\r\n"


@pytest.mark.parametrize(
    ("text", "name", "form", "certainty"),
    [
        (PLAIN, "chat.txt", "android", Certainty.LIKELY),
        (PLAIN, "WhatsApp Chat with Priya.txt", "android", Certainty.CERTAIN),
        (PLAIN, "in/WhatsApp Chat mit Priya.txt", "android", Certainty.CERTAIN),
        (IPHONE, "notes.txt", "ios", Certainty.LIKELY),
        (IPHONE, "export/_chat.txt", "ios", Certainty.CERTAIN),
        (IPHONE, "WhatsApp Chat - Allotment/_chat.txt", "ios", Certainty.CERTAIN),
        (IPHONE.replace("beans", "\u200eimage omitted"), "x.txt", "ios", Certainty.CERTAIN),
        (PLAIN + "14/01/2023, 10:02 - Priya: <Media omitted>\n", "x.txt", "android", Certainty.CERTAIN),
        (PLAIN + "14/01/2023, 10:02 - Priya added Tom to the list of helpers\n", "x.txt", "android", Certainty.LIKELY),
        ("Saved for the school\n\n" + PLAIN, "x.txt", "android", Certainty.LIKELY),
        ("[2024-01-15 10:30:00] Ada: hello\n", "index.txt", "ios", Certainty.POSSIBLE),
        ("[2024-01-15, 10:30] Ada: hello\n", "index.txt", "ios", Certainty.POSSIBLE),
        ("\ufeff" + PLAIN, "x.txt", "android", Certainty.LIKELY),
    ],
)
def test_a_chat_is_claimed_as_surely_as_its_marks_allow(text: str, name: str, form: str, certainty: Certainty) -> None:
    (claim,) = claims_of(text.encode(), name)
    assert (claim.form, claim.certainty) == (f"whatsapp/{form}-txt", certainty)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_by_its_mark(codec: str) -> None:
    mark = "" if codec == "utf-16" else "\ufeff"
    assert len(claims_of((mark + PLAIN).encode(codec))) == 1
    assert claims_of(PLAIN.encode("utf-16-le")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Dear diary,\ntoday we planted beans.\n",
        "[1/4/2023 10:15 AM] priya\nhello\n\n[1/4/2023 10:16 AM] tom\nhi\n",
        "Omegle conversation log\n2014-06-25\n\nYou're now chatting with somebody.\nStranger: hi\nYou: yes\n",
        "May 17, 2022  5:29:42 PM (Read by you after 1 hour, 49 seconds)\n+15550001111\nHello world\n",
        '{"messages": [{"date": "2023-01-14T10:00:00", "text": "beans"}]}\n',
        "date,time,name\n14/01/2023,10:00,Priya\n",
        "From: Priya\nSent: Wed, 30 Jul 2025 09:17:39 +0200\n\nhello\n",
        "10:00 Priya: beans\n",
        "a\n" * 50 + PLAIN,
        "\x00\x01\x02\xff" * 100,
    ],
)
def test_what_is_not_ours_is_not_claimed(text: str) -> None:
    assert claims_of(text.encode("latin-1")) == ()


@pytest.mark.parametrize("header", ["[2024-01-15 10:30:00]", "[2024-01-15, 10:30]"])
def test_a_file_of_markdown_with_the_year_first_is_left_to_signal_export(header: str) -> None:
    assert claims_of(f"{header} Ada: hello\n".encode(), "Ada/chat.md") == ()


def test_a_reason_holds_no_name_and_no_text() -> None:
    (claim,) = claims_of(PLAIN.encode(), "WhatsApp Chat with Priya.txt")
    for word in ("Priya", "Tom", "beans", "peas", "Chat with"):
        assert word not in claim.why


def test_a_head_that_ends_in_the_middle_of_anything_is_no_obstacle() -> None:
    data = (PLAIN * 3).encode()
    for cut in range(25, len(data)):
        assert len(claims_of(data[:cut])) == 1
