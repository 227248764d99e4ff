"""Whether a file is a part of a return of Snapchat: a table below a row of ``=``, by its header.

"conversations.csv: what was said …
timestamp: when"
===========================
content_type,message_type,conversation_id,message_id,…,sender_username,…,text,media_id,…,timestamp
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.csv_fields import Columns, rows_of
from safehand.sources.snapchat_return.table import is_header

SOURCE_ID: Final = "snapchat_return"
CONVERSATIONS: Final = "snapchat_return/conversations-csv"
OTHER: Final = "snapchat_return/other-csv"

_ENDING: Final = ".csv"
_RULE: Final = re.compile(rb'^"?={5,}"?,*[ \t]*\r?$', re.MULTILINE)
_LINE: Final = re.compile(rb"[\r\n]*([^\r\n]{1,8000})")
_BOM: Final = b"\xef\xbb\xbf"
_NAME: Final = re.compile(
    r"(?:^|/)(?:subscriber_info|ip_data|geo_locations?|memories|story|friends?|snap_inc_communications"
    r"|loc_priv_sets|location_privacy_settings?|conversation_list|reported_conversations|call_logs?|my_ai[^/]*"
    r"|chats?|conversations)[^/]*\.csv$"
)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    if not probe.file.name.lower().endswith(_ENDING):
        return None
    head = probe.head.removeprefix(_BOM)
    rules = [match.end() for match in _RULE.finditer(head)]
    for start in rules or [0]:
        line = _LINE.match(head, start)
        if line is not None and is_header(Columns(rows_of([line[1]])[0])):
            why = "its header is that of conversations in a return of Snapchat"
            return Claim(SOURCE_ID, CONVERSATIONS, (probe.file,), Certainty.CERTAIN, why)
    if rules and _NAME.search(probe.file.name) is not None:
        why = "its name and its row of = are those of another part of a return of Snapchat: it is kept as it is"
        return Claim(SOURCE_ID, OTHER, (probe.file,), Certainty.LIKELY, why)
    return None
