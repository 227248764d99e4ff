"""Where everything stands in a package, and under which names.

    bag/statement.json  signature/statement.json.sig  signature/holder.pub  signature/allowed_signers
    bag/bagit.txt  bag/bag-info.txt  bag/manifest-sha256.txt  bag/tagmanifest-sha256.txt  bag/README.txt
    bag/data/0001.txt  bag/data/0002.json  …

in this order, so that a reader knows what to expect before the payload comes. Names in data/ say nothing of what they
were: any computer can unpack them, and nobody learns a name from a list of files (tech.md 1, Names).
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.text_members import ending

STATEMENT: Final = "bag/statement.json"
SIGNATURE: Final = "signature/statement.json.sig"
HOLDER_KEY: Final = "signature/holder.pub"
ALLOWED_SIGNERS: Final = "signature/allowed_signers"
BAGIT: Final = "bag/bagit.txt"
BAG_INFO: Final = "bag/bag-info.txt"
MANIFEST: Final = "bag/manifest-sha256.txt"
TAG_MANIFEST: Final = "bag/tagmanifest-sha256.txt"
README: Final = "bag/README.txt"

FIRST: Final = (
    STATEMENT,
    SIGNATURE,
    HOLDER_KEY,
    ALLOWED_SIGNERS,
    BAGIT,
    BAG_INFO,
    MANIFEST,
    TAG_MANIFEST,
    README,
)
"""The files before the payload, in order."""

IN_TAG_MANIFEST: Final = (README, BAG_INFO, BAGIT, MANIFEST, STATEMENT)
"""The bag's files beside data/, in the order of their names' bytes."""

BAG: Final = "bag/"
DATA: Final = "bag/data/"

PAYLOAD_NAME: Final = re.compile(r"data/[0-9]{4,9}\.[a-z0-9]{1,8}")
"""How an item's id looks."""

_PLAIN: Final = re.compile(r"[a-z0-9]{1,8}")


def payload_path(number: int, name: str) -> str:
    """The id of item ``number``: ``data/0001.txt``. The ending is the source file's own where it is plain, else txt."""
    own = ending(name)
    return f"data/{number:04}.{own if _PLAIN.fullmatch(own) else 'txt'}"


def cited(path: str) -> str:
    """How a report names a file of the package: without ``bag/``, and with nothing that a terminal would obey."""
    return "".join(char if " " <= char <= "~" else f"\\x{ord(char):02x}" for char in path.removeprefix(BAG))
