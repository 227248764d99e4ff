"""Samples of every source, of any length, in which each message can be told by a word of its own: ``plot0007``.

    BUILDERS["telegram, one chat"](40)      Sample("telegram", "one chat", {"result.json": b"…"}, messages=40)

test_promises.py asks every row of the table the same questions about them. They are plain on purpose: what each
platform may also write is in the tests of its own folder. A new source adds its own module here.
"""

from __future__ import annotations

import samples_discord
import samples_google_chat
import samples_hangouts
import samples_imessage
import samples_kik
import samples_mail
import samples_meta
import samples_omegle
import samples_reddit
import samples_roblox
import samples_rsmf
import samples_signal
import samples_skype
import samples_sms
import samples_snapchat
import samples_snapchat_return
import samples_table
import samples_telegram
import samples_tiktok
import samples_whatsapp
import samples_x
from sample import NAMES, WORD, Builder, Sample

__all__ = ["BUILDERS", "NAMES", "WORD", "Builder", "Sample"]

BUILDERS: dict[str, Builder] = {
    **samples_whatsapp.SAMPLES,
    **samples_telegram.SAMPLES,
    **samples_meta.SAMPLES,
    **samples_discord.SAMPLES,
    **samples_sms.SAMPLES,
    **samples_snapchat.SAMPLES,
    **samples_tiktok.SAMPLES,
    **samples_x.SAMPLES,
    **samples_reddit.SAMPLES,
    **samples_google_chat.SAMPLES,
    **samples_hangouts.SAMPLES,
    **samples_omegle.SAMPLES,
    **samples_imessage.SAMPLES,
    **samples_mail.SAMPLES,
    **samples_rsmf.SAMPLES,
    **samples_table.SAMPLES,
    **samples_signal.SAMPLES,
    **samples_skype.SAMPLES,
    **samples_roblox.SAMPLES,
    **samples_kik.SAMPLES,
    **samples_snapchat_return.SAMPLES,
}
"""Every sample that can be made, by its source and form."""
