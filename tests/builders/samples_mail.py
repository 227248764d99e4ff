"""Samples of mailboxes, for test_promises.py. Single mails are files of one message each: tests/unit/sources/mail."""

from mail_made import mail, mailbox
from sample import Builder, Sample, moment, name, text


def mbox(messages: int) -> Sample:
    mails = [
        mail(
            text(n),
            f'"{name(n)}" <{n % 3}@example.org>',
            moment(n),
            number=n,
            answers=n - 1 if n % 4 else None,
            root=n - n % 4,
        )
        for n in range(messages)
    ]
    return Sample("mail", "mbox", {"All mail.mbox": mailbox(mails)}, messages)


SAMPLES: dict[str, Builder] = {"mail, mbox": mbox}
