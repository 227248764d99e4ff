r"""A block cut into the parent's own lines and the replies written below it, indented.

    May 17, 2022  5:29:42 PM⏎Priya⏎Shall we dig on Sunday?⏎        own
        May 17, 2022  5:31:00 PM⏎    Tom⏎    Yes,⏎gladly⏎⏎        reply
    This message responded to an earlier message.⏎⏎                own

Only the first line of a text is indented; a reply's further lines are not. A reply ends with an empty line, so what
stands before that line is the reply's, and what comes after it, unless indented, the parent's.
"""

from __future__ import annotations

from collections.abc import Iterator

from safehand.sources.imessage.exporter_lines import REPLY

_INDENT = b"    "


def cut_replies(body: bytes) -> list[tuple[int, int, bool]]:
    """Begin, end, and whether it is a reply: of stretches that together are ``body``. The first is the parent's."""
    if b"\n" + _INDENT not in body:
        return [(0, len(body), False)]
    cuts = list(_cuts(body.splitlines(keepends=True) if b"\r" not in body else _lines(body)))
    places = [place for place, _ in cuts]
    return [
        (begin, end, is_reply)
        for (begin, is_reply), end in zip(cuts, [*places[1:], len(body)], strict=True)
        if end > begin or begin == 0
    ]


def _lines(body: bytes) -> list[bytes]:
    parts = body.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _cuts(lines: list[bytes]) -> Iterator[tuple[int, bool]]:
    yield 0, False
    place, inside, passed = 0, False, False
    for index, line in enumerate(lines):
        blank = not line.strip(b"\r\n")
        if index > 1 and REPLY.fullmatch(line):
            yield place, True
            inside, passed = True, False
        elif inside and blank:
            passed = True
        elif inside and passed and not line.startswith(_INDENT):
            yield place, False
            inside = False
        place += len(line)
