"""The contract every source keeps: bytes of a platform's export in, the model out, and an account of every byte.

    claims = source.claim(probes)            which of these files are mine, in what order, how sure, and why
    events = source.read(claim, desk)        ConversationOpened, Message…, ConversationClosed, and so on
    desk.ledgers                             every file partitioned into segments, without gap or overlap

A source is one folder (``whatsapp/``, ``telegram/`` …) and one row of the table ``SOURCES`` in ``__init__``. It never
opens a path of its own: it is handed files. It never asks the clock, the network or the locale of the machine.

What a source promises (tests/unit/sources/test_promises.py asks it of each):

- every byte of every file it claims ends in exactly one segment; what cannot be read is ``unparsed``, with a reason;
- every message has at least one span, and the bytes there are the message;
- memory does not grow with the file: one message is held, and a window;
- the same bytes and options give the same events;
- no input makes it raise anything but SafehandError, and a damaged tail does not take the good part with it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from safehand.model.attachment import Registered
from safehand.model.conversation import Event
from safehand.model.doubt import Doubt
from safehand.sources.accounting import Ledger, SegmentSink
from safehand.sources.beside import Beside
from safehand.sources.table_map import TableMap

HEAD: Final = 64 * 1024
"""Bytes of a file that recognition may look at: enough for any header, small enough for ten thousand members."""

WINDOW: Final = 4 << 20
"""Bytes a streaming reader holds at a time (formats.md 2.5: 4 MiB windows gave exact spans at full speed)."""

LONGEST_MESSAGE: Final = 16 << 20
"""Bytes one message may have. Longer is no message of any platform; it is accounted for as unparsed."""


class SourceFile(Protocol):
    """A file to read from. ``open`` gives a new binary stream each time: read-only and seekable."""

    @property
    def id(self) -> str:
        """How spans cite it, unique in a capture: ``data/0001.txt`` in a package, the given path in the shell."""

    @property
    def name(self) -> str:
        """As the platform named it, with ``/`` between folders: what recognition by name looks at."""

    @property
    def size(self) -> int:
        """Bytes, decoded (of the member, not of the archive)."""

    def open(self) -> BinaryIO:
        """A new stream at byte 0. The caller closes it."""


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A source file that is a plain file."""

    id: str
    name: str
    path: Path
    size: int
    name_raw: str | None = None
    """The name's bytes in hexadecimal, where the text is not all of them."""
    modified: str | None = None
    """The disk's time of it, in UTC, with a Z."""

    def open(self) -> BinaryIO:
        """A new stream at byte 0."""
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class FileInMemory:
    """A source file that is bytes: for tests and for small members."""

    id: str
    name: str
    data: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    def open(self) -> BinaryIO:
        """A new stream at byte 0."""
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class CaptureNote:
    """Something worth saying about how a file came: a plain sentence, and the doubt it casts, if any."""

    file: str
    """Id of the source file or the archive it is about."""
    words: str
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Veil:
    """A place in a sealed copy where something was left out: ``marker`` stands there, from byte ``start`` on."""

    start: int
    marker: bytes

    @property
    def end(self) -> int:
        """Behind its last byte."""
        return self.start + len(self.marker)


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything that was handed over together: the files that may be read, and the register of those that may not."""

    files: tuple[SourceFile, ...]
    register: tuple[Registered, ...] = ()
    notes: tuple[CaptureNote, ...] = ()
    veils: Mapping[str, tuple[Veil, ...]] = field(default_factory=dict)
    """By the id of the file: where the statement says that a marker stands. Readers see blanks there (veil.py)."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A file with its first ``HEAD`` bytes, for recognition."""

    file: SourceFile
    head: bytes


class Certainty(StrEnum):
    """How sure recognition is."""

    CERTAIN = "certain"
    """The form's own marks stand there and nothing else writes them."""
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Claim:
    """Files that one source reads together as one or more conversations, in reading order."""

    source: str
    form: str
    files: tuple[SourceFile, ...]
    certainty: Certainty
    why: str
    """A plain sentence with no name or message text in it: "every line starts as WhatsApp for Android writes it"."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person added to the bytes. ``None`` everywhere is the honest default."""

    zone: str | None = None
    """IANA name of the zone of the device, if a person stated it."""
    zone_by: str | None = None
    """Who stated it: "holder", or an officer's reference."""
    day_first: bool | None = None
    """Day before month, if a person stated it. Never overrides evidence in the file."""
    day_first_by: str | None = None
    tables: tuple[TableMap, ...] = ()
    """Which column of a table is what, and how its times are written, where a person stated it (table_map.py)."""
    window: int = WINDOW


@dataclass(slots=True)
class ReadingDesk:
    """What a source works with while it reads: options, ledgers, and the counter of conversations."""

    options: ReadOptions = field(default_factory=ReadOptions)
    sink: SegmentSink | None = None
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    conversations: int = 0
    register: tuple[Registered, ...] = ()
    beside: Beside | None = None
    """Who is told what stands beside the messages and which conversations need it, where somebody asks."""

    def ledger(self, file: SourceFile) -> Ledger:
        """The ledger of ``file``, opened once."""
        if file.id not in self.ledgers:
            self.ledgers[file.id] = Ledger(file.id, self.sink, getattr(file, "true", None))
        return self.ledgers[file.id]

    def next_conversation(self) -> str:
        """The id of the next conversation: "1", "2", …"""
        self.conversations += 1
        return str(self.conversations)


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the table: a platform's exports and how to read them."""

    id: str
    title: str
    """The platform's name as its users say it."""
    claim: Callable[[tuple[Probe, ...]], tuple[Claim, ...]]
    read: Callable[[Claim, ReadingDesk], Iterator[Event]]
    desk_only: bool = False
    """What platforms give to police alone: no holder has it, so it is read at the desk alone (desk_only.py)."""
