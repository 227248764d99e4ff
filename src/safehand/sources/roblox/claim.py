"""Whether a file is a part of a return of Roblox, by the header of its table.

ts,ds,conversation_id,convo_type,user_id,name,text,is_filtered_o13,…      chat records
id,subject,body,author_id,recipient_id,created_time (UTC seconds),…       private messages
userid,frienduserid,createdutc,updatedutc                                 no messages: kept as it is
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.csv_fields import Columns, rows_of
from safehand.sources.roblox.read import CHAT, MESSAGES, OTHER

SOURCE_ID: Final = "roblox"

_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?([^\r\n]{1,4000})")
_ENDING: Final = ".csv"

_CHAT: Final = ("ts", "conversation_id", "user_id", "text")
_CHAT_MARKS: Final = ("is_rewritten", "is_filtered_o13", "is_filtered_u13", "request_user_id", "convo_type")
_ENOUGH: Final = 2
_MESSAGES: Final = ("body", "author_id", "recipient_id", "created_time (UTC seconds)")
_OTHERS: Final = (
    ("userid", "frienduserid", "createdutc"),
    ("userid", "followeruserid", "createdutc"),
    ("group_wall_post_id", "group_id", "user_id", "post_text"),
    ("first_recorded_utc", "last_recorded_utc", "user_id", "ip_address"),
    ("pii_userid", "btid", "devicename"),
    ("pii_userid", "pii_device_id"),
    ("accountid", "browsertrackerid"),
    ("asset_id", "asset_type", "asset_name", "creator_user_or_group_id"),
)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    if not probe.file.name.lower().endswith(_ENDING):
        return None
    line = _LINE.match(probe.head)
    if line is None or b"," not in line[1]:
        return None
    columns = Columns(rows_of([line[1]])[0])
    if _has(columns, _CHAT) and sum(columns.at(name) is not None for name in _CHAT_MARKS) >= _ENOUGH:
        return Claim(SOURCE_ID, CHAT, (probe.file,), Certainty.CERTAIN, "its header is that of Roblox’s chat records")
    if _has(columns, _MESSAGES):
        why = "its header is that of the private messages in a return of Roblox"
        return Claim(SOURCE_ID, MESSAGES, (probe.file,), Certainty.CERTAIN, why)
    if any(_has(columns, names) for names in _OTHERS):
        why = "its header is that of another part of a return of Roblox, without messages: it is kept as it is"
        return Claim(SOURCE_ID, OTHER, (probe.file,), Certainty.LIKELY, why)
    return None


def _has(columns: Columns, names: tuple[str, ...]) -> bool:
    return all(columns.at(name) is not None for name in names)
