"""Whether a file is a part of a return of Kik, by its name and its first line.

content/data-text.csv, content/text-msg-data/…-data-text.csv       messages with their text
content/data-media.csv                                             messages with the name of a file
logs/chat_sent.txt, logs/chat_sent.csv, …                          who wrote to whom and when: kept as it is
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.csv_fields import Columns, rows_of
from safehand.sources.kik.table import delimiter_of, first_line, is_header

SOURCE_ID: Final = "kik"
MESSAGES: Final = "kik/content-csv"
LOGS: Final = "kik/logs"

_CONTENT: Final = re.compile(r"(?:^|[/_-])data-(?:text|media)\.csv$")
_LOG: Final = re.compile(
    r"(?:^|/)(?:binds?|block_user|chat(?:_platform)?_sent(?:_received)?|friends?_added"
    r"|group_(?:receive|send)(?:_msg)?(?:_platform)?|group-legend-[^/]*)\.(?:txt|csv)$"
)
_LOG_COLUMNS: Final = (
    ("user_jid", "ts"),
    ("sender", "receiver", "group_jid"),
    ("gid", "name", "last_activity"),
)
_ADDRESS: Final = re.compile(rb"@(?:talk|groups)\.kik\.com\b")
_FOLDER: Final = re.compile(r"(?:^|/)logs/[^/]+$")
_LEAST: Final = 3
"""Fields of a line of a log, at least."""


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    name = probe.file.name
    is_log = _LOG.search(name) is not None
    if not is_log and not name.lower().endswith(".csv"):
        return None
    line = first_line(probe.head)
    if line is None:
        return None
    row = rows_of([line], delimiter_of(line))[0]
    if is_log:
        return _log(probe, row)
    named = _CONTENT.search(name) is not None
    if is_header(row):
        certainty = Certainty.CERTAIN if named or _ADDRESS.search(probe.head) else Certainty.LIKELY
        return Claim(SOURCE_ID, MESSAGES, (probe.file,), certainty, "its header is that of messages in a return of Kik")
    if named and len(row) >= 10 and _ADDRESS.search(line) is not None:
        why = "its name and its columns are those of messages in a return of Kik"
        return Claim(SOURCE_ID, MESSAGES, (probe.file,), Certainty.LIKELY, why)
    return None


def _log(probe: Probe, row: list[str]) -> Claim | None:
    columns = Columns(row)
    by_header = any(all(columns.at(name) is not None for name in names) for names in _LOG_COLUMNS)
    by_address = _ADDRESS.search(probe.head) is not None or _FOLDER.search(probe.file.name) is not None
    if len(row) < _LEAST or not (by_header or by_address):
        return None
    why = "its name and columns are those of a log in a return of Kik, without any text: it is kept as it is"
    return Claim(SOURCE_ID, LOGS, (probe.file,), Certainty.LIKELY, why)
