"""Saying things: results on stdout, talk on stderr, and JSON in place of both where it is asked for.

    say.result("Fingerprint  K7QM-2D9X-TR4B-08HN-3W2A")     what was asked for: stdout
    say.value({"schema": "safehand.keys/1", …})             the same for programs, with --json
    say.talk("Sealing to Allotment Road Unit")              stderr, not with --quiet
    say.warn("3 stretches could not be read.")              stderr, always

Names and titles come from a stranger's file, so ``shown`` makes harmless what a terminal would obey: escape sequences,
and marks that turn the direction of writing.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, TypeAlias

from safehand.errors import CannotWrite

if TYPE_CHECKING:
    from safehand.model.canonical import Json

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what is done and what there is."""

_OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_OBEYED_IN_JSON: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """``text`` on one line, with every character that a terminal obeys written out as an escape."""
    return _OBEYED.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def harmless_json(text: str) -> str:
    """JSON text with the same characters as JSON escapes: the same value, and nothing for a terminal to obey."""
    return _OBEYED_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 message``, ``12,040 messages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@dataclass(frozen=True, slots=True)
class Say:
    """How one command speaks."""

    as_json: bool = False
    quiet: bool = False

    def result(self, text: str) -> None:
        """A result for people. Nothing with --json: there ``value`` is the result."""
        if not self.as_json:
            write_out(text + "\n")

    def value(self, value: Mapping[str, Json]) -> None:
        """A result for programs: one object on one line, with --json alone."""
        if self.as_json:
            write_json(value)

    def talk(self, text: str) -> None:
        """What happens, for whoever watches."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """What must be seen, with --quiet too."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    @contextmanager
    def progress(self, what: str) -> Iterator[Progress | None]:
        """A bar on stderr, where that is a terminal that can draw one; else None."""
        if self.quiet or self.as_json or not _draws(sys.stderr):
            yield None
            return
        # Imported here because it takes longer than most commands do, and is seldom wanted.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress as Bars  # noqa: PLC0415

        with Bars(console=Console(stderr=True), transient=True) as bars:
            bar = bars.add_task(what, total=None)

            def move(done: int, total: int) -> None:
                bars.update(bar, completed=done, total=total)

            yield move


class ReaderGone(Exception):
    """Whoever read our results has read enough (``| head``). No error; click would make one of BrokenPipe."""


def write_out(text: str) -> None:
    """Write to stdout; CannotWrite where a disk behind it is full, ReaderGone where a pipe was closed."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as err:
        raise stdout_failed(err) from err


def write_json(value: Mapping[str, Json]) -> None:
    """Write one object on one line."""
    text = json.dumps(value, ensure_ascii=False)
    write_out((harmless_json(text) if sys.stdout.isatty() else text) + "\n")


def stdout_failed(error: OSError) -> CannotWrite | ReaderGone:
    """What to raise when stdout does not take a result."""
    if isinstance(error, BrokenPipeError):
        return ReaderGone()
    return CannotWrite("The result could not be written.", where="stdout", todo=error.strerror or "")


def _draws(stream: IO[str]) -> bool:
    return stream.isatty() and os.environ.get("TERM", "") not in {"", "dumb"}
