"""The quick way: most messages of a chat are plain words by a known name, in the file's own style, in order.

Those are read here, a window at a time, in one loop. Whatever is unusual in anything leaves the loop: what is only more
than plain words (a placeholder, a platform line) to ``Telling.tell_nearly_plain``; all else to ``slowly``, which knows
the whole grammar. Which way a message takes makes no difference to what it is: test_whatsapp_ways.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from safehand.model.instant import EAST_MOST, WEST_MOST, Basis, Instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.whatsapp.flags import ZONE_UNKNOWN, doubts_in
from safehand.sources.whatsapp.grammar import HEADER
from safehand.sources.whatsapp.kinds import ENDS, LEFT_TO_RIGHT, PHRASES, is_plain
from safehand.sources.whatsapp.moments import Moments
from safehand.sources.whatsapp.telling import Head, Telling, When

_TEXT: Final = Kind.TEXT
_SYSTEM: Final = Kind.SYSTEM
_LOCAL: Final = Basis.DEVICE_LOCAL

# As numbers, not bytes: CPython finds those ten times as fast (it tries whether bytes are a number first).
RETURN: Final = ord("\r")
_NEWLINE, _COLON, _MARK = b"\n:\x8e"
_FIRST_OF_MARK: Final = LEFT_TO_RIGHT[0]


def head_of(moment: bytes, rest: bytes, name: bytes) -> Head:
    """What a style's own pattern gave, as a header."""
    date = Moments.date_in(moment)
    return Head(date, moment[len(date) :] + rest, name[:-2] if name else None)


def quickly(  # noqa: C901, PLR0912, PLR0915  see the comment
    telling: Telling,
    moments: Moments,
    parts: list[bytes],
    start: int,
    slowly: Callable[[int, int, Head, bytes, When], None],
    *,
    returns: bool,
) -> int:
    """Tell the messages in ``parts``, which a style's own pattern gave, but for the last; the first is at ``start``.

    Gives the place where the last begins. ``slowly`` is called with start, end, header, text and time of what is rare;
    ``returns``: some lines end with a carriage return.
    """
    # One loop, and almost no calls in it: each line was measured (benchmarks/whatsapp.py), and a call costs as much
    # as a message may.
    file, simple, batch, marks = telling.file, telling.simple, telling.batch, telling.marks
    days, minutes, rests, precision = moments.sure_days, moments.sure_minutes, moments.sure_rests, moments.precision
    ends: list[int] = []
    number, previous = telling.number, telling.previous
    known_moment = known_core = known_rest = None
    date = core = b""
    day = clock = tail = None
    flags, doubts = ZONE_UNKNOWN, doubts_in(ZONE_UNKNOWN)
    counted, late = number, False
    end = start
    takes = iter(parts[1:-4])
    for moment, rest, name, text in zip(takes, takes, takes, takes, strict=True):
        if rest != known_rest or moment != known_moment:
            if moment != known_moment:
                known_moment = moment
                core = moment[3:] if moment[0] == _FIRST_OF_MARK else moment
                if core != known_core:
                    known_core = core
                    clock = minutes.get(core[len(date) :]) if core.startswith(date) else None
                    if clock is None:
                        date = moments.date_in(core)
                        clock, day = minutes.get(core[len(date) :]), days.get(date)
                    if day is not None and clock is not None:
                        raw, base = day[0] + clock[0], day[1] + clock[1]
            if rest != known_rest:
                known_rest, tail = rest, rests.get(rest)
            lead = len(moment) + len(rest) + 1
            if day is not None and clock is not None and tail is not None and flags == ZONE_UNKNOWN:
                local = base + tail[1]
                sent = Instant(raw + tail[0], _LOCAL, precision, None, local - EAST_MOST, local + WEST_MOST, local)
            else:
                telling.tally[flags] += number - counted
                time = core[len(date) :]
                sent, flags = moments.read(date, time + rest)
                doubts, counted = doubts_in(flags), number
                local = previous if sent.local is None else sent.local
                moments.learn(time, rest)
                day, clock, tail = days.get(date), minutes.get(time), rests.get(rest)
                if day is not None and clock is not None:
                    raw, base = day[0] + clock[0], day[1] + clock[1]
            late = local < previous
        start = end
        end = start + lead + len(name) + len(text)
        body = text[:-1] if returns and text and text[-1] == RETURN else text
        member = simple.get(name)
        if (
            member is not None
            and not late
            and body
            and (_NEWLINE not in body or (HEADER.search(body) is None and is_plain(body)))
            and (_COLON not in body or (body.find(b": ") < 0 and body.find(b"://") < 0))
            and (_MARK not in body or body.find(LEFT_TO_RIGHT) < 0)
            and body[-1] not in ENDS
            and body not in PHRASES
        ):
            try:
                batch.append(
                    Message(number + 1, _TEXT, member.name, body.decode(), sent, Span(file, start, end), doubts)
                )
            except UnicodeDecodeError:
                pass
            else:
                number += 1
                member.messages += 1
                ends.append(end)
                previous = local
                continue
        telling.number, telling.previous = number, previous
        kind = None if late else telling.tell_nearly_plain(start, end, member, body, (sent, flags), whole=not name)
        if kind is not None and kind is not _SYSTEM:
            ends.append(end)
        else:
            marks.mark_messages(ends)
            ends.clear()
            if kind is None:
                slowly(start, end, head_of(moment, rest, name), text, (sent, flags))
            else:
                marks.mark(SegmentKind.EVENT, end)
        # Those were counted where they were told.
        counted += telling.number - number
        number, previous = telling.number, telling.previous
        late = local < previous
    telling.tally[flags] += number - counted
    telling.number, telling.previous = number, previous
    marks.mark_messages(ends)
    return end
