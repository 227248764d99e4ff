"""Check codes at the node: what is kept of one, and which parcel one opens."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from safehand.desk.handover.models import Coming, Parcel
from safehand.errors import UsageError
from safehand.seal.check_code import hash_check_code, parse_check_code


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
    parcel = Parcel.objects.filter(check_code_hash=hashed).first()
    if parcel is not None:
        return parcel
    # The same sealed bytes sent twice are one parcel, and have two codes.
    coming = Coming.objects.filter(check_code_hash=hashed).exclude(parcel=None).select_related("parcel").first()
    return coming.parcel if coming is not None else None
