"""The receipt of an urgent notice as a file: for people to read, and for ``safehand verify-receipt`` to check.

    receipt_file(parcel, "K7QM-2D9X-TR4B-08H3")      HTML without scripts; with the desk's signed word once it is there

The sealer's page makes the same of a package in the holder's browser (frontend/sealer/src/page/receipt_file.ts). This
one is made here, so that it can be saved without scripts. It names no person and no word of the notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from safehand.desk.core import say
from safehand.desk.handover.models import Parcel
from safehand.seal.acknowledgement import parse_signed
from safehand.seal.check_code import parse_check_code
from safehand.seal.handed_over import BEGIN, END, HandedOver, format_handed_over
from safehand.seal.holder_words import WORDS, plain

NAME: Final = "safehand-receipt.html"
"""Of every receipt: a name says nothing of whose it is."""

_HEAD: Final = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "<style>body{font:18px/1.5 sans-serif;color:#1b1f23;max-width:42em;margin:2em auto;padding:0 1em}"
    "dt{color:#4c555d;margin-top:.7em}dd{margin:0}.code{font-size:1.7em;font-weight:700;letter-spacing:.04em}</style>"
)


def receipt_file(parcel: Parcel, check_code: str | None) -> bytes:
    """The file. ``check_code`` is as it is written down; None where it is not to be saved."""
    words = WORDS.notice.sent
    title = escape(words.receipt)
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd{kind}>{escape(value)}</dd>" for label, value, kind in _rows(parcel, check_code)
    )
    until = "".join(f"<li>{escape(plain(line))}</li>" for line in _until())
    signed = f"<p>{escape(words.unsigned)}</p>" if not parcel.acknowledgement else ""
    text = (
        f"{_HEAD}<title>{title}</title></head><body><h1>{title}</h1><dl>{rows}</dl>{signed}"
        f"<h2>{escape(words.heading)}</h2><ul>{until}</ul>"
    )
    return b"".join((text.encode(), _proof(parcel, check_code), b"</body></html>\n"))


def _rows(parcel: Parcel, check_code: str | None) -> Iterator[tuple[str, str, str]]:
    words = WORDS.notice
    if check_code is not None:
        yield words.sent.code, check_code, ' class="code"'
    yield words.sent.reference, parcel.reference, ""
    yield words.sent.received, f"{say.uk_time(parcel.received_at)} ({words.clock.zone})", ""
    yield words.sent.what, words.sent.sent, ""


def _until() -> Iterator[str]:
    yield from WORDS.notice.sent.lines
    yield from (caution.do_not for caution in WORDS.warnings)


def _proof(parcel: Parcel, check_code: str | None) -> bytes:
    """What is signed, in the bytes of docs/spec/handover.md; nothing before the desk has signed."""
    if not parcel.acknowledgement:
        return b""
    code = parse_check_code(check_code) if check_code is not None else None
    proof = format_handed_over(HandedOver(parse_signed(bytes(parcel.acknowledgement)), 0, 0, None, code))
    return BEGIN + proof + END  # none of its values holds a "<"
