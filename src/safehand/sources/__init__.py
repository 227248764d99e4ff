"""Platform files in, the model out.

``SOURCES`` is the table of every platform we read; nothing is found by importing it.

The contract each source keeps is contract.py; how bytes are accounted for is accounting.py; a file, a folder or a ZIP
is opened only through archive.py; recognise.py asks each row of the table whose file this is, and reading.py reads
them all. What we know and do not read is the table in known.py.
"""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.discord import SOURCE as DISCORD
from safehand.sources.google_chat import SOURCE as GOOGLE_CHAT
from safehand.sources.hangouts import SOURCE as HANGOUTS
from safehand.sources.imessage import SOURCE as IMESSAGE
from safehand.sources.kik import SOURCE as KIK
from safehand.sources.mail import SOURCE as MAIL
from safehand.sources.meta import SOURCE as META
from safehand.sources.omegle import SOURCE as OMEGLE
from safehand.sources.reddit import SOURCE as REDDIT
from safehand.sources.roblox import SOURCE as ROBLOX
from safehand.sources.rsmf import SOURCE as RSMF
from safehand.sources.signal import SOURCE as SIGNAL
from safehand.sources.skype import SOURCE as SKYPE
from safehand.sources.sms import SOURCE as SMS
from safehand.sources.snapchat import SOURCE as SNAPCHAT
from safehand.sources.snapchat_return import SOURCE as SNAPCHAT_RETURN
from safehand.sources.table import SOURCE as TABLE
from safehand.sources.telegram import SOURCE as TELEGRAM
from safehand.sources.tiktok import SOURCE as TIKTOK
from safehand.sources.whatsapp import SOURCE as WHATSAPP
from safehand.sources.x import SOURCE as X

READERS: Final = 7
"""Raised when a reader makes other events of the same bytes. A case file keeps it: the desk offers to read again."""

SOURCES: Final[tuple[Source, ...]] = (
    TELEGRAM,
    META,
    DISCORD,
    SMS,
    SNAPCHAT,
    TIKTOK,
    X,
    REDDIT,
    WHATSAPP,
    GOOGLE_CHAT,
    HANGOUTS,
    OMEGLE,
    IMESSAGE,
    MAIL,
    RSMF,
    TABLE,
    SIGNAL,
    SKYPE,
    ROBLOX,
    KIK,
    SNAPCHAT_RETURN,
)
"""Every platform we read. Where two sources are equally certain of a file, the one that stands first reads it."""
