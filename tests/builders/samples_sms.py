"""Samples of backups of text messages, for test_promises.py."""

import sms_backup
from sample import NAMES, Builder, Sample, moment, name, text


def texts(messages: int) -> Sample:
    numbers = {who: f"+4477009001{n:02d}" for n, who in enumerate(NAMES)}
    half = messages // 2
    records = [
        sms_backup.sms(
            n, (numbers[NAMES[0 if n < half else 1]], name(n)), text(n), millis=int(moment(n).timestamp() * 1000)
        )
        for n in range(messages)
    ]
    return Sample("sms", "texts", {"sms.xml": sms_backup.backup(records)}, messages)


SAMPLES: dict[str, Builder] = {"sms, text messages": texts}
