"""chat-miner reads a WhatsApp file: how many messages it gives, and the CPU seconds of reading alone."""

import json
import logging
import sys
import time

from chatminer.chatparsers import WhatsAppParser  # type: ignore[import-not-found]  # it lives in its own environment

logging.disable(logging.CRITICAL)
begin = time.process_time()
parser = WhatsAppParser(sys.argv[1])
parser.parse_file()
seconds = time.process_time() - begin
# A table of them is the only count it offers; it is made after the clock was stopped.
print(json.dumps({"messages": len(parser.parsed_messages.get_df()), "cpu_seconds": seconds}))
