"""E-mail: mailboxes (mbox) and single mails (eml). What is known of the forms: NOTES.md."""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Source
from safehand.sources.mail.claim import SOURCE_ID, claim
from safehand.sources.mail.read import read

SOURCE: Final = Source(SOURCE_ID, "E-mail", claim, read)

__all__ = ["SOURCE"]
