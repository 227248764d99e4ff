"""Other readers of WhatsApp text and ours, on the same file in the same run: messages found, speed, memory.

    .venv/bin/python benchmarks/peers.py --messages 50000

Who they are and how they are installed: measure_peers.py. CPU seconds are of reading alone: start-up and imports are
not counted for anybody. Memory is of the whole process.

The speed is measured on a file without pasted lines that look like headers, because chat-miner stops at the first one.
What each makes of a file with such lines is told apart: by how many messages it is out.
"""

from __future__ import annotations

from pathlib import Path

from make_whatsapp import chat_lines
from measure import Figure, arguments, scratch_of, tell
from measure_peers import OURS, Peer, install_chat_miner, install_chatpack, install_npm_parser, peers, run, speed

PASTE = "I copied this:"


def write(path: Path, form: str, messages: int, *, pastes: bool) -> int:
    """Write a chat, with or without pasted lines that look like headers, and give how many messages it has."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in chat_lines(form, messages):
            if pastes or PASTE not in line:
                out.write(line)
                written += 1
    return written


def miscounts(readers: list[Peer], path: Path, title: str, form: str, messages: int) -> None:
    for peer in readers:
        result = run(peer, path, "whatsapp", rounds=1)
        if result is None:
            continue
        tell(
            Figure(
                figure=f"peers.{form}.{peer.name}.out",
                what=f"WhatsApp text of {title} with pasted headers, {messages:,} messages: out by, {peer.title}",
                value=abs(result.messages - messages),
                unit="messages",
                better="less",
                target=0 if peer.name == OURS else None,
            )
        )


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    folder = scratch_of(options)
    readers = peers(install_npm_parser, install_chat_miner, install_chatpack)
    for form, title in (("android", "Android"), ("ios", "iPhone")):
        path = folder / f"peers-{form}.txt"
        written = write(path, form, options.messages, pastes=False)
        speed(readers, path, f"WhatsApp text of {title}", "whatsapp", written, figure=form)
        few = min(options.messages, 20_000)
        miscounts(readers, path, title, form, write(path, form, few, pastes=True))
        path.unlink()


if __name__ == "__main__":
    main()
