"""chatpack reads a file: how many messages it gives, and the CPU seconds of reading alone."""

import json
import sys
import time

import chatpack  # type: ignore[import-not-found]  # it lives in its own environment

read = getattr(chatpack, f"parse_{sys.argv[2]}")
begin = time.process_time()
messages = len(read(sys.argv[1]))
seconds = time.process_time() - begin
print(json.dumps({"messages": messages, "cpu_seconds": seconds}))
