"""The bag's own files, each made from the statement alone.

    bagit.txt                the version of BagIt
    bag-info.txt             Bag-Software-Agent, Bagging-Date, Payload-Oxum
    manifest-sha256.txt      a hash and a path for every file in data/
    tagmanifest-sha256.txt   the same for the files beside data/
    README.txt               how to check the package with stock tools: the same in every package

So a verifier that has the statement knows every byte of them. BagIt is RFC 8493; the order of lines is
docs/spec/package.md, "The bag".
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from safehand.model.digest import sha256_of
from safehand.seal.layout import BAG, BAG_INFO, BAGIT, IN_TAG_MANIFEST, MANIFEST, README, STATEMENT, TAG_MANIFEST
from safehand.seal.statement import Statement


def bag_files(statement: Statement, statement_bytes: bytes) -> dict[str, bytes]:
    """Every file of the bag but the payload, by its path in the package."""
    files = {
        STATEMENT: statement_bytes,
        BAGIT: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        BAG_INFO: _bag_info(statement),
        MANIFEST: _manifest([(item.sha256, item.id) for item in statement.items]),
        README: readme(),
    }
    listed = [(sha256_of(files[path]), path.removeprefix(BAG)) for path in IN_TAG_MANIFEST]
    return {**files, TAG_MANIFEST: _manifest(listed)}


@cache
def readme() -> bytes:
    """README.txt, published as data/README.txt: the same bytes in every package of this format."""
    return (resources.files("safehand.seal") / "data" / "README.txt").read_bytes()


def parse_manifest(data: bytes) -> dict[str, str] | None:
    """Hashes by path, or None when it is not as _manifest writes it."""
    try:
        rows = [line.split("  ") for line in data.decode("ascii").removesuffix("\n").split("\n")]
    except UnicodeDecodeError:
        return None
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2]
    return {path: digest for digest, path in pairs} if _manifest(pairs) == data else None


def _manifest(rows: list[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {path}\n" for digest, path in rows).encode("ascii", "replace")


def _bag_info(statement: Statement) -> bytes:
    octets = sum(item.size for item in statement.items)
    # In the order of the labels' bytes. The date is that of the statement, in UTC.
    text = (
        f"Bag-Software-Agent: {statement.tool.name} {statement.tool.version}\n"
        f"Bagging-Date: {statement.sealed.utc[:10]}\n"
        f"Payload-Oxum: {octets}.{len(statement.items)}\n"
    )
    return text.encode("utf-8")
