"""Limits on what an archive or a folder may ask of us, each with its reason (tech.md 9 has the measurements).

Breaking a limit of one member lists that member with the reason and goes on; breaking a limit of the whole archive
refuses the archive. Neither is ever silent.
"""

from __future__ import annotations

from typing import Final

MAX_MEMBERS: Final = 100_000
"""Files in a capture. The largest whole-account exports seen hold some ten thousand; a directory of more is made to
exhaust memory, or is somebody's whole disk."""

MAX_DIRECTORY: Final = 64 << 20
"""Bytes of a ZIP's directory: 100,000 members with names of 600 bytes each. It is held in memory while it is read."""

MAX_MEMBER: Final = 2 << 30
"""Bytes of one text member, unpacked. A year of the busiest group is 0.1 GB; at 2 GiB a temporary file still fits."""

MAX_TOTAL: Final = 20 << 30
"""Bytes of all text members of an archive together, unpacked."""

MAX_RATIO: Final = 200
"""How many times larger than its packed form a text member may be. Chats reach 3 to 15; DEFLATE can give 1,032, and a
ZIP of 1 MB that holds 1 GiB of zeros was stopped by this."""

RATIO_FROM: Final = 10 << 20
"""Unpacked bytes from which the ratio counts: below that a bomb does no harm, and a short repetitive file is none."""

LONGEST_NAME: Final = 4096
"""Bytes of a member's name: PATH_MAX of Linux; longer ones cannot have been made from a disk."""

SPOOL: Final = 8 << 20
"""Bytes of an unpacked member held in memory; a longer one goes to a temporary file that has no name."""

PIECE: Final = 256 << 10
"""Bytes unpacked at a time: large enough that DEFLATE, not calling it, takes the time."""
