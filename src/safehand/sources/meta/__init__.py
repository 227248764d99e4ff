"""Messenger and Instagram: the JSON and the pages of "Download your information", and Messenger's encrypted chats.

    messages/inbox/tomwebb_17845/message_1.json      one thread, newest message first, split at 10,000
    messages/inbox/tomwebb_17845/message_1.html      the same as a page, in local time: html_*.py
    Tom Webb_1.json                                  one thread of the encrypted form

Both platforms are Meta's and write one form, so they are one folder here; each conversation says which platform it is
of, or that nothing tells. How the form looks, where each fact comes from, and what is not read: NOTES.md.
"""

from __future__ import annotations

from safehand.sources.contract import Source
from safehand.sources.meta.claim import SOURCE_ID, claim
from safehand.sources.meta.read import read

SOURCE = Source(SOURCE_ID, "Messenger and Instagram", claim, read)

__all__ = ["SOURCE"]
