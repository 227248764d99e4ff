"""Safehand reads a file: how many messages it gives, and the CPU seconds of reading alone, the account included."""

import json
import sys
import time
from pathlib import Path

from safehand.model.message import Message
from safehand.sources.archive import capture_of
from safehand.sources.contract import ReadOptions
from safehand.sources.reading import Reading
from safehand.sources.table_map import TableMap, read_columns

# The columns of a table are stated, or it is not read: make_table.py writes these.
STATED = TableMap(read_columns("time=1,sender=2,text=3"), "DD/MM/YYYY HH:MM", "benchmark", file="stated.csv")

begin = time.process_time()
reading = Reading(capture_of([Path(sys.argv[1])], databases=True), ReadOptions(tables=(STATED,)))
messages = sum(type(event) is Message for event in reading.events())
accounts = reading.accounts()
seconds = time.process_time() - begin
print(json.dumps({"messages": messages, "cpu_seconds": seconds, "bytes": sum(account.bytes for account in accounts)}))
