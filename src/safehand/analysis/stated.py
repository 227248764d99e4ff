"""Gaps that follow from what the holder stated and from how the files came, not from any message.

    gaps_stated(wrote_elsewhere="snapchat and then texts", platforms={"whatsapp"}, …)
        → Gap(OTHER_PLATFORM, detail="snapchat"), Gap(OTHER_PLATFORM, detail="sms")

The holder's own words are looked at and not kept: what is told is the platform's id, from the table below, or
``elsewhere`` where no platform of the table is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from safehand.analysis.gap import Gap, GapKind
from safehand.model.span import Span
from safehand.sources.accounting import FileAccount

ELSEWHERE: Final = "elsewhere"
"""What stands for a place whose name is not in the table."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "whatsapp": ("whatsapp", "whats app", "wattsapp", "whatsap"),
    "instagram": ("instagram", "insta"),
    "messenger": ("messenger", "facebook", "fb"),
    "snapchat": ("snapchat", "snap chat", "snap"),
    "discord": ("discord",),
    "telegram": ("telegram",),
    "sms": ("sms", "text message", "text messages", "texts", "texted", "mms"),
    "signal": ("signal",),
    "imessage": ("imessage", "imessages", "i message"),
    "tiktok": ("tiktok", "tik tok"),
    "x": ("twitter", "x.com"),
    "google_chat": ("google chat", "hangouts", "gchat"),
    "skype": ("skype",),
    "reddit": ("reddit",),
    "roblox": ("roblox",),
    "kik": ("kik",),
    "omegle": ("omegle",),
    "mail": ("email", "e-mail", "emails", "e-mails", "gmail", "hotmail", "outlook"),
    "xbox": ("xbox",),
    "playstation": ("playstation", "psn", "ps4", "ps5"),
    "steam": ("steam",),
    "twitch": ("twitch",),
    "youtube": ("youtube",),
    "fortnite": ("fortnite",),
    "minecraft": ("minecraft",),
    "yubo": ("yubo",),
    "wizz": ("wizz",),
    "viber": ("viber",),
    "wechat": ("wechat", "we chat"),
    "line": ("line app",),
    "phone": ("phone call", "phone calls", "rang", "by phone"),
}
"""Places, by the id their readers have or would have, and the words people use for them, in lower case.

Ours, from the platforms of formats.md and those that the guidance in domain.md names. "X" alone is no word for it.
"""

_WORDS: Final = {
    platform: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    for platform, words in NAMES.items()
}

_SAME: Final = {"messenger_or_instagram": ("instagram", "messenger"), "hangouts": ("google_chat",)}
"""Readers whose files may be of any of these."""


def gaps_stated(
    *, platforms: Collection[str], wrote_elsewhere: str | None, all_is_here: bool | None
) -> tuple[Gap, ...]:
    """Places that the statement names and that no conversation is from.

    ``platforms`` are those of the conversations that were read. ``wrote_elsewhere`` is the holder's answer to "Where
    else did they write?"; ``all_is_here`` the answer to "Is everything in what you are sealing?", None for no answer.
    """
    here = set(platforms) | {one for platform in platforms for one in _SAME.get(platform, ())}
    named = list(places_named(wrote_elsewhere or ""))
    missing = [place for place in named if place not in here]
    if not named and (all_is_here is False or (wrote_elsewhere or "").strip()):
        missing = [ELSEWHERE]
    return tuple(Gap(GapKind.OTHER_PLATFORM, detail=place) for place in missing)


def places_named(words: str) -> Iterator[str]:
    """The ids of the places that ``words`` name, in the order of the table, each once."""
    text = words.casefold()
    for platform, pattern in _WORDS.items():
        if pattern.search(text):
            yield platform


def gaps_of_bytes(accounts: Iterable[FileAccount]) -> tuple[Gap, ...]:
    """A gap for every stretch of a file that could not be read."""
    return tuple(
        Gap(GapKind.NOT_READ, span=Span(account.file, one.start, one.end), count=one.end - one.start)
        for account in accounts
        for one in account.unparsed
    )
