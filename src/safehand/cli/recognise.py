"""``safehand recognise``: what a file, a folder or a ZIP is, how sure that is, and why. Nothing is read to its end.

WhatsApp, whatsapp/ios-txt: certain
1 file   chat.zip/_chat.txt
Every line starts as WhatsApp for iPhone writes it.
Google Voice: known to this version and not read by it
1 file   Texts/Priya.html
Of no form that this version knows
1 file   notes.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from safehand.cli.options import A_PATH, DONE, DONE_WITH_WARNINGS, common
from safehand.cli.say import Say, counted, shown
from safehand.model.canonical import Json
from safehand.sources import SOURCES
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture, Claim
from safehand.sources.desk_only import RETURN, is_desk_only
from safehand.sources.recognise import Recognised, require_readable
from safehand.sources.recognise import recognise as ask

SCHEMA: Final = "safehand.recognised/1"

_NAMED: Final = 5
"""Files named for a form; --json names all."""


_REASONS: Final = 3
"""Reasons told for files of one form, where they are not the same."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=A_PATH, metavar="SOURCE...")
@common
def recognise(say: Say, /, sources: tuple[Path, ...]) -> int:
    """Say what files, folders or ZIPs are, how sure that is, and why.

    \b
      safehand recognise download.zip
      safehand recognise download.zip --json | jq .claims

    Only the first 64 KiB of each file are looked at. Exit code 5 when a file would not be read; 4 when none would.
    """  # noqa: D301  click's own mark for lines as they are
    capture = capture_of(sources, databases=True)
    found = ask(capture)
    require_readable(capture, found)
    if say.as_json:
        say.value(recognised_value(found, capture))
    else:
        for line in recognised_lines(found, capture):
            say.result(line)
    return DONE_WITH_WARNINGS if found.known or found.unknown else DONE


def recognised_lines(found: Recognised, capture: Capture) -> Iterator[str]:
    """For people, line by line."""
    alike: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in found.claims:
        alike.setdefault((claim.source, claim.form, str(claim.certainty)), []).append(claim)
    for (source, form, certainty), claims in alike.items():
        yield f"{_title(source)}, {form}: {certainty}"
        yield from _files([file.id for claim in claims for file in claim.files])
        if len(claims) > 1:
            yield f"  in {counted(len(claims), 'group')}, each read together"
        yield from _reasons(source, claims)
    marks: dict[tuple[str, str], list[str]] = {}
    for known in found.known:
        marks.setdefault((known.mark.platform, known.mark.what), []).append(known.file.id)
    for (platform, what), files in marks.items():
        yield f"{platform}: known to this version and not read by it"
        yield from _files(files)
        yield f"  This is {what}."
    if found.unknown:
        yield "Of no form that this version knows"
        yield from _files([file.id for file in found.unknown])
    for listed in found.listed:
        yield f"{listed.mark.platform}: not opened"
        yield f"  {shown(listed.name)}"
        yield f"  This is {listed.mark.what}. {listed.mark.todo}"
    if capture.register:
        yield f"Listed by name and not opened: {counted(len(capture.register), 'file')}"


def recognised_value(found: Recognised, capture: Capture) -> dict[str, Json]:
    """For programs."""
    return {
        "schema": SCHEMA,
        "claims": [
            {
                "source": claim.source,
                "form": claim.form,
                "certainty": str(claim.certainty),
                "why": claim.why,
                "desk_only": is_desk_only(claim.source),
                "files": [file.id for file in claim.files],
            }
            for claim in found.claims
        ],
        "known": [
            {"file": known.file.id, "form": known.mark.form, "platform": known.mark.platform} for known in found.known
        ],
        "unknown": [file.id for file in found.unknown],
        "listed": [{"name": one.name, "form": one.mark.form} for one in found.listed],
        "not_opened": len(capture.register),
    }


def _reasons(source: str, claims: Sequence[Claim]) -> Iterator[str]:
    for why in list(dict.fromkeys(claim.why for claim in claims))[:_REASONS]:
        yield f"  {shown(why[:1].upper() + why[1:].rstrip('.'))}."
    if is_desk_only(source):
        yield f"  {RETURN}"


def _files(files: Sequence[str]) -> Iterator[str]:
    named = ", ".join(shown(file) for file in files[:_NAMED])
    more = f" and {len(files) - _NAMED:,} more" if len(files) > _NAMED else ""
    yield f"  {counted(len(files), 'file')}   {named}{more}"


def _title(source: str) -> str:
    return next((one.title for one in SOURCES if one.id == source), source)
