"""Other readers of Telegram, Instagram, Discord and mailboxes beside ours, on the same file in the same run.

    .venv/bin/python benchmarks/peers_forms.py --messages 50000

Who they are and how they are installed: measure_peers.py. What a peer leaves out shows in its count: chat-miner and
chatpack pass over service messages, media without words and whatever they do not know. chatpack is written in Rust and
keeps words, names and times alone; it is here as the fastest there is, and no reader of evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from make_discord import make_discord
from make_mail import make_mail
from make_meta import make_meta
from make_telegram import make_telegram
from measure import arguments, say, scratch_of
from measure_peers import Peer, install_chat_miner, install_chatpack, mailbox, peers, speed


def _instagram(path: Path, messages: int) -> None:
    (made,) = make_meta(path.parent / "meta", messages, messages)
    made.rename(path)


FORMS: tuple[tuple[str, str, str, Callable[[Path, int], object], tuple[Callable[[], Peer], ...]], ...] = (
    ("telegram", "Telegram's JSON", "result.json", make_telegram, (install_chat_miner, install_chatpack)),
    ("instagram", "Instagram's JSON", "message_1.json", _instagram, (install_chat_miner, install_chatpack)),
    ("discord", "Discord, JSON of DiscordChatExporter", "channel.json", make_discord, (install_chatpack,)),
    ("mbox", "a mailbox", "mailbox.mbox", make_mail, (mailbox,)),
)
"""Form, in words, the name of its file, who makes it, and who else reads it."""


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    folder = scratch_of(options)
    for form, what, name, make, others in FORMS:
        path = folder / form / name
        path.parent.mkdir(parents=True, exist_ok=True)
        say(f"writing {options.messages} messages of {form}")
        make(path, options.messages)
        speed(peers(*others), path, what, form, options.messages)
        path.unlink()


if __name__ == "__main__":
    main()
