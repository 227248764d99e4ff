"""Steps 3 and 5: the bag is complete, and the statement agrees with everything beside it.

Step 3 is what any BagIt program checks. Where a manifest contradicts a file and the statement can be believed, the one
that does not follow from the statement is named. Step 5 makes the bag's own files again from the statement and
compares them byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from safehand.seal.bag import bag_files, parse_manifest
from safehand.seal.layout import BAG, FIRST, IN_TAG_MANIFEST, MANIFEST, STATEMENT, TAG_MANIFEST, cited
from safehand.seal.report import SENTENCES, Code, Problem
from safehand.seal.statement import Statement
from safehand.seal.walk import Member, Walk, content_of


def bag_problems(members: dict[str, Member], believed: Statement | None, walk: Walk) -> tuple[Problem, ...]:
    """Files that are missing, and files that do not have the hash their manifest gives.

    ``believed`` is the statement when it may be held against the files beside it.
    """
    made = bag_files(believed, content_of(members, STATEMENT)) if believed is not None else {}
    payload = {BAG + item.id: item.sha256 for item in believed.items} if believed is not None else {}
    missing = _missing(members, payload) if walk.is_whole else ()
    found = dict.fromkeys([*missing, *_tags(members, made), *_payload(members, made, payload)])
    return tuple(Problem(cited(file), code, SENTENCES[code]) for file, code in found)


def agreement_problems(members: dict[str, Member], statement: Statement, data: bytes) -> tuple[Problem, ...]:
    """Where the statement says otherwise than the files beside it."""
    found: list[tuple[str, Code]] = []
    for name, made in bag_files(statement, data).items():
        member = members.get(name)
        if member is not None and member.content != made:
            found.append((name, Code.DISAGREES))
    for item in statement.items:
        member = members.get(BAG + item.id)
        if member is None:
            continue
        if (member.size, member.sha256) != (item.size, item.sha256) or not member.marked:
            found.append((member.name, Code.DISAGREES))
        if member.embedded:
            found.append((member.name, Code.EMBEDDED_LEFT))
    return tuple(Problem(cited(file), code, SENTENCES[code]) for file, code in found)


def _missing(members: dict[str, Member], payload: dict[str, str]) -> Iterator[tuple[str, Code]]:
    listed = parse_manifest(content_of(members, MANIFEST)) or {}
    wanted = [*FIRST, *(payload or (BAG + path for path in listed))]
    for name in wanted:
        if name not in members:
            yield name, Code.FILE_MISSING


def _tags(members: dict[str, Member], made: dict[str, bytes]) -> Iterator[tuple[str, Code]]:
    """The files beside data/, against the tag manifest."""
    if TAG_MANIFEST not in members:
        return
    listed = parse_manifest(content_of(members, TAG_MANIFEST))
    if listed is None or [BAG + path for path in listed] != list(IN_TAG_MANIFEST):
        yield TAG_MANIFEST, Code.FILE_CHANGED
        return
    for name in IN_TAG_MANIFEST:
        member = members.get(name)
        if member is not None and member.sha256 != listed[cited(name)]:
            # The statement is believed; so is a file that follows from it.
            accused = TAG_MANIFEST if name in made and member.content == made[name] else name
            yield accused, Code.FILE_CHANGED


def _payload(members: dict[str, Member], made: dict[str, bytes], payload: dict[str, str]) -> Iterator[tuple[str, Code]]:
    """The files in data/, against the manifest, or against what the manifest must be."""
    manifest = members.get(MANIFEST)
    listed = parse_manifest(content_of(members, MANIFEST))
    if manifest is not None and (listed is None or (made and manifest.content != made[MANIFEST])):
        yield MANIFEST, Code.FILE_CHANGED
    wanted = payload or {BAG + path: digest for path, digest in (listed or {}).items()}
    for name, digest in wanted.items():
        if name in members and members[name].sha256 != digest:
            yield name, Code.FILE_CHANGED
