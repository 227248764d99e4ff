"""Check codes at the node: what is kept of one, and which parcel one opens.

    open_by_code("k7qm 2d9x tr4b 08hn", who)     the first parcel it was given out for, or Refused(NO_SUCH_CODE)

A wrong code, a slip, and a code of nothing are one answer. After ten wrong ones an address waits up to a quarter of an
hour, with a right one too: or the waiting would tell which it was. So guessing is slow (forty codes
an hour, out of 2^75), and who has a receipt is answered at once: an answer held back would hold a thread of the node.
"""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from safehand.desk.handover.limits import WRONG_CODES, WRONG_CODES_IN_A_FLOOD, WRONG_EVERYWHERE
from safehand.desk.handover.models import Coming, Parcel
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.errors import UsageError
from safehand.seal.check_code import hash_check_code, parse_check_code


def open_by_code(code: str, who: str) -> Parcel:
    """The first parcel of a code, tried from the address counted as ``who``."""
    flooded = WRONG_EVERYWHERE.counted() >= WRONG_EVERYWHERE.most
    limit = WRONG_CODES_IN_A_FLOOD if flooded else WRONG_CODES
    # Counted before it is looked for, and given back when it was right: of many that come at one instant, no more than
    # the limit are looked for.
    if not limit.allows(who):
        raise Refused(Refusal.TOO_OFTEN)
    parcel = find_by_code(code)
    if parcel is None:
        WRONG_EVERYWHERE.count()
        raise Refused(Refusal.NO_SUCH_CODE)
    limit.count(who, -1)
    return parcel.follows or parcel


def hash_of_code(code: str) -> str:
    """What is kept of a code: its 16 characters hashed under a key of this node."""
    key = hmac.new(settings.SECRET_KEY.encode(), b"safehand-check-code-key/1", hashlib.sha256).digest()
    return hash_check_code(code, key)


def find_by_code(text: str) -> Parcel | None:
    """The parcel that a code, as a person wrote it, was given out for. None for whatever reason."""
    try:
        hashed = hash_of_code(parse_check_code(text))
    except UsageError:
        return None
    parcel = Parcel.objects.filter(check_code_hash=hashed).select_related("follows").first()
    if parcel is not None:
        return parcel
    # The same sealed bytes sent twice are one parcel, and have two codes.
    coming = (
        Coming.objects.filter(check_code_hash=hashed).exclude(parcel=None).select_related("parcel__follows").first()
    )
    return coming.parcel if coming is not None else None
