"""chat-miner reads a file: how many messages it gives, and the CPU seconds of reading alone."""

import json
import logging
import sys
import time

from chatminer import chatparsers  # type: ignore[import-not-found]  # it lives in its own environment

PARSERS = {
    "whatsapp": "WhatsAppParser",
    "telegram": "TelegramJsonParser",
    "instagram": "InstagramJsonParser",
}

logging.disable(logging.CRITICAL)
begin = time.process_time()
parser = getattr(chatparsers, PARSERS[sys.argv[2]])(sys.argv[1])
parser.parse_file()
seconds = time.process_time() - begin
# A table of them is the only count it offers; it is made after the clock was stopped.
print(json.dumps({"messages": len(parser.parsed_messages.get_df()), "cpu_seconds": seconds}))
