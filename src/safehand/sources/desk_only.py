"""What a platform gives to police alone, on the holder's side: told, listed by name, and not sealed.

    kept = without_returns(capture)
    kept.files         the others
    kept.register[-1]  "Chat records of the Roblox user 1.csv", refused: "This is a return that a platform gives …"

The rule, on each side:

- A **holder** has no such file. ``safehand seal`` lists it and leaves it where it is; the rest is sealed. So a return
  never comes to look like a chat that somebody took off a telephone.
- An **officer** who says so (``safehand seal --at-desk``) seals it to the unit's own key: that is how it comes into a
  case, as every file does.
- **Reading** asks nobody: ``safehand read``, and the desk where a package holds it, read what is there.

``safehand recognise`` says what it is, whoever asks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from safehand.model.attachment import Registered
from safehand.sources import SOURCES
from safehand.sources.contract import Capture, FileOnDisk, SourceFile
from safehand.sources.recognise import recognise
from safehand.sources.text_members import ending, file_type
from safehand.sources.zip_member import ZipMember

RETURN: Final = "This is a return that a platform gives to police: it is read at a desk and nowhere else."

ENDINGS: Final = frozenset(("csv", "tsv", "txt"))
"""No return that is read here is any other kind of file; so the many files of an export are not opened for this."""

_SOURCES: Final = tuple(source for source in SOURCES if source.desk_only)


def is_desk_only(source: str) -> bool:
    """Whether the source of that id reads what platforms give to police alone."""
    return any(one.id == source for one in _SOURCES)


def returns_of(capture: Capture) -> frozenset[str]:
    """The ids of the files that are parts of a return."""
    asked = tuple(file for file in capture.files if ending(file.name) in ENDINGS)
    if not asked or not recognise(Capture(asked), _SOURCES).claims:
        return frozenset()
    found = recognise(Capture(asked))  # as they would be read: another source may know better whose a file is
    return frozenset(file.id for claim in found.claims if is_desk_only(claim.source) for file in claim.files)


def without_returns(capture: Capture) -> Capture:
    """``capture`` as a holder may seal it: parts of a return are listed with the reason, and not among the files."""
    found = returns_of(capture)
    if not found:
        return capture
    return replace(
        capture,
        files=tuple(file for file in capture.files if file.id not in found),
        register=(*capture.register, *(_listed(file) for file in capture.files if file.id in found)),
    )


def _listed(file: SourceFile) -> Registered:
    match file:
        case FileOnDisk():
            return Registered(
                file.name, file_type(file.name), file.size, file.modified, name_raw=file.name_raw, refused=RETURN
            )
        case ZipMember():
            return Registered(
                file.name,
                file_type(file.name),
                file.entry.size,
                file.modified,
                f"{file.entry.crc32:08x}",
                file.container,
                file.name_raw,
                refused=RETURN,
            )
        case _:
            return Registered(file.name, file_type(file.name), file.size, refused=RETURN)
