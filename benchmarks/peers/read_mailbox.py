"""Python's own mailbox module reads a mailbox: every letter with its sender, date and words."""

import json
import mailbox
import sys
import time

begin = time.process_time()
messages = 0
box = mailbox.mbox(sys.argv[1], create=False)
for key in box.keys():  # noqa: SIM118  a mailbox gives its letters, not its keys, when it is walked
    try:
        letter = box[key]
    except UnicodeDecodeError:  # it stops at a parting line that is not ASCII; such letters are not counted
        continue
    letter.get("From")
    letter.get("Date")
    for part in letter.walk():
        if part.get_content_maintype() == "text":
            part.get_payload(decode=True)
    messages += 1
seconds = time.process_time() - begin
print(json.dumps({"messages": messages, "cpu_seconds": seconds}))
