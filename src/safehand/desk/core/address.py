"""Where a request comes from, for counting tries: behind a proxy what the proxy saw, and no other header."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Network

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address, or None where there is none (a socket of this machine)."""
    address = get_client_ip(request)
    return address.strip() if address else None


def _network(address: str) -> str:
    """Of an IPv6 address the first half: the second is its owner's to choose, a new one for each try."""
    try:
        return str(IPv6Network((address, 64), strict=False))
    except ValueError:
        return address


def counted_as(request: HttpRequest) -> str:
    """A name to count an address under that does not say which it is: what holders did is not kept by address."""
    address = _network(client_address(request) or "")
    return hmac.new(
        settings.SECRET_KEY.encode(), b"safehand-address/1\n" + address.encode(), hashlib.sha256
    ).hexdigest()
