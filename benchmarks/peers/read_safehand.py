"""Safehand reads a file: how many messages it gives, and the CPU seconds of reading alone, the account included."""

import json
import sys
import time
from pathlib import Path

from safehand.model.message import Message
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading

begin = time.process_time()
reading = Reading(capture_of([Path(sys.argv[1])], databases=True))
messages = sum(type(event) is Message for event in reading.events())
accounts = reading.accounts()
seconds = time.process_time() - begin
print(json.dumps({"messages": messages, "cpu_seconds": seconds, "bytes": sum(account.bytes for account in accounts)}))
