"""What stands in the addresses of parcels: numbers by chance, and hashes."""

from __future__ import annotations

from django.urls import register_converter


class _Hex:
    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class ParcelId(_Hex):
    """32 digits by chance."""

    regex = "[0-9a-f]{32}"


class Sha256(_Hex):
    """64 digits."""

    regex = "[0-9a-f]{64}"


register_converter(ParcelId, "parcel")
register_converter(Sha256, "sha256")
